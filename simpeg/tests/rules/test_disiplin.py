from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.regulations import load_regulasi
from simpeg.choices import TingkatHukuman
from simpeg.rules.disiplin import find_hukuman_absen

from .cases import HARI_INI, answer, check_kasus, list_kasus

TINGKAT = [None, *TingkatHukuman]


@pytest.mark.parametrize("kasus", list_kasus("hukuman_absen"))
def test_hukuman_absen_case(kasus: dict[str, Any]) -> None:
    check_kasus("hukuman_absen", kasus)


@given(kumulatif=st.integers(0, 366), berturut=st.integers(0, 366))
def test_one_more_day_is_never_punished_less(kumulatif: int, berturut: int) -> None:
    def tingkat(kumulatif: int, berturut: int) -> int:
        hasil = find_hukuman_absen(
            hari_kumulatif=kumulatif, hari_berturut=berturut, per_tanggal=HARI_INI
        )
        return TINGKAT.index(hasil.hukuman and hasil.hukuman.tingkat)

    assert tingkat(kumulatif + 1, berturut) >= tingkat(kumulatif, berturut)
    assert tingkat(kumulatif, berturut + 1) >= tingkat(kumulatif, berturut)


def test_reason_says_from_which_day_absence_is_punished() -> None:
    alasan = answer("hukuman_absen", {"hari_kumulatif": 1, "hari_berturut": 1})[
        "alasan"
    ]

    assert "hukuman mulai 3 hari." in alasan[0]["pesan"]


def test_bands_of_the_file_rise() -> None:
    baris = load_regulasi("simpeg/hukuman_absen").on(HARI_INI).nilai["kumulatif"]

    assert all(a["mulai_hari"] < b["mulai_hari"] for a, b in pairwise(baris))
