import datetime as dt

import pytest

from simpeg.rules.linimasa import FaktaLinimasa, KodeLinimasa, check_linimasa
from simpeg.rules.temuan import Masa

HARI_INI = dt.date(2026, 11, 26)


def day(text):
    return dt.date.fromisoformat(text) if text else None


def masa(mulai, selesai="", nama="Analis", jenis="jabatan", baris=1):
    return Masa(jenis, baris, nama, day(mulai), day(selesai))


def check(**fakta):
    return [
        (t.kode, t.mulai, t.selesai)
        for t in check_linimasa(FaktaLinimasa(**fakta), per_tanggal=HARI_INI)
    ]


def test_a_whole_career_has_nothing_to_say():
    assert not check(
        pengangkatan=day("2010-01-01"),
        pangkat=(masa("2010-01-01"), masa("2014-04-01")),
        jabatan=(masa("2010-01-01", "2014-12-31"), masa("2015-01-01")),
        kontrak=(masa("2020-01-01", "2020-12-31"), masa("2021-01-01", "2021-12-31")),
        tahun_kinerja=frozenset({2020, 2021, 2022}),
        penugasan=(masa("2016-01-01", "2016-02-01"),),
        pergi=(masa("2018-01-01", "2019-12-31"),),
    )


@pytest.mark.parametrize(
    ("pertama", "jeda"),
    [("2010-01-01", []), ("2010-01-02", [(day("2010-01-01"), day("2010-01-01"))])],
)
def test_record_begins_with_the_appointment(pertama, jeda):
    found = check(pengangkatan=day("2010-01-01"), pangkat=(masa(pertama),))

    assert [(mulai, selesai) for _, mulai, selesai in found] == jeda


@pytest.mark.parametrize(
    ("selesai", "mulai", "found"),
    [
        ("2014-12-31", "2015-01-01", []),
        ("2014-12-30", "2015-01-01", [KodeLinimasa.JEDA_JABATAN]),
        ("2015-01-01", "2015-01-01", [KodeLinimasa.TUMPANG_JABATAN]),
        ("", "2015-01-01", []),
    ],
)
def test_posts_follow_one_another(selesai, mulai, found):
    kode = [k for k, *_ in check(jabatan=(masa("2010-01-01", selesai), masa(mulai)))]

    assert kode == found


def test_last_post_that_ended_leaves_a_gap_until_today_or_the_end_of_service():
    rows = (masa("2010-01-01", "2025-12-31"),)

    assert check(jabatan=rows) == [
        (KodeLinimasa.JEDA_JABATAN, day("2026-01-01"), HARI_INI)
    ]
    assert check(jabatan=rows, berhenti=day("2026-01-01")) == []
    assert check(jabatan=rows, berhenti=day("2026-03-01")) == [
        (KodeLinimasa.JEDA_JABATAN, day("2026-01-01"), day("2026-02-28"))
    ]


def test_a_long_period_covers_what_lies_inside():
    rows = (
        masa("2020-01-01", "2024-12-31"),
        masa("2021-01-01", "2021-12-31"),
        masa("2025-01-01", "2025-12-31"),
    )

    assert [k for k, *_ in check(kontrak=rows)] == [KodeLinimasa.TUMPANG_KONTRAK]


def test_agreements_with_a_gap():
    rows = (masa("2020-01-01", "2020-12-31"), masa("2021-02-01", "2021-12-31"))

    assert check(kontrak=rows) == [
        (KodeLinimasa.JEDA_KONTRAK, day("2021-01-01"), day("2021-01-31"))
    ]


@pytest.mark.parametrize(
    ("tahun", "kurang"),
    [
        ({2019}, []),
        ({2019, 2022}, [(2020, 2021)]),
        ({2012, 2014, 2016}, [(2013, 2013), (2015, 2015)]),
        (set(), []),
    ],
)
def test_years_without_a_rating_between_two_that_have_one(tahun, kurang):
    found = check(tahun_kinerja=frozenset(tahun))

    assert [(mulai.year, selesai.year) for _, mulai, selesai in found] == kurang


@pytest.mark.parametrize(
    ("tahun", "jenis"),
    [
        ({2011, 2013}, "dp3"),
        ({2012, 2014}, "dp3"),
        ({2013, 2015}, "skp-lama"),
        ({2020, 2022}, "skp-lama"),
        ({2021, 2023}, "skp"),
    ],
)
def test_missing_year_leads_to_the_record_of_its_system(tahun, jenis):
    fakta = FaktaLinimasa(tahun_kinerja=frozenset(tahun))

    (found,) = check_linimasa(fakta, per_tanggal=HARI_INI)

    assert found.jenis == jenis


def test_acting_while_away_until_the_return():
    pergi = (masa("2018-01-01", "2019-12-31", "CLTN", "cltn"),)
    during, after = masa("2018-06-01", "2018-08-31"), masa("2019-03-01", "2019-05-31")

    assert len(check(pergi=pergi, penugasan=(during, after))) == 2
    found = check(pergi=pergi, penugasan=(during, after), kembali=(day("2019-01-01"),))
    assert found == [(KodeLinimasa.SAAT_PERGI, day("2018-06-01"), day("2018-12-31"))]


@pytest.mark.parametrize(("mulai", "banyak"), [("2026-01-01", 0), ("2026-01-02", 1)])
def test_nothing_begins_after_the_end(mulai, banyak):
    rows = (masa("2010-01-01"), masa(mulai))

    found = check(pangkat=rows, berhenti=day("2026-01-01"))

    assert [k for k, *_ in found] == [KodeLinimasa.SESUDAH_BERHENTI] * banyak
