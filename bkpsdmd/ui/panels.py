"""Beranda is made of panels that the apps register; it knows none of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bkpsdmd.ui.components import Panel, PanelKind

# Returns None where the panel is not for this person.
PanelFunction = Callable[[Any, date], Panel | None]

_panels: dict[str, tuple[int, PanelFunction]] = {}
_ORDER = {kind: place for place, kind in enumerate(PanelKind)}


def register_panel(name: str, func: PanelFunction, order: int = 100) -> None:
    """Add a panel under a unique name; call it from an app's `ready()`."""
    if name in _panels:
        raise ValueError(f"Panel {name!r} sudah terdaftar")
    _panels[name] = (order, func)


def list_panels(user: Any, *, per_tanggal: date) -> list[Panel]:
    """Return this person's panels: what to do first, figures last."""
    made = [
        (order, func(user, per_tanggal))
        for order, func in sorted(_panels.values(), key=lambda entry: entry[0])
    ]
    shown = [(order, panel) for order, panel in made if panel is not None]
    shown.sort(key=lambda pair: (_ORDER[pair[1].jenis], pair[0]))
    return [panel for _, panel in shown]
