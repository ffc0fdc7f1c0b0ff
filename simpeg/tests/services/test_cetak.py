"""Papers of many people: whole, resumable, and only for those who may see them."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.models import Event
from bkpsdmd.documents import merging
from bkpsdmd.documents.tests.pdf import open_pdf, read_text, squeeze
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from bkpsdmd.jobs.services import cancel_job
from simpeg.choices import HasilTindakan
from simpeg.models import (
    BarisTindakan,
    KeadaanPegawai,
    Pegawai,
    PemberianPeran,
    PembukaanHarian,
    RiwayatUnitKerja,
    UnitKerja,
)
from simpeg.selectors.pegawai import list_pegawai
from simpeg.services import cetak
from simpeg.services.akses import end_peran
from simpeg.services.tindakan import resume_tindakan
from simpeg.tests.factories import (
    PegawaiFactory,
    RiwayatJabatanFactory,
    RiwayatKedudukanFactory,
    RiwayatPangkatFactory,
    RiwayatPasanganFactory,
    RiwayatUnitKerjaFactory,
)

HARI = dt.date(2026, 11, 26)


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


def test_merged_pdf_of_very_many_comes_in_volumes(by, banyak, monkeypatch):
    monkeypatch.setattr(merging, "VOLUME", 4)
    tindakan = ask(by, bentuk="gabung", dokumen="biodata")

    job = run(tindakan)

    assert (job.state, job.content_type) == ("selesai", "application/zip")
    names, titles = names_of(job), []
    assert names == [f"biodata-{HARI}-jilid-0{n}.pdf" for n in (1, 2)]
    with zipfile.ZipFile(io.BytesIO(content_of(job))) as archive:
        for name in names:
            with open_pdf(archive.read(name)) as pdf, pdf.open_outline() as outline:
                assert len(pdf.pages) == len(outline.root)
                titles += [item.title for item in outline.root]
    # Everybody once, in the order of the list; a volume ends with a chunk.
    assert [title.split(".")[0] for title in titles] == [str(n) for n in range(1, 10)]


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
    monkeypatch.setattr(cetak, "BATAS", 2)
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


def test_nominatif_with_addresses_leaves_a_trace_on_everybody_in_it(by, banyak):
    run(ask_nominatif(by))
    assert not PembukaanHarian.objects.exists()
    run(ask_nominatif(by, bentuk="xlsx", query="q=orang", tambahan=["alamat"]))
    row = PembukaanHarian.objects.get()
    assert (row.pembaca, row.bagian) == (
        f"akun:{by.pk}",
        "Daftar nominatif dengan alamat",
    )
    assert all(row.has(orang.pk) for orang in banyak)
    assert not row.has(by.pegawai.pk)


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


# -- Of a past day ----------------------------------------------------------------------

LALU = dt.date(2025, 4, 1)


@pytest.fixture
def berubah(kantor):
    """Somebody promoted and moved on one day, somebody who left on it, one hired later."""
    naik = PegawaiFactory(nama="Naik Contoh", di=kantor.bidang)
    RiwayatPangkatFactory(
        pegawai=naik, golongan_id="III/d", tmt=LALU, masa_kerja_bulan=0
    )
    RiwayatJabatanFactory(pegawai=naik, unit_kerja=kantor.dinas, tmt=LALU)
    pergi = PegawaiFactory(nama="Pergi Contoh", di=kantor.bidang)
    RiwayatKedudukanFactory(pegawai=pergi, pensiun=True, tmt=LALU)
    PegawaiFactory(nama="Baru Contoh", cpns=True, di=kantor.bidang)
    return kantor


def read_lampau(by, tanggal, **changes):
    tindakan = cetak.request_nominatif(
        **{
            "query": "",
            "untuk": "Dinas Contoh",
            "urutan": "nama",
            "bentuk": "xlsx",
            "tambahan": [],
            **changes,
        },
        by=by,
        per_tanggal=tanggal,
        is_lampau=True,
    )
    job = run(tindakan)
    assert job.state == "selesai", job.error
    head, *rows = openpyxl.load_workbook(io.BytesIO(content_of(job))).active.values
    return {row[2]: dict(zip(head, row, strict=True)) for row in rows}


@pytest.mark.parametrize(
    ("tanggal", "golongan", "unit", "is_pergi"),
    [
        (LALU - dt.timedelta(days=1), "III/a", "Bidang Contoh", False),
        (LALU, "III/d", "Dinas Contoh", True),
        (LALU + dt.timedelta(days=1), "III/d", "Dinas Contoh", True),
    ],
)
def test_nominatif_of_a_past_day_is_as_it_was(
    by, berubah, tanggal, golongan, unit, is_pergi
):
    found = read_lampau(by, tanggal)

    assert found["Naik Contoh"]["Golongan"] == golongan
    assert found["Naik Contoh"]["Unit kerja"] == unit
    assert ("Pergi Contoh" not in found) is is_pergi
    assert "Baru Contoh" not in found


def test_nominatif_of_a_past_day_keeps_filter_and_scope(by, berubah):
    KeadaanPegawai.objects.filter(nama_lengkap="Naik Contoh").update(golongan="IV/a")

    found = read_lampau(by, LALU, query="golongan=III/d&q=contoh")

    assert set(found) == {"Naik Contoh"}


def test_nominatif_of_a_past_day_names_units_as_they_were_called(by, berubah):
    bidang = berubah.bidang
    RiwayatUnitKerja.objects.filter(unit=bidang).update(selesai=LALU)
    RiwayatUnitKerjaFactory(
        unit=bidang, nama="Bidang Baru", induk=berubah.dinas, mulai=LALU
    )
    UnitKerja.objects.filter(pk=bidang.pk).update(nama="Bidang Baru")

    sehari = dt.timedelta(days=1)
    lama = read_lampau(by, LALU - sehari)
    baru = read_lampau(by, LALU)

    assert lama["Siti Pegawai"]["Unit kerja"] == "Bidang Contoh"
    assert baru["Siti Pegawai"]["Unit kerja"] == "Bidang Baru"


def test_record_changed_since_the_day_was_derived_is_in_the_list(by, berubah):
    read_lampau(by, LALU)
    pegawai = Pegawai.objects.get(nama="Siti Pegawai")
    RiwayatPangkatFactory(pegawai=pegawai, golongan_id="III/c", tmt=LALU)
    audit.record("pangkat.tambah", pegawai, by=by, subject=pegawai)

    assert read_lampau(by, LALU)["Siti Pegawai"]["Golongan"] == "III/c"


def test_paper_of_a_past_day_tells_where_it_comes_from(by, berubah):
    tindakan = ask_nominatif(by)
    tindakan.params |= {"lampau": True}
    tindakan.per_tanggal = LALU
    tindakan.save()

    text = read_text(content_of(run(tindakan)))

    assert squeeze("Keadaan diturunkan dari riwayat") in text
    assert squeeze("1 April 2025") in text
