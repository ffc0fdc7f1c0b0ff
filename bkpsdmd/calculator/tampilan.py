"""Turns an answer into what a page prints: labels, units, a sentence, sources."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from bkpsdmd.regulations import (
    Kepastian,
    KetentuanNotInForceError,
    Regulasi,
    list_regulasi,
    load_regulasi,
)
from bkpsdmd.regulations.teks import format_masa
from bkpsdmd.ui import formats
from bkpsdmd.ui.components import Nada

from .kata import ARTI_KEPASTIAN, NADA_KEPASTIAN, format_pilihan, humanize, split_satuan
from .pemakaian import list_regulasi_topik
from .registry import Jawaban, Keluaran, Satuan, Topik

# More than this is counted in a sentence, not named.
BANYAK = 12
_NAMA = re.compile(r"\{([a-z0-9_.]+)\}")
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


@dataclass(frozen=True)
class Tabel:
    """A list of objects: one column per key."""

    kolom: Sequence[str]
    baris: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Butir:
    """One value of the answer: a text, or one of the three shapes of many."""

    label: str
    teks: str = ""
    daftar: Sequence[str] = ()
    is_urut: bool = False
    isi: "Sequence[Butir]" = ()
    tabel: Tabel | None = None

    @property
    def is_pendek(self) -> bool:
        """Whether it is one text, for a list of label and value."""
        return not (self.daftar or self.isi or self.tabel)

    @property
    def ringkas(self) -> str:
        """The value in one line, whatever its shape."""
        if self.isi:
            return ", ".join(f"{satu.label} {satu.ringkas}" for satu in self.isi)
        if self.tabel:
            return "; ".join(", ".join(baris) for baris in self.tabel.baris)
        return ", ".join(self.daftar) or self.teks


@dataclass(frozen=True)
class Sumber:
    """One legal basis as the answer cites it, with the regulations it stands for."""

    kutipan: str
    kepastian: Kepastian | None
    regulasi: Sequence[Regulasi]

    @property
    def nada(self) -> Nada:
        return NADA_KEPASTIAN[self.kepastian or Kepastian.TERVERIFIKASI]

    @property
    def arti(self) -> str:
        return ARTI_KEPASTIAN[self.kepastian or Kepastian.TERVERIFIKASI]


def list_butir(topik: Topik, hasil: Mapping[str, Any]) -> list[Butir]:
    """Return the values of an answer with their labels."""
    return [_build(topik.keluaran, kunci, nilai) for kunci, nilai in hasil.items()]


def write_kalimat(topik: Topik, jawaban: Jawaban) -> str:
    """Return the answer in one sentence."""
    kunci, hasil = topik.kalimat, jawaban.hasil
    if "{" in kunci:
        return _NAMA.sub(
            lambda cocok: _write(topik.keluaran, cocok[1], _find(hasil, cocok[1])),
            kunci,
        )
    if kunci in topik.keluaran and isinstance(hasil.get(kunci), bool):
        return _write(topik.keluaran, kunci, hasil[kunci])
    for nama, nilai in hasil.items():
        if nilai is not None and nilai != "" and not isinstance(nilai, Mapping):
            butir = _build(topik.keluaran, nama, nilai)
            return f"{butir.label}: {_shorten(butir)}"
    return "Tidak ada hasil untuk kasus ini; baca keterangan di bawah."


def _shorten(butir: Butir) -> str:
    """Return a value for a sentence: many are counted, few are named."""
    banyak = len(butir.daftar) or (len(butir.tabel.baris) if butir.tabel else 0)
    return f"{banyak} baris" if banyak > BANYAK or butir.tabel else butir.ringkas


def _find(hasil: Any, nama: str) -> Any:
    """Return the value of `kp.kurang`; None where an outer one is null."""
    for bagian in nama.split("."):
        hasil = hasil.get(bagian) if isinstance(hasil, Mapping) else None
    return hasil


def is_terpenuhi(topik: Topik, jawaban: Jawaban) -> bool:
    """Tell whether the answer is a yes; a figure is one as well."""
    kunci = topik.kalimat
    if kunci not in jawaban.hasil:
        kunci = next(iter(jawaban.hasil), "")
    return jawaban.hasil.get(kunci) is not False


def list_sumber(topik: Topik, jawaban: Jawaban) -> list[Sumber]:
    """Return the legal basis of an answer, each with the regulations it comes from."""
    dipakai = list_regulasi_topik(topik)
    return [_find_sumber(kutipan, dipakai) for kutipan in jawaban.dasar_hukum]


def find_regulasi(error: Exception) -> Regulasi | None:
    """Return the regulation a refusal is about: no version was in force."""
    if isinstance(error, KetentuanNotInForceError):
        return load_regulasi(error.nama)
    return None


def _find_sumber(kutipan: str, dipakai: Sequence[str]) -> Sumber:
    cocok = re.fullmatch(r"(.+) \[(.+)\]", kutipan)
    kepastian = cocok and _index_label().get(cocok[2])
    dasar = cocok[1] if cocok and kepastian else kutipan
    nama = _index_dasar().get(dasar, ())
    regulasi = [satu for satu in nama if satu in dipakai] or nama
    return Sumber(
        dasar,
        # A rule prints a doubt where there is one, for a single row too.
        kepastian or (Kepastian.TERVERIFIKASI if nama else None),
        [load_regulasi(satu) for satu in regulasi],
    )


@cache
def _index_label() -> Mapping[str, Kepastian]:
    return {satu.label: satu for satu in Kepastian}


@cache
def _index_dasar() -> Mapping[str, Sequence[str]]:
    index: dict[str, list[str]] = {}
    for nama in list_regulasi():
        for dasar in {versi.dasar_hukum for versi in load_regulasi(nama).riwayat}:
            index.setdefault(dasar, []).append(nama)
    return index


# -- Values ---------------------------------------------------------------------------


def _build(keluaran: Mapping[str, Keluaran], kunci: str, nilai: Any) -> Butir:
    label = _label(keluaran, kunci)
    if isinstance(nilai, Mapping):
        isi = [
            _build(keluaran, f"{kunci}.{nama}", satu) for nama, satu in nilai.items()
        ]
        return Butir(label, isi=isi) if isi else Butir(label, formats.KOSONG)
    if not isinstance(nilai, list | tuple):
        return Butir(label, _write(keluaran, kunci, nilai))
    if not nilai:
        return Butir(label, formats.KOSONG)
    if all(isinstance(satu, Mapping) for satu in nilai):
        return Butir(label, tabel=_build_tabel(keluaran, kunci, nilai))
    return Butir(
        label,
        daftar=[_write(keluaran, kunci, satu) for satu in nilai],
        is_urut=not any(isinstance(satu, Enum) for satu in nilai),
    )


def _build_tabel(
    keluaran: Mapping[str, Keluaran], kunci: str, nilai: Sequence[Mapping[str, Any]]
) -> Tabel:
    kolom = list(dict.fromkeys(nama for satu in nilai for nama in satu))
    return Tabel(
        [_label(keluaran, f"{kunci}.{nama}") for nama in kolom],
        [
            [_write_sel(keluaran, f"{kunci}.{nama}", satu.get(nama)) for nama in kolom]
            for satu in nilai
        ],
    )


def _write_sel(keluaran: Mapping[str, Keluaran], kunci: str, nilai: Any) -> str:
    """Write a value for a narrow column: a short date, an amount that does not break."""
    if isinstance(nilai, date):
        return formats.format_tanggal_singkat(nilai)
    return _write(keluaran, kunci, nilai).replace("Rp ", "Rp\xa0")


def _label(keluaran: Mapping[str, Keluaran], kunci: str) -> str:
    if kunci in keluaran:
        return keluaran[kunci].label
    nama = kunci.rpartition(".")[2]
    return humanize(split_satuan(nama)[0])


def _write(keluaran: Mapping[str, Keluaran], kunci: str, nilai: Any) -> str:
    """Return one value as people read it."""
    satu = keluaran.get(kunci)
    if nilai is None or nilai == "":
        return formats.KOSONG
    if isinstance(nilai, bool):
        return (
            (satu.ya if nilai else satu.tidak) if satu else formats.format_nilai(nilai)
        )
    if isinstance(nilai, Enum):
        return format_pilihan(str(nilai.value), nilai)
    if isinstance(nilai, date):
        return formats.format_tanggal(nilai)
    if isinstance(nilai, int | Decimal):
        satuan = satu.satuan if satu else None
        if satuan is None:
            satuan = Satuan(split_satuan(kunci.rpartition(".")[2])[1])
        return _write_angka(nilai, satuan)
    if isinstance(nilai, Mapping):
        return ", ".join(
            f"{_label(keluaran, f'{kunci}.{nama}')} {_write(keluaran, f'{kunci}.{nama}', isi)}"
            for nama, isi in nilai.items()
        )
    if isinstance(nilai, list | tuple):
        return (
            ", ".join(_write(keluaran, kunci, isi) for isi in nilai) or formats.KOSONG
        )
    return _write_teks(str(nilai), satu.pilihan if satu else {})


def _write_angka(nilai: int | Decimal, satuan: Satuan) -> str:
    if satuan is Satuan.RUPIAH:
        return formats.format_rupiah(nilai)
    if satuan is Satuan.BULAN and isinstance(nilai, int) and nilai >= 12:
        return f"{format_masa(nilai)} ({formats.format_angka(nilai)} bulan)"
    angka = formats.format_nilai(nilai)
    if not satuan:
        return angka
    return f"{angka} %" if satuan is Satuan.PERSEN else f"{angka} {satuan}"


def _write_teks(nilai: str, pilihan: Mapping[str, str]) -> str:
    if nilai in pilihan:
        return pilihan[nilai]
    cocok = _ISO.fullmatch(nilai)
    if cocok and 1 <= int(cocok[2]) <= 12:
        bulan = f"{formats.BULAN[int(cocok[2]) - 1]} {cocok[1]}"
        return f"{int(cocok[3])} {bulan}" if cocok[3] else bulan
    return humanize(nilai) if "_" in nilai else nilai
