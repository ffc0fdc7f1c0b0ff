"""A legal quantity and its versions by effective date."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from bkpsdmd.exceptions import DomainError

from .hasil import Kode
from .teks import format_tanggal


class Kepastian(StrEnum):
    """How sure we are of a value; a result says so wherever it is not certain."""

    TERVERIFIKASI = "terverifikasi"
    SATU_SUMBER = "satu_sumber"
    BELUM_DIVERIFIKASI = "belum_diverifikasi"
    # The sources are silent: a choice of the portal that an office may change.
    KESEPAKATAN = "kesepakatan"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class KodeKetentuan(Kode):
    TIDAK_BERLAKU = (
        "ketentuan_tidak_berlaku",
        "Tidak ada ketentuan yang berlaku pada tanggal itu",
    )


class KetentuanNotInForceError(DomainError):
    """No version of a regulation applies on a date: never guess from another one."""

    kode = KodeKetentuan.TIDAK_BERLAKU

    def __init__(self, regulasi: "Regulasi", tanggal: date) -> None:
        super().__init__(
            f"Tidak ada ketentuan {regulasi.nama} ({regulasi.uraian}) yang berlaku "
            f"pada tanggal {format_tanggal(tanggal)}."
        )
        self.nama = regulasi.nama
        self.tanggal = tanggal


# Compared by identity: each version is read once, and rules cache what they derive.
@dataclass(frozen=True, eq=False)
class Ketentuan:
    """One version of a legal quantity; `nilai` is deeply immutable."""

    nama: str
    uraian: str
    satuan: str
    nilai: Any
    berlaku: date
    dasar_hukum: str
    kepastian: Kepastian
    diundangkan: date | None = None
    catatan: str = ""
    sumber: str = ""

    @property
    def kutipan(self) -> str:
        """The legal basis as results print it, with our doubt where there is one."""
        return self.cite(self.kepastian)

    def cite(self, kepastian: Kepastian) -> str:
        """Return the legal basis of a row of its own certainty."""
        if kepastian is Kepastian.TERVERIFIKASI:
            return self.dasar_hukum
        return f"{self.dasar_hukum} [{kepastian.label}]"


@dataclass(frozen=True, eq=False)
class Regulasi:
    """All versions of one legal quantity, oldest first."""

    nama: str
    uraian: str
    satuan: str
    diperiksa: date
    riwayat: tuple[Ketentuan, ...]

    @cached_property
    def _berlaku(self) -> tuple[date, ...]:
        return tuple(versi.berlaku for versi in self.riwayat)

    def find(self, tanggal: date) -> Ketentuan | None:
        """Return the version in force on `tanggal`, or None."""
        posisi = bisect_right(self._berlaku, tanggal)
        versi = self.riwayat[posisi - 1] if posisi else None
        # `nilai: null` marks a repeal.
        return versi if versi is not None and versi.nilai is not None else None

    def on(self, tanggal: date) -> Ketentuan:
        """Return the version in force on `tanggal`.

        Raises KetentuanNotInForceError before the first version and after a repeal.
        """
        versi = self.find(tanggal)
        if versi is None:
            raise KetentuanNotInForceError(self, tanggal)
        return versi
