from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.regulations import load_regulasi
from eformasi.choices import JenisEvaluasi
from eformasi.kalkulator.evaluasi_jabatan import FAKTOR
from eformasi.rules.evaluasi_jabatan import evaluate_jabatan, find_kelas

from .cases import HARI_INI, check_kasus, list_kasus


@pytest.mark.parametrize("kasus", list_kasus("evaluasi_jabatan"))
def test_evaluasi_jabatan_case(kasus: dict[str, Any]) -> None:
    check_kasus("evaluasi_jabatan", kasus)


@pytest.mark.parametrize(
    ("jenis", "banyak_level"),
    [
        (JenisEvaluasi.STRUKTURAL, [5, 3, 3, 4, 4, 8, 6]),
        (JenisEvaluasi.FUNGSIONAL, [9, 5, 5, 6, 6, 4, 4, 3, 3]),
    ],
)
def test_table_of_factors_is_whole(
    jenis: JenisEvaluasi, banyak_level: list[int]
) -> None:
    faktor = load_regulasi("eformasi/evaluasi_faktor").on(HARI_INI).nilai[jenis]

    assert set(faktor) <= set(FAKTOR)
    assert [len(nilai) for nilai in faktor.values()] == banyak_level
    for nilai in faktor.values():
        assert all(rendah < tinggi for rendah, tinggi in pairwise(nilai))
        assert all(satu % 5 == 0 for satu in nilai)


def test_classes_are_seventeen_and_rise() -> None:
    sampai = load_regulasi("eformasi/evaluasi_kelas").on(HARI_INI).nilai["sampai"]

    assert len(sampai) == 16
    assert all(rendah < tinggi for rendah, tinggi in pairwise(sampai))


@given(st.integers(190, 5000))
def test_higher_score_never_has_a_lower_class(skor: int) -> None:
    sekarang = find_kelas(skor, per_tanggal=HARI_INI)
    nanti = find_kelas(skor + 1, per_tanggal=HARI_INI)

    assert sekarang.kelas <= nanti.kelas <= sekarang.kelas + 1


@given(jenis=st.sampled_from(JenisEvaluasi), data=st.data())
def test_every_choice_of_levels_has_a_class(
    jenis: JenisEvaluasi, data: st.DataObject
) -> None:
    faktor = load_regulasi("eformasi/evaluasi_faktor").on(HARI_INI).nilai[jenis]
    level = {
        nama: data.draw(st.integers(1, len(nilai))) for nama, nilai in faktor.items()
    }

    hasil = evaluate_jabatan(jenis, level, per_tanggal=HARI_INI)

    assert 1 <= hasil.kelas <= 17
    assert len(hasil.alasan) == len(faktor) + 2
