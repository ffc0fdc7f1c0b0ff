"""The edited sheet through its pages: out of the list, in, chosen, applied, undone."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bkpsdmd.accounts.roles import Role
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from simpeg.models import BerkasMasuk, Pegawai, Rombongan
from simpeg.tests.factories import PegawaiFactory

URL = "/simpeg/pegawai/lembar/"


@pytest.fixture
def client(client_for):
    return client_for(Role.PENGELOLA_OPD)


def unduh(client, query=""):
    answer = client.post(f"{URL}unduh/?{query}")
    assert answer["Cache-Control"] == "private, no-store"
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def unggah(client, book) -> BerkasMasuk:
    isi = io.BytesIO()
    book.save(isi)
    berkas = SimpleUploadedFile("lembar.xlsx", isi.getvalue())
    answer = client.post(f"{URL}unggah/", {"berkas": berkas})
    impor = BerkasMasuk.objects.latest("pk")
    assert answer.url == f"/pekerjaan/{impor.job_id}/"
    run_job(impor.job_id)
    impor.refresh_from_db()
    return impor


def edit(book, judul, isi):
    """Write into one column from the first row on."""
    page = book["Pegawai"]
    kolom = next(cell.column for cell in page[1] if cell.value == judul)
    for nomor, value in enumerate(isi, 2):
        page.cell(nomor, kolom).value = value
    return book


def read(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_whole_way_round(client, kantor):
    assert "Lembar kerja (sunting)" in read(client, "/simpeg/pegawai/")
    book = edit(unduh(client), "Alamat", ["Jl. <b>Baru</b>", "Jl. Kedua"])

    impor = unggah(client, book)
    url = f"{URL}{impor.pk}/"
    html = read(client, url)
    assert "Jl. &lt;b&gt;Baru&lt;/b&gt;" in html
    assert "Terapkan 2 perubahan" in html

    # One row is left out.
    lewat = impor.baris_set.get(nomor=3)
    client.post(f"{url}pilih/", {"tindakan": "lewati", "pilih": [lewat.pk]})
    assert "Terapkan 1 perubahan" in read(client, url)
    assert "Dilewati" in read(client, url, hasil="dilewati")

    # Without a reason nothing happens; with one the job writes and leads back.
    client.post(f"{url}terapkan/", {"alasan": ""})
    assert not Job.objects.filter(kind="simpeg.terapkan_lembar").exists()
    client.post(f"{url}terapkan/", {"alasan": "Menurut KTP"})
    job = Job.objects.get(kind="simpeg.terapkan_lembar")
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.error, job.result_url) == ("", url)
    assert Pegawai.objects.filter(alamat="Jl. <b>Baru</b>").count() == 1
    assert not Pegawai.objects.filter(alamat="Jl. Kedua").exists()

    # Undone from the page of the act.
    act = Rombongan.objects.get()
    assert f"/simpeg/rombongan/{act.pk}/" in read(client, url)
    client.post(f"/simpeg/rombongan/{act.pk}/batalkan/", {"alasan": "Salah unduh"})
    run_job(Job.objects.get(kind="simpeg.batalkan_rombongan").pk)
    assert not Pegawai.objects.filter(alamat__startswith="Jl.").exists()
    assert "dibatalkan" in read(client, url)


def test_download_keeps_the_filter(client, kantor):
    page = unduh(client, f"q={kantor.pegawai.nip}")["Pegawai"]

    assert page.max_row == 2


def test_refused_cell_is_explained_on_the_page(client, kantor):
    impor = unggah(client, edit(unduh(client), "Agama", ["Jedi"]))

    html = read(client, f"{URL}{impor.pk}/")
    assert "tidak ada di daftar" in html
    assert "Tidak ada yang akan ditulis" in html


def test_unknown_column_is_told_at_the_upload(client, kantor):
    book = unduh(client)
    book["Pegawai"].cell(1, 40).value = "Gaji"
    isi = io.BytesIO()
    book.save(isi)

    answer = client.post(
        f"{URL}unggah/", {"berkas": SimpleUploadedFile("x.xlsx", isi.getvalue())}
    )

    assert "tidak dikenal atau tidak boleh Anda ubah: Gaji" in answer.content.decode()


def test_nobody_to_edit_is_told(client, kantor):
    answer = client.post(f"{URL}unduh/?q=tidak-ada-siapa-pun")

    assert "Tidak ada pegawai yang Anda kelola" in read(client, answer.url)


def test_sheets_of_others_do_not_exist(client, client_for, kantor):
    impor = unggah(client, edit(unduh(client), "Alamat", ["Jl. Baru"]))

    lain = client_for(Role.VERIFIKATOR)
    assert lain.get(f"{URL}{impor.pk}/").status_code == 404
    assert "lembar.xlsx" not in read(lain, URL)


def test_verifikator_may_undo_a_sheet_without_seeing_it(client, client_for, kantor):
    impor = unggah(client, edit(unduh(client), "Alamat", ["Jl. Baru"]))
    client.post(f"{URL}{impor.pk}/terapkan/", {"alasan": "x"})
    run_job(Job.objects.get(kind="simpeg.terapkan_lembar").pk)
    act = Rombongan.objects.get()

    html = read(client_for(Role.VERIFIKATOR), f"/simpeg/rombongan/{act.pk}/")

    assert "Batalkan semuanya" in html
    assert f"{URL}{impor.pk}/" not in html


@pytest.mark.parametrize("role", [Role.KEPALA_BADAN, Role.AUDITOR, Role.PEGAWAI])
def test_only_those_who_change_people_edit_sheets(client_for, role):
    client = client_for(role)

    assert client.get(URL).status_code == 403
    assert client.post(f"{URL}unduh/").status_code == 403


def test_pages_of_each_state_open(client, kantor):
    impor = unggah(client, edit(unduh(client), "Alamat", ["Jl. Baru"]))
    for status in BerkasMasuk.Status.values:
        BerkasMasuk.objects.filter(pk=impor.pk).update(status=status)
        read(client, f"{URL}{impor.pk}/")
    read(client, URL)


def test_cost_does_not_grow_with_the_rows(client, kantor):
    biaya = []
    for jumlah in (1, 25):
        PegawaiFactory.create_batch(jumlah, di=kantor.bidang)
        book = unduh(client)
        isi = [f"Jl. {n}" for n in range(book["Pegawai"].max_row - 1)]
        impor = unggah(client, edit(book, "Alamat", isi))
        with CaptureQueriesContext(connection) as queries:
            read(client, f"{URL}{impor.pk}/")
        biaya.append(len(queries))
    assert biaya[0] == biaya[1]
    assert biaya[1] <= 12
