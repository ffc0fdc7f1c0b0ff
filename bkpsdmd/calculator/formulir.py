"""Draws the keys of a topic as a form and reads the form back as a case.

A field is named as refusals name its key, `pegawai[2].golongan`, so that a form, an
address and an error speak of the same place. What a person leaves empty is left out of
the case; rows without anything in them do not exist.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms.utils import flatatt

from .kata import format_pilihan
from .masukan import (
    TAHUN_TERKECIL,
    Boleh,
    Bulat,
    Daftar,
    Desimal,
    Jam,
    KodeMasukan,
    Kunci,
    MasukanError,
    Objek,
    Peta,
    Pilihan,
    SatuAtauDaftar,
    Tanggal,
    Teks,
    Tipe,
    Wajib,
    YaTidak,
)

Data = Mapping[str, str]
KATA_WAJIB = {
    Wajib.WAJIB: "",
    Wajib.OPSIONAL: "boleh kosong",
    Wajib.SEPERLUNYA: "isi bila diperlukan",
}
# More than a person fills in by hand; beyond it `compute` is the tool.
BARIS_TERBANYAK = 100
PANJANG_TERBESAR = 500
# Up to here people count in months anyway.
BULAN_TERHITUNG = 60
PETUNJUK_BULAN = "Dalam bulan: 8 tahun 4 bulan ditulis 100."


class _Kosong:
    """Nothing was filled in."""


KOSONG = _Kosong()


@dataclass
class Isian(ABC):
    """One key on the page; `galat` is what is wrong with it, in a sentence."""

    nama: str
    label: str
    petunjuk: str
    wajib: Wajib
    boleh_null: bool
    # The labels around it, for where it stands alone.
    induk: str
    # A row, or one of many alike: it needs no remark that it may stay empty.
    is_baris: bool
    galat: str = field(default="", init=False)

    jenis = ""

    @property
    def id(self) -> str:
        return "isian-" + re.sub(r"[^a-z0-9_]+", "-", self.nama.lower()).strip("-")

    @property
    def label_lengkap(self) -> str:
        return f"{self.induk}, {self.label}" if self.induk else self.label

    @property
    def keterangan_wajib(self) -> str:
        if self.is_baris:
            return ""
        if self.wajib is Wajib.WAJIB and self.boleh_null:
            return "kosongkan bila tidak ada"
        return KATA_WAJIB[self.wajib]

    @property
    def is_wajib(self) -> bool:
        return self.wajib is Wajib.WAJIB and not self.boleh_null

    @abstractmethod
    def read(self) -> Any:
        """Return the value as JSON would carry it, or KOSONG."""

    @abstractmethod
    def walk(self) -> "Iterator[Isian]":
        """Yield this field and all within."""

    def alias(self) -> dict[str, str]:
        """Return other names that refusals use for fields within, with ours."""
        return {}


@dataclass
class Tunggal(Isian):
    """A field with one value, as the text somebody typed or chose."""

    tipe: Tipe
    nilai: str
    is_fokus: bool = field(default=False, init=False)

    jenis = "tunggal"

    @property
    def input(self) -> str:
        if isinstance(self.tipe, Pilihan | YaTidak):
            return "select"
        if isinstance(self.tipe, Tanggal):
            return "date"
        return "time" if isinstance(self.tipe, Jam) else "text"

    @property
    def inputmode(self) -> str:
        if isinstance(self.tipe, Bulat):
            return "numeric"
        return "decimal" if isinstance(self.tipe, Desimal) else ""

    @property
    def maxlength(self) -> int:
        return self.tipe.maks if isinstance(self.tipe, Teks) else PANJANG_TERBESAR

    @property
    def atribut(self) -> str:
        """What the input carries beside name and value, ready to be printed."""
        bagian = {"petunjuk": self.petunjuk, "galat": self.galat}
        keterangan = [f"{self.id}-{satu}" for satu, teks in bagian.items() if teks]
        return flatatt(
            {
                "inputmode": self.inputmode or None,
                "maxlength": self.maxlength if self.input == "text" else None,
                "aria-describedby": " ".join(keterangan) or None,
                "aria-invalid": "true" if self.galat else None,
                "autofocus": self.is_fokus,
            }
        )

    @property
    def pilihan(self) -> list[tuple[str, str]]:
        if isinstance(self.tipe, YaTidak):
            return [("true", "Ya"), ("false", "Tidak")]
        if isinstance(self.tipe, Pilihan):
            return [
                (kode, format_pilihan(kode, arti))
                for kode, arti in self.tipe.pilihan.items()
            ]
        return []

    @property
    def nilai_tampil(self) -> str:
        """What was filled in, in the words of the page."""
        if self.input == "select" and self.nilai:
            return dict(self.pilihan).get(self.nilai, self.nilai)
        return self.nilai

    @property
    def tanggal_tampil(self) -> Any:
        """The day that was filled in, for the page to write; None for other fields."""
        if not isinstance(self.tipe, Tanggal):
            return None
        try:
            return self.tipe.read(self.nilai, self.nama)
        except MasukanError:
            return None

    def read(self) -> Any:
        if not self.nilai:
            return KOSONG
        if isinstance(self.tipe, YaTidak):
            return {"true": True, "false": False}.get(self.nilai, self.nilai)
        if isinstance(self.tipe, Desimal):
            return _read_angka(self.nilai, self.tipe, self.nama)
        return self.nilai

    def walk(self) -> Iterator[Isian]:
        yield self


@dataclass
class Kelompok(Isian):
    """Fields that belong together: an object, or a map with a closed list of names."""

    anak: tuple[Isian, ...]

    jenis = "kelompok"

    def read(self) -> Any:
        isi = _read_anak(self.anak, f"{self.nama}.")
        terisi = any(nilai is not None and nilai != {} for nilai in isi.values())
        return isi if terisi or self.is_wajib else KOSONG

    def walk(self) -> Iterator[Isian]:
        yield self
        for satu in self.anak:
            yield from satu.walk()

    def alias(self) -> dict[str, str]:
        return {lain: nama for satu in self.anak for lain, nama in satu.alias().items()}


@dataclass
class Barisan(Isian):
    """Rows that can be added and taken away."""

    tipe: Tipe
    baris: list[Isian]
    label_baris: str

    jenis = "barisan"

    @property
    def is_pendek(self) -> bool:
        """Whether a row is one field or a pair, drawn on one line without a frame."""
        return isinstance(self.baris[0], Tunggal) or isinstance(self.tipe, Peta)

    @property
    def boleh_tambah(self) -> bool:
        return len(self.baris) < BARIS_TERBANYAK

    def read(self) -> Any:
        isi = [nilai for satu in self.baris if (nilai := satu.read()) is not KOSONG]
        if not isi:
            return KOSONG
        if isinstance(self.tipe, SatuAtauDaftar) and len(isi) == 1:
            return isi[0]
        return self._read_peta(isi) if isinstance(self.tipe, Peta) else isi

    def _read_peta(self, isi: list[dict[str, Any]]) -> dict[str, Any]:
        peta: dict[str, Any] = {}
        for posisi, satu in enumerate(isi):
            for bagian in ("kunci", "nilai"):
                if satu.get(bagian) is None:
                    raise MasukanError(
                        KodeMasukan.KUNCI_KURANG,
                        f"{self.nama}[{posisi}].{bagian}",
                        "harus diisi.",
                    )
            if satu["kunci"] in peta:
                raise MasukanError(
                    KodeMasukan.NILAI_SALAH,
                    f"{self.nama}[{posisi}].kunci",
                    "sudah ada di baris lain.",
                )
            peta[satu["kunci"]] = satu["nilai"]
        return peta

    def walk(self) -> Iterator[Isian]:
        yield self
        for satu in self.baris:
            yield from satu.walk()

    def alias(self) -> dict[str, str]:
        nama = {
            lain: milik for satu in self.baris for lain, milik in satu.alias().items()
        }
        if isinstance(self.tipe, Peta):
            for satu in self.baris:
                kunci, nilai = satu.anak[:2]  # type: ignore[attr-defined]
                sah = _is_readable(self.tipe.kunci, kunci.nilai)
                nama[f"{self.nama}.{kunci.nilai}"] = nilai.nama if sah else kunci.nama
        if isinstance(self.tipe, SatuAtauDaftar):
            nama[self.nama] = self.baris[0].nama
        return nama


class Formulir:
    """The form of one topic, filled with what somebody sent."""

    def __init__(self, kunci: tuple[Kunci, ...], data: Data, *, rapat: bool) -> None:
        """`rapat` drops rows without content, as before computing."""
        self.isian = tuple(
            _build(
                satu.tipe,
                satu.nama,
                satu.nama,
                _Penulisan(satu.label, satu.petunjuk, satu.wajib),
                _Sumber(data, rapat),
            )
            for satu in kunci
        )

    def read(self) -> dict[str, Any]:
        """Return the case as JSON would carry it. Raises MasukanError."""
        return _read_anak(self.isian, "")

    def walk(self) -> Iterator[Isian]:
        for satu in self.isian:
            yield from satu.walk()

    def list_pasangan(self) -> list[tuple[str, str]]:
        """Return name and value of each filled field, for an address or hidden inputs."""
        return [
            (satu.nama, satu.nilai)
            for satu in self.walk()
            if isinstance(satu, Tunggal) and satu.nilai
        ]

    def mark(self, kolom: str, pesan: str) -> Isian | None:
        """Put a refusal at its field or at the nearest one around it; return that."""
        alias = {
            lain: nama for satu in self.isian for lain, nama in satu.alias().items()
        }
        menurut_nama = {satu.nama: satu for satu in self.walk()}
        while kolom:
            isian = menurut_nama.get(alias.get(kolom, kolom))
            if isian is not None:
                isian.galat = pesan
                return isian
            kolom = re.sub(r"(\[\d+\]|[.\[]?[^.\[]*)\Z", "", kolom, count=1)
        return None

    def add_row(self, nama: str) -> None:
        """Add an empty row to the rows of this name, and put the cursor there."""
        for satu in self.walk():
            if isinstance(satu, Barisan) and satu.nama == nama and satu.boleh_tambah:
                baru = _build_row(satu, len(satu.baris), "", _Sumber({}, rapat=False))
                satu.baris.append(baru)
                self._focus(baru)
                return

    @staticmethod
    def _focus(baris: Isian) -> None:
        for satu in baris.walk():
            if isinstance(satu, Tunggal):
                satu.is_fokus = True
                return


def drop_row(data: Data, nama: str) -> dict[str, str]:
    """Return the data without the row `pegawai[2]`; later rows close up."""
    return {
        kunci: nilai
        for kunci, nilai in data.items()
        if kunci != nama and not kunci.startswith(f"{nama}.")
    }


# -- Building ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Penulisan:
    label: str
    petunjuk: str
    wajib: Wajib
    induk: str = ""
    is_baris: bool = False

    def within(self, kunci: Kunci, *, is_baris: bool) -> "_Penulisan":
        induk = ", ".join(filter(None, (self.induk, self.label)))
        return _Penulisan(kunci.label, kunci.petunjuk, kunci.wajib, induk, is_baris)


@dataclass(frozen=True)
class _Sumber:
    data: Data
    rapat: bool

    def find(self, nama: str) -> str:
        return self.data.get(nama, "").strip()

    def list_baris(self, nama: str) -> list[str]:
        """Return the names of the rows that were sent, in their order."""
        pola = re.compile(re.escape(nama) + r"\[(\d{1,4})\]")
        terisi: dict[int, bool] = {}
        for kunci, nilai in self.data.items():
            cocok = pola.match(kunci)
            if cocok:
                nomor = int(cocok[1])
                terisi[nomor] = terisi.get(nomor, False) or bool(nilai.strip())
        dipakai = [nomor for nomor in sorted(terisi) if terisi[nomor] or not self.rapat]
        return [f"{nama}[{nomor}]" for nomor in dipakai[:BARIS_TERBANYAK]]


def _build(
    tipe: Tipe, nama: str, asal: str, tulis: _Penulisan, sumber: _Sumber
) -> Isian:
    """Return the field of a type; `asal` is the name it was sent under."""
    boleh_null = isinstance(tipe, Boleh)
    if isinstance(tipe, Boleh):
        tipe = tipe.isi
    umum = (
        *(nama, tulis.label, tulis.petunjuk, tulis.wajib),
        *(boleh_null, tulis.induk, tulis.is_baris),
    )
    is_peta = isinstance(tipe, Peta)
    if isinstance(tipe, Peta) and isinstance(tipe.kunci, Pilihan):
        # A closed list of names is an object none of whose keys must be there.
        tipe = Objek(
            tuple(
                Kunci(kode, tipe.isi, format_pilihan(kode, arti), Wajib.OPSIONAL)
                for kode, arti in tipe.kunci.pilihan.items()
            )
        )
    if isinstance(tipe, Objek):
        return Kelompok(
            *umum,
            tuple(
                _build(
                    satu.tipe,
                    f"{nama}.{satu.nama}",
                    f"{asal}.{satu.nama}",
                    tulis.within(satu, is_baris=is_peta),
                    sumber,
                )
                for satu in tipe.kunci
            ),
        )
    if isinstance(tipe, Peta | Daftar | SatuAtauDaftar):
        barisan = Barisan(*umum, tipe, [], tulis.label)
        barisan.baris = [
            _build_row(barisan, posisi, satu, sumber)
            for posisi, satu in enumerate(sumber.list_baris(asal) or [""])
        ]
        return barisan
    tunggal = Tunggal(*umum, tipe, _normalize(sumber.find(asal), tipe))
    tunggal.petunjuk = tunggal.petunjuk or _suggest(tipe, nama)
    return tunggal


def _suggest(tipe: Tipe, nama: str) -> str:
    """Return how to write years of service, which people know as years and months."""
    is_masa = isinstance(tipe, Bulat) and tipe.maksimum > BULAN_TERHITUNG
    return PETUNJUK_BULAN if is_masa and nama.endswith("_bulan") else ""


def _build_row(barisan: Barisan, posisi: int, asal: str, sumber: _Sumber) -> Isian:
    tipe = barisan.tipe
    if isinstance(tipe, Peta):
        tipe_baris: Tipe = Objek(
            (
                Kunci("kunci", tipe.kunci, tipe.label_kunci or _label_kunci(tipe)),
                Kunci("nilai", tipe.isi, tipe.label_isi),
            )
        )
    else:
        tipe_baris = tipe.isi  # type: ignore[attr-defined]
    label = f"{barisan.label_baris} {posisi + 1}"
    # A row is optional as a whole; what its keys demand shows once it is begun.
    tulis = _Penulisan(label, "", Wajib.OPSIONAL, barisan.induk, is_baris=True)
    return _build(tipe_baris, f"{barisan.nama}[{posisi}]", asal, tulis, sumber)


def _label_kunci(peta: Peta) -> str:
    """Return what the names of a map are called: years stand out by their bounds."""
    is_tahun = isinstance(peta.kunci, Bulat) and peta.kunci.minimum >= TAHUN_TERKECIL
    return "Tahun" if is_tahun else "Nama"


def _read_anak(anak: Iterable[Isian], awalan: str) -> dict[str, Any]:
    isi: dict[str, Any] = {}
    for satu in anak:
        nama, nilai = satu.nama.removeprefix(awalan), satu.read()
        if nilai is not KOSONG:
            isi[nama] = nilai
        elif satu.wajib is Wajib.WAJIB and satu.boleh_null:
            isi[nama] = None
    return isi


def _normalize(nilai: str, tipe: Tipe) -> str:
    """Return a day typed as 17-05-1970 the way a date field carries it."""
    cocok = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", nilai)
    if isinstance(tipe, Tanggal) and cocok:
        return f"{cocok[3]}-{cocok[2]:0>2}-{cocok[1]:0>2}"
    return nilai


def _read_angka(nilai: str, tipe: Desimal, kolom: str) -> str:
    """Return a number written the Indonesian way as the calculator takes it.

    Points part thousands and a comma decimals; `0.5` can only be meant one way and is
    taken too. Raises MasukanError for `1.250` where decimals are possible.
    """
    angka = nilai.removeprefix("Rp").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    bulat = isinstance(tipe, Bulat)
    if re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", angka):
        if not bulat and angka.count(".") == 1 and "," not in angka:
            raise MasukanError(
                KodeMasukan.NILAI_SALAH,
                kolom,
                f"dapat dibaca {angka.replace('.', '')} atau {angka.replace('.', ',')}; "
                "tulis ribuan tanpa titik, pecahan dengan koma.",
            )
        angka = angka.replace(".", "")
    return angka.replace(",", ".", 1)


def _is_readable(tipe: Tipe, nilai: str) -> bool:
    try:
        tipe.read(nilai, "")
    except MasukanError:
        return False
    return True
