from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eformasi.choices import (
    AturanPembulatan,
    BasisJamKerja,
    PeriodeVolume,
    SatuanWaktu,
)
from eformasi.rules.abk import BERKAS_BASIS, TugasAbk, compute_abk, find_jam_kerja

from .cases import HARI_INI, check_kasus, list_kasus

ANGKA = st.decimals(Decimal("0.0001"), 10_000, places=4)
TUGAS = st.builds(
    TugasAbk,
    volume=ANGKA,
    waktu=ANGKA,
    satuan=st.sampled_from(SatuanWaktu),
    periode=st.sampled_from(PeriodeVolume),
)


@pytest.mark.parametrize("kasus", list_kasus("abk"))
def test_abk_case(kasus: dict[str, Any]) -> None:
    check_kasus("abk", kasus)


@pytest.mark.parametrize("kasus", list_kasus("abk_metode"))
def test_abk_metode_case(kasus: dict[str, Any]) -> None:
    check_kasus("abk_metode", kasus)


@given(
    tugas=st.lists(TUGAS, min_size=1, max_size=8),
    basis=st.none() | st.sampled_from(BasisJamKerja),
    aturan=st.none() | st.sampled_from(AturanPembulatan),
)
def test_total_is_the_sum_before_rounding_and_is_rounded_once(
    tugas: list[TugasAbk],
    basis: BasisJamKerja | None,
    aturan: AturanPembulatan | None,
) -> None:
    hasil = compute_abk(tugas, basis=basis, pembulatan=aturan, per_tanggal=HARI_INI)

    assert hasil.total == sum(hasil.baris)
    assert abs(hasil.kebutuhan - hasil.total) < 1
    if aturan in {None, AturanPembulatan.TERDEKAT}:
        assert -Fraction(1, 2) < hasil.kebutuhan - hasil.total <= Fraction(1, 2)
    elif aturan is AturanPembulatan.ATAS:
        assert hasil.kebutuhan >= hasil.total
    else:
        assert hasil.kebutuhan <= hasil.total


@given(tugas=st.lists(TUGAS, min_size=2, max_size=8))
def test_order_of_tasks_changes_nothing(tugas: list[TugasAbk]) -> None:
    maju = compute_abk(tugas, per_tanggal=HARI_INI)
    mundur = compute_abk(tugas[::-1], per_tanggal=HARI_INI)

    assert maju.total == mundur.total
    assert maju.baris == mundur.baris[::-1]


@pytest.mark.parametrize("basis", BasisJamKerja)
def test_base_is_the_number_in_its_name(basis: BasisJamKerja) -> None:
    satuan, angka = basis.split("_")
    jam_kerja = find_jam_kerja(basis, per_tanggal=HARI_INI)

    assert set(BERKAS_BASIS) == set(BasisJamKerja)
    assert int(angka) == (jam_kerja.menit if satuan == "menit" else jam_kerja.jam)
