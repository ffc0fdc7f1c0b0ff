"""What stands in one cell, whatever a spreadsheet did to it on the way."""

import re
from datetime import date

# A year outside these is a slip of the pen in any column of a personnel record.
TAHUN_TERKECIL, TAHUN_TERBESAR = 1900, 2100

_HARI_DULU = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_TAHUN_DULU = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_JAM = re.compile(r"[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$")
_PANGKAT_SEPULUH = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_PECAHAN_NOL = re.compile(r"\d+[.,]0+")
_BILANGAN = re.compile(r"\d+([.,]0+)?", re.ASCII)


def clean_sel(teks: str) -> str:
    """Return the cell without what exports put around it; literal null is empty.

    SIASN writes an apostrophe before text that looks like a number. NUL cannot be
    stored by PostgreSQL and means nothing.
    """
    bersih = teks.replace("\x00", "").replace("\xa0", " ").strip()
    bersih = bersih.lstrip("'’").strip()
    return "" if bersih.lower() == "null" else bersih


def read_tanggal(teks: str) -> date:
    """Return the day written d-m-y, or y-m-d; ValueError for anything else."""
    bersih = _JAM.sub("", teks)
    if cocok := _HARI_DULU.fullmatch(bersih):
        hari, bulan, tahun = (int(angka) for angka in cocok.groups())
    elif cocok := _TAHUN_DULU.fullmatch(bersih):
        tahun, bulan, hari = (int(angka) for angka in cocok.groups())
    else:
        raise ValueError(teks)
    if not TAHUN_TERKECIL <= tahun <= TAHUN_TERBESAR:
        raise ValueError(teks)
    return date(tahun, bulan, hari)


def read_bilangan(teks: str) -> int:
    """Return a whole number; a spreadsheet's "35.0" is one. ValueError otherwise."""
    if not _BILANGAN.fullmatch(teks):
        raise ValueError(teks)
    return int(re.split("[.,]", teks)[0])


def is_rusak_jadi_angka(teks: str) -> bool:
    """Tell whether a spreadsheet took a long number for an amount and rounded it."""
    return bool(
        _PANGKAT_SEPULUH.fullmatch(teks)
        or (len(teks) > 15 and _PECAHAN_NOL.fullmatch(teks))
    )
