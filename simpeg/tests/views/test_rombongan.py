"""Pages of an act: whom it touched, what blocks undoing it, who may."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from simpeg.models import Pegawai, Rombongan
from simpeg.services import siasn
from simpeg.tests.siasn.ekspor import make_baris, write_csv


@pytest.fixture
def client(client_for):
    return client_for(Role.VERIFIKATOR)


def bring_in(by, rows) -> Rombongan:
    berkas = SimpleUploadedFile("ekspor.csv", write_csv(rows))
    impor = siasn.upload_impor(berkas=berkas, nama="ekspor.csv", by=by)
    hari_ini = timezone.localdate()
    siasn.examine_impor(impor_id=impor.pk, per_tanggal=hari_ini)
    siasn.apply_impor(impor_id=impor.pk, by=by, per_tanggal=hari_ini)
    return Rombongan.objects.latest("created_at")


@pytest.fixture
def rombongan(kantor, client) -> Rombongan:
    by = client.get("/akun/saya/").wsgi_request.user
    return bring_in(by, [make_baris(n) for n in range(2)])


def test_import_leads_to_whom_it_wrote(client, rombongan):
    impor = client.get(f"/simpeg/siasn/{rombongan.berkas_masuk_id}/").content.decode()
    assert f"/simpeg/rombongan/{rombongan.pk}/" in impor

    html = client.get(f"/simpeg/rombongan/{rombongan.pk}/").content.decode()
    assert "Pegawai Contoh 0" in html
    assert "Orang baru" in html


def test_undoing_runs_as_a_job_and_tells_the_outcome(client, rombongan):
    url = f"/simpeg/rombongan/{rombongan.pk}/"
    assert client.get(f"{url}batalkan/").status_code == 200
    answer = client.post(f"{url}batalkan/", {"alasan": "Berkas kabupaten lain"})
    job = Job.objects.get(kind="simpeg.batalkan_rombongan")
    assert answer.url == job.get_absolute_url()
    assert "Sedang dibatalkan" in client.get(url).content.decode()

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == ("selesai", "")
    assert not Pegawai.objects.filter(siasn_id__isnull=False).exists()
    html = client.get(url).content.decode()
    assert "Berkas kabupaten lain" in html
    assert (
        "Impor ini dibatalkan"
        in client.get(f"/simpeg/siasn/{rombongan.berkas_masuk_id}/").content.decode()
    )


def test_what_blocks_is_listed_with_the_reason(client, rombongan):
    url = f"/simpeg/rombongan/{rombongan.pk}/"
    Pegawai.objects.filter(siasn_id=make_baris(1)["PNS ID"]).update(versi=5)
    client.post(f"{url}batalkan/", {"alasan": "Salah"})
    job = Job.objects.get(kind="simpeg.batalkan_rombongan")
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "gagal"
    assert "1 dari 2 orang" in job.error

    html = client.get(url, {"terhalang": "on"}).content.decode()
    assert "Pegawai Contoh 1" in html
    assert "Pegawai Contoh 0" not in html
    assert "Data utamanya sudah diubah sesudahnya." in html


def test_without_a_reason_nothing_is_asked_for(client, rombongan):
    answer = client.post(f"/simpeg/rombongan/{rombongan.pk}/batalkan/", {"alasan": ""})

    assert answer.status_code == 200
    assert not Job.objects.filter(kind="simpeg.batalkan_rombongan").exists()


@pytest.mark.parametrize("role", [Role.PENGELOLA_OPD, Role.KEPALA_BADAN, Role.PEGAWAI])
def test_others_do_not_find_it(client_for, rombongan, role):
    answer = client_for(role).get(f"/simpeg/rombongan/{rombongan.pk}/")

    assert answer.status_code in (403, 404)


def test_cost_does_not_grow_with_the_people(client, kantor):
    by = client.get("/akun/saya/").wsgi_request.user
    sedikit = bring_in(by, [make_baris(n) for n in range(3)])
    banyak = bring_in(by, [make_baris(n) for n in range(10, 40)])
    biaya = []
    for satu in (sedikit, banyak):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/simpeg/rombongan/{satu.pk}/")
        biaya.append(len(queries))
    assert biaya[0] == biaya[1]
    assert biaya[1] <= 12
