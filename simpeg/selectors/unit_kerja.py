"""Reads of the unit tree."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from bkpsdmd.accounts.models import User
from simpeg.models import (
    JenisUnit,
    KeadaanPegawai,
    RiwayatJabatan,
    RiwayatUnitKerja,
    UnitKerja,
)
from simpeg.selectors.akses import get_lingkup


def list_opd_in_scope(
    user: User, tanggal: dt.date | None = None
) -> QuerySet[UnitKerja]:
    """Return the perangkat daerah whose people this user may see, by name.

    Those that exist on `tanggal`, by default those of today.
    """
    lingkup = get_lingkup(user)
    rows = UnitKerja.objects.opd()
    opd = (rows.opd_on(tanggal) if tanggal else rows.aktif()).order_by("nama")
    if lingkup.semua:
        return opd
    return opd.filter(pk__in={unit.opd_id for unit in lingkup.units})


def list_opd_on(tanggal: dt.date) -> list[tuple[str, str]]:
    """Return code and name of that day of every perangkat daerah, by name; one query."""
    rows = RiwayatUnitKerja.objects.filter(
        Q(selesai__isnull=True) | Q(selesai__gt=tanggal),
        mulai__lte=tanggal,
        unit__jenis=JenisUnit.OPD,
    )
    return list(rows.order_by("nama").values_list("unit__kode", "nama"))


def list_unit_duk(user: User) -> QuerySet[UnitKerja]:
    """Return the units whose list this user may print: the office and its OPD, or theirs."""
    lingkup = get_lingkup(user)
    units = UnitKerja.objects.aktif().order_by("depth", "nama")
    if lingkup.semua:
        return units.filter(jenis__in=[JenisUnit.INSTANSI, JenisUnit.OPD])
    return units.filter(pk__in=[unit.pk for unit in lingkup.units])


@dataclass(frozen=True, slots=True)
class SimpulUnit:
    """A unit as it was called on a date, `kedalaman` 0 at the root."""

    unit: UnitKerja
    nama: str
    induk_id: int | None
    kedalaman: int
    # The perangkat daerah it was part of that day.
    opd_id: int | None = None


def list_tree_on(tanggal: dt.date) -> list[SimpulUnit]:
    """Return the tree of that day, each unit before its parts; one query.

    Parts stand in the order they have in today's tree.
    """
    rows = (
        RiwayatUnitKerja.objects.filter(
            Q(selesai__isnull=True) | Q(selesai__gt=tanggal), mulai__lte=tanggal
        )
        .select_related("unit")
        .order_by("unit__path")
    )
    parts: dict[int | None, list[RiwayatUnitKerja]] = defaultdict(list)
    for row in rows:
        parts[row.induk_id].append(row)

    def walk(induk_id: int | None, depth: int, opd: int | None) -> Iterator[SimpulUnit]:
        for row in parts[induk_id]:
            mine = row.unit_id if row.unit.jenis == JenisUnit.OPD else opd
            yield SimpulUnit(row.unit, row.nama, row.induk_id, depth, mine)
            yield from walk(row.unit_id, depth + 1, mine)

    return list(walk(None, 0, None))


def list_unit_di_bawah(unit: UnitKerja, tanggal: dt.date) -> list[int]:
    """Return the key of a unit and of all that hung below it that day."""
    below = {unit.pk}
    for node in list_tree_on(tanggal):
        if node.induk_id in below:
            below.add(node.unit.pk)
    return sorted(below)


@dataclass(frozen=True, slots=True)
class BarisUnit:
    """A unit as the page of the tree shows it; `jumlah` counts the parts below too."""

    simpul: SimpulUnit
    pimpinan: tuple[RiwayatJabatan, ...]
    jumlah: int | None

    @property
    def dalam(self) -> int:
        """Return how far the page indents it: 0 for the instansi and for an OPD's root."""
        return max(0, self.simpul.kedalaman - 1)


def list_bagan(
    user: User, tanggal: dt.date, *, opd: UnitKerja | None, is_hari_ini: bool
) -> list[BarisUnit]:
    """Return the tree this user may see on a date, with leaders and, today, head counts.

    Without `opd` the perangkat daerah alone, with one its parts. Three queries.
    """
    lingkup = get_lingkup(user)
    nodes = [
        node
        for node in list_tree_on(tanggal)
        if _is_shown(node, opd)
        and (lingkup.semua or node.opd_id in {u.opd_id for u in lingkup.units})
    ]
    leaders = defaultdict(list)
    for row in list_pimpinan(tanggal, [node.unit.pk for node in nodes]):
        leaders[row.jabatan.unit_kerja_id].append(row)
    counts = _count_below(lingkup.as_q(), opd) if is_hari_ini else None
    return [
        BarisUnit(
            simpul=node,
            pimpinan=tuple(leaders[node.unit.pk]),
            jumlah=None if counts is None else counts(node.unit),
        )
        for node in nodes
    ]


def list_pimpinan(tanggal: dt.date, units: Collection[int]) -> list[RiwayatJabatan]:
    """Return who led these units on that day, the definitive holder before an acting one.

    Three queries: people who had left by then are told from their standing.
    """
    from simpeg.selectors.keadaan import list_tidak_aktif

    rows = RiwayatJabatan.objects.on(tanggal).filter(jabatan__unit_kerja__in=units)
    found = list(
        rows.select_related("pegawai", "jabatan").order_by("jenis_penugasan", "tmt")
    )
    gone = list_tidak_aktif({row.pegawai_id for row in found}, tanggal)
    return [row for row in found if row.pegawai_id not in gone]


_PUNCAK = (JenisUnit.INSTANSI, JenisUnit.OPD)


def _is_shown(node: SimpulUnit, opd: UnitKerja | None) -> bool:
    return node.opd_id == opd.pk if opd else node.unit.jenis in _PUNCAK


def _count_below(scope: Q, opd: UnitKerja | None) -> Callable[[UnitKerja], int]:
    """Return a function that counts the active people of a unit and its parts."""
    rows = KeadaanPegawai.objects.filter(scope).aktif().order_by()
    if opd is None:
        per_opd = dict(rows.values_list("opd").annotate(Count("pk")))
        return lambda unit: (
            sum(per_opd.values())
            if unit.jenis == JenisUnit.INSTANSI
            else per_opd.get(unit.pk, 0)
        )
    per_path = list(rows.filter(opd=opd).values_list("unit_path").annotate(Count("pk")))
    return lambda unit: sum(n for path, n in per_path if path.startswith(unit.path))
