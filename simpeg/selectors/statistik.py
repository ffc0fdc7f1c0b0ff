"""How many people there are of what: counts over today's state, one GROUP BY each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import (
    Count,
    Q,
    QuerySet,
)
from django.utils import timezone

from simpeg.choices import (
    StatusKepegawaian,
)
from simpeg.models import (
    KeadaanLampau,
    KeadaanPegawai,
    Potret,
    UnitKerja,
)
from simpeg.models.lingkup import Lingkup
from simpeg.selectors.dimensi import TANPA, Dimensi, Nilai

# Counting a large office takes longer than a page: figures may be this old.
SIMPAN_DETIK = 600


@dataclass(frozen=True, slots=True)
class Saringan:
    """Which people of a scope are counted; by default all the active ones."""

    opd: UnitKerja | None = None
    status: StatusKepegawaian | None = None

    @property
    def kueri(self) -> tuple[tuple[str, str], ...]:
        """Return the same as filters of the list of people."""
        opd = (("opd", str(self.opd.pk)),) if self.opd else ()
        return (*opd, *((("status", self.status.value),) if self.status else ()))

    def as_q(self) -> Q:
        condition = Q(is_aktif=True)
        if self.opd:
            condition &= Q(opd=self.opd.pk)
        return condition & Q(status=self.status.value) if self.status else condition


@dataclass(frozen=True, slots=True)
class Rekap:
    """Active people by one dimension, or by two; only values that occur, and all bands.

    `kolom` is None, and `nilai_kolom` empty, for one dimension. `jumlah` holds the
    codes of row and column, the latter "" where there is none.
    """

    baris: Dimensi
    kolom: Dimensi | None
    nilai_baris: Sequence[Nilai]
    nilai_kolom: Sequence[Nilai]
    jumlah: Mapping[tuple[str, str], int]
    per_tanggal: dt.date
    dihitung_at: dt.datetime
    is_lampau: bool = False

    @property
    def total(self) -> int:
        return sum(self.jumlah.values())

    def count(self, baris: Nilai | None = None, kolom: Nilai | None = None) -> int:
        """Return a cell, without a column the sum of a row, without a row of a column."""
        if baris and baris.anggota:
            return sum(
                n
                for (b, k), n in self.jumlah.items()
                if b in baris.anggota and (kolom is None or k == kolom.kode)
            )
        if baris and (kolom or self.kolom is None):
            return self.jumlah.get((baris.kode, kolom.kode if kolom else ""), 0)
        return sum(
            n
            for (b, k), n in self.jumlah.items()
            if (baris is None or b == baris.kode) and (kolom is None or k == kolom.kode)
        )

    def list_tabel(self) -> Iterator[Nilai]:
        """Yield the rows of the table: the values, after each group of them its sum."""
        if self.baris.subtotal is None:
            yield from self.nilai_baris
            return
        group: list[str] = []
        rows = [(one, self.baris.subtotal(one.kode)) for one in self.nilai_baris]
        for n, (one, found) in enumerate(rows):
            yield one
            group.append(one.kode)
            if n + 1 < len(rows) and rows[n + 1][1] == found:
                continue
            if found and len(group) > 1:
                label, kueri = found
                yield Nilai(f"jumlah-{one.kode}", label, kueri, anggota=tuple(group))
            group = []


def summarize_statistik(
    lingkup: Lingkup,
    *,
    baris: Dimensi,
    kolom: Dimensi | None,
    saringan: Saringan,
    per_tanggal: dt.date,
    potret: Potret | None = None,
) -> Rekap:
    """Return the active people of a scope counted; at most ten minutes old.

    One query over people or none, and one for the names of units or levels. Today's
    state answers, or that of `potret`; `per_tanggal` is the day it stands for: ages,
    service and years to retirement are counted from it.
    """
    names = [
        f"{potret.pk}.{potret.selesai_at}" if potret else "",
        baris.kunci,
        kolom.kunci if kolom else "",
        *map(str, saringan.kueri),
    ]
    parts = [lingkup.kunci, per_tanggal.isoformat(), *names]
    key = f"simpeg.statistik.{sha256('|'.join(parts).encode()).hexdigest()}"
    found: tuple[dict[tuple[str, str], int], dt.datetime] | None = cache.get(key)
    if found is None:
        source = list_dihitung(lingkup, potret).filter(saringan.as_q())
        counted_at = (potret.selesai_at if potret else None) or timezone.now()
        found = (_count(source, baris, kolom, per_tanggal), counted_at)
        cache.set(key, found, SIMPAN_DETIK)
    jumlah, dihitung_at = found
    return Rekap(
        baris=baris,
        kolom=kolom,
        nilai_baris=_list_used(baris, {b for b, _ in jumlah}, per_tanggal),
        nilai_kolom=_list_used(kolom, {k for _, k in jumlah}, per_tanggal)
        if kolom
        else (),
        jumlah=jumlah,
        per_tanggal=per_tanggal,
        dihitung_at=dihitung_at,
        is_lampau=potret is not None,
    )


def list_dihitung(lingkup: Lingkup, potret: Potret | None) -> QuerySet[Any]:
    """Return the rows that are counted: today's state, or that of a past day."""
    if potret is None:
        return KeadaanPegawai.objects.within(lingkup)
    return KeadaanLampau.objects.filter(potret=potret).within(lingkup)


def _count(
    source: QuerySet[Any],
    baris: Dimensi,
    kolom: Dimensi | None,
    per_tanggal: dt.date,
) -> dict[tuple[str, str], int]:
    # Groups of more than one field are many; of posts beside them they would be more.
    is_per_jabatan = not any(len(one.bidang) > 1 for one in (baris, kolom) if one)
    down = baris.list_kelompok(per_tanggal, is_per_jabatan=is_per_jabatan)
    across = (
        kolom.list_kelompok(per_tanggal, is_per_jabatan=is_per_jabatan) if kolom else []
    )
    groups = {f"k{n}": one for n, one in enumerate((*down, *across))}
    rows = (
        source.order_by()
        .values(**groups)
        .annotate(n=Count("*"))
        .values_list(*groups, "n")
    )
    read_baris = baris.get_pembaca(per_tanggal, is_per_jabatan=is_per_jabatan)
    read_kolom = (
        kolom.get_pembaca(per_tanggal, is_per_jabatan=is_per_jabatan)
        if kolom
        else lambda values: ""
    )
    jumlah: dict[tuple[str, str], int] = {}
    for *values, n in rows:
        b = read_baris(tuple(values[: len(down)]))
        k = read_kolom(tuple(values[len(down) :]))
        jumlah[b, k] = jumlah.get((b, k), 0) + n
    return jumlah


def _list_used(
    dimensi: Dimensi, terpakai: set[str], per_tanggal: dt.date
) -> tuple[Nilai, ...]:
    """Return the values to show; a code that no list knows stands for itself."""
    known = dimensi.list_nilai(per_tanggal, terpakai)
    unknown = terpakai - {nilai.kode for nilai in known}
    return (
        *(
            nilai
            for nilai in known
            if nilai.kode in terpakai
            or (
                dimensi.is_rentang
                and not dimensi.hanya_terpakai
                and nilai.kode != TANPA
            )
        ),
        *(Nilai(kode, kode, ((dimensi.kunci, kode),)) for kode in sorted(unknown)),
    )
