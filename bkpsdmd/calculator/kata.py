"""Words for people where a topic gives a code or a key and no label."""

import re
from enum import Enum
from typing import Any

from bkpsdmd.regulations import Kepastian
from bkpsdmd.ui.components import Nada

# What the law abbreviates stays in capitals.
SINGKATAN = frozenset({
    *("abk", "ak", "asn", "bk", "bkn", "bp", "bpjs", "bup", "cltn", "cpns", "ej", "eu"),
    *("ftp", "iwp", "jf", "jkt", "jpt", "kgb", "kp", "lhkpn", "mkg", "mpp", "nik"),
    *("nip", "pjok", "plh", "plt", "pmk", "pns", "pppk", "psw", "sbk", "sd", "siasn"),
    *("skp", "smp", "stp", "tl", "tmt", "tpp", "wkt"),
})  # fmt: skip
# What a key of the contract ends in where its value has a unit.
SATUAN = ("rupiah", "persen", "bulan", "tahun", "hari", "jam", "menit")
ARTI_KEPASTIAN = {
    Kepastian.TERVERIFIKASI: "paling sedikit dua sumber yang terpisah sepakat",
    Kepastian.SATU_SUMBER: "satu sumber saja",
    Kepastian.BELUM_DIVERIFIKASI: "belum dicocokkan dengan naskah peraturannya",
    Kepastian.KESEPAKATAN: "peraturan tidak mengatur; pilihan portal yang dapat diubah",
}
NADA_KEPASTIAN = {
    Kepastian.TERVERIFIKASI: Nada.OK,
    Kepastian.SATU_SUMBER: Nada.INFO,
    Kepastian.BELUM_DIVERIFIKASI: Nada.WARN,
    Kepastian.KESEPAKATAN: Nada.NETRAL,
}


def humanize(kode: str) -> str:
    """Return `tmt_pensiun` as "TMT pensiun"; what is no code stays as it is."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", kode):
        return kode
    kata = [
        satu.upper() if satu.rstrip("0123456789") in SINGKATAN else satu
        for satu in kode.split("_")
    ]
    return " ".join([kata[0][:1].upper() + kata[0][1:], *kata[1:]])


def split_satuan(kunci: str) -> tuple[str, str]:
    """Return a key without its unit, and the unit: `mkg_bulan` is ("mkg", "bulan")."""
    nama, _, akhir = kunci.rpartition("_")
    return (nama or kunci, akhir) if akhir in SATUAN else (kunci, "")


def label_satuan(kunci: str) -> str:
    """Return `masa_kerja_tahun` as "Masa kerja (tahun)"."""
    nama, satuan = split_satuan(kunci)
    is_lain = satuan and satuan != nama
    return f"{humanize(nama)} ({satuan})" if is_lain else humanize(nama)


def format_pilihan(kode: str, arti: Any) -> str:
    """Return the label of a code: its enum's own words, or the code made readable.

    A code that people use themselves stands before its words: "III/c, Penata".
    """
    label = ""
    if isinstance(arti, Enum):
        label = str(getattr(arti, "label", "") or getattr(arti, "arti", ""))
    if not label:
        return humanize(kode)
    return f"{kode}, {label}" if "/" in kode and "/" not in label else label
