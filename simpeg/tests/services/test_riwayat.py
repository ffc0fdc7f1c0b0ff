"""Every kind alike: add, correct, cancel, each refusal, the log, nothing on failure."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.audit.presenters import describe
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.exceptions import NeedsConfirmationError
from simpeg.jenis_riwayat import (
    ANAK,
    CLTN,
    DIKLAT,
    HUKUMAN,
    JENIS,
    KGB,
    KINERJA_PERIODIK,
    KONTRAK,
    PASANGAN,
    PENDIDIKAN,
    PMK,
    TUGAS_BELAJAR,
)
from simpeg.models import BerkasArsip, KeadaanPegawai, Referensi
from simpeg.services import riwayat as services
from simpeg.tests.actors import make_user
from simpeg.tests.contoh_riwayat import SEMUA, benar, data, orang_untuk
from simpeg.tests.factories import PegawaiFactory
from simpeg.tests.services.test_pangkat import PNG

HARI_INI = dt.date(2026, 11, 25)

pytestmark = pytest.mark.django_db
each_kind = pytest.mark.parametrize("jenis", SEMUA, ids=lambda jenis: jenis.kunci)


@pytest.fixture
def correct(kantor):
    def call(jenis, riwayat, /, **changes):
        return services.correct_riwayat(
            jenis=jenis,
            riwayat=riwayat,
            data=data(jenis, riwayat.pegawai, **changes),
            alasan="Salah ketik",
            by=kantor.pengelola.user,
            per_tanggal=HARI_INI,
            is_diperiksa=True,
        )

    return call


@each_kind
def test_added_row_is_in_the_log_with_its_file(jenis, add):
    row = add(jenis, berkas=SimpleUploadedFile("Bukti.png", PNG, "image/png"))

    event = Event.objects.get(kind=f"{jenis.kunci}.tambah")
    assert event.subject_id == str(row.pegawai_id)
    assert event.changes["berkas"] == [None, "Bukti.pdf"]
    assert [None, None] not in [
        pair for name, pair in event.changes.items() if name != "nik"
    ]
    assert jenis.nama in describe(event)
    assert row.berkas.jenis == jenis.arsip
    assert row.berkas.pegawai_id == row.pegawai_id
    assert row.is_berlaku


@each_kind
def test_correction_cites_the_old_row_which_stays(jenis, add, correct):
    old = add(jenis, berkas=SimpleUploadedFile("bukti.png", PNG, "image/png"))
    name, value = benar(jenis)
    before = getattr(old, name)

    new = correct(jenis, old, **{name: value})

    old.refresh_from_db()
    assert new.mengoreksi == old
    assert new.berkas == old.berkas
    assert getattr(old, name) == before
    assert old.dibatalkan_oleh.alasan == "Salah ketik"
    assert old.get_terkini() == new
    event = Event.objects.get(kind=f"{jenis.kunci}.koreksi")
    assert event.changes == {name: [before, value]}
    assert event.reason == "Salah ketik"


@each_kind
def test_cancelled_row_stays_with_the_reason(jenis, add, cancel):
    row = add(jenis)

    cancel(jenis, row)

    row.refresh_from_db()
    assert not row.is_berlaku
    assert Event.objects.get(kind=f"{jenis.kunci}.batal").reason == "Milik orang lain"
    assert add(jenis, pegawai=row.pegawai).is_berlaku


@each_kind
def test_second_of_two_people_is_told_and_overwrites_nothing(
    jenis, add, correct, cancel
):
    row = add(jenis)
    cancel(jenis, row, "Pertama")

    with pytest.raises(StaleDataError):
        cancel(jenis, row, "Kedua")
    with pytest.raises(StaleDataError):
        correct(jenis, row)

    row.refresh_from_db()
    assert row.dibatalkan_oleh.alasan == "Pertama"
    assert jenis.model.objects.filter(mengoreksi=row).count() == 0


@each_kind
def test_the_same_row_twice_is_refused(jenis, add):
    row = add(jenis)

    with pytest.raises(DomainError) as refused:
        add(jenis, pegawai=row.pegawai)

    assert refused.value.kolom in jenis.isian
    assert Event.objects.filter(kind=f"{jenis.kunci}.tambah").count() == 1


@each_kind
def test_day_that_has_not_come_is_refused(jenis, add):
    dates = [
        name
        for name in jenis.isian
        if name not in jenis.mendatang and name.startswith(("tanggal", "sk_tanggal"))
    ]
    for name in dates:
        with pytest.raises(DomainError) as refused:
            add(jenis, **{name: "2026-11-26"})
        assert refused.value.kolom is not None
    assert not Event.objects.filter(kind=f"{jenis.kunci}.tambah").exists()


@each_kind
def test_program_is_refused_and_nothing_written(jenis, add):
    berkas = SimpleUploadedFile("bukti.pdf", b"MZ" + b"\0" * 200, "application/pdf")

    with pytest.raises(DomainError, match="program"):
        add(jenis, berkas=berkas)

    assert not BerkasArsip.objects.exists()
    assert not Event.objects.filter(kind=f"{jenis.kunci}.tambah").exists()


@each_kind
def test_nobody_keeps_their_own_record(jenis, add, kantor):
    pegawai = orang_untuk(jenis, kantor)
    pegawai.user = make_user(Role.VERIFIKATOR)
    pegawai.save(update_fields=["user"])

    with pytest.raises(DomainError) as refused:
        add(jenis, pegawai=pegawai, by=pegawai.user)

    assert refused.value.kode == "data_sendiri"


@each_kind
def test_clerk_of_another_unit_is_refused(jenis, add, kantor):
    with pytest.raises(DomainError) as refused:
        add(jenis, by=make_user(Role.PENGELOLA_OPD, kantor.dinas_lain))

    assert refused.value.kode == "luar_lingkup"


@each_kind
def test_roles_that_only_read_are_refused(jenis, add):
    for role in (Role.AUDITOR, Role.KEPALA_BADAN, Role.ADMIN):
        user = make_user(role)
        with pytest.raises(DomainError):
            add(jenis, by=user)


def test_unknown_field_is_a_programming_error(kantor):
    with pytest.raises(KeyError):
        services.add_riwayat(
            jenis=DIKLAT,
            pegawai=kantor.pegawai,
            data={"nomor": "1"},
            by=kantor.pengelola.user,
            per_tanggal=HARI_INI,
        )


def test_highest_education_of_today_follows(add, cancel, pegawai):
    row = add(PENDIDIKAN)
    keadaan = KeadaanPegawai.objects.get(pk=pegawai.pk)
    assert (keadaan.pendidikan_id, keadaan.tahun_lulus) == ("45", 2015)

    cancel(PENDIDIKAN, row)

    keadaan.refresh_from_db()
    assert keadaan.pendidikan_id == "40"


def test_structural_training_moves_the_place_in_the_duk(add, pegawai):
    before = pegawai.keadaan.kunci_duk

    add(DIKLAT)

    pegawai.keadaan.refresh_from_db()
    assert pegawai.keadaan.kunci_duk != before


def test_year_of_graduation_is_one_that_was(add):
    for tahun in ("2027", "85"):
        with pytest.raises(DomainError) as refused:
            add(PENDIDIKAN, tahun_lulus=tahun)
        assert refused.value.kolom == "tahun_lulus"


@pytest.mark.parametrize(
    ("jenis", "first", "second"),
    [
        (
            KONTRAK,
            {},
            {"ke": "2", "tmt": "2027-02-28", "tmt_akhir": "2032-02-27"},
        ),
        (
            PMK,
            {},
            {"tanggal_mulai": "2008-01-01", "tanggal_selesai": "2009-12-31"},
        ),
        (CLTN, {}, {"tmt": "2021-12-31", "tmt_selesai": "2022-06-30"}),
        (TUGAS_BELAJAR, {}, {"tmt": "2018-08-31", "tmt_selesai": "2019-06-30"}),
        (KINERJA_PERIODIK, {}, {"mulai": "2024-03-01", "selesai": "2024-06-30"}),
    ],
    ids=["kontrak", "pmk", "cltn", "tugas-belajar", "kinerja-periodik"],
)
def test_periods_that_overlap_are_refused(jenis, first, second, add, kantor):
    row = add(jenis, **first)

    with pytest.raises(DomainError) as refused:
        add(jenis, pegawai=row.pegawai, **second)

    assert refused.value.kode == "tumpang_tindih"


def test_contract_follows_the_one_before_on_the_next_day(add):
    row = add(KONTRAK)
    following = {"ke": "2", "tmt": "2027-03-01", "tmt_akhir": "2032-02-29"}

    assert add(KONTRAK, pegawai=row.pegawai, **following).pk


def test_end_before_the_beginning_is_refused(add):
    with pytest.raises(DomainError) as refused:
        add(PASANGAN, tanggal_cerai="2011-01-01")

    assert refused.value.kolom == "tanggal_cerai"


def test_contract_is_for_pppk_alone(add, kantor):
    with pytest.raises(DomainError, match="tidak berlaku untuk PNS"):
        services.add_riwayat(
            jenis=KONTRAK,
            pegawai=kantor.pegawai,
            data={},
            by=kantor.pengelola.user,
            per_tanggal=HARI_INI,
        )


def test_pay_other_than_the_scale_asks_for_a_second_look(add):
    changes = {"tmt": "2025-01-01", "masa_kerja_tahun": "15"}

    with pytest.raises(NeedsConfirmationError) as asked:
        add(KGB, periksa=False, **changes)

    assert "berbeda dengan tabel" in asked.value.peringatan[0].pesan
    assert add(KGB, **changes).pk


def test_raise_does_not_lower_the_pay(add):
    with pytest.raises(DomainError) as refused:
        add(KGB, gaji_baru="2000000")

    assert refused.value.kolom == "gaji_baru"


def test_child_belongs_to_a_spouse_of_the_same_person(add, kantor):
    own = add(PASANGAN)
    child = add(ANAK, pasangan=own.pk)
    other = PASANGAN.model.objects.create(
        pegawai=kantor.atasan, nama="Lain", tanggal_nikah=dt.date(2000, 1, 1)
    )

    values = data(ANAK, kantor.pegawai, nama="Dua")
    with pytest.raises(DomainError) as refused:
        services.add_riwayat(
            jenis=ANAK,
            pegawai=kantor.pegawai,
            data={**values, "pasangan": other},
            by=kantor.pengelola.user,
            per_tanggal=HARI_INI,
        )

    assert refused.value.kolom == "pasangan"
    assert child.pasangan == own


def test_child_is_born_after_the_parent(add, kantor):
    born = kantor.pegawai.tanggal_lahir.isoformat()
    with pytest.raises(DomainError) as refused:
        add(ANAK, tanggal_lahir=born)

    assert refused.value.kolom == "tanggal_lahir"


def test_nik_of_a_spouse_never_enters_the_log(add):
    add(PASANGAN, nik="6307010101900001")

    event = Event.objects.get(kind="pasangan.tambah")
    assert event.changes["nik"] == [None, None]
    assert "6307010101900001" not in str(event.changes)


def test_penalty_of_an_older_regulation_asks_for_a_second_look(add):
    older = Referensi.objects.get(daftar="jenisHukuman", kode="4").pk

    with pytest.raises(NeedsConfirmationError) as asked:
        add(HUKUMAN, periksa=False, jenis=older)

    assert "PP 94/2021" in asked.value.peringatan[0].pesan
    past = {"jenis": older, "tmt": "2015-02-01", "sk_tanggal": "2015-01-20"}
    assert add(HUKUMAN, periksa=False, **past).pk
    assert add(HUKUMAN, jenis=older).pk


def test_penalty_of_a_colleague_is_another_matter(add, kantor):
    add(HUKUMAN)
    colleague = PegawaiFactory(di=kantor.bidang)

    assert add(HUKUMAN, pegawai=colleague).pegawai == colleague


def test_every_kind_has_a_sample():
    assert {jenis.kunci for jenis in SEMUA} == set(JENIS)
