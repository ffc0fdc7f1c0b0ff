"""Reads of the unit tree."""

from django.db.models import Q

from simpeg.models import JenisUnit, UnitKerja


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
