"""Dates, money and service time as the sentences of a result write them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from .angka import to_decimal

BULAN = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)

# Python groups by commas and marks decimals by a dot, Indonesian the other way round.
TANDA = str.maketrans(",.", ".,")


def format_tanggal(tanggal: date) -> str:
    """Return `1 September 2026`."""
    return f"{tanggal.day} {BULAN[tanggal.month - 1]} {tanggal.year}"


def format_rupiah(rupiah: int) -> str:
    """Return `Rp 3.500.000`."""
    return "Rp " + f"{rupiah:,}".replace(",", ".")


def format_angka(nilai: Fraction | Decimal | int) -> str:
    """Return `1.234,5`: the exact number as Indonesian writes it."""
    return f"{to_decimal(nilai):,f}".translate(TANDA)


def format_masa(bulan: int) -> str:
    """Return `8 tahun 4 bulan` for a number of months."""
    tahun, sisa = divmod(bulan, 12)
    if not tahun:
        return f"{sisa} bulan"
    return f"{tahun} tahun {sisa} bulan" if sisa else f"{tahun} tahun"
