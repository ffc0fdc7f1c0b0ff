"""Papers of many people: whole, resumable, and only for those who may see them."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.tests.pdf import open_pdf, read_text, squeeze
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from bkpsdmd.jobs.services import cancel_job
from simpeg.choices import HasilTindakan
from simpeg.models import BarisTindakan, KeadaanPegawai, PemberianPeran
from simpeg.selectors.pegawai import list_pegawai
from simpeg.services import cetak
from simpeg.services.akses import end_peran
from simpeg.services.tindakan import resume_tindakan
from simpeg.tests.factories import (
    PegawaiFactory,
    RiwayatJabatanFactory,
    RiwayatPasanganFactory,
)

HARI = dt.date(2026, 11, 26)


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def by(pengelola):
    return User.objects.get(pk=pengelola.user_id)


@pytest.fixture
def banyak(kantor):
    """As many people in the dinas as two chunks and a half take."""
    return [PegawaiFactory(nama=f"Orang {n:02}", di=kantor.dinas) for n in range(6)]


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    real = cetak.iter_chunks
    monkeypatch.setattr(cetak, "iter_chunks", lambda tindakan: real(tindakan, 3))


def ask(by, *, bentuk="zip", dokumen="drh"):
    return cetak.request_cetak(
        rows=list_pegawai(by).order_by("nama_urut"),
        dokumen=dokumen,
        bentuk=bentuk,
        by=by,
        per_tanggal=HARI,
    )


def run(tindakan):
    tindakan.refresh_from_db()
    run_job(tindakan.job_id)
    return Job.objects.get(pk=tindakan.job_id)


def content_of(job):
    with job.file.open() as handle:
        return handle.read()


def names_of(job):
    with zipfile.ZipFile(io.BytesIO(content_of(job))) as archive:
        return archive.namelist()


def outcomes(tindakan):
    return [row.hasil for row in tindakan.baris_set.order_by("urut")]


def test_zip_holds_a_paper_for_each_person(by, banyak):
    tindakan = ask(by)
    job = run(tindakan)

    assert (job.state, job.error) == ("selesai", "")
    with zipfile.ZipFile(io.BytesIO(content_of(job))) as archive:
        names = archive.namelist()
        first = archive.read(names[0])
    assert len(names) == tindakan.jumlah == 9
    assert names[0].startswith("0001 Ahmad Atasan")
    assert "AhmadAtasan" in read_text(first)
    assert set(outcomes(tindakan)) == {HasilTindakan.BERHASIL}
    assert Event.objects.filter(kind="dokumen.cetak_drh").count() == 9
    assert not (cetak.default_storage.exists(tindakan.folder))


def test_merged_pdf_names_each_person_in_its_outline(by, banyak):
    job = run(ask(by, bentuk="gabung", dokumen="biodata"))

    with open_pdf(content_of(job)) as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) == 9
        assert [item.title for item in outline.root][:2] == [
            "1. Ahmad Atasan",
            "2. Orang 00",
        ]
        assert pdf.open_metadata()["pdfaid:part"] == "2"
    content = content_of(job)
    assert squeeze("Orang 05") in read_text(content)


def test_interrupted_run_goes_on_where_it_was(by, banyak, monkeypatch):
    tindakan = ask(by)
    real, calls = cetak.render_many_apart, []

    def break_at_the_second(template, papers):
        calls.append([paper["nama"] for paper in papers])
        if len(calls) == 2:
            raise RuntimeError("the machine was switched off")
        return real(template, papers)

    monkeypatch.setattr(cetak, "render_many_apart", break_at_the_second)
    assert run(tindakan).state == "gagal"
    assert outcomes(tindakan) == ["berhasil"] * 3 + ["menunggu"] * 6

    tindakan.refresh_from_db()
    job = run(resume_tindakan(tindakan=tindakan, by=by))

    assert job.state == "selesai"
    assert [len(names) for names in calls] == [3, 3, 3, 3]
    assert calls[2] == calls[1]
    assert len(names_of(job)) == 9
    assert Event.objects.filter(kind="dokumen.cetak_drh").count() == 9


def test_lost_part_is_made_again(by, banyak, monkeypatch):
    tindakan = ask(by)
    with monkeypatch.context() as patch:
        patch.setattr(cetak, "_zip_all", lambda *args: 1 / 0)
        run(tindakan)
    cetak.default_storage.delete(f"{tindakan.folder}/00000.zip")
    tindakan.refresh_from_db()
    job = run(resume_tindakan(tindakan=tindakan, by=by))

    assert job.state == "selesai"
    assert len(names_of(job)) == 9


def test_person_who_left_the_scope_meanwhile_is_refused(by, kantor, banyak):
    tindakan = ask(by)
    RiwayatJabatanFactory(
        pegawai=banyak[0], unit_kerja=kantor.dinas_lain, tmt=dt.date(2026, 1, 1)
    )
    job = run(tindakan)
    row = tindakan.baris_set.get(pegawai=banyak[0])

    assert row.hasil == HasilTindakan.DITOLAK
    assert "Di luar unit" in row.keterangan
    assert len(names_of(job)) == 8


def test_file_is_refused_once_somebody_in_it_is_out_of_scope(by, kantor, banyak):
    job = run(ask(by))
    assert job.can_be_fetched_by(User.objects.get(pk=by.pk))

    RiwayatJabatanFactory(
        pegawai=banyak[0], unit_kerja=kantor.dinas_lain, tmt=dt.date(2026, 1, 1)
    )
    assert not job.can_be_fetched_by(User.objects.get(pk=by.pk))


def test_file_of_somebody_else_is_refused(by, kantor, banyak):
    job = run(ask(by))

    assert not job.can_be_fetched_by(kantor.user_for(Role.VERIFIKATOR))


def test_lost_role_ends_the_run(by, banyak):
    tindakan = ask(by)
    for grant in PemberianPeran.objects.filter(user=by):
        end_peran(
            pemberian=grant, selesai=timezone.localdate(), by=None, alasan="Pindah"
        )
    job = run(tindakan)

    assert job.state == "gagal"
    assert "Kewenangan Anda" in job.error


def test_closed_parts_are_for_those_who_may_read_them(kantor, banyak):
    RiwayatPasanganFactory(pegawai=kantor.pegawai, nama="Aminah Istri")
    texts = {}
    for role in (Role.AUDITOR, Role.KEPALA_BADAN):
        user = kantor.user_for(role)
        job = run(ask(user, bentuk="gabung"))
        texts[role] = read_text(content_of(job))

    assert "AminahIstri" in texts[Role.AUDITOR]
    assert "AminahIstri" not in texts[Role.KEPALA_BADAN]
    with pytest.raises(DomainError):
        ask(kantor.user_for(Role.SEKRETARIS), dokumen="kartu-disiplin")


def test_nobody_and_too_many_are_refused(by, banyak, monkeypatch):
    with pytest.raises(DomainError, match="Tidak ada pegawai"):
        cetak.request_cetak(
            rows=KeadaanPegawai.objects.none(),
            dokumen="drh",
            bentuk="zip",
            by=by,
            per_tanggal=HARI,
        )
    monkeypatch.setitem(cetak.BATAS, "zip", 2)
    with pytest.raises(DomainError, match="lebih dari 2 orang"):
        ask(by)
    assert not BarisTindakan.objects.exists()


def test_stopped_batch_leaves_nothing_behind_after_a_day(by, banyak, monkeypatch):
    tindakan = ask(by)
    monkeypatch.setattr(cetak, "_zip_all", lambda *args: 1 / 0)
    run(tindakan)

    assert cetak.purge_parts(before=timezone.now() - dt.timedelta(hours=1)) == 0
    assert cetak.purge_parts(before=timezone.now() + dt.timedelta(hours=1)) == 3
    assert not cetak.default_storage.exists(tindakan.folder)


def test_active_batch_keeps_its_parts(by, banyak):
    tindakan = ask(by)
    cetak._write_part(f"{tindakan.folder}/00000.zip", [(1, b"x")])

    assert cetak.purge_parts(before=timezone.now() + dt.timedelta(hours=1)) == 0
    cancel_job(job=tindakan.job, by=by, now=timezone.now())
    assert cetak.purge_parts(before=timezone.now() + dt.timedelta(hours=1)) == 1


# -- Daftar nominatif -------------------------------------------------------------------


def ask_nominatif(by, **changes):
    params = {
        "query": "",
        "untuk": "Dinas Contoh",
        "urutan": "unit",
        "bentuk": "pdf",
        "tambahan": [],
    }
    return cetak.request_nominatif(**{**params, **changes}, by=by, per_tanggal=HARI)


def test_nominatif_lists_the_people_of_the_query(by, kantor, banyak):
    job = run(ask_nominatif(by, query="q=orang"))
    text = read_text(content_of(job))

    assert job.state == "selesai"
    assert squeeze("Orang 03") in text
    assert "SitiPegawai" not in text
    assert "DINASCONTOH" in text
    assert "Jumlah:6orang." in text
    assert Event.objects.filter(kind="nominatif.cetak").count() == 1


def test_nominatif_as_xlsx_has_typed_columns(by, banyak):
    job = run(ask_nominatif(by, bentuk="xlsx", tambahan=["agama", "alamat"]))
    rows = list(openpyxl.load_workbook(io.BytesIO(content_of(job))).active.values)

    assert len(rows) == 10
    assert rows[0][1:3] == ("NIP", "Nama")
    assert rows[0][-2:] == ("Agama", "Alamat")
    assert isinstance(rows[1][1], str)
    assert isinstance(rows[1][4], dt.datetime)


def test_nominatif_of_nobody_says_so(by):
    job = run(ask_nominatif(by, query="q=tidakada"))

    assert squeeze("Tidak ada pegawai yang cocok") in read_text(content_of(job))


def test_address_is_a_column_for_those_who_may_read_it(kantor):
    with pytest.raises(DomainError, match="Kolom tambahan"):
        ask_nominatif(kantor.user_for(Role.KEPALA_BADAN), tambahan=["alamat"])


def test_nominatif_is_refused_once_the_scope_has_changed(by, kantor):
    job = run(ask_nominatif(by))
    assert job.can_be_fetched_by(User.objects.get(pk=by.pk))

    PemberianPeran.objects.filter(user=by).update(unit_kerja=kantor.bidang)
    assert not job.can_be_fetched_by(User.objects.get(pk=by.pk))
