from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eformasi.rules.guru import (
    Mapel,
    compute_guru_bk,
    compute_guru_mapel,
    compute_guru_sd,
)

from .cases import HARI_INI, check_kasus, list_kasus

MAPEL = st.builds(Mapel, rombel=st.integers(0, 40), jam=st.decimals(0, 10, places=1))


@pytest.mark.parametrize("kasus", list_kasus("guru"))
def test_guru_case(kasus: dict[str, Any]) -> None:
    check_kasus("guru", kasus)


@given(st.lists(MAPEL, max_size=8))
def test_subjects_are_rounded_apart(mapel: list[Mapel]) -> None:
    bersama = compute_guru_mapel(mapel, per_tanggal=HARI_INI)
    sendiri = [compute_guru_mapel([satu], per_tanggal=HARI_INI) for satu in mapel]

    assert bersama.orang == tuple(satu.kebutuhan for satu in sendiri)
    assert bersama.kebutuhan == sum(satu.kebutuhan for satu in sendiri)


@given(st.integers(0, 2000))
def test_more_pupils_never_need_fewer_teachers(peserta_didik: int) -> None:
    sekarang = compute_guru_bk(peserta_didik, per_tanggal=HARI_INI)
    nanti = compute_guru_bk(peserta_didik + 1, per_tanggal=HARI_INI)

    assert sekarang.kebutuhan <= nanti.kebutuhan <= sekarang.kebutuhan + 1


@given(sekolah=st.integers(0, 500), rombel=st.integers(0, 5000))
def test_need_of_primary_schools_is_the_sum_of_its_parts(
    sekolah: int, rombel: int
) -> None:
    hasil = compute_guru_sd(sekolah=sekolah, rombel=rombel, per_tanggal=HARI_INI)

    assert hasil.kebutuhan == rombel + 2 * sekolah
