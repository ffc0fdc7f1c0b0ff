"""Acts on many people: each row its own outcome, twice does no harm."""

import datetime as dt

import pytest

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from simpeg.models import Pegawai, TindakanMassal, TindakLanjut
from simpeg.selectors.pegawai import list_pegawai
from simpeg.services import aksi_massal
from simpeg.services.tindak_lanjut import finish_tindak_lanjut, mark_pegawai
from simpeg.tests.factories import PegawaiFactory, RiwayatJabatanFactory

HARI = dt.date(2026, 11, 26)


@pytest.fixture
def by(pengelola):
    return User.objects.get(pk=pengelola.user_id)


def ask(by, aksi, *, alasan="Lengkapi berkas pensiun", isian="", rows=None):
    return aksi_massal.request_aksi(
        aksi=aksi,
        alasan=alasan,
        isian=isian,
        rows=(list_pegawai(by) if rows is None else rows).order_by("nama_urut"),
        by=by,
        per_tanggal=HARI,
    )


def run(tindakan):
    run_job(tindakan.job_id)
    return {
        row.pegawai.nama: (row.hasil, row.keterangan)
        for row in tindakan.baris_set.select_related("pegawai")
    }


def test_everybody_is_marked_with_the_reason(by, pegawai):
    hasil = run(ask(by, "tandai"))

    assert {outcome for outcome, _ in hasil.values()} == {"berhasil"}
    assert TindakLanjut.objects.filter(catatan="Lengkapi berkas pensiun").count() == 3
    event = Event.objects.filter(kind="tindak_lanjut.tandai").first()
    assert event.reason == "Lengkapi berkas pensiun"
    assert (
        str(event)
        == f"Rina Pengelola menandai {event.object_label} untuk ditindaklanjuti"
    )


def test_marked_person_is_refused_and_the_others_are_not(by, pegawai):
    mark_pegawai(pegawai_id=pegawai.pk, catatan="Lama", by=by)
    hasil = run(ask(by, "tandai"))

    assert hasil["Siti Pegawai"][0] == "ditolak"
    assert "Sudah ditandai" in hasil["Siti Pegawai"][1]
    assert hasil["Ahmad Atasan"][0] == "berhasil"
    assert TindakLanjut.objects.get(pegawai=pegawai).catatan == "Lama"


def test_marks_are_closed_for_those_who_have_one(by, pegawai):
    mark_pegawai(pegawai_id=pegawai.pk, catatan="Lama", by=by)
    hasil = run(ask(by, "selesai", alasan="Sudah beres"))

    assert hasil["Siti Pegawai"][0] == "berhasil"
    assert hasil["Ahmad Atasan"] == ("ditolak", "Tidak ada tanda yang terbuka.")
    assert TindakLanjut.objects.get().selesai_by == by


def test_only_empty_data_are_filled_and_never_ones_own(by, pegawai, atasan, pengelola):
    Pegawai.objects.filter(pk=atasan.pk).update(agama="2")
    Pegawai.objects.exclude(pk=atasan.pk).update(agama="")
    hasil = run(ask(by, "isi", isian="agama:1", alasan="Kosong setelah impor"))

    assert hasil["Siti Pegawai"] == ("berhasil", "Diisi: Islam")
    assert hasil["Ahmad Atasan"] == ("ditolak", "Sudah terisi, jadi tidak diubah.")
    assert hasil["Rina Pengelola"][0] == "ditolak"
    assert "oleh petugas lain" in hasil["Rina Pengelola"][1]
    assert Pegawai.objects.get(pk=pegawai.pk).agama == "1"
    assert Pegawai.objects.get(pk=pengelola.pk).agama == ""


def test_second_run_changes_nothing(by, pegawai):
    tindakan = ask(by, "tandai")
    run(tindakan)
    Job.objects.filter(pk=tindakan.job_id).update(state="menunggu")
    finish_tindak_lanjut(pegawai_id=pegawai.pk, by=by)
    run(tindakan)

    assert TindakLanjut.objects.filter(pegawai=pegawai).count() == 1


def test_person_who_left_the_scope_is_refused(by, kantor, pegawai):
    tindakan = ask(by, "tandai")
    RiwayatJabatanFactory(
        pegawai=pegawai, unit_kerja=kantor.dinas_lain, tmt=dt.date(2026, 1, 1)
    )
    hasil = run(tindakan)

    assert hasil["Siti Pegawai"][0] == "ditolak"
    assert not TindakLanjut.objects.filter(pegawai=pegawai).exists()


@pytest.mark.parametrize(
    ("role", "aksi", "isian", "alasan"),
    [
        (Role.AUDITOR, "tandai", "", "x"),
        (Role.KEPALA_BADAN, "isi", "agama:1", "x"),
        (Role.VERIFIKATOR, "isi", "nik:1", "x"),
        (Role.VERIFIKATOR, "isi", "agama:99", "x"),
        (Role.VERIFIKATOR, "hapus", "", "x"),
        (Role.VERIFIKATOR, "cetak", "", "x"),
        (Role.VERIFIKATOR, "tandai", "", ""),
    ],
)
def test_what_is_refused_at_once(kantor, role, aksi, isian, alasan):
    with pytest.raises(DomainError):
        ask(kantor.user_for(role), aksi, isian=isian, alasan=alasan)
    assert not TindakanMassal.objects.exists()


def test_page_acts_on_the_ticked_people_alone(client_for, pegawai, atasan):
    client = client_for(Role.PENGELOLA_OPD)
    url = f"/simpeg/pegawai/tindakan/?status=pns&pilih={pegawai.pk}&pilih=x"
    page = client.get(url).content.decode()
    client.post(url, {"aksi": "tandai", "alasan": "Periksa ijazah"})
    tindakan = TindakanMassal.objects.get()

    assert "1</strong> pegawai yang Anda centang" in page
    assert [row.pegawai for row in tindakan.baris_set.all()] == [pegawai]


def test_auditor_is_offered_papers_but_no_acts(client_for):
    html = client_for(Role.AUDITOR).get("/simpeg/pegawai/tindakan/").content.decode()

    assert 'name="aksi"' not in html
    assert "/simpeg/pegawai/cetak/" in html


def test_ticked_people_out_of_scope_are_nobody(client_for, orang_luar):
    client = client_for(Role.PENGELOLA_OPD)
    answer = client.post(
        f"/simpeg/pegawai/tindakan/?pilih={orang_luar.pk}",
        {"aksi": "tandai", "alasan": "x"},
    )

    assert "Tidak ada pegawai yang cocok" in answer.content.decode()
    assert not TindakanMassal.objects.exists()


def test_mark_shows_on_list_and_person_until_it_is_closed(
    client_for, kantor, by, pegawai
):
    PegawaiFactory(di=kantor.dinas)
    mark_pegawai(pegawai_id=pegawai.pk, catatan="Lengkapi ijazah", by=by)
    client = client_for(Role.PENGELOLA_OPD)
    found = client.get("/simpeg/pegawai/", {"tindak_lanjut": "on"})

    assert [row.pk for row in found.context["daftar"].rows] == [pegawai.pk]
    assert "Lengkapi ijazah" in client.get(pegawai.get_absolute_url()).content.decode()
    client.post(f"/simpeg/pegawai/{pegawai.pk}/tindak-lanjut/")
    assert (
        "Lengkapi ijazah" not in client.get(pegawai.get_absolute_url()).content.decode()
    )
