"""Choosing one row of a long list by its words: posts and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from simpeg.models import Jabatan, UnitKerja

BANYAK = 20


@dataclass(frozen=True)
class Pilihan:
    """A list to choose from; `related` is what tells two rows of one name apart.

    Only rows that are `aktif` are offered; others are found when named in full.
    """

    model: type[Any]
    aktif: Q
    related: str

    def rows(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.select_related(self.related)
        return rows


# A record of the past may name a unit that is no more.
DAFTAR = {
    "jabatan": Pilihan(Jabatan, Q(is_aktif=True), "unit_kerja"),
    "unit-kerja": Pilihan(UnitKerja, Q(), "opd"),
}


def find_pilihan(daftar: str, teks: str) -> list[Any]:
    """Return up to 20 rows whose name holds all words."""
    words = teks.split()
    if not words:
        return []
    pilihan = DAFTAR[daftar]
    rows = pilihan.rows().filter(pilihan.aktif)
    for word in words:
        rows = rows.filter(nama__icontains=word)
    return list(rows.order_by("nama", "pk")[:BANYAK])


def get_pilihan(daftar: str, teks: str) -> list[Any]:
    """Return the rows that `teks` names: by "nama [kode]", or all of exactly that name."""
    rows = DAFTAR[daftar].rows()
    nama, _, kode = teks.strip().removesuffix("]").rpartition(" [")
    if nama and (found := list(rows.filter(kode=kode))):
        return found
    named = rows.filter(nama__iexact=teks.strip())
    return list(named.filter(DAFTAR[daftar].aktif)[:BANYAK] or named[:BANYAK])


def tulis_pilihan(daftar: str, row: Any) -> str:
    """Return the words that name this row alone."""
    kembar = DAFTAR[daftar].rows().filter(nama__iexact=row.nama)[:2]
    return f"{row.nama} [{row.kode}]" if len(kembar) > 1 else row.nama


def list_saran(daftar: str, teks: str) -> list[tuple[str, str]]:
    """Return (words that name it, unit it belongs to) of the rows that fit."""
    rows = find_pilihan(daftar, teks)
    names = [row.nama for row in rows]
    counts = dict(
        DAFTAR[daftar]
        .rows()
        .filter(nama__in=names)
        .order_by()
        .values_list("nama")
        .annotate(n=Count("pk"))
    )
    return [
        (
            f"{row.nama} [{row.kode}]" if counts.get(row.nama, 1) > 1 else row.nama,
            _describe(row),
        )
        for row in rows
    ]


def _describe(row: Any) -> str:
    unit = row.unit_kerja if isinstance(row, Jabatan) else row.opd
    return str(unit) if unit and unit.pk != getattr(row, "opd_id", None) else ""
