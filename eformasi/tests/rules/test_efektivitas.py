from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eformasi.choices import TingkatEfektivitas
from eformasi.rules.efektivitas import BebanJabatan, compute_efektivitas

from .cases import HARI_INI, check_kasus, list_kasus

BEBAN = st.builds(
    BebanJabatan,
    beban_jam=st.decimals(0, 10_000, places=2),
    pemangku=st.integers(0, 20),
)


@pytest.mark.parametrize("kasus", list_kasus("ej"))
def test_ej_case(kasus: dict[str, Any]) -> None:
    check_kasus("ej", kasus)


@pytest.mark.parametrize("kasus", list_kasus("eu"))
def test_eu_case(kasus: dict[str, Any]) -> None:
    check_kasus("eu", kasus)


@given(st.lists(BEBAN, max_size=6))
def test_value_is_sum_over_sum_to_the_nearest_hundredth(
    jabatan: list[BebanJabatan],
) -> None:
    hasil = compute_efektivitas(jabatan, per_tanggal=HARI_INI)

    pemangku = sum(satu.pemangku for satu in jabatan)
    if not pemangku:
        assert (hasil.nilai, hasil.tingkat) == (None, None)
        return
    beban = sum(Fraction(satu.beban_jam) for satu in jabatan)
    assert hasil.nilai is not None
    assert abs(Fraction(hasil.nilai) - beban / (pemangku * 1250)) <= Fraction(1, 200)


@given(st.decimals(0, 5000, places=2), st.decimals(0, 5000, places=2))
def test_more_load_is_never_graded_lower(satu: Decimal, dua: Decimal) -> None:
    ringan, berat = (
        compute_efektivitas([BebanJabatan(beban, 1)], per_tanggal=HARI_INI).tingkat
        for beban in sorted((satu, dua))
    )

    tingkat = list(TingkatEfektivitas)
    assert ringan is not None
    assert berat is not None
    assert tingkat.index(berat) <= tingkat.index(ringan)
