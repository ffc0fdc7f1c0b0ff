"""Which mandatory fields count, and which of them are empty."""

from typing import Any

import pytest

from bkpsdmd.regulations import load_regulasi
from simpeg.choices import StatusKepegawaian
from simpeg.rules.kelengkapan import KELOMPOK, LABEL, check_kelengkapan

from .cases import HARI_INI

LENGKAP: dict[str, Any] = dict.fromkeys(LABEL, "ada")


@pytest.mark.parametrize(
    ("status", "banyak"),
    [
        (StatusKepegawaian.PNS, 22),
        (StatusKepegawaian.CPNS, 19),
        (StatusKepegawaian.PPPK, 19),
    ],
)
def test_record_is_complete_by_the_fields_of_its_status(
    status: StatusKepegawaian, banyak: int
) -> None:
    hasil = check_kelengkapan(LENGKAP, status, per_tanggal=HARI_INI)

    assert (len(hasil.wajib), hasil.terisi, hasil.kosong) == (banyak, banyak, ())


@pytest.mark.parametrize("kosong", [None, ""])
def test_nothing_and_empty_text_are_empty_and_zero_is_not(kosong: str | None) -> None:
    nilai = {**LENGKAP, "nik": kosong, "tmt_pns": kosong, "tahun_lulus": 0}

    pns = check_kelengkapan(nilai, StatusKepegawaian.PNS, per_tanggal=HARI_INI)
    pppk = check_kelengkapan(nilai, StatusKepegawaian.PPPK, per_tanggal=HARI_INI)

    assert (pns.kosong, pns.terisi) == (("nik", "tmt_pns"), 20)
    assert (pppk.kosong, pppk.terisi) == (("nik",), 18)


def test_every_mandatory_field_has_a_name_and_one_group() -> None:
    daftar = load_regulasi("simpeg/kolom_wajib").on(HARI_INI).nilai
    wajib = sorted(kolom for satu in daftar.values() for kolom in satu)

    assert wajib == sorted(LABEL)
    assert wajib == sorted(kolom for satu in KELOMPOK.values() for kolom in satu)
