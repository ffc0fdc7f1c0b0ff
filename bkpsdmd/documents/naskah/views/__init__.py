"""Pages of papers and of bundles."""
