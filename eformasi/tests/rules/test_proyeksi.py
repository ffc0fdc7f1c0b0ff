from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.exceptions import DomainError
from eformasi.rules.proyeksi import FaktaProyeksi, HasilProyeksi, compute_proyeksi

from .cases import HARI_INI, check_kasus, list_kasus

TAHUN = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=8)


def compute(
    tahun: list[tuple[int, int]], bezetting: int, *, batas: bool
) -> HasilProyeksi | None:
    kebutuhan, bup = [satu for satu, _ in tahun], [satu for _, satu in tahun]
    fakta = FaktaProyeksi(kebutuhan, bezetting, bup, is_dibatasi_bup=batas)
    try:
        return compute_proyeksi(fakta, per_tanggal=HARI_INI)
    except DomainError:
        return None


@pytest.mark.parametrize("kasus", list_kasus("proyeksi"))
def test_proyeksi_case(kasus: dict[str, Any]) -> None:
    check_kasus("proyeksi", kasus)


@given(tahun=TAHUN, bezetting=st.integers(0, 60))
def test_nobody_is_asked_for_twice(
    tahun: list[tuple[int, int]], bezetting: int
) -> None:
    hasil = compute(tahun, bezetting, batas=False)
    if hasil is None:
        return

    for sampai in range(1, len(tahun) + 1):
        diusulkan = sum(hasil.usulan[:sampai])
        assert diusulkan == max(hasil.kekurangan[:sampai])


@given(tahun=TAHUN, bezetting=st.integers(0, 60))
def test_ceiling_never_asks_for_more_than_retire_or_lack(
    tahun: list[tuple[int, int]], bezetting: int
) -> None:
    hasil = compute(tahun, bezetting, batas=True)
    if hasil is None:
        return

    for (_, bup), kurang, usulan in zip(
        tahun, hasil.kekurangan, hasil.usulan, strict=True
    ):
        assert 0 <= usulan <= min(bup, kurang)
