from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ekinerja.rules.angka_kredit import FaktaAngkaKredit, compute_angka_kredit
from simpeg.choices import Jenjang, Predikat

from .cases import HARI_INI, check_kasus, list_kasus

JENJANG, PREDIKAT = st.sampled_from(Jenjang), st.sampled_from(Predikat)


def convert(jenjang: Jenjang, predikat: Predikat, bulan: int) -> Fraction:
    fakta = FaktaAngkaKredit(jenjang, predikat, bulan)
    return compute_angka_kredit(fakta, per_tanggal=HARI_INI).tepat


@pytest.mark.parametrize("kasus", list_kasus("angka_kredit"))
def test_angka_kredit_case(kasus: dict[str, Any]) -> None:
    check_kasus("angka_kredit", kasus)


@given(
    JENJANG,
    PREDIKAT,
    st.lists(st.integers(1, 12), min_size=1).filter(lambda b: sum(b) <= 12),
)
def test_parts_of_a_year_equal_the_whole_before_rounding(
    jenjang: Jenjang, predikat: Predikat, bagian: list[int]
) -> None:
    jumlah = sum(convert(jenjang, predikat, bulan) for bulan in bagian)

    assert jumlah == convert(jenjang, predikat, sum(bagian))


@given(JENJANG, PREDIKAT, st.integers(1, 12))
def test_roundings_are_half_up_of_the_exact_credit(
    jenjang: Jenjang, predikat: Predikat, bulan: int
) -> None:
    fakta = FaktaAngkaKredit(jenjang, predikat, bulan)
    hasil = compute_angka_kredit(fakta, per_tanggal=HARI_INI)

    tepat = Decimal(hasil.tepat.numerator) / hasil.tepat.denominator
    assert hasil.angka_kredit == tepat.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert hasil.penuh == tepat.quantize(Decimal("0.000001"), ROUND_HALF_UP)


@given(JENJANG, st.integers(1, 12))
def test_better_predikat_gives_more_credit(jenjang: Jenjang, bulan: int) -> None:
    kredit = [convert(jenjang, predikat, bulan) for predikat in Predikat]

    assert kredit == sorted(kredit, reverse=True)
    assert kredit[0] == Fraction(3, 2) * kredit[1]
