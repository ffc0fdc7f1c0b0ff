"""The journey of a reconciliation through its pages: 300 people, 40 differences."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from simpeg.models import (
    BerkasMasuk,
    KeadaanPegawai,
    Pegawai,
    PembukaanHarian,
    SelisihSiasn,
)
from simpeg.services import siasn
from simpeg.tests.siasn.ekspor import get_orang, make_baris, write_csv

URL = "/simpeg/siasn/rekonsiliasi/"


@pytest.fixture
def client(client_for):
    return client_for(Role.VERIFIKATOR)


@pytest.fixture
def isi(tmp_path, kantor):
    def run(*rows):
        path = tmp_path / "ekspor.csv"
        path.write_bytes(write_csv(rows))
        siasn.import_file(path, per_tanggal=timezone.localdate())

    return run


def upload(client, rows) -> BerkasMasuk:
    """Send the file through the form and let its job run."""
    berkas = SimpleUploadedFile("siasn.csv", write_csv(rows))
    answer = client.post(f"{URL}unggah/", {"berkas": berkas})
    impor = BerkasMasuk.objects.get(jenis="rekonsiliasi", status="diunggah")
    assert answer.url == f"/pekerjaan/{impor.job_id}/"
    run_job(impor.job_id)
    impor.refresh_from_db()
    return impor


def read(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def decide(client, impor, tindakan, query="", **data):
    return client.post(
        f"{URL}{impor.pk}/putuskan/?{query}", {"tindakan": tindakan, **data}
    )


def count(impor, *keadaan):
    return impor.selisih_set.filter(keadaan__in=keadaan).count()


def test_reconciliation_of_300_people_with_40_differences(client, client_for, isi):
    rows = [make_baris(n) for n in range(300)]
    isi(*rows)
    for n in range(20):
        rows[n] = rows[n] | {"NAMA": f"Nama SIASN {n}"}
    for n in range(20, 35):
        rows[n] = rows[n] | {"ALAMAT": f"Jl. SIASN {n}"}
    for n in range(35, 40):
        rows[n] = rows[n] | {"TEMPAT LAHIR NAMA": "Kandangan"}

    # Found: forty differences, one person only there, one only here.
    impor = upload(client, [*rows[:299], make_baris(500)])
    assert (impor.jumlah_baris, impor.selisih_set.count()) == (300, 40)
    html = read(client, f"{URL}{impor.pk}/")
    assert "40 dari 40 perbedaan" in html
    assert "Nama SIASN 0" in html
    assert "Pegawai Contoh 500" in read(client, f"{URL}{impor.pk}/hanya-siasn/")
    assert "Pegawai Contoh 299" in read(client, f"{URL}{impor.pk}/hanya-portal/")

    # All names follow SIASN; one bulk act under a filter.
    decide(client, impor, "terima", "kolom=nama", semua="on", alasan="Sesuai KTP")
    assert count(impor, "diterima") == 20
    assert get_orang(0).nama == "Nama SIASN 0"
    assert get_orang(20).alamat == "Jl. Contoh No. 20, Barabai"

    # Ten addresses stay ours; five people are asked.
    alamat = list(impor.selisih_set.filter(kolom="alamat").values_list("pk", flat=True))
    decide(client, impor, "pertahankan", pilih=alamat[:10], alasan="Menurut KK")
    decide(client, impor, "tanya", pilih=alamat[10:])
    assert (count(impor, "dipertahankan"), count(impor, "ditanya")) == (10, 5)

    # One of them answers on their own page.
    satu = impor.selisih_set.filter(keadaan="ditanya").first()
    orang = client_for(satu.pegawai.user)
    assert "Pertanyaan data" in read(orang, "/")
    assert satu.siasn in read(orang, "/simpeg/pertanyaan-data/")
    orang.post(f"/simpeg/pertanyaan-data/{satu.pk}/", {"jawaban": "siasn"})
    html = read(client, f"{URL}{impor.pk}/", keadaan="dijawab")
    assert "SIASN yang benar" in html
    decide(client, impor, "terima", pilih=[satu.pk])
    satu.pegawai.refresh_from_db()
    assert satu.pegawai.alamat == satu.siasn

    # What remains is taken along as Excel.
    answer = client.post(f"{URL}{impor.pk}/unduh/?keadaan=terbuka")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    baris = list(sheet["Selisih"].iter_rows(min_row=2, values_only=True))
    assert len(baris) == count(impor, "terbuka") == 5
    assert {row[3] for row in baris} == {"Tempat lahir"}
    assert {row[5] for row in baris} == {"Kandangan"}

    # Addresses are closed data: those in such a file see who took it.
    answer = client.post(f"{URL}{impor.pk}/unduh/?keadaan=dipertahankan")
    b"".join(answer.streaming_content)
    dimuat = set(
        impor.selisih_set.filter(keadaan="dipertahankan").values_list(
            "pegawai", flat=True
        )
    )
    catatan = PembukaanHarian.objects.all()
    assert {row.bagian for row in catatan} == {"Selisih dengan SIASN"}
    terlihat = {
        orang.pk
        for orang in Pegawai.objects.all()
        if any(
            row.blok == orang.pk // row.BLOK and row.has(orang.pk) for row in catatan
        )
    }
    assert terlihat == dimuat

    # Closed; the next export shows the open ones and not those that were kept.
    client.post(f"{URL}{impor.pk}/tutup/")
    lagi = upload(client, [*rows[:299], make_baris(500)])
    assert count(lagi, "dipertahankan") == 10
    assert count(lagi, "terbuka") == 4 + 5
    assert lagi.selisih_set.count() == 19


def test_more_than_fifty_become_a_job_that_leads_back(client, isi):
    rows = [make_baris(n) for n in range(60)]
    isi(*rows)
    impor = upload(client, [row | {"NAMA": f"{row['NAMA']} S"} for row in rows])

    answer = decide(client, impor, "terima", semua="on")

    job = Job.objects.get(kind="simpeg.terima_selisih")
    assert answer.url == job.get_absolute_url()
    run_job(job.pk)
    job.refresh_from_db()
    assert job.result_url == f"{URL}{impor.pk}/"
    assert count(impor, "diterima") == 60
    html = read(client, job.result_url)
    assert "Semua selesai" in html
    assert "Yang sudah ditulis" in html


def test_nothing_ticked_is_told_and_the_filter_stays(client, isi):
    isi(make_baris(0))
    impor = upload(client, [make_baris(0, NAMA="Lain")])

    answer = decide(client, impor, "terima", "kolom=nama")

    assert answer.url == f"{URL}{impor.pk}/?kolom=nama"
    assert "Centang dahulu" in read(client, answer.url)
    assert count(impor, "terbuka") == 1


def test_second_officer_is_told_of_the_first(client, isi):
    isi(make_baris(0))
    impor = upload(client, [make_baris(0, NAMA="Lain")])
    (pk,) = impor.selisih_set.values_list("pk", flat=True)
    decide(client, impor, "terima", pilih=[pk])

    answer = decide(client, impor, "pertahankan", pilih=[pk])

    assert "sudah diputuskan petugas lain" in read(client, answer.url)
    assert count(impor, "diterima") == 1


def test_filter_of_the_page_limits_what_all_means(client, isi):
    isi(make_baris(0), make_baris(1))
    impor = upload(client, [make_baris(n, NAMA=f"Lain {n}") for n in range(2)])
    opd = impor.selisih_set.get(pegawai=get_orang(0)).opd_id

    decide(client, impor, "pertahankan", f"opd={opd}", semua="on")

    assert count(impor, "dipertahankan") == 1


def test_clerk_answers_for_their_people_only(client, client_for, isi, kantor):
    isi(make_baris(0))
    impor = upload(client, [make_baris(0, NAMA="Lain")])
    decide(client, impor, "tanya", semua="on")
    satu = impor.selisih_set.get()

    url = f"/simpeg/pertanyaan-data/{satu.pk}/"
    assert client_for(Role.PENGELOLA_OPD).get(url).status_code == 404
    assert client_for(kantor.pegawai).get(url).status_code == 404
    assert client_for(get_orang(0)).get(url).status_code == 200
    assert client.get(url).status_code == 404


def test_import_pages_do_not_show_a_reconciliation(client, isi):
    isi(make_baris(0))
    impor = upload(client, [make_baris(0)])

    assert client.get(f"/simpeg/siasn/{impor.pk}/").status_code == 404
    assert "siasn.csv" not in read(client, "/simpeg/siasn/")
    assert "siasn.csv" in read(client, URL)


@pytest.mark.parametrize("role", [Role.PENGELOLA_OPD, Role.KEPALA_BADAN, Role.PEGAWAI])
def test_others_do_not_reconcile(client_for, role):
    assert client_for(role).get(URL).status_code == 403


def test_cost_does_not_grow_with_the_differences(client, isi):
    isi(*(make_baris(n) for n in range(30)))
    biaya = []
    for jumlah in (3, 30):
        impor = upload(client, [make_baris(n, NAMA=f"L {n}") for n in range(jumlah)])
        with CaptureQueriesContext(connection) as queries:
            read(client, f"{URL}{impor.pk}/")
        biaya.append(len(queries))
        client.post(f"{URL}{impor.pk}/tutup/")
    assert biaya[0] == biaya[1]
    assert biaya[1] <= 12, biaya


def test_pages_of_each_state_open(client, isi):
    isi(make_baris(0))
    impor = upload(client, [make_baris(0, NAMA="<b>Lain</b>")])
    html = read(client, f"{URL}{impor.pk}/")
    assert "&lt;b&gt;Lain&lt;/b&gt;" in html
    assert read(client, f"{URL}{impor.pk}/baris/2/")
    for status in BerkasMasuk.Status.values:
        BerkasMasuk.objects.filter(pk=impor.pk).update(status=status)
        read(client, f"{URL}{impor.pk}/")
    assert SelisihSiasn.objects.count() == 1


def test_a_file_is_called_the_same_only_when_everybody_is_on_both_sides(client, isi):
    rows = [make_baris(n) for n in range(3)]
    isi(*rows)
    KeadaanPegawai.objects.exclude(
        pegawai__siasn_id__in=[row["PNS ID"] for row in rows]
    ).update(is_aktif=False)

    impor = upload(client, rows)
    html = read(client, f"{URL}{impor.pk}/")
    assert "Isi berkas sama dengan catatan kita" in html
    client.post(f"{URL}{impor.pk}/tutup/")

    impor = upload(client, [*rows[:2], make_baris(500)])
    html = read(client, f"{URL}{impor.pk}/")
    assert "Isi berkas sama dengan catatan kita" not in html
    assert ">1 hanya di SIASN</a>" in html
    assert ">1 hanya di portal</a>" in html
