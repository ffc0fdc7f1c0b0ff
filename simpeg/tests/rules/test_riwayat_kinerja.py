import datetime as dt
from decimal import Decimal

import pytest

from simpeg.choices import Ekspektasi, Predikat, SistemSKP
from simpeg.rules.kinerja import (
    KodeRiwayatKinerja,
    check_bobot,
    check_jumlah,
    check_kuadran,
    check_tahun,
)

AKHIR_2023 = dt.date(2023, 12, 31)


@pytest.mark.parametrize(
    ("tahun", "sistem"),
    [
        (1979, "dp3"),
        (2013, "dp3"),
        (2014, "skp-lama"),
        (2021, "skp-lama"),
        (2022, "skp"),
        (2025, "skp"),
    ],
)
def test_year_belongs_to_one_system(tahun, sistem):
    assert check_tahun(sistem, tahun) is None
    for lain in {"dp3", "skp-lama", "skp"} - {sistem}:
        salah = check_tahun(lain, tahun)
        assert salah.kode == KodeRiwayatKinerja.TAHUN_PENILAIAN
        assert str(tahun) in salah.pesan


def test_year_before_all_systems_is_refused():
    assert "terlalu lama" in check_tahun("dp3", 1978).pesan


@pytest.mark.parametrize(
    ("hasil", "perilaku", "kuadran"),
    [
        ("di_atas", "di_atas", "sangat_baik"),
        ("sesuai", "di_atas", "baik"),
        ("di_bawah", "sesuai", "butuh_perbaikan"),
        ("sesuai", "di_bawah", "kurang"),
        ("di_bawah", "di_bawah", "sangat_kurang"),
    ],
)
def test_quadrant_follows_from_both_ratings(hasil, perilaku, kuadran):
    fakta = Ekspektasi(hasil), Ekspektasi(perilaku)
    for predikat in Predikat:
        salah = check_kuadran(*fakta, predikat, per_tanggal=AKHIR_2023)
        assert (salah is None) == (predikat == kuadran)
        assert salah is None or salah.nilai == kuadran


def test_nothing_is_said_of_quadrants_before_2022():
    fakta = Ekspektasi.DI_BAWAH, Ekspektasi.DI_BAWAH, Predikat.BAIK
    assert check_kuadran(*fakta, per_tanggal=dt.date(2021, 12, 31)) is None


def test_sum_and_mean_of_the_marks_given():
    unsur = [Decimal(90), Decimal(80), None]

    assert check_jumlah(unsur, Decimal(170), Decimal(85)) == []
    jumlah, rata = check_jumlah(unsur, Decimal(171), Decimal(84))
    assert "170,00, tercatat 171,00" in jumlah.pesan
    assert "85,50, tercatat 84,00" in rata.pesan


@pytest.mark.parametrize(
    ("sistem", "prestasi", "cocok"),
    [
        (SistemSKP.PP_46, Decimal("83"), True),
        (SistemSKP.PP_46, Decimal("83.04"), True),
        (SistemSKP.PP_46, Decimal("83.5"), False),
        (SistemSKP.PP_30, Decimal("83.5"), True),
        (SistemSKP.PP_30, Decimal("83"), True),
        (SistemSKP.PP_30, Decimal("85"), False),
    ],
)
def test_mark_is_weighted_as_the_year_had_it(sistem, prestasi, cocok):
    nilai = {"skp": Decimal(85), "perilaku": Decimal(80), "prestasi": prestasi}

    salah = check_bobot(sistem, **nilai, tahun=2019)

    assert (salah is None) is cocok
    assert check_bobot(sistem, **nilai, tahun=2022) is None


def test_weights_of_pp_30_2019_do_not_judge_an_earlier_year():
    nilai = {"skp": Decimal(85), "perilaku": Decimal(80), "prestasi": Decimal(85)}

    assert check_bobot(SistemSKP.PP_30, **nilai, tahun=2018) is None
    assert check_bobot(SistemSKP.PP_46, **nilai, tahun=2018) is not None


def test_marks_in_a_sentence_are_rounded_half_up():
    (salah,) = check_jumlah([Decimal("90.125")], Decimal(91), Decimal(91))

    assert "90,13, tercatat 91,00" in salah.pesan
