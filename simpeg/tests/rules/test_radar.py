import datetime as dt

import pytest

from simpeg.choices import Eselon, JenisASN, JenisPenugasan, Jenjang
from simpeg.rules.golongan import GolonganPNS
from simpeg.rules.radar import (
    BarisGolongan,
    BarisSk,
    FaktaRadar,
    JabatanKini,
    KodeRadar,
    Penugasan,
    check_radar,
)
from simpeg.rules.temuan import Masa

HARI_INI = dt.date(2026, 11, 26)


def day(text):
    return dt.date.fromisoformat(text) if text else None


def kode(**fakta):
    fakta.setdefault("jenis_asn", JenisASN.PNS)
    return [t.kode for t in check_radar(FaktaRadar(**fakta), per_tanggal=HARI_INI)]


def gol(golongan, tmt, bulan=0, kp="101", pk=1):
    return BarisGolongan("pangkat", pk, GolonganPNS(golongan), day(tmt), bulan, kp)


def plt(mulai, selesai, jenis=JenisPenugasan.PLT, jabatan=1):
    return Penugasan(
        jenis, jabatan, Masa("jabatan", 1, "Plt.", day(mulai), day(selesai))
    )


@pytest.mark.parametrize(
    ("jenis", "sk", "found"),
    [
        ("pangkat", "2021-04-01", False),
        ("pangkat", "2021-04-02", True),
        ("jabatan", "2020-05-01", False),
        ("jabatan", "2020-05-02", True),
        ("kgb", "2021-04-02", True),
        ("pwk", "2026-01-01", False),
        ("pangkat", "", False),
    ],
)
def test_decree_long_after_its_effect(jenis, sk, found):
    row = BarisSk(jenis, 1, "golongan", day("2020-04-01"), day(sk))

    assert (KodeRadar.TMT_MENDAHULUI_SK in kode(sk=(row,))) is found


@pytest.mark.parametrize(
    ("post", "golongan", "found"),
    [
        ({"eselon": Eselon.III_B}, "IV/a", False),
        ({"eselon": Eselon.III_B}, "IV/b", True),
        ({"eselon": Eselon.IV_B}, "III/d", True),
        ({"jenjang": Jenjang.AHLI_PERTAMA}, "III/b", False),
        ({"jenjang": Jenjang.AHLI_PERTAMA}, "III/c", True),
        ({"jenjang": Jenjang.TERAMPIL}, "III/a", True),
        ({}, "IV/e", False),
    ],
)
def test_rank_above_the_post(post, golongan, found):
    kini = JabatanKini(1, "Kepala Bidang", **post)
    rows = (gol(golongan, "2020-04-01"),)

    assert (KodeRadar.PANGKAT_MELAMPAUI in kode(jabatan=kini, pangkat=rows)) is found


def test_rank_still_to_come_is_not_held_against_the_post():
    kini = JabatanKini(1, "Analis", jenjang=Jenjang.AHLI_PERTAMA)
    rows = (gol("III/b", "2020-04-01"), gol("III/c", "2027-04-01"))

    assert not kode(jabatan=kini, pangkat=rows)


@pytest.mark.parametrize(("pemegang", "found"), [(1, False), (2, True)])
def test_two_in_one_post(pemegang, found):
    kini = JabatanKini(1, "Kepala Dinas", pemegang=pemegang)

    assert (kode(jabatan=kini) == [KodeRadar.JABATAN_GANDA]) is found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((plt("2026-09-01", "2026-11-30"),), False),
        ((plt("2026-09-01", "2026-12-01"),), True),
        ((plt("2026-06-01", "2026-08-31"), plt("2026-09-01", "2026-11-30")), False),
        ((plt("2026-05-31", "2026-08-31"), plt("2026-09-01", "2026-11-30")), True),
        ((plt("2026-05-01", "2026-07-31"), plt("2026-09-01", "2026-11-30")), False),
        ((plt("2026-01-01", "2026-10-01"),), False),
        ((plt("2026-01-01", "2026-12-31", JenisPenugasan.TUGAS_TAMBAHAN),), False),
        ((plt("2026-01-01", "2026-12-31", JenisPenugasan.PLH),), True),
        (
            (
                plt("2026-05-01", "2026-08-31"),
                plt("2026-09-01", "2026-11-30", jabatan=2),
            ),
            False,
        ),
    ],
)
def test_acting_three_months_and_three_more(rows, found):
    assert (KodeRadar.PENUGASAN_LEWAT in kode(penugasan=rows)) is found


@pytest.mark.parametrize(
    ("tmt", "found"), [("2026-11-26", True), ("2026-11-27", False), ("", False)]
)
def test_pension_that_passed(tmt, found):
    assert (kode(tmt_pensiun=day(tmt)) == [KodeRadar.PENSIUN_LEWAT]) is found


@pytest.mark.parametrize(
    ("rows", "bertugas", "found"),
    [
        ([("2023-01-01", "2026-11-25")], False, True),
        ([("2023-01-01", "2026-11-26")], False, False),
        ([("2023-01-01", "2025-12-31")], True, False),
        ([("2020-01-01", "2022-12-31"), ("2023-01-01", "2026-12-31")], False, False),
    ],
)
def test_leave_that_ended_without_a_return(rows, bertugas, found):
    pergi = tuple(Masa("cltn", 1, "CLTN", day(a), day(b)) for a, b in rows)

    assert bool(kode(pergi=pergi, is_bertugas=bertugas)) is found


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        (["2026-11-25"], True),
        (["2026-11-26"], False),
        (["2022-01-01", "2027-01-01"], False),
    ],
)
def test_agreement_that_ended(ends, found):
    rows = tuple(
        Masa("kontrak", 1, "Perjanjian", day("2020-01-01"), day(end)) for end in ends
    )

    assert bool(kode(jenis_asn=JenisASN.PPPK, kontrak=rows)) is found


@pytest.mark.parametrize(
    ("golongan", "kp", "hukuman", "found"),
    [
        ("III/b", "101", (), []),
        ("III/c", "101", (), [KodeRadar.GOLONGAN_LOMPAT]),
        ("III/c", "203", (), []),
        ("II/d", "101", (), [KodeRadar.GOLONGAN_TURUN]),
        ("II/d", "101", ("14",), []),
        ("II/d", "101", ("23",), [KodeRadar.GOLONGAN_TURUN]),
    ],
)
def test_ladder_is_climbed_step_by_step(golongan, kp, hukuman, found):
    rows = (gol("III/a", "2010-01-01"), gol(golongan, "2014-04-01", 51, kp))

    assert kode(pangkat=rows, hukuman=hukuman) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (("III/a", 24), ("III/b", 24), False),
        (("III/a", 24), ("III/b", 23), True),
        (("II/d", 120), ("III/a", 60), False),
        (("II/d", 120), ("III/a", 59), True),
        (("II/d", 24), ("III/a", 0), False),
    ],
)
def test_service_time_only_shrinks_with_the_golongan(before, after, found):
    rows = (gol(before[0], "2010-01-01", before[1]),)
    kgb = (gol(after[0], "2012-01-01", after[1]),)

    assert (kode(pangkat=rows, kgb=kgb) == [KodeRadar.MASA_KERJA_TURUN]) is found
