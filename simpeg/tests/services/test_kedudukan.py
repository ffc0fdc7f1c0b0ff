"""Decrees on standing: what they refuse, what follows from them, today and on any day."""

import csv
import datetime as dt

import pytest

from bkpsdmd.exceptions import DomainError
from simpeg.choices import Ekspektasi, Periodik, Predikat
from simpeg.exceptions import NeedsConfirmationError
from simpeg.jenis_riwayat import (
    CLTN,
    PEMBERHENTIAN,
    PINDAH_INSTANSI,
    SKP,
    TUGAS_BELAJAR,
)
from simpeg.models import KeadaanPegawai, Referensi
from simpeg.selectors.keadaan import list_keadaan, list_tidak_aktif, load_himpunan
from simpeg.selectors.unit_kerja import list_pimpinan
from simpeg.services import riwayat as services
from simpeg.services.keadaan import build_keadaan, roll_over
from simpeg.services.referensi import DAFTAR_SIASN
from simpeg.tests.contoh_riwayat import data
from simpeg.tests.factories import (
    RiwayatCLTNFactory,
    RiwayatKedudukanFactory,
    RiwayatPemberhentianFactory,
    RiwayatPindahInstansiFactory,
    RiwayatTugasBelajarFactory,
)
from simpeg.tests.services.test_keadaan import values

HARI_INI = dt.date(2026, 11, 25)
pytestmark = pytest.mark.django_db


def ref(kode, daftar="cltn"):
    return Referensi.objects.get(daftar=daftar, kode=kode).pk


def stored(pegawai):
    row = KeadaanPegawai.objects.get(pk=pegawai.pk)
    (himpunan,) = load_himpunan([pegawai.pk])
    assert values(row) == values(build_keadaan(himpunan, HARI_INI))
    return row.kedudukan_id, row.is_aktif


def test_dismissal_ends_being_active_and_its_cancellation_gives_it_back(
    add, cancel, pegawai
):
    row = add(PEMBERHENTIAN)
    assert stored(pegawai) == ("99", False)
    (before,) = list_keadaan([pegawai.pk], dt.date(2025, 12, 31))
    assert before.is_aktif

    cancel(PEMBERHENTIAN, row)

    assert stored(pegawai) == ("01", True)


def test_dismissal_ahead_takes_hold_on_its_day(add, pegawai):
    add(PEMBERHENTIAN, tmt="2026-12-01")
    assert stored(pegawai) == ("01", True)

    assert roll_over(per_tanggal=dt.date(2026, 12, 1)) >= 1

    assert KeadaanPegawai.objects.get(pk=pegawai.pk).is_aktif is False


def test_standing_after_dismissal_is_one_that_ends_service(add, kantor):
    form_refuses = {"kedudukan": "01"}
    with pytest.raises(AssertionError):
        data(PEMBERHENTIAN, kantor.pegawai, **form_refuses)
    values = data(PEMBERHENTIAN, kantor.pegawai)
    values["kedudukan"] = type(values["kedudukan"]).objects.get(pk="01")

    with pytest.raises(DomainError) as refused:
        services.add_riwayat(
            jenis=PEMBERHENTIAN,
            pegawai=kantor.pegawai,
            data=values,
            by=kantor.pengelola.user,
            per_tanggal=HARI_INI,
        )

    assert refused.value.kolom == "kedudukan"


def test_service_ends_once(add):
    add(PEMBERHENTIAN)

    with pytest.raises(DomainError) as refused:
        add(PEMBERHENTIAN, tmt="2026-02-01")

    assert refused.value.kode == "sudah_tercatat"


def test_leave_extension_and_return_change_the_standing(add, pegawai):
    days = [dt.date(2019, 1, 1), dt.date(2022, 1, 1), dt.date(2022, 7, 1)]
    add(CLTN)
    assert stored(pegawai) == ("02", True)
    add(CLTN, jenis=ref("5"), tmt="2022-01-01", tmt_selesai="2022-12-31")
    add(CLTN, jenis=ref("3"), tmt="2022-07-01", tmt_selesai="")

    found = [list_keadaan([pegawai.pk], day)[0].kedudukan.kedudukan_id for day in days]
    assert found == ["02", "13", "01"]
    assert stored(pegawai) == ("01", True)


def test_who_came_back_early_may_go_again(add):
    add(CLTN)
    add(CLTN, jenis=ref("3"), tmt="2020-01-01", tmt_selesai="")

    assert add(CLTN, tmt="2021-01-01", tmt_selesai="2021-06-30").pk


@pytest.mark.parametrize(
    ("changes", "kolom"),
    [
        ({"tmt_selesai": ""}, "tmt_selesai"),
        ({"kode": "3", "tmt_selesai": "2021-01-01"}, "tmt_selesai"),
        ({"tmt": "2009-12-01"}, "tmt"),
    ],
)
def test_time_away_that_cannot_be_is_refused(changes, kolom, add):
    changes = dict(changes)
    if kode := changes.pop("kode", None):
        changes["jenis"] = ref(kode)

    with pytest.raises(DomainError) as refused:
        add(CLTN, **changes)

    assert refused.value.kolom == kolom


@pytest.mark.parametrize(
    "changes",
    [
        {"kode": "3", "tmt_selesai": ""},
        {"kode": "5"},
        {"tmt_selesai": "2022-01-01"},
    ],
)
def test_odd_leave_asks_for_a_second_look(changes, add):
    changes = dict(changes)
    if kode := changes.pop("kode", None):
        changes["jenis"] = ref(kode)

    with pytest.raises(NeedsConfirmationError):
        add(CLTN, periksa=False, **changes)

    assert add(CLTN, **changes).pk


def test_study_beside_the_work_leaves_the_standing(add, pegawai):
    row = add(TUGAS_BELAJAR, is_dibebaskan="")
    assert row.kedudukan is None
    assert stored(pegawai) == ("01", True)


def test_study_away_and_return(add, pegawai):
    add(TUGAS_BELAJAR)
    assert stored(pegawai) == ("03", True)

    add(TUGAS_BELAJAR, jenis=ref("8"), tmt="2018-09-01", tmt_selesai="", sekolah="")

    assert stored(pegawai) == ("01", True)


def test_study_names_its_place(add):
    with pytest.raises(DomainError) as refused:
        add(TUGAS_BELAJAR, sekolah="")

    assert refused.value.kolom == "sekolah"


def test_who_moves_away_no_longer_counts_here(add, pegawai):
    add(PINDAH_INSTANSI, arah="keluar")

    assert stored(pegawai) == ("52", False)


def test_move_needs_two_offices(add):
    with pytest.raises(DomainError) as refused:
        add(PINDAH_INSTANSI, instansi_tujuan="PEMERINTAH KAB. SEBERANG")

    assert refused.value.kolom == "instansi_tujuan"


def test_decree_holds_before_a_plain_record_of_the_same_day(pegawai):
    RiwayatKedudukanFactory(pegawai=pegawai, tmt=dt.date(2026, 1, 1))
    RiwayatPemberhentianFactory(pegawai=pegawai, tmt=dt.date(2026, 1, 1))

    assert stored(pegawai) == ("99", False)


def test_leader_whose_service_ended_leads_no_more(kantor):
    atasan, days = kantor.atasan, (dt.date(2025, 12, 31), dt.date(2026, 1, 1))
    RiwayatPemberhentianFactory(pegawai=atasan, tmt=days[1])

    before, after = (
        {
            row.pegawai_id
            for row in list_pimpinan(day, [kantor.dinas.pk, kantor.bidang.pk])
        }
        for day in days
    )

    assert before - after == {atasan.pk}
    assert list_tidak_aktif([atasan.pk], days[0]) == set()


def test_many_kinds_cost_no_more_queries(kantor, django_assert_num_queries):
    people = [kantor.pegawai, kantor.atasan]
    for pegawai in people:
        RiwayatCLTNFactory(pegawai=pegawai)
        RiwayatTugasBelajarFactory(pegawai=pegawai)
        RiwayatPindahInstansiFactory(pegawai=pegawai)
    with django_assert_num_queries(7):
        load_himpunan([people[0].pk])
    with django_assert_num_queries(7):
        load_himpunan([p.pk for p in people])


def test_another_quadrant_asks_for_a_second_look(add):
    with pytest.raises(NeedsConfirmationError) as asked:
        add(SKP, periksa=False, kuadran="sangat_baik")

    assert "berpredikat Baik" in asked.value.peringatan[0].pesan


def test_year_of_another_system_is_refused(add):
    with pytest.raises(DomainError) as refused:
        add(SKP, tahun="2021")

    assert refused.value.kolom == "tahun"
    assert "PP 46/2011" in refused.value.pesan


@pytest.mark.parametrize(
    ("daftar", "pilihan"),
    [
        ("kuadranNilai", Predikat),
        ("perilakuDanKinerja", Ekspektasi),
        ("periodik", Periodik),
    ],
)
def test_closed_lists_have_the_ids_of_siasn(daftar, pilihan):
    with DAFTAR_SIASN.open(encoding="utf-8", newline="") as file:
        ids = {row["id"] for row in csv.DictReader(file) if row["daftar"] == daftar}

    assert {satu.siasn for satu in pilihan} == ids
