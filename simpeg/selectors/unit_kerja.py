"""Reads of the unit tree."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bkpsdmd.accounts.models import User
from simpeg.models import JenisUnit, RiwayatUnitKerja, UnitKerja


def unit_q(unit: UnitKerja, prefix: str = "") -> Q:
    """Return the condition "in this unit or below" on a `KeadaanPegawai`.

    A perangkat daerah is one equality, served by an index that also sorts; a part of
    one is a range of paths. The root leaves nobody out.
    """
    if unit.jenis == JenisUnit.INSTANSI:
        return Q()
    if unit.jenis == JenisUnit.OPD:
        return Q(**{f"{prefix}opd": unit.pk})
    start, end = unit.path_range
    return Q(**{f"{prefix}unit_path__gte": start, f"{prefix}unit_path__lt": end})


def list_opd_in_scope(user: User) -> QuerySet[UnitKerja]:
    """Return the perangkat daerah whose people this user may see, by name."""
    # The scope itself reads unit_q from here.
    from simpeg.selectors.akses import get_lingkup

    lingkup = get_lingkup(user)
    opd = UnitKerja.objects.opd().aktif().order_by("nama")
    if lingkup.semua:
        return opd
    return opd.filter(pk__in={unit.opd_id for unit in lingkup.units})


def list_unit_duk(user: User) -> QuerySet[UnitKerja]:
    """Return the units whose list this user may print: the office and its OPD, or theirs."""
    from simpeg.selectors.akses import get_lingkup

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

    def walk(induk_id: int | None, depth: int) -> Iterator[SimpulUnit]:
        for row in parts[induk_id]:
            yield SimpulUnit(row.unit, row.nama, row.induk_id, depth)
            yield from walk(row.unit_id, depth + 1)

    return list(walk(None, 0))
