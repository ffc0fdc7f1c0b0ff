"""The reports, one module each: a frozen dataclass of the content and its `build_…`."""
