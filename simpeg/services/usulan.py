"""A row about to be recorded, as the checks of its kind look at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from bkpsdmd.regulations import Alasan
from simpeg.exceptions import NeedsConfirmationError
from simpeg.jenis_riwayat import JenisRiwayat
from simpeg.models import Pegawai


@dataclass(frozen=True)
class Usulan:
    """`baru` is not saved yet; `lama` is the row in force that it replaces, if any."""

    jenis: JenisRiwayat
    pegawai: Pegawai
    baru: Any
    lama: Any
    per_tanggal: dt.date
    is_diperiksa: bool = False

    def list_lain(self) -> QuerySet[Any]:
        """Return the person's other rows in force of this kind."""
        rows = self.jenis.model.objects.berlaku().filter(pegawai=self.pegawai)
        rows = rows.select_related(*self.jenis.related)
        return rows.exclude(pk=self.lama.pk) if self.lama else rows

    @cached_property
    def lain(self) -> list[Any]:
        return list(self.list_lain())

    def ask(self, odd: Iterable[Alasan | None]) -> None:
        """Ask for a second look at what is odd, unless the officer took it already."""
        peringatan = [alasan for alasan in odd if alasan]
        if peringatan and not self.is_diperiksa:
            raise NeedsConfirmationError(peringatan)
