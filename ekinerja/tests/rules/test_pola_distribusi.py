from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ekinerja.choices import CapaianOrganisasi
from ekinerja.rules.pola_distribusi import (
    FaktaPola,
    HasilPola,
    check_pola_distribusi,
)
from simpeg.choices import Predikat

from .cases import HARI_INI, check_kasus, list_kasus

PERINGKAT = list(Predikat)


@pytest.mark.parametrize("kasus", list_kasus("pola_distribusi"))
def test_pola_distribusi_case(kasus: dict[str, Any]) -> None:
    check_kasus("pola_distribusi", kasus)


def check(capaian: CapaianOrganisasi, *orang: int) -> HasilPola:
    jumlah = dict(zip(PERINGKAT, orang, strict=True))
    return check_pola_distribusi(FaktaPola(capaian, jumlah), per_tanggal=HARI_INI)


def spread(capaian: CapaianOrganisasi, banyak: int) -> list[int]:
    """Return the counts a leader would choose: the limits, the rest to "baik"."""
    batas = check(capaian, 0, banyak, 0, 0, 0).batas
    orang = [0] * len(PERINGKAT)
    for kelompok, satu in batas.items():
        predikat = "butuh_perbaikan" if kelompok == "bp_dan_kurang" else kelompok
        orang[PERINGKAT.index(Predikat(predikat))] = satu.minimum or 0
    if capaian is CapaianOrganisasi.ISTIMEWA:
        orang[0] = batas["sangat_baik"].maksimum or 0
    if capaian is CapaianOrganisasi.BAIK:
        orang[1] = min(batas["baik"].maksimum or 0, banyak - sum(orang))
        orang[0] = banyak - sum(orang)
    else:
        orang[1] = banyak - sum(orang)
    return orang


@given(st.sampled_from(CapaianOrganisasi), st.integers(3, 10_000))
def test_units_of_three_or_more_can_meet_their_pattern(
    capaian: CapaianOrganisasi, banyak: int
) -> None:
    orang = spread(capaian, banyak)

    assert min(orang) >= 0
    assert sum(orang) == banyak
    assert check(capaian, *orang).sesuai


@pytest.mark.parametrize(
    ("capaian", "banyak"),
    [
        (CapaianOrganisasi.ISTIMEWA, {1}),
        (CapaianOrganisasi.BAIK, {1}),
        (CapaianOrganisasi.BUTUH_PERBAIKAN, set()),
        (CapaianOrganisasi.KURANG, {1, 2}),
        (CapaianOrganisasi.SANGAT_KURANG, {1, 2}),
    ],
)
def test_units_too_small_for_their_pattern(
    capaian: CapaianOrganisasi, banyak: set[int]
) -> None:
    bisa = {
        sum(orang)
        for orang in product(range(6), repeat=5)
        if 0 < sum(orang) <= 5 and check(capaian, *orang).sesuai
    }

    assert set(range(1, 6)) - bisa == banyak


@given(
    st.sampled_from(CapaianOrganisasi),
    st.lists(st.integers(0, 500), min_size=5, max_size=5).filter(any),
)
def test_answer_agrees_with_its_reasons_and_limits(
    capaian: CapaianOrganisasi, orang: list[int]
) -> None:
    hasil = check(capaian, *orang)

    assert hasil.sesuai == all(alasan.terpenuhi for alasan in hasil.alasan)
    for satu in hasil.batas.values():
        assert 0 <= (satu.minimum or 0) <= sum(orang)
        assert 0 <= (satu.maksimum or 0) <= sum(orang)
