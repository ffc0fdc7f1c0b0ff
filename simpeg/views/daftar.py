"""What lists of simpeg and above share: saved filters and the choice of columns.

@register_daftar("pegawai")
class PegawaiListView(TampilanMixin, ListPageMixin, TemplateView): …
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from bkpsdmd.ui.columns import ListColumn
from bkpsdmd.ui.components import ExportLink
from simpeg.selectors.tampilan import Tampilan, get_tampilan

_V = TypeVar("_V", bound=type)


@dataclass(frozen=True)
class DaftarTerdaftar:
    view: type[Any]
    url_name: str


DAFTAR: dict[str, DaftarTerdaftar] = {}


def register_daftar(kunci: str, url_name: str) -> Callable[[_V], _V]:
    """Give the list saved filters and columns under this key; never change the key."""

    def decorate(view: _V) -> _V:
        view.kunci_daftar = kunci
        DAFTAR[kunci] = DaftarTerdaftar(view, url_name)
        return view

    return decorate


def keep_filters(view: type[Any], query: QueryDict) -> str:
    """Return the part of a query that says what is listed, and in which order."""
    names = {*view.filterset_class.base_filters, "urut"}
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        found = [value for value in values if value]
        if name in names and found:
            kept.setlist(name, found)
    return kept.urlencode()


class TampilanMixin:
    """Put before `ListPageMixin`; the view needs `@register_daftar`."""

    kunci_daftar: ClassVar[str]
    columns: ClassVar[Sequence[ListColumn]]
    request: Any

    @cached_property
    def tampilan(self) -> Tampilan:
        return get_tampilan(self.request.user, self.kunci_daftar)

    def get_column_choice(self) -> Collection[str] | None:
        return self.tampilan.kolom

    def list_saved_filters(self) -> Sequence[tuple[str, str]]:
        return [(nama, f"?{kueri}") for nama, kueri in self.tampilan.saringan]

    def list_tools(self) -> Sequence[ExportLink]:
        kueri = keep_filters(type(self), self.request.GET)
        tersimpan = reverse("simpeg:saringan-list", args=[self.kunci_daftar])
        ekor = f"?{kueri}" if kueri else ""
        tools = [
            ExportLink(
                "Simpan saringan ini" if kueri else "Kelola saringan",
                tersimpan + ekor,
                "star",
            )
        ]
        if self.columns:
            kolom = reverse("simpeg:kolom", args=[self.kunci_daftar])
            tools.append(ExportLink("Pilih kolom", kolom + ekor, "adjustments"))
        return tools
