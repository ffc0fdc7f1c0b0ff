from fractions import Fraction
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Kepastian, load_regulasi
from ekinerja.rules.ak_target import (
    FaktaTarget,
    KodeTarget,
    compute_ak_target,
    find_ak_dasar,
)
from simpeg.choices import Jenjang
from simpeg.rules.golongan import GolonganPNS

from .cases import HARI_INI, answer, check_kasus, list_kasus

KEBUTUHAN = load_regulasi("simpeg/kebutuhan_angka_kredit").on(HARI_INI).nilai
PASANGAN = [
    (jenjang, GolonganPNS(golongan))
    for jenjang in Jenjang
    for golongan in KEBUTUHAN[jenjang]["golongan"]
]


@pytest.mark.parametrize("kasus", list_kasus("ak_target"))
def test_ak_target_case(kasus: dict[str, Any]) -> None:
    check_kasus("ak_target", kasus)


@given(st.sampled_from(PASANGAN), st.fractions(0, 1200, max_denominator=1000))
def test_what_is_missing_brings_the_total_to_the_target(
    pasangan: tuple[Jenjang, GolonganPNS], total: Fraction
) -> None:
    total = Fraction(int(total * 1000), 1000)
    hasil = compute_ak_target(FaktaTarget(*pasangan, total), per_tanggal=HARI_INI)

    for target in filter(None, (hasil.pangkat, hasil.jenjang)):
        assert target.terpenuhi == (total >= target.butuh)
        assert max(total, target.butuh) == total + Fraction(target.kurang)


@given(st.sampled_from(Jenjang), st.sampled_from(GolonganPNS))
def test_golongan_belongs_to_the_jenjang_or_is_refused(
    jenjang: Jenjang, golongan: GolonganPNS
) -> None:
    fakta = FaktaTarget(jenjang, golongan, Fraction(0))
    if (jenjang, golongan) in PASANGAN:
        compute_ak_target(fakta, per_tanggal=HARI_INI)
        return
    with pytest.raises(DomainError) as error:
        compute_ak_target(fakta, per_tanggal=HARI_INI)
    assert error.value.kode == KodeTarget.GOLONGAN_DI_LUAR_JENJANG


@pytest.mark.parametrize("jenjang", Jenjang)
def test_ak_dasar_is_what_the_golongan_below_needed(jenjang: Jenjang) -> None:
    butuh = KEBUTUHAN[jenjang]
    golongan = butuh["golongan"]
    dasar = [
        find_ak_dasar(jenjang, GolonganPNS(satu), per_tanggal=HARI_INI).nilai
        for satu in golongan
    ]

    assert dasar == [0, *accumulate([butuh["pangkat"]] * (len(golongan) - 1))]
    if butuh["jenjang"] is not None:
        assert dasar[-1] + butuh["pangkat"] == butuh["jenjang"]


def test_every_row_says_how_certain_it_is() -> None:
    for nama in ("ekinerja/ak_dasar", "ekinerja/nilai_dasar_konvensional"):
        baris = load_regulasi(nama).on(HARI_INI).nilai
        assert {satu["kepastian"] for satu in baris} <= set(Kepastian)


def test_certainty_is_that_of_the_row() -> None:
    masukan = {"jenjang": "ahli_muda", "golongan": "III/d", "total": 1}

    pasti = answer("ak_target", masukan)["dasar_hukum"]
    ragu = answer("ak_target", {**masukan, "jenjang": "mahir", "golongan": "III/b"})

    assert not any("[" in kutipan for kutipan in pasti)
    assert any("[satu sumber]" in kutipan for kutipan in ragu["dasar_hukum"])
