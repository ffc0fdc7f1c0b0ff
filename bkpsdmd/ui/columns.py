"""Columns of a list: what a cell shows, what the query reads for it, what a file gets.

A view lists all it has in `columns`; each user chooses among them. The cells are plain
functions: a page of 100 rows draws without a template for each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from bkpsdmd.ui import formats

Kind = Literal["text", "int", "date", "rupiah", "decimal"]


@dataclass(frozen=True)
class Ekspor:
    """A column of the file: the paths it is read from, and how they become one value."""

    label: str
    paths: tuple[str, ...]
    kind: Kind = "text"
    lebar: float = 20
    ubah: Callable[..., Any] | None = None

    def value(self, row: dict[str, Any]) -> Any:
        found = [row[path] for path in self.paths]
        return self.ubah(*found) if self.ubah else found[0]


@dataclass(frozen=True, kw_only=True)
class ListColumn:
    """One column. `sel` draws the cell, escaped; `fields` and `related` feed the query.

    A column that `is_tetap` cannot be taken away; those that are `is_awal` show until
    the user has chosen.
    """

    kunci: str
    label: str
    sel: Callable[[Any], str]
    fields: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sort: str = ""
    kelas: str = ""
    ekspor: tuple[Ekspor, ...] = ()
    is_awal: bool = False
    is_tetap: bool = False


def choose_columns(
    columns: Sequence[ListColumn], chosen: Collection[str] | None
) -> list[ListColumn]:
    """Return the columns to show, in their own order; None stands for no choice yet.

    A key that no column has any more is passed over.
    """
    if chosen is None:
        return [one for one in columns if one.is_awal or one.is_tetap]
    return [one for one in columns if one.is_tetap or one.kunci in chosen]


# -- Cells ------------------------------------------------------------------------------


def two_lines(utama: object, kecil: object = "", *, kelas: str = "") -> SafeString:
    """Return a value and, small below it, a second one; an empty value is a dash."""
    first = formats.KOSONG if utama in (None, "") else utama
    if kecil in (None, ""):
        return format_html("{}", first)
    return format_html(
        '{}<br><span class="small redup{}">{}</span>',
        first,
        f" {kelas}" if kelas else "",
        kecil,
    )
