from calendar import isleap
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.regulations import load_regulasi
from simpeg.choices import Jenjang, KelompokJabatan
from simpeg.rules.pensiun import FaktaPensiun, compute_pensiun, find_bup

from .cases import HARI_INI, check_kasus, list_kasus


@pytest.mark.parametrize("kasus", list_kasus("pensiun"))
def test_pensiun_case(kasus: dict[str, Any]) -> None:
    check_kasus("pensiun", kasus)


@given(
    lahir=st.dates(date(1940, 1, 1), date(2010, 12, 31)),
    jenjang=st.sampled_from(Jenjang),
)
def test_retirement_starts_on_day_one_of_the_month_after_the_age_limit(
    lahir: date, jenjang: Jenjang
) -> None:
    fakta = FaktaPensiun(lahir, KelompokJabatan.JF, jenjang=jenjang)

    hasil = compute_pensiun(fakta, per_tanggal=HARI_INI)

    bup, tmt = hasil.tanggal_bup, hasil.tmt_pensiun
    assert (bup.year, bup.month) == (lahir.year + hasil.bup_tahun, lahir.month)
    assert bup.day == lahir.day or (lahir.day == 29 and not isleap(bup.year))
    assert tmt.day == 1
    assert (tmt.year * 12 + tmt.month) - (bup.year * 12 + bup.month) == 1


def test_list_of_functional_posts_is_whole() -> None:
    daftar = load_regulasi("simpeg/jabatan_fungsional_siasn").on(HARI_INI).nilai

    assert len(daftar) == 1466
    assert sum(baris["usia_bup"] == 0 for baris in daftar) == 2
    assert {baris["usia_bup"] for baris in daftar} == {0, 58, 60, 62, 65, 70}
    sandi = {satu.siasn for satu in Jenjang} | {"XX"}
    assert {baris["jenjang"] for baris in daftar} == sandi


def test_posts_that_share_a_name_share_an_age_limit() -> None:
    """The index by name may keep only one of them."""
    daftar = load_regulasi("simpeg/jabatan_fungsional_siasn").on(HARI_INI).nilai
    batas: dict[str, set[int]] = {}
    for baris in daftar:
        nama = " ".join(baris["nama"].split()).casefold()
        batas.setdefault(nama, set()).add(baris["usia_bup"])

    assert all(len(usia) == 1 for usia in batas.values())


def test_every_listed_post_is_found_by_its_name() -> None:
    daftar = load_regulasi("simpeg/jabatan_fungsional_siasn").on(HARI_INI).nilai
    for baris in daftar:
        if baris["usia_bup"]:
            bup = find_bup(
                KelompokJabatan.JF, baris["nama"].upper(), per_tanggal=HARI_INI
            )
            assert bup.bup_tahun == baris["usia_bup"]
