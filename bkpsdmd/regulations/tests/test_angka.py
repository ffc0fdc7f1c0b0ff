from decimal import ROUND_HALF_UP, Decimal, Inexact
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.regulations.angka import (
    exact_decimals,
    round_half_up,
    round_rupiah,
    to_decimal,
)

DESIMAL = st.decimals(-(10**6), 10**6, places=9)


@pytest.mark.parametrize(
    ("nilai", "desimal", "teks"),
    [
        (Fraction(25, 12), 2, "2.08"),
        (Fraction(25, 12), 6, "2.083333"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("2.4999999999"), 0, "2"),
        (12, 2, "12.00"),
        (0, 6, "0.000000"),
        (Decimal(f"{10**40}.5"), 0, str(10**40 + 1)),
    ],
)
def test_half_goes_up(nilai: Fraction, desimal: int, teks: str) -> None:
    assert str(round_half_up(nilai, desimal)) == teks


@given(nilai=DESIMAL, desimal=st.integers(0, 6))
def test_rounding_equals_that_of_the_decimal_module(
    nilai: Decimal, desimal: int
) -> None:
    satuan = Decimal(1).scaleb(-desimal)

    assert round_half_up(nilai, desimal) == nilai.quantize(satuan, ROUND_HALF_UP)


def test_amount_is_whole_rupiah() -> None:
    assert round_rupiah(Fraction(1999, 2)) == 1000


@pytest.mark.parametrize(
    ("nilai", "teks"),
    [
        (Fraction(25, 2), "12.5"),
        (Decimal("12.500"), "12.5"),
        (Decimal("10.0"), "10"),
        (Decimal("0.00"), "0"),
        (Fraction(-3, 8), "-0.375"),
    ],
)
def test_exact_decimal_has_no_zeros_at_its_end(nilai: Fraction, teks: str) -> None:
    assert str(to_decimal(nilai)) == teks


@given(DESIMAL)
def test_decimal_and_fraction_are_treated_alike(nilai: Decimal) -> None:
    assert str(to_decimal(nilai)) == str(to_decimal(Fraction(nilai)))
    assert round_half_up(nilai, 2) == round_half_up(Fraction(nilai), 2)


def test_decimals_lose_nothing_inside_their_context() -> None:
    kecil = Decimal("1E-20")
    with exact_decimals():
        hasil = (Decimal(10**15) + kecil) * (1 + kecil)
        with pytest.raises(Inexact):
            _ = hasil / 3

    assert Fraction(hasil) == (10**15 + Fraction(kecil)) * (1 + Fraction(kecil))


@given(DESIMAL)
def test_exact_decimal_equals_the_number(nilai: Decimal) -> None:
    assert to_decimal(Fraction(nilai)) == nilai


def test_number_without_a_decimal_is_refused() -> None:
    with pytest.raises(ValueError, match="1/3"):
        to_decimal(Fraction(1, 3))
