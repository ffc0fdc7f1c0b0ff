from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from bkpsdmd.regulations.teks import (
    format_angka,
    format_masa,
    format_rupiah,
    format_tanggal,
)


def test_date_is_written_in_indonesian() -> None:
    assert format_tanggal(date(2026, 9, 1)) == "1 September 2026"


def test_months_are_named_in_order() -> None:
    nama = [format_tanggal(date(2026, bulan, 1)).split()[1] for bulan in range(1, 13)]

    assert " ".join(nama) == (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November "
        "Desember"
    )


def test_rupiah_are_grouped_by_dots() -> None:
    assert format_rupiah(3_500_000) == "Rp 3.500.000"


@pytest.mark.parametrize(
    ("nilai", "teks"),
    [
        (Fraction(25, 2), "12,5"),
        (Decimal("1234.50"), "1.234,5"),
        (1_000_000, "1.000.000"),
        (0, "0"),
    ],
)
def test_number_has_a_decimal_comma(nilai: Fraction, teks: str) -> None:
    assert format_angka(nilai) == teks


@pytest.mark.parametrize(
    ("bulan", "teks"),
    [
        (0, "0 bulan"),
        (11, "11 bulan"),
        (12, "1 tahun"),
        (100, "8 tahun 4 bulan"),
    ],
)
def test_service_time_is_written_in_years_and_months(bulan: int, teks: str) -> None:
    assert format_masa(bulan) == teks
