"""The span of time a report is about: a month, a quarter, half a year, a year.

Half-open in the office's time zone: a log-in at 30 September 2026 16:30 UTC
is one of 1 October 00:30 WITA, so it belongs to the fourth quarter.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations.teks import BULAN, format_tanggal

ROMAWI = ("I", "II", "III", "IV")


class JenisPeriode(StrEnum):
    """How long a period is; `bulan` is its number of months."""

    label: str
    bulan: int

    BULAN = "bulan", "Bulanan", 1
    TRIWULAN = "triwulan", "Triwulanan", 3
    SEMESTER = "semester", "Semesteran", 6
    TAHUN = "tahun", "Tahunan", 12

    def __new__(cls, value: str, label: str = "", bulan: int = 0) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.bulan = bulan
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.label) for member in cls]


_POLA = {
    JenisPeriode.BULAN: re.compile(r"(2\d{3})-(0[1-9]|1[0-2])"),
    JenisPeriode.TRIWULAN: re.compile(r"(2\d{3})-Q([1-4])"),
    JenisPeriode.SEMESTER: re.compile(r"(2\d{3})-S([12])"),
    JenisPeriode.TAHUN: re.compile(r"(2\d{3})()"),
}


@dataclass(frozen=True, slots=True)
class Periode:
    """The `urut`-th period of its kind in a year, counted from 1."""

    jenis: JenisPeriode
    tahun: int
    urut: int = 1

    @classmethod
    def parse(cls, kode: str) -> Self:
        """Read "2026-09", "2026-Q3", "2026-S1" or "2026". Raises DomainError."""
        for jenis, pola in _POLA.items():
            if match := pola.fullmatch(kode):
                return cls(jenis, int(match[1]), int(match[2] or 1))
        raise DomainError(
            f"Periode “{kode}” tidak dikenal. Tulis seperti 2026-Q3 (triwulan), 2026-S1 "
            "(semester), 2026-09 (bulan), atau 2026 (tahun).",
            kolom="periode",
            kode="periode_tidak_dikenal",
        )

    @classmethod
    def containing(cls, tanggal: dt.date, jenis: JenisPeriode) -> Self:
        return cls(jenis, tanggal.year, (tanggal.month - 1) // jenis.bulan + 1)

    @classmethod
    def last_closed(
        cls, saat: dt.datetime, jenis: JenisPeriode, zona: dt.tzinfo
    ) -> Self:
        """Return the last period that has ended by this instant."""
        return cls.containing(saat.astimezone(zona).date(), jenis).previous()

    @property
    def kode(self) -> str:
        match self.jenis:
            case JenisPeriode.BULAN:
                return f"{self.tahun}-{self.urut:02}"
            case JenisPeriode.TRIWULAN:
                return f"{self.tahun}-Q{self.urut}"
            case JenisPeriode.SEMESTER:
                return f"{self.tahun}-S{self.urut}"
            case JenisPeriode.TAHUN:
                return f"{self.tahun}"

    def __str__(self) -> str:
        return self.kode

    @property
    def label(self) -> str:
        """Return the period as people call it: "Triwulan III 2026"."""
        match self.jenis:
            case JenisPeriode.BULAN:
                return f"{BULAN[self.urut - 1]} {self.tahun}"
            case JenisPeriode.TRIWULAN:
                return f"Triwulan {ROMAWI[self.urut - 1]} {self.tahun}"
            case JenisPeriode.SEMESTER:
                return f"Semester {ROMAWI[self.urut - 1]} {self.tahun}"
            case JenisPeriode.TAHUN:
                return f"Tahun {self.tahun}"

    @property
    def rentang(self) -> str:
        """Return first and last day: "1 Juli 2026 sampai 30 September 2026"."""
        return (
            f"{format_tanggal(self.mulai)} sampai {format_tanggal(self.hari_terakhir)}"
        )

    @property
    def mulai(self) -> dt.date:
        return dt.date(self.tahun, (self.urut - 1) * self.jenis.bulan + 1, 1)

    @property
    def selesai(self) -> dt.date:
        """Return the first day after the period."""
        return self.next().mulai

    @property
    def hari_terakhir(self) -> dt.date:
        return self.selesai - dt.timedelta(days=1)

    @property
    def is_akhir_tahun(self) -> bool:
        return self.selesai.month == 1

    def batas(self, zona: dt.tzinfo) -> tuple[dt.datetime, dt.datetime]:
        """Return the instants [start, end) between which its events lie."""
        start, end = (
            dt.datetime.combine(day, dt.time.min, tzinfo=zona)
            for day in (self.mulai, self.selesai)
        )
        return start, end

    def is_closed(self, saat: dt.datetime, zona: dt.tzinfo) -> bool:
        return self.batas(zona)[1] <= saat

    def overlaps(self, other: Self) -> bool:
        return self.mulai < other.selesai and other.mulai < self.selesai

    def previous(self) -> Self:
        return self._shift(-1)

    def next(self) -> Self:
        return self._shift(1)

    def _shift(self, steps: int) -> Self:
        in_year = 12 // self.jenis.bulan
        years, place = divmod(self.urut - 1 + steps, in_year)
        return type(self)(self.jenis, self.tahun + years, place + 1)
