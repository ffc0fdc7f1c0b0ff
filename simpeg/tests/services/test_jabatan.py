import datetime as dt

import pytest

from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from simpeg.choices import Eselon, JenisJabatan, JenisPenugasan
from simpeg.jenis_riwayat import JABATAN
from simpeg.models import Jabatan, RiwayatJabatan
from simpeg.services.jabatan import JabatanSpec, ensure_jabatan
from simpeg.services.riwayat import add_riwayat, correct_riwayat
from simpeg.tests.factories import (
    JabatanFactory,
    PegawaiFactory,
    RiwayatJabatanFactory,
    RiwayatKedudukanFactory,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 25)
TMT = dt.date(2026, 11, 1)


def data_for(jabatan, unit, **given):
    fields = {
        "tmt": TMT,
        "sk_nomor": "821/1/CONTOH",
        "sk_tanggal": dt.date(2026, 10, 30),
    }
    return {"jabatan": jabatan, "unit_kerja": unit, **fields, **given}


def appoint(kantor, pegawai, data):
    return add_riwayat(
        jenis=JABATAN,
        pegawai=pegawai,
        data=data,
        by=kantor.pengelola.user,
        per_tanggal=TODAY,
    )


@pytest.fixture
def kepala_dinas(kantor):
    return JabatanFactory(memimpin=kantor.dinas)


def test_missing_posts_are_added_once(kantor):
    by = kantor.pengelola.user
    specs = [
        JabatanSpec(
            "kadis",
            "Kepala Dinas Contoh",
            JenisJabatan.STRUKTURAL,
            eselon=Eselon.II_B,
            memimpin=kantor.dinas,
        ),
        JabatanSpec("pelaksana-x", "Pengolah Data", JenisJabatan.PELAKSANA, kelas=6),
    ]
    first = ensure_jabatan(specs, by=by)
    again = ensure_jabatan(specs, by=by)
    assert first == again
    assert first["kadis"].unit_kerja == kantor.dinas
    assert Event.objects.filter(kind="daftar_jabatan.tambah").count() == 2


def test_a_unit_gets_no_second_leader(kantor, kepala_dinas):
    spec = JabatanSpec(
        "lain", "Kepala Lain", JenisJabatan.STRUKTURAL, memimpin=kantor.dinas
    )
    with pytest.raises(DomainError) as refused:
        ensure_jabatan([spec], by=None)
    assert refused.value.kode == "pimpinan_ganda"
    assert not Jabatan.objects.filter(kode="lain").exists()


def test_posts_in_a_list_have_one_code_each():
    spec = JabatanSpec("x", "X", JenisJabatan.PELAKSANA)
    with pytest.raises(DomainError) as refused:
        ensure_jabatan([spec, spec], by=None)
    assert refused.value.kode == "kode_kembar"


def test_an_appointment_is_recorded_logged_and_shown_today(kantor, kepala_dinas):
    riwayat = appoint(kantor, kantor.pegawai, data_for(kepala_dinas, kantor.dinas))

    kantor.pegawai.keadaan.refresh_from_db()
    assert kantor.pegawai.keadaan.jabatan == kepala_dinas
    assert kantor.pegawai.keadaan.unit_kerja == kantor.dinas
    event = Event.objects.get(kind="jabatan.tambah")
    assert event.subject_id == str(kantor.pegawai.pk)
    assert event.changes["jabatan"] == [None, kepala_dinas.nama]
    assert riwayat.created_by == kantor.pengelola.user


def test_a_post_has_one_definitive_holder(kantor, kepala_dinas):
    appoint(kantor, kantor.pegawai, data_for(kepala_dinas, kantor.dinas))
    with pytest.raises(DomainError) as refused:
        appoint(
            kantor,
            kantor.atasan,
            data_for(kepala_dinas, kantor.dinas, tmt=TMT + dt.timedelta(10)),
        )
    assert refused.value.kode == "jabatan_terisi"
    assert "Siti Pegawai" in refused.value.pesan
    assert RiwayatJabatan.objects.filter(jabatan=kepala_dinas).count() == 1


def test_an_older_appointment_may_not_reach_into_a_later_one(kantor, kepala_dinas):
    appoint(kantor, kantor.pegawai, data_for(kepala_dinas, kantor.dinas))
    early = TMT - dt.timedelta(365)
    with pytest.raises(DomainError) as refused:
        appoint(kantor, kantor.atasan, data_for(kepala_dinas, kantor.dinas, tmt=early))
    assert refused.value.kode == "jabatan_terisi"
    ended = data_for(kepala_dinas, kantor.dinas, tmt=early, tmt_selesai=TMT)
    assert appoint(kantor, kantor.atasan, ended).tmt_selesai == TMT


def test_a_post_is_free_when_its_holder_moved_on(kantor, kepala_dinas):
    RiwayatJabatanFactory(
        pegawai=kantor.pegawai, jabatan=kepala_dinas, tmt=dt.date(2020, 1, 1)
    )
    RiwayatJabatanFactory(pegawai=kantor.pegawai, tmt=dt.date(2025, 1, 1))
    appoint(kantor, kantor.atasan, data_for(kepala_dinas, kantor.dinas))
    assert RiwayatJabatan.objects.filter(jabatan=kepala_dinas).count() == 2


def test_a_post_is_free_when_its_holder_was_pensioned(kantor, kepala_dinas):
    lama = PegawaiFactory()
    RiwayatJabatanFactory(pegawai=lama, jabatan=kepala_dinas, tmt=dt.date(2020, 1, 1))
    RiwayatKedudukanFactory(pegawai=lama, tmt=dt.date(2010, 1, 1))
    RiwayatKedudukanFactory(pegawai=lama, pensiun=True, tmt=TMT)
    appoint(kantor, kantor.atasan, data_for(kepala_dinas, kantor.dinas))
    assert RiwayatJabatan.objects.filter(jabatan=kepala_dinas).count() == 2


def test_many_hold_one_pelaksana_post(kantor):
    jabatan = JabatanFactory()
    for pegawai in (kantor.pegawai, kantor.atasan):
        appoint(kantor, pegawai, data_for(jabatan, kantor.bidang))
    assert RiwayatJabatan.objects.filter(jabatan=jabatan).count() == 2


def test_an_acting_holder_stands_beside_the_own_post(kantor, kepala_dinas):
    appoint(kantor, kantor.pegawai, data_for(kepala_dinas, kantor.dinas))
    plt = data_for(
        kepala_dinas,
        kantor.dinas,
        jenis_penugasan=JenisPenugasan.PLT,
        tmt_selesai=TMT + dt.timedelta(90),
    )
    appoint(kantor, kantor.atasan, plt)
    kantor.atasan.keadaan.refresh_from_db()
    assert kantor.atasan.keadaan.unit_kerja == kantor.bidang


@pytest.mark.parametrize(
    ("given", "kolom"),
    [
        ({"jenis_penugasan": JenisPenugasan.PLH}, "tmt_selesai"),
        ({"tmt_selesai": TMT}, "tmt_selesai"),
        ({"tmt": dt.date(2009, 12, 1)}, "tmt"),
        ({"tmt": dt.date(2010, 1, 1)}, "tmt"),
        ({"sk_tanggal": TODAY + dt.timedelta(1)}, "sk_tanggal"),
    ],
)
def test_dates_that_cannot_be_are_refused(kantor, given, kolom):
    data = data_for(JabatanFactory(), kantor.dinas, **given)
    with pytest.raises(DomainError) as refused:
        appoint(kantor, kantor.pegawai, data)
    assert refused.value.kolom == kolom
    assert not Event.objects.filter(kind="jabatan.tambah").exists()


def test_a_leading_post_belongs_to_its_unit(kantor, kepala_dinas):
    with pytest.raises(DomainError) as refused:
        appoint(kantor, kantor.pegawai, data_for(kepala_dinas, kantor.bidang))
    assert refused.value.kolom == "unit_kerja"


def test_a_post_out_of_use_is_refused(kantor):
    jabatan = JabatanFactory(is_aktif=False)
    with pytest.raises(DomainError) as refused:
        appoint(kantor, kantor.pegawai, data_for(jabatan, kantor.dinas))
    assert refused.value.kolom == "jabatan"


def test_nobody_appoints_people_of_another_opd(kantor):
    with pytest.raises(DomainError) as refused:
        appoint(
            kantor, kantor.orang_luar, data_for(JabatanFactory(), kantor.dinas_lain)
        )
    assert refused.value.kode == "luar_lingkup"


def test_a_post_retired_meanwhile_does_not_keep_a_row_from_being_corrected(kantor):
    jabatan = JabatanFactory()
    riwayat = appoint(kantor, kantor.pegawai, data_for(jabatan, kantor.dinas))
    Jabatan.objects.filter(pk=jabatan.pk).update(is_aktif=False)

    baru = correct_riwayat(
        jenis=JABATAN,
        riwayat=riwayat,
        data=data_for(jabatan, kantor.bidang),
        alasan="Unit salah pilih",
        by=kantor.pengelola.user,
        per_tanggal=TODAY,
    )

    assert baru.mengoreksi == riwayat
    kantor.pegawai.keadaan.refresh_from_db()
    assert kantor.pegawai.keadaan.unit_kerja == kantor.bidang


def test_a_leader_is_corrected_without_standing_in_the_own_way(kantor, kepala_dinas):
    riwayat = appoint(kantor, kantor.pegawai, data_for(kepala_dinas, kantor.dinas))
    earlier = data_for(kepala_dinas, kantor.dinas, tmt=TMT - dt.timedelta(7))

    baru = correct_riwayat(
        jenis=JABATAN,
        riwayat=riwayat,
        data=earlier,
        alasan="TMT salah baca",
        by=kantor.pengelola.user,
        per_tanggal=TODAY,
    )

    kantor.pegawai.keadaan.refresh_from_db()
    assert kantor.pegawai.keadaan.tmt_jabatan == baru.tmt == earlier["tmt"]
