"""Reads one case of the calculator: which keys it may have, of which kind.

A value that cannot be meant is refused with a sentence that names its key; nothing is
guessed and nothing is dropped.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Kode

# A day outside these years is a slip of the pen in every topic.
TAHUN_TERKECIL, TAHUN_TERBESAR = 1900, 2200
# Nobody means more; without a bound 1E-999999999 would fill the memory.
DESIMAL_TERBANYAK = 20


class KodeMasukan(Kode):
    BUKAN_OBJEK = "bukan_objek", "Kasus bukan objek JSON"
    KUNCI_TAK_DIKENAL = "kunci_tak_dikenal", "Kunci yang tidak dimiliki topik"
    KUNCI_KURANG = "kunci_kurang", "Kunci yang dibutuhkan tidak ada"
    NILAI_SALAH = "nilai_salah", "Jenis nilai salah atau kode tidak dikenal"
    TANGGAL_SALAH = "tanggal_salah", "Bukan tanggal YYYY-MM-DD yang ada"
    NILAI_MUSTAHIL = "nilai_mustahil", "Nilai di luar yang mungkin terjadi"
    GALAT_PROGRAM = "galat_program", "Kasus gagal dihitung karena kesalahan program"


class MasukanError(DomainError):
    """A value was refused; `kolom` is the key, inner ones as `pegawai[2].golongan`.

    `keluhan` is the message without the key, for a page that shows it at its field.
    """

    def __init__(self, kode: KodeMasukan, kolom: str, pesan: str) -> None:
        super().__init__(f"{kolom or 'kasus'} {pesan}", kolom=kolom, kode=kode)
        self.keluhan = pesan


class Wajib(StrEnum):
    """Whether a key must be there; an as-needed one is asked for by the function."""

    WAJIB = "wajib"
    OPSIONAL = "opsional"
    SEPERLUNYA = "seperlunya"


class Tipe(ABC):
    """A kind of value: how it is described and how it is read."""

    @property
    def is_pribadi(self) -> bool:
        """Whether it names a person: such a case is never put in an address."""
        return False

    @property
    @abstractmethod
    def uraian(self) -> str:
        """The kind in a few words, for `compute --list` and the forms."""

    @abstractmethod
    def read(self, nilai: Any, kolom: str) -> Any:
        """Return the value rules take. Raises MasukanError naming `kolom`."""


@dataclass(frozen=True)
class Kunci:
    """One key of a topic's input; `petunjuk` is the line under its label on a page."""

    nama: str
    tipe: Tipe
    label: str
    wajib: Wajib = Wajib.WAJIB
    petunjuk: str = ""


class Masukan(dict[str, Any]):
    """The values of one case; an optional key that was left out is not in it.

    As-needed keys stand apart and are read when a function asks for them: a key the
    case does not need is ignored, whatever it holds, and null counts as left out.
    """

    def __init__(self, awalan: str = "") -> None:
        super().__init__()
        self._awalan = awalan
        self._seperlunya: dict[str, tuple[Tipe, Any]] = {}

    def find(self, kunci: str) -> Any:
        """Return an as-needed value, or None when it was left out."""
        tipe, nilai = self._seperlunya.get(kunci, (None, None))
        if tipe is None or nilai is None:
            return None
        return tipe.read(nilai, self._awalan + kunci)

    def need(self, kunci: str) -> Any:
        """Return an as-needed value. Raises MasukanError when it was left out."""
        nilai = self.find(kunci)
        if nilai is None:
            raise MasukanError(
                KodeMasukan.KUNCI_KURANG,
                self._awalan + kunci,
                "harus diisi untuk kasus ini.",
            )
        return nilai

    def take(self, kunci: Kunci, data: Mapping[str, Any]) -> None:
        """Read one key out of `data`."""
        kolom = self._awalan + kunci.nama
        if kunci.nama not in data:
            if kunci.wajib is Wajib.WAJIB:
                raise MasukanError(KodeMasukan.KUNCI_KURANG, kolom, "harus diisi.")
        elif kunci.wajib is Wajib.SEPERLUNYA:
            self._seperlunya[kunci.nama] = (kunci.tipe, data[kunci.nama])
        else:
            self[kunci.nama] = kunci.tipe.read(data[kunci.nama], kolom)


def read_masukan(kunci: tuple[Kunci, ...], data: object, kolom: str = "") -> Masukan:
    """Return the values of `data`, a JSON object, by the keys it may have."""
    if not isinstance(data, Mapping):
        raise MasukanError(KodeMasukan.BUKAN_OBJEK, kolom, "harus objek JSON.")
    awalan = f"{kolom}." if kolom else ""
    dikenal = {satu.nama for satu in kunci}
    for nama in data:
        if nama not in dikenal:
            raise MasukanError(
                KodeMasukan.KUNCI_TAK_DIKENAL,
                awalan + str(nama),
                f"bukan kunci yang dikenal; gunakan {', '.join(sorted(dikenal))}.",
            )
    masukan = Masukan(awalan)
    for satu in kunci:
        masukan.take(satu, data)
    return masukan


def _refuse(kolom: str, pesan: str) -> MasukanError:
    return MasukanError(KodeMasukan.NILAI_SALAH, kolom, pesan)


@dataclass(frozen=True)
class Teks(Tipe):
    maks: int = 200

    @property
    def uraian(self) -> str:
        return "teks"

    def read(self, nilai: Any, kolom: str) -> str:
        if not isinstance(nilai, str) or not nilai.strip():
            raise _refuse(kolom, "harus teks yang tidak kosong.")
        if len(nilai) > self.maks:
            raise _refuse(kolom, f"paling panjang {self.maks} huruf.")
        return nilai


@dataclass(frozen=True)
class Nomor(Tipe):
    """An identity number as somebody wrote it: judging it is the rule's business."""

    @property
    def is_pribadi(self) -> bool:
        return True

    @property
    def uraian(self) -> str:
        return "nomor, ditulis sebagai teks"

    def read(self, nilai: Any, kolom: str) -> str:
        if isinstance(nilai, bool) or not isinstance(nilai, str | int | Decimal):
            raise _refuse(kolom, "harus teks.")
        return str(nilai)


@dataclass(frozen=True)
class Pengenal(Tipe):
    """A name the caller gives a row, text or whole number, returned as it came."""

    @property
    def is_pribadi(self) -> bool:
        return True

    @property
    def uraian(self) -> str:
        return "teks atau bilangan bulat"

    def read(self, nilai: Any, kolom: str) -> str | int:
        if isinstance(nilai, bool) or not isinstance(nilai, str | int):
            raise _refuse(kolom, f"harus {self.uraian}.")
        return nilai


@dataclass(frozen=True)
class Tanggal(Tipe):
    @property
    def uraian(self) -> str:
        return "tanggal YYYY-MM-DD"

    def read(self, nilai: Any, kolom: str) -> date:
        # fromisoformat() alone would also take 20240101 and 2024-W01-1.
        if isinstance(nilai, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){2}", nilai):
            try:
                tanggal = date.fromisoformat(nilai)
            except ValueError:
                pass
            else:
                return self._check_year(tanggal, kolom)
        raise MasukanError(
            KodeMasukan.TANGGAL_SALAH,
            kolom,
            "harus tanggal yang ada, ditulis YYYY-MM-DD.",
        )

    def _check_year(self, tanggal: date, kolom: str) -> date:
        if TAHUN_TERKECIL <= tanggal.year <= TAHUN_TERBESAR:
            return tanggal
        raise MasukanError(
            KodeMasukan.NILAI_MUSTAHIL,
            kolom,
            f"harus antara tahun {TAHUN_TERKECIL} dan {TAHUN_TERBESAR}.",
        )


@dataclass(frozen=True)
class Jam(Tipe):
    @property
    def uraian(self) -> str:
        return "jam HH:MM"

    def read(self, nilai: Any, kolom: str) -> time:
        if isinstance(nilai, str) and re.fullmatch(
            r"([01][0-9]|2[0-3]):[0-5][0-9]", nilai
        ):
            return time.fromisoformat(nilai)
        raise _refuse(kolom, "harus jam 00:00 sampai 23:59, ditulis HH:MM.")


@dataclass(frozen=True)
class Desimal(Tipe):
    """A number, exact: a JSON number or a decimal string."""

    minimum: int = 0
    maksimum: int = 10**15

    @property
    def uraian(self) -> str:
        return "bilangan"

    def read(self, nilai: Any, kolom: str) -> Decimal:
        # The common case at once; whatever else there is, its refusal explains.
        if type(nilai) is int and self.minimum <= nilai <= self.maksimum:
            return Decimal(nilai)
        angka = self._parse(nilai)
        if angka is None:
            raise _refuse(kolom, f"harus {self.uraian}.")
        if not self.minimum <= angka <= self.maksimum:
            raise MasukanError(
                KodeMasukan.NILAI_MUSTAHIL,
                kolom,
                f"harus antara {self.minimum} dan {self.maksimum}.",
            )
        pangkat = angka.as_tuple().exponent
        if isinstance(pangkat, int) and -pangkat > DESIMAL_TERBANYAK:
            raise _refuse(
                kolom,
                f"harus paling banyak {DESIMAL_TERBANYAK} angka di belakang koma.",
            )
        return angka

    @staticmethod
    def _parse(nilai: Any) -> Decimal | None:
        if isinstance(nilai, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", nilai):
            return Decimal(nilai)
        if isinstance(nilai, int | Decimal) and not isinstance(nilai, bool):
            return Decimal(nilai)
        return None


@dataclass(frozen=True)
class Bulat(Desimal):
    @property
    def uraian(self) -> str:
        return "bilangan bulat"

    def read(self, nilai: Any, kolom: str) -> int:  # type: ignore[override]
        # As above.
        if type(nilai) is int and self.minimum <= nilai <= self.maksimum:
            return nilai
        angka = super().read(nilai, kolom)
        if angka != int(angka):
            raise _refuse(kolom, "harus bilangan bulat.")
        return int(angka)


@dataclass(frozen=True)
class YaTidak(Tipe):
    @property
    def uraian(self) -> str:
        return "true/false"

    def read(self, nilai: Any, kolom: str) -> bool:
        if not isinstance(nilai, bool):
            raise _refuse(kolom, "harus true atau false.")
        return nilai


@dataclass(frozen=True)
class Pilihan(Tipe):
    """A code of a closed list; `pilihan` maps it to what the rule takes."""

    pilihan: Mapping[str, Any]

    @classmethod
    def of(cls, enum: type[StrEnum]) -> "Pilihan":
        return cls({member.value: member for member in enum})

    @property
    def uraian(self) -> str:
        return " | ".join(self.pilihan)

    def read(self, nilai: Any, kolom: str) -> Any:
        if not isinstance(nilai, str) or nilai not in self.pilihan:
            raise _refuse(kolom, f"harus salah satu dari {', '.join(self.pilihan)}.")
        return self.pilihan[nilai]


@dataclass(frozen=True)
class Objek(Tipe):
    kunci: tuple[Kunci, ...]

    @property
    def is_pribadi(self) -> bool:
        return any(satu.tipe.is_pribadi for satu in self.kunci)

    @property
    def uraian(self) -> str:
        return "{" + ", ".join(satu.nama for satu in self.kunci) + "}"

    def read(self, nilai: Any, kolom: str) -> Masukan:
        return read_masukan(self.kunci, nilai, kolom)


@dataclass(frozen=True)
class Daftar(Tipe):
    isi: Tipe

    @property
    def is_pribadi(self) -> bool:
        return self.isi.is_pribadi

    @property
    def uraian(self) -> str:
        return f"daftar {self.isi.uraian}"

    def read(self, nilai: Any, kolom: str) -> list[Any]:
        if not isinstance(nilai, list):
            raise _refuse(kolom, "harus daftar.")
        return [
            self.isi.read(satu, f"{kolom}[{posisi}]")
            for posisi, satu in enumerate(nilai)
        ]


@dataclass(frozen=True)
class Boleh(Tipe):
    """A value that may be null: known to be absent."""

    isi: Tipe

    @property
    def is_pribadi(self) -> bool:
        return self.isi.is_pribadi

    @property
    def uraian(self) -> str:
        return f"{self.isi.uraian} | null"

    def read(self, nilai: Any, kolom: str) -> Any:
        return None if nilai is None else self.isi.read(nilai, kolom)


@dataclass(frozen=True)
class Peta(Tipe):
    """An object whose names are values themselves: {"2025": "baik"}.

    `kunci` reads the names (years, a closed list of codes), `isi` what stands there; the
    labels head them on a page.
    """

    kunci: Tipe
    isi: Tipe
    label_kunci: str = ""
    label_isi: str = "Nilai"

    @property
    def is_pribadi(self) -> bool:
        return self.kunci.is_pribadi or self.isi.is_pribadi

    @property
    def uraian(self) -> str:
        return f"{{{self.kunci.uraian}: {self.isi.uraian}}}"

    def read(self, nilai: Any, kolom: str) -> dict[Any, Any]:
        if not isinstance(nilai, Mapping):
            raise _refuse(kolom, "harus objek JSON.")
        return {
            self.kunci.read(nama, f"{kolom}.{nama}"): self.isi.read(
                satu, f"{kolom}.{nama}"
            )
            for nama, satu in nilai.items()
        }


@dataclass(frozen=True)
class SatuAtauDaftar(Tipe):
    """One value for all, or a list with one for each; read as it came."""

    isi: Tipe

    @property
    def is_pribadi(self) -> bool:
        return self.isi.is_pribadi

    @property
    def uraian(self) -> str:
        return f"{self.isi.uraian}, satu atau daftar"

    def read(self, nilai: Any, kolom: str) -> Any:
        tipe = Daftar(self.isi) if isinstance(nilai, list) else self.isi
        return tipe.read(nilai, kolom)
