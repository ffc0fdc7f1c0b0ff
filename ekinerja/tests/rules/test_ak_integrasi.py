from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.exceptions import DomainError
from ekinerja.rules.ak_integrasi import KodeIntegrasi, compute_ak_integrasi
from simpeg.rules.golongan import GolonganPNS

from .cases import HARI_INI, check_kasus, list_kasus


@pytest.mark.parametrize("kasus", list_kasus("ak_integrasi"))
def test_ak_integrasi_case(kasus: dict[str, Any]) -> None:
    check_kasus("ak_integrasi", kasus)


@given(st.sampled_from(GolonganPNS), st.decimals(0, 2000, places=3).map(Fraction))
def test_credit_is_never_below_zero_and_says_when_it_was(
    golongan: GolonganPNS, konvensional: Fraction
) -> None:
    try:
        hasil = compute_ak_integrasi(golongan, konvensional, per_tanggal=HARI_INI)
    except DomainError:
        assert golongan.startswith("I/")
        return
    dinolkan = KodeIntegrasi.DIBULATKAN_KE_NOL in {a.kode for a in hasil.alasan}
    nilai_dasar = hasil.alasan[0].nilai
    assert dinolkan == (konvensional < nilai_dasar)
    assert Fraction(hasil.angka_kredit) == max(konvensional - nilai_dasar, 0)
