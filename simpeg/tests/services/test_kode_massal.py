"""Codes for many people: who gets one, whose slip works, what a killed run leaves."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.models import KodeAkses, User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.services import activate, deactivate_account
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.tests.pdf import open_pdf, read_text, squeeze
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from bkpsdmd.jobs.services import delete_expired_files, open_file
from simpeg.models import PemberianPeran, TindakanMassal
from simpeg.selectors.pegawai import list_pegawai
from simpeg.services import aksi_massal, kode_massal
from simpeg.services.akses import end_peran
from simpeg.tests.factories import (
    PegawaiFactory,
    PemberianPeranFactory,
    RiwayatJabatanFactory,
    UserFactory,
)

HARI = dt.date(2026, 11, 26)
KODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{2}")
SANDI = "perahu kayu di kuala"


@pytest.fixture(autouse=True)
def _small_groups(monkeypatch):
    monkeypatch.setattr(kode_massal, "SEKELOMPOK", 3)


@pytest.fixture
def by(pengelola):
    return User.objects.get(pk=pengelola.user_id)


@pytest.fixture
def banyak(kantor):
    """Seven people of the dinas whose accounts nobody opened: three groups."""
    return [
        PegawaiFactory(
            nama=f"Orang {n:02}",
            di=kantor.dinas,
            user=UserFactory(nama=f"Orang {n:02}", password=None),
        )
        for n in range(7)
    ]


def ask(by, rows=None):
    return aksi_massal.request_aksi(
        aksi="kode",
        alasan="Pembagian akun",
        isian="",
        alamat="https://portal.contoh.go.id/akun/aktivasi/",
        rows=(list_pegawai(by) if rows is None else rows).order_by("nama_urut"),
        by=by,
        per_tanggal=HARI,
    )


def run(tindakan):
    tindakan.refresh_from_db()
    run_job(tindakan.job_id)
    return Job.objects.get(pk=tindakan.job_id)


def outcomes(tindakan):
    return {
        row.pegawai.nama: (row.hasil, row.keterangan)
        for row in tindakan.baris_set.select_related("pegawai")
    }


def text_of(job):
    with job.file.open() as handle:
        return squeeze(read_text(handle.read()))


def codes_of(job):
    return KODE.findall(text_of(job))


def opens(user, kode):
    try:
        activate(username=user.username, kode=kode, password=SANDI, ip=None)
    except DomainError:
        return False
    return True


def test_everybody_gets_a_slip_whose_code_opens_the_account(by, banyak):
    tindakan = ask(by, list_pegawai(by).filter(pk__in=[p.pk for p in banyak]))
    job = run(tindakan)

    assert job.state == "selesai", job.error
    assert {hasil for hasil, _ in outcomes(tindakan).values()} == {"berhasil"}
    text, kode = text_of(job), codes_of(job)
    assert len(set(kode)) == 7
    for orang in banyak:
        assert squeeze(orang.nama) in text
    # In the order of the list, so the first slip is the first person's.
    assert opens(banyak[0].user, kode[0])
    assert not opens(banyak[1].user, kode[0])
    assert "portal.contoh.go.id/akun/aktivasi" in text
    assert Event.objects.filter(kind="akun.terbitkan_kode").count() == 7
    assert Event.objects.get(kind="tindakan.minta").reason == "Pembagian akun"
    assert str(tindakan.kunci.hex) in set(Event.objects.values_list("batch", flat=True))


def test_no_code_is_stored_in_clear(by, banyak):
    tindakan = ask(by)
    job = run(tindakan)
    kode = codes_of(job)
    rows = [
        *KodeAkses.objects.values_list("kode_hash", flat=True),
        *Event.objects.values_list("changes", flat=True),
        *tindakan.baris_set.values_list("keterangan", flat=True),
        *Job.objects.values_list("params", "result", "message"),
        *TindakanMassal.objects.values_list("params", flat=True),
    ]
    assert kode
    for one in kode:
        assert one not in str(rows)
        assert one.replace("-", "") not in str(rows)
    # The groups it was made from are gone too.
    assert not default_storage.exists(tindakan.folder)


def test_each_refusal_says_why(by, kantor, banyak):
    aktif, tutup, tanpa, kuat, luar, pindah = banyak[:6]
    aktif.user.set_password(SANDI)
    aktif.user.save()
    deactivate_account(user=tutup.user, by=None, reason="-")
    tanpa.user = None
    tanpa.save(update_fields=["user"])
    PemberianPeranFactory(user=kuat.user, peran=Role.VERIFIKATOR, unit_kerja=None)
    tindakan = ask(by)
    RiwayatJabatanFactory(
        pegawai=luar, unit_kerja=kantor.dinas_lain, tmt=dt.date(2026, 1, 1)
    )
    hasil = run(tindakan) and outcomes(tindakan)

    assert hasil["Orang 00"][1].startswith("Akunnya sudah aktif.")
    assert "nonaktif" in hasil["Orang 01"][1]
    assert hasil["Orang 02"] == ("ditolak", "Belum punya akun.")
    assert "tidak boleh Anda kelola" in hasil["Orang 03"][1]
    assert hasil["Orang 04"] == ("ditolak", "Di luar unit kerja yang Anda kelola.")
    assert hasil["Orang 05"][0] == "berhasil"
    assert hasil["Rina Pengelola"][0] == "ditolak"
    assert set(KodeAkses.objects.values_list("user", flat=True)) == {
        pindah.user_id,
        banyak[6].user_id,
    }


def test_where_nobody_gets_one_the_reasons_are_the_result(by, kantor):
    User.objects.exclude(pk=None).update(password="md5$x$y")
    tindakan = ask(by)
    job = run(tindakan)
    assert (job.state, job.file.name) == ("selesai", "")
    assert job.result_url == tindakan.get_absolute_url()
    assert "0 orang berhasil" in job.message
    assert not KodeAkses.objects.exists()


@pytest.mark.parametrize("group", [1, 2, 3])
@pytest.mark.parametrize("after", ["file", "codes"])
def test_killed_run_goes_on_and_every_printed_slip_works(
    by, banyak, monkeypatch, group, after
):
    """Killed after a group's file or after its codes, in each group."""
    tindakan = ask(by, list_pegawai(by).filter(pk__in=[p.pk for p in banyak]))
    target = "store_kode" if after == "file" else "save_hasil"
    real, calls = getattr(kode_massal, target), []

    def dies(*args, **kwargs):
        if after == "file" or any(hasil == "berhasil" for hasil, _ in args[1].values()):
            calls.append(1)
            if len(calls) == group:
                raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(kode_massal, target, dies)
    with pytest.raises(KeyboardInterrupt):
        run_job(tindakan.job_id)
    monkeypatch.setattr(kode_massal, target, real)
    Job.objects.filter(pk=tindakan.job_id).update(state="menunggu", claim=None)
    job = run(tindakan)

    kode = codes_of(job)
    assert len(kode) == 7
    assert KodeAkses.objects.belum_selesai().count() == 7
    for orang, one in zip(banyak, kode, strict=True):
        assert opens(orang.user, one), orang.nama


def test_slips_that_were_lost_are_issued_again(by, banyak):
    """The run ended before its file was kept, and the groups were cleaned away."""
    tindakan = ask(by, list_pegawai(by).filter(pk__in=[p.pk for p in banyak]))
    run(tindakan)
    Job.objects.filter(pk=tindakan.job_id).update(state="menunggu", file="")
    job = run(tindakan)
    kode = codes_of(job)
    assert KodeAkses.objects.belum_selesai().count() == 7
    assert opens(banyak[3].user, kode[3])


def test_sheets_are_full_but_the_last(by, banyak, monkeypatch):
    monkeypatch.setattr(kode_massal, "SEKELOMPOK", 96)
    job = run(ask(by, list_pegawai(by).filter(pk__in=[p.pk for p in banyak])))
    with job.file.open() as handle:
        assert len(open_pdf(handle.read()).pages) == 1


# -- The file -----------------------------------------------------------------------


def test_only_who_asked_fetches_the_file_and_it_is_logged(by, banyak, client_for):
    job = run(ask(by))
    url = reverse("jobs:file", args=[job.pk])
    for other in (Role.VERIFIKATOR, Role.ADMIN, Role.PRANATA_KOMPUTER):
        assert client_for(other).get(url).status_code in (403, 404)
    answer = client_for(by).get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    assert Event.objects.filter(kind="pekerjaan.unduh", actor=by).count() == 1


def test_who_no_longer_manages_them_gets_no_file(by, banyak, client_for):
    job = run(ask(by))
    for peran in PemberianPeran.objects.filter(user=by):
        end_peran(
            pemberian=peran, selesai=timezone.localdate(), by=None, alasan="Pindah"
        )
    url = reverse("jobs:file", args=[job.pk])
    assert client_for(by).get(url).status_code == 403


def test_file_is_gone_after_a_day(by, banyak):
    job = run(ask(by))
    later = job.finished_at + dt.timedelta(days=1)
    open_file(job=job, by=by, now=later - dt.timedelta(seconds=1)).close()
    with pytest.raises(DomainError, match="sudah dihapus"):
        open_file(job=job, by=by, now=later)

    assert delete_expired_files(now=later - dt.timedelta(seconds=1)) == 0
    stored = job.file.name
    assert delete_expired_files(now=later) == 1
    assert not default_storage.exists(stored)
    job.refresh_from_db()
    assert not job.file


def test_page_says_how_long_and_lets_it_be_deleted_at_once(by, banyak, client_for):
    job = run(ask(by))
    client = client_for(by)
    html = client.get(job.get_absolute_url()).content.decode()
    assert "Portal menghapusnya sendiri pada" in html

    client.post(reverse("jobs:file-discard", args=[job.pk]))
    html = client.get(job.get_absolute_url()).content.decode()
    assert "Berkasnya sudah dihapus" in html
    assert "Unduh kode" not in html
    assert Event.objects.filter(kind="pekerjaan.hapus_berkas", actor=by).exists()


def test_other_files_cannot_be_deleted_that_way(by, kantor, client_for):
    job = Job.objects.create(
        kind="simpeg.ekspor_pegawai",
        label="Ekspor",
        owner=by,
        state="selesai",
        finished_at=timezone.now(),
        file="jobs/x",
    )
    client_for(by).post(reverse("jobs:file-discard", args=[job.pk]))
    job.refresh_from_db()
    assert job.file.name == "jobs/x"


# -- Asking -------------------------------------------------------------------------


def test_page_offers_it_to_those_who_manage_accounts(client_for, kantor):
    url = reverse("simpeg:aksi-massal")
    html = client_for(Role.PENGELOLA_OPD).get(url).content.decode()
    assert "Cetak kode aktivasi akun" in html
    assert "dihapus sendiri" in html
    html = client_for(Role.AUDITOR).get(url).content.decode()
    assert "Cetak kode aktivasi akun" not in html


def test_ticked_people_are_asked_for_from_the_page(client_for, by, banyak):
    answer = client_for(by).post(
        f"{reverse('simpeg:aksi-massal')}?pilih={banyak[0].pk}&pilih={banyak[1].pk}",
        {"aksi": "kode", "alasan": "Pembagian akun"},
    )
    tindakan = TindakanMassal.objects.get()
    assert answer.url == reverse("jobs:detail", args=[tindakan.job_id])
    assert tindakan.jumlah == 2
    assert tindakan.params["alamat"].endswith("/akun/aktivasi/")


def test_too_many_are_refused_before_anything_is_made(by, banyak, monkeypatch):
    monkeypatch.setattr(kode_massal, "BATAS", 3)
    with pytest.raises(DomainError) as error:
        ask(by)
    assert error.value.kode == "terlalu_banyak"
    assert not TindakanMassal.objects.exists()


def test_auditor_may_not_ask(kantor, client_for):
    with pytest.raises(DomainError):
        ask(kantor.user_for(Role.AUDITOR))
