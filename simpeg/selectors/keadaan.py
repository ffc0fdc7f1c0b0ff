"""The state of people on a date, derived from their riwayat.

Every date can be asked for. Today's answer also stands in `KeadaanPegawai`, which
`services.keadaan` writes from the same derivation.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from django.db.models import IntegerField, Value

from simpeg.choices import JenisPenugasan, StatusKepegawaian
from simpeg.models import (
    KedudukanHukum,
    Pegawai,
    RiwayatCLTN,
    RiwayatDiklat,
    RiwayatJabatan,
    RiwayatKedudukan,
    RiwayatPangkat,
    RiwayatPemberhentian,
    RiwayatPendidikan,
    RiwayatPindahInstansi,
    RiwayatTugasBelajar,
)
from simpeg.models.kedudukan import PerubahanKedudukan
from simpeg.rules.waktu import count_months

_R = TypeVar("_R", RiwayatPangkat, RiwayatJabatan)

# Decrees that change the standing; of two on one day the later named holds.
PERUBAHAN: tuple[type[PerubahanKedudukan], ...] = (
    RiwayatTugasBelajar,
    RiwayatCLTN,
    RiwayatPindahInstansi,
    RiwayatPemberhentian,
)


class BerKedudukan(Protocol):
    """A row of `RiwayatKedudukan`, or what a decree makes of the standing."""

    @property
    def tmt(self) -> dt.date: ...

    @property
    def kedudukan_id(self) -> str: ...

    @property
    def kedudukan(self) -> KedudukanHukum: ...


@dataclass(frozen=True, slots=True)
class KedudukanSejak:
    """The standing that a decree gives from `tmt`; `urutan` is its place in PERUBAHAN."""

    tmt: dt.date
    kedudukan: KedudukanHukum
    urutan: int = 0

    @property
    def kedudukan_id(self) -> str:
        return self.kedudukan.kode

    def __str__(self) -> str:
        return f"{self.kedudukan} TMT {self.tmt:%d-%m-%Y}"

    @classmethod
    def of(cls, row: PerubahanKedudukan) -> KedudukanSejak:
        """Return what a row changes; the standing must not be empty."""
        if row.kedudukan is None:
            raise ValueError(f"the standing does not follow from {row}")
        return cls(row.tmt, row.kedudukan, PERUBAHAN.index(type(row)))


@dataclass(slots=True)
class HimpunanRiwayat:
    """A person with every riwayat in force, in any order."""

    pegawai: Pegawai
    pangkat: list[RiwayatPangkat] = field(default_factory=list)
    jabatan: list[RiwayatJabatan] = field(default_factory=list)
    pendidikan: list[RiwayatPendidikan] = field(default_factory=list)
    diklat: list[RiwayatDiklat] = field(default_factory=list)
    kedudukan: list[RiwayatKedudukan] = field(default_factory=list)
    perubahan: list[KedudukanSejak] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Keadaan:
    """What holds for one person on `per_tanggal`; None where nothing is recorded."""

    pegawai: Pegawai
    per_tanggal: dt.date
    status: StatusKepegawaian
    kedudukan: BerKedudukan | None
    pangkat: RiwayatPangkat | None
    jabatan: RiwayatJabatan | None
    penugasan: tuple[RiwayatJabatan, ...]
    pendidikan: RiwayatPendidikan | None
    diklat: RiwayatDiklat | None
    berubah_pada: dt.date | None

    @property
    def is_aktif(self) -> bool:
        return self.kedudukan is None or self.kedudukan.kedudukan.is_aktif

    @property
    def masa_kerja_bulan(self) -> int | None:
        """Return masa kerja golongan on `per_tanggal`, in whole months."""
        if self.pangkat is None:
            return None
        passed = count_months(self.pangkat.tmt, self.per_tanggal)
        return self.pangkat.masa_kerja_bulan + passed


def load_himpunan(pegawai_ids: Sequence[int]) -> list[HimpunanRiwayat]:
    """Return the people of `pegawai_ids` with their riwayat; seven queries."""
    people = {
        p.pk: HimpunanRiwayat(p) for p in Pegawai.objects.filter(pk__in=pegawai_ids)
    }
    sources = (
        ("pangkat", RiwayatPangkat.objects.select_related("golongan")),
        (
            "jabatan",
            RiwayatJabatan.objects.select_related("jabatan", "unit_kerja"),
        ),
        ("pendidikan", RiwayatPendidikan.objects.select_related("tingkat")),
        ("diklat", RiwayatDiklat.objects.all()),
        ("kedudukan", RiwayatKedudukan.objects.select_related("kedudukan")),
    )
    for name, queryset in sources:
        rows = defaultdict(list)
        for row in queryset.filter(
            pegawai__in=pegawai_ids, dibatalkan_oleh__isnull=True
        ):
            rows[row.pegawai_id].append(row)
        for pk, found in rows.items():
            setattr(people[pk], name, found)
    for pk, change in _list_perubahan(pegawai_ids):
        people[pk].perubahan.append(change)
    return list(people.values())


def _list_perubahan(
    pegawai_ids: Sequence[int],
) -> Iterator[tuple[int, KedudukanSejak]]:
    """Yield who stands how since when by decree; one query for all kinds of them."""
    queries = [
        model.objects.filter(
            pegawai__in=pegawai_ids,
            dibatalkan_oleh__isnull=True,
            kedudukan__isnull=False,
        )
        .order_by()
        .annotate(_urutan=Value(urutan, output_field=IntegerField()))
        .values_list(
            "pegawai",
            "tmt",
            "_urutan",
            "kedudukan",
            "kedudukan__nama",
            "kedudukan__kelompok",
        )
        for urutan, model in enumerate(PERUBAHAN)
    ]
    for pk, tmt, urutan, *kedudukan in queries[0].union(*queries[1:], all=True):
        kode, nama, kelompok = kedudukan
        row = KedudukanHukum(kode=kode, nama=nama, kelompok=kelompok)
        yield pk, KedudukanSejak(tmt, row, urutan)


def list_keadaan(pegawai_ids: Sequence[int], per_tanggal: dt.date) -> list[Keadaan]:
    """Return the state of these people on a date; seven queries."""
    return [derive_keadaan(h, per_tanggal) for h in load_himpunan(pegawai_ids)]


def list_tidak_aktif(pegawai_ids: Iterable[int], per_tanggal: dt.date) -> set[int]:
    """Return who of these does not count as staff on a date; two queries."""
    ids = list(pegawai_ids)
    people = {pk: HimpunanRiwayat(Pegawai(pk=pk)) for pk in ids}
    rows = RiwayatKedudukan.objects.berlaku().filter(pegawai__in=ids)
    for row in rows.select_related("kedudukan"):
        people[row.pegawai_id].kedudukan.append(row)
    for pk, change in _list_perubahan(ids):
        people[pk].perubahan.append(change)
    return {
        pk
        for pk, himpunan in people.items()
        if (found := find_kedudukan(himpunan, per_tanggal))
        and not found.kedudukan.is_aktif
    }


def derive_keadaan(himpunan: HimpunanRiwayat, per_tanggal: dt.date) -> Keadaan:
    """Return what holds on `per_tanggal`, from rows in memory alone."""
    pegawai = himpunan.pegawai
    definitif = [
        row
        for row in himpunan.jabatan
        if row.jenis_penugasan == JenisPenugasan.DEFINITIF
    ]
    jabatan = _last(definitif, per_tanggal)
    if jabatan and not _is_running(jabatan, per_tanggal):
        jabatan = None
    penugasan = tuple(
        row
        for row in himpunan.jabatan
        if row.jenis_penugasan != JenisPenugasan.DEFINITIF
        and row.tmt <= per_tanggal
        and _is_running(row, per_tanggal)
    )
    return Keadaan(
        pegawai=pegawai,
        per_tanggal=per_tanggal,
        status=pegawai.status_on(per_tanggal),
        kedudukan=find_kedudukan(himpunan, per_tanggal),
        pangkat=_last(himpunan.pangkat, per_tanggal),
        jabatan=jabatan,
        penugasan=penugasan,
        pendidikan=_highest_pendidikan(himpunan.pendidikan, per_tanggal),
        diklat=_highest_diklat(himpunan.diklat, per_tanggal),
        berubah_pada=min(
            (day for day in _turning_days(himpunan) if day > per_tanggal), default=None
        ),
    )


def find_kedudukan(
    himpunan: HimpunanRiwayat, per_tanggal: dt.date
) -> BerKedudukan | None:
    """Return the standing on a date; a decree holds before a plain record of that day."""
    found: list[tuple[dt.date, int, BerKedudukan]] = [
        *((row.tmt, -1, row) for row in himpunan.kedudukan),
        *((row.tmt, row.urutan, row) for row in himpunan.perubahan),
    ]
    reached = (one for one in found if one[0] <= per_tanggal)
    last = max(reached, key=lambda one: one[:2], default=None)
    return last[2] if last else None


def _last(rows: Iterable[_R], per_tanggal: dt.date) -> _R | None:
    reached = (row for row in rows if row.tmt <= per_tanggal)
    return max(reached, key=lambda row: row.tmt, default=None)


def _is_running(row: RiwayatJabatan, per_tanggal: dt.date) -> bool:
    return row.tmt_selesai is None or row.tmt_selesai > per_tanggal


def _highest_pendidikan(
    rows: Iterable[RiwayatPendidikan], per_tanggal: dt.date
) -> RiwayatPendidikan | None:
    """Return the highest level; of equal ones the earliest, as the DUK ranks them."""
    finished = (r for r in rows if (r.tahun_lulus or 0) <= per_tanggal.year)
    return max(
        finished, key=lambda r: (r.tingkat_id, -(r.tahun_lulus or 9999)), default=None
    )


def _highest_diklat(
    rows: Iterable[RiwayatDiklat], per_tanggal: dt.date
) -> RiwayatDiklat | None:
    finished = (r for r in rows if r.tingkat and r.tanggal_selesai <= per_tanggal)
    return min(finished, key=lambda r: (r.tingkat, r.tanggal_selesai), default=None)


def _turning_days(himpunan: HimpunanRiwayat) -> Iterator[dt.date]:
    yield from (row.tmt for row in himpunan.pangkat)
    yield from (row.tmt for row in himpunan.kedudukan)
    yield from (row.tmt for row in himpunan.perubahan)
    yield from (row.tmt for row in himpunan.jabatan)
    yield from (row.tmt_selesai for row in himpunan.jabatan if row.tmt_selesai)
    yield from (row.tanggal_selesai for row in himpunan.diklat)
    for row in himpunan.pendidikan:
        if row.tahun_lulus:
            yield dt.date(row.tahun_lulus, 1, 1)
    if himpunan.pegawai.tmt_pns:
        yield himpunan.pegawai.tmt_pns
