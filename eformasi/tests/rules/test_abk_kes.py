from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eformasi.rules.abk_kes import (
    KegiatanPokok,
    compute_abk_kes,
    compute_sbk,
    compute_stp,
)

from .cases import HARI_INI, check_kasus, list_kasus


@pytest.mark.parametrize("kasus", list_kasus("abk_kes"))
def test_abk_kes_case(kasus: dict[str, Any]) -> None:
    check_kasus("abk_kes", kasus)


@given(
    capaian=st.lists(st.decimals(0, 100_000, places=2), max_size=6),
    norma=st.decimals(Decimal("0.5"), 500, places=1),
    ftp=st.decimals(0, 99, places=2),
)
def test_need_is_computed_exactly_and_rounded_once(
    capaian: list[Decimal], norma: Decimal, ftp: Decimal
) -> None:
    sbk = compute_sbk(wkt_menit=Decimal(72000), norma_menit=norma)

    hasil = compute_abk_kes(
        [KegiatanPokok(satu, sbk) for satu in capaian],
        wkt_menit=Decimal(72000),
        stp=compute_stp(ftp),
        per_tanggal=HARI_INI,
    )

    menit = sum(map(Fraction, capaian)) * Fraction(norma)
    assert hasil.total * (100 - Fraction(ftp)) == menit / 720
    assert -Fraction(1, 2) < hasil.kebutuhan - hasil.total <= Fraction(1, 2)
