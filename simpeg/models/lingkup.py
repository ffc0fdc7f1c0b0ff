"""The people a user may see, as a condition on rows about people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

from django.db import models
from django.db.models import Q

from simpeg.models.unit_kerja import JenisUnit, UnitKerja


@dataclass(frozen=True)
class Lingkup:
    """The people a user may see: everybody, or these units and oneself."""

    semua: bool = False
    units: tuple[UnitKerja, ...] = ()
    pegawai_id: int | None = None

    @classmethod
    def of(
        cls,
        granted: Collection[UnitKerja | None],
        *,
        led: Sequence[UnitKerja] = (),
        pegawai_id: int | None = None,
    ) -> Self:
        """Return the scope of grants; one for no unit, or for the root, is for everybody.

        `led` are units the person leads by their post; of the root that says nothing.
        """
        units = [unit for unit in granted if unit]
        return cls(
            semua=None in granted
            or any(unit.jenis == JenisUnit.INSTANSI for unit in units),
            units=(*units, *led),
            pegawai_id=pegawai_id,
        )

    def as_q(self, prefix: str = "") -> Q:
        """Return the scope as a condition on `KeadaanPegawai` (or through `prefix`)."""
        if self.semua:
            return Q()
        condition = Q(**{f"{prefix}pegawai": self.pegawai_id or 0})
        for unit in self.units:
            condition |= unit.as_q(prefix)
        return condition

    @property
    def kunci(self) -> str:
        """Return what tells this scope from another, as part of a cache key."""
        if self.semua:
            return "semua"
        units = ".".join(sorted(unit.path for unit in self.units))
        return f"{units}-{self.pegawai_id or 0}"

    def get_opd(self) -> UnitKerja | None:
        """Return the perangkat daerah all the units are part of; None for several."""
        if self.semua or len({unit.opd_id for unit in self.units}) != 1:
            return None
        unit = self.units[0]
        return unit if unit.pk == unit.opd_id else unit.opd

    def covers_unit(self, unit: UnitKerja) -> bool:
        return self.semua or any(unit.path.startswith(u.path) for u in self.units)

    def __bool__(self) -> bool:
        return self.semua or bool(self.units)


class LingkupQuerySet(models.QuerySet):
    """Rows about people; `orang` leads from one to the `KeadaanPegawai` of its person."""

    orang = ""

    def within(self, lingkup: Lingkup) -> Self:
        """Leave only what is about people inside this scope (see `selectors.akses`)."""
        return self.filter(lingkup.as_q(self.orang))
