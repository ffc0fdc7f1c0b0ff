"""What holds on a date, from rows in memory: each edge a day before, on it, after."""

import datetime as dt

import pytest

from simpeg.choices import JenisASN, JenisPenugasan
from simpeg.models import (
    KedudukanHukum,
    Pegawai,
    RiwayatDiklat,
    RiwayatJabatan,
    RiwayatKedudukan,
    RiwayatPangkat,
    RiwayatPendidikan,
)
from simpeg.selectors.keadaan import HimpunanRiwayat, KedudukanSejak, derive_keadaan

HARI = dt.date(2026, 6, 1)
BESOK, KEMARIN = HARI + dt.timedelta(days=1), HARI - dt.timedelta(days=1)
LAMA = dt.date(2015, 1, 1)
AKTIF, CUTI = KedudukanHukum(kode="01"), KedudukanHukum(kode="02")


def derive(per_tanggal=HARI, *, tmt_pns=None, **riwayat):
    pegawai = Pegawai(pk=1, jenis_asn=JenisASN.PNS.value, tmt_pns=tmt_pns)
    return derive_keadaan(HimpunanRiwayat(pegawai, **riwayat), per_tanggal)


def post(tmt, selesai=None, jenis=JenisPenugasan.DEFINITIF):
    return RiwayatJabatan(tmt=tmt, tmt_selesai=selesai, jenis_penugasan=jenis.value)


def test_post_holds_from_its_tmt_until_its_end_and_none_before_comes_back():
    dulu, kini = post(LAMA), post(KEMARIN, selesai=BESOK)
    held = [
        derive(day, jabatan=[kini, dulu]).jabatan
        for day in (KEMARIN - dt.timedelta(days=1), KEMARIN, HARI, BESOK)
    ]
    assert held == [dulu, kini, kini, None]


def test_acting_post_is_no_post_and_holds_on_its_first_day():
    plt = post(HARI, selesai=BESOK, jenis=JenisPenugasan.PLT)
    definitif = post(LAMA)
    days = [derive(day, jabatan=[definitif, plt]) for day in (KEMARIN, HARI, BESOK)]

    assert [day.jabatan for day in days] == [definitif] * 3
    assert [day.penugasan for day in days] == [(), (plt,), ()]
    assert derive(jabatan=[plt]).jabatan is None


def test_rank_of_the_last_tmt_reached_holds():
    rows = [RiwayatPangkat(tmt=tmt) for tmt in (HARI, LAMA, BESOK)]
    assert derive(pangkat=rows).pangkat is rows[0]
    assert derive(KEMARIN, pangkat=rows).pangkat is rows[1]
    assert derive(LAMA - dt.timedelta(days=1), pangkat=rows).pangkat is None


def test_decree_holds_before_a_plain_record_of_its_day():
    catatan = RiwayatKedudukan(tmt=HARI, kedudukan=AKTIF)
    sk, sk_lain = KedudukanSejak(HARI, CUTI, 1), KedudukanSejak(HARI, AKTIF, 2)

    assert derive(kedudukan=[catatan], perubahan=[sk]).kedudukan is sk
    assert derive(perubahan=[sk_lain, sk]).kedudukan is sk_lain
    assert derive(KEMARIN, kedudukan=[catatan], perubahan=[sk]).kedudukan is None
    kembali = RiwayatKedudukan(tmt=BESOK, kedudukan=AKTIF)
    assert derive(BESOK, kedudukan=[kembali], perubahan=[sk]).kedudukan is kembali


def test_highest_education_finished_by_the_year_and_of_equal_ones_the_first():
    s1, s1_kedua, s2 = (
        RiwayatPendidikan(tingkat_id=tingkat, tahun_lulus=tahun)
        for tingkat, tahun in (("40", 2001), ("40", 2010), ("45", 2026))
    )
    tanpa_tahun = RiwayatPendidikan(tingkat_id="40", tahun_lulus=None)

    assert derive(pendidikan=[s1, s2]).pendidikan is s2
    assert derive(dt.date(2025, 12, 31), pendidikan=[s2, s1]).pendidikan is s1
    assert derive(pendidikan=[tanpa_tahun, s1_kedua, s1]).pendidikan is s1


def test_highest_training_that_has_a_level_and_is_finished():
    pim4, pim3, kursus = (
        RiwayatDiklat(tingkat=tingkat, tanggal_selesai=selesai)
        for tingkat, selesai in ((4, LAMA), (3, HARI), (None, LAMA))
    )
    rows = [kursus, pim4, pim3]

    assert [derive(day, diklat=rows).diklat for day in (KEMARIN, HARI)] == [pim4, pim3]
    assert derive(diklat=[kursus]).diklat is None


@pytest.mark.parametrize(
    ("riwayat", "berubah_pada"),
    [
        ({"pangkat": [RiwayatPangkat(tmt=BESOK)]}, BESOK),
        ({"kedudukan": [RiwayatKedudukan(tmt=BESOK, kedudukan=AKTIF)]}, BESOK),
        ({"perubahan": [KedudukanSejak(BESOK, CUTI)]}, BESOK),
        ({"jabatan": [post(BESOK)]}, BESOK),
        ({"jabatan": [post(LAMA, selesai=BESOK)]}, BESOK),
        ({"diklat": [RiwayatDiklat(tingkat=4, tanggal_selesai=BESOK)]}, BESOK),
        (
            {"pendidikan": [RiwayatPendidikan(tingkat_id="40", tahun_lulus=2027)]},
            dt.date(2027, 1, 1),
        ),
        ({"tmt_pns": BESOK}, BESOK),
        ({"pangkat": [RiwayatPangkat(tmt=HARI)]}, None),
        ({"pangkat": [RiwayatPangkat(tmt=BESOK)], "tmt_pns": LAMA}, BESOK),
    ],
)
def test_row_is_written_again_on_the_next_day_that_brings_something(
    riwayat, berubah_pada
):
    assert derive(**riwayat).berubah_pada == berubah_pada
