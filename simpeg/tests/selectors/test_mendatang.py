"""Next dates from what is on record: what counts, what is hidden, what is missing."""

import datetime as dt
from decimal import Decimal

import pytest

from simpeg.choices import Jenjang
from simpeg.models import Referensi
from simpeg.selectors.keadaan import list_keadaan
from simpeg.selectors.mendatang import BELUM_HUKUMAN, list_mendatang
from simpeg.selectors.riwayat import list_peristiwa
from simpeg.tests.factories import (
    JabatanFactory,
    PegawaiFactory,
    RiwayatAngkaKreditFactory,
    RiwayatCLTNFactory,
    RiwayatHukumanFactory,
    RiwayatJabatanFactory,
    RiwayatKGBFactory,
    RiwayatKontrakFactory,
    RiwayatPangkatFactory,
    RiwayatPenghargaanFactory,
    RiwayatSKPFactory,
)

HARI_INI = dt.date(2026, 11, 26)
pytestmark = pytest.mark.django_db


@pytest.fixture
def show(django_assert_num_queries):
    def call(pegawai, *, is_sensitive_visible=True):
        (keadaan,) = list_keadaan([pegawai.pk], HARI_INI)
        lain = list_peristiwa(pegawai, is_sensitive_visible=is_sensitive_visible)
        with django_assert_num_queries(0):
            found = list_mendatang(
                keadaan, lain, is_sensitive_visible=is_sensitive_visible
            )
        return {satu.kunci: satu for satu in found}

    return call


def rate(pegawai, *tahun, **kwargs):
    for one in tahun:
        RiwayatSKPFactory(pegawai=pegawai, tahun=one, **kwargs)


def penghargaan(kode):
    return Referensi.objects.get(daftar="penghargaan", kode=kode)


def test_raise_goes_on_from_the_last_decree(pegawai, show):
    RiwayatKGBFactory(
        pegawai=pegawai,
        golongan_id="III/a",
        tmt=dt.date(2026, 1, 1),
        masa_kerja_bulan=192,
    )

    kgb = show(pegawai)["kgb"]

    assert kgb.tanggal == dt.date(2028, 1, 1)
    assert kgb.alasan
    assert not kgb.catatan


def test_raises_that_time_has_passed_count_as_granted(pegawai, show):
    kgb = show(pegawai)["kgb"]

    assert kgb.tanggal == dt.date(2028, 1, 1)
    assert "sudah diberikan" in kgb.catatan


def test_a_low_rating_leaves_the_date_of_the_raise_and_says_so(pegawai, show):
    rate(pegawai, 2024, 2025, kuadran="kurang")

    kgb = show(pegawai)["kgb"]

    assert kgb.tanggal == dt.date(2028, 1, 1)
    assert kgb.keterangan == "Menurut waktu; ada syarat yang belum terpenuhi."


def test_leave_without_pay_is_no_service_for_the_raise(pegawai, show):
    RiwayatCLTNFactory(pegawai=pegawai)

    kgb = show(pegawai)["kgb"]

    assert kgb.tanggal == dt.date(2027, 1, 1)
    assert "CLTN tidak dihitung" in kgb.catatan


def test_raise_waits_for_the_return_from_leave_without_pay(pegawai, show):
    RiwayatCLTNFactory(pegawai=pegawai, tmt_selesai=None)

    kgb = show(pegawai)["kgb"]

    assert kgb.tanggal is None
    assert "aktif kembali" in kgb.keterangan


def test_top_of_the_scale_says_so(kantor, show):
    orang = PegawaiFactory(
        di=kantor.bidang,
        tanggal_lahir=dt.date(1968, 12, 5),
        tmt_cpns=dt.date(1990, 1, 1),
        tmt_pns=dt.date(1991, 1, 1),
    )

    kgb = show(orang)["kgb"]

    assert kgb.tanggal is None
    assert "puncak" in kgb.keterangan


def test_regular_promotion_of_pelaksana(pegawai, show):
    RiwayatPangkatFactory(pegawai=pegawai, golongan_id="III/b", tmt=dt.date(2024, 4, 1))
    rate(pegawai, 2024, 2025)

    kp = show(pegawai)["kp"]

    assert kp.tanggal == dt.date(2028, 4, 1)
    assert "III/c" in kp.keterangan


def test_promotion_of_a_functional_post_needs_credit(pegawai, show):
    post = JabatanFactory(fungsional=True, jenjang=Jenjang.AHLI_PERTAMA.value)
    RiwayatJabatanFactory(
        pegawai=pegawai,
        jabatan=post,
        unit_kerja=pegawai.keadaan.unit_kerja,
        tmt=dt.date(2012, 1, 1),
    )
    rate(pegawai, 2024, 2025)
    assert "angka kredit" in show(pegawai)["kp"].keterangan

    RiwayatAngkaKreditFactory(
        pegawai=pegawai,
        mulai=dt.date(2023, 1, 1),
        selesai=dt.date(2025, 12, 31),
        jumlah=Decimal(60),
    )

    kp = show(pegawai)["kp"]
    assert kp.tanggal == dt.date(2026, 12, 1)


def test_penalty_holds_a_promotion_up_but_is_told_only_to_who_may_know(pegawai, show):
    rate(pegawai, 2024, 2025)
    RiwayatHukumanFactory(
        pegawai=pegawai,
        jenis=Referensi.objects.get(daftar="jenisHukuman", kode="23"),
        tmt=dt.date(2026, 10, 1),
        tmt_selesai=dt.date(2027, 3, 31),
    )

    told, hidden = show(pegawai), show(pegawai, is_sensitive_visible=False)

    assert told["kp"].tanggal is None
    assert "hukuman" in str(told["kp"].alasan)
    assert hidden["kp"].tanggal is not None
    assert "hukuman" not in str(hidden["kp"].alasan).lower()
    assert hidden["kp"].catatan == BELUM_HUKUMAN
    assert told["satyalancana"].tanggal is None
    assert "hukuman" not in str(hidden["satyalancana"].alasan).lower()


@pytest.mark.parametrize(
    ("punya", "tanggal"), [(None, dt.date(2020, 1, 1)), ("201", dt.date(2030, 1, 1))]
)
def test_medal_not_held_yet_or_the_next_one(punya, tanggal, pegawai, show):
    if punya:
        RiwayatPenghargaanFactory(pegawai=pegawai, jenis=penghargaan(punya))

    assert show(pegawai)["satyalancana"].tanggal == tanggal


def test_who_holds_the_highest_medal_waits_for_none(pegawai, show):
    RiwayatPenghargaanFactory(pegawai=pegawai, jenis=penghargaan("203"))

    assert "satyalancana" not in show(pegawai)


def test_leave_without_pay_costs_the_medal(pegawai, show):
    RiwayatCLTNFactory(pegawai=pegawai)

    satyalancana = show(pegawai)["satyalancana"]

    assert satyalancana.tanggal is None
    assert "gugur" in satyalancana.keterangan


def test_pppk_wait_for_the_end_of_the_agreement(kantor, show):
    orang = PegawaiFactory(pppk=True, di=kantor.bidang)
    assert "belum tercatat" in show(orang)["kontrak"].keterangan
    RiwayatKontrakFactory(
        pegawai=orang, tmt=dt.date(2022, 3, 1), tmt_akhir=dt.date(2027, 2, 28)
    )

    found = show(orang)

    assert set(found) == {"kgb", "kontrak"}
    assert found["kontrak"].tanggal == dt.date(2027, 2, 28)


def test_cpns_are_told_to_wait(kantor, show):
    orang = PegawaiFactory(cpns=True, di=kantor.bidang)

    assert "diangkat sebagai PNS" in show(orang)["kp"].keterangan


def test_nothing_on_record_is_said_in_words(show):
    found = show(PegawaiFactory())

    assert found["kgb"].keterangan == "Golongan belum tercatat."
    assert found["kp"].keterangan == "Pangkat atau jabatan belum tercatat."
