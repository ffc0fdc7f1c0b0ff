"""Asking for papers of a filtered list, and the page that tells each outcome."""

import datetime as dt
import re

import pytest

from bkpsdmd.accounts.roles import Role
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from simpeg.models import BarisTindakan, TindakanMassal
from simpeg.tests.factories import PegawaiFactory, RiwayatJabatanFactory

CETAK, NOMINATIF = "/simpeg/pegawai/cetak/", "/simpeg/pegawai/nominatif/"
MAX_QUERIES = 12


@pytest.mark.parametrize("url", [CETAK, NOMINATIF])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PENGELOLA_OPD, 200),
        (Role.KEPALA_BADAN, 200),
        (Role.ATASAN, 403),
        (Role.PEGAWAI, 403),
        (Role.ADMIN, 403),
    ],
)
def test_who_may_ask(client_for, url, role, status):
    assert client_for(role).get(url).status_code == status


def test_list_leads_there_with_its_filter(client_for):
    client = client_for(Role.PENGELOLA_OPD)
    html = client.get("/simpeg/pegawai/", {"q": "siti"}).content.decode()

    assert "/simpeg/pegawai/tindakan/" in html
    assert f'href="{NOMINATIF}?q=siti"' in html
    page = client.get(CETAK, {"q": "siti"}).content.decode()
    assert re.search(r"<strong[^>]*>1</strong> pegawai", page)
    assert "Nama atau NIP: siti" in page


def test_batch_is_for_the_people_of_the_filter(client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)
    answer = client.post(f"{CETAK}?q=siti", {"dokumen": "drh", "bentuk": "zip"})
    tindakan = TindakanMassal.objects.get()

    assert answer["Location"] == f"/pekerjaan/{tindakan.job_id}/"
    assert [row.pegawai for row in tindakan.baris_set.all()] == [pegawai]
    run_job(tindakan.job_id)
    html = client.get(tindakan.get_absolute_url()).content.decode()
    assert "Berhasil" in html
    assert "Siti Pegawai" in html
    assert tindakan.get_absolute_url() == Job.objects.get().result_url


def test_nobody_is_told_on_the_page_and_refused(client_for):
    client = client_for(Role.PENGELOLA_OPD)

    assert "Tidak ada pegawai yang cocok" in (
        client.get(CETAK, {"q": "tidakada"}).content.decode()
    )
    answer = client.post(f"{CETAK}?q=tidakada", {"dokumen": "drh", "bentuk": "zip"})
    assert "Tidak ada pegawai yang cocok dengan saringan ini" in answer.content.decode()
    assert not TindakanMassal.objects.exists()


def test_nominatif_becomes_a_job(client_for):
    client = client_for(Role.PENGELOLA_OPD)
    client.post(
        f"{NOMINATIF}?q=siti",
        {"bentuk": "pdf", "urutan": "unit", "tambahan": ["agama"]},
    )
    tindakan = TindakanMassal.objects.get()

    assert tindakan.params["query"] == "q=siti"
    assert tindakan.params["untuk"] == "Dinas Contoh"
    assert "siti" not in str(tindakan.job.params)


def test_nominatif_of_a_past_day_is_asked_for_by_its_date(client_for):
    client = client_for(Role.PENGELOLA_OPD)
    sent = {"bentuk": "pdf", "urutan": "unit", "tanggal": "2025-03-31"}
    client.post(f"{NOMINATIF}?golongan=III/a", sent)
    tindakan = TindakanMassal.objects.get()

    assert tindakan.per_tanggal == dt.date(2025, 3, 31)
    assert tindakan.params["lampau"] is True


@pytest.mark.parametrize(
    ("query", "tanggal", "kata"),
    [
        ("keadaan=semua", "2025-03-31", "Saringan Keaktifan hanya untuk keadaan hari"),
        ("tindak_lanjut=on", "2025-03-31", "Perlu tindak lanjut hanya untuk keadaan"),
        ("", "2999-01-01", "hari ini atau hari yang sudah lewat"),
    ],
)
def test_what_a_past_day_cannot_tell_is_said(client_for, query, tanggal, kata):
    answer = client_for(Role.PENGELOLA_OPD).post(
        f"{NOMINATIF}?{query}", {"bentuk": "pdf", "urutan": "unit", "tanggal": tanggal}
    )

    assert kata in answer.content.decode()
    assert not TindakanMassal.objects.exists()


def test_leader_is_not_offered_what_is_closed(client_for):
    client = client_for(Role.KEPALA_BADAN)

    assert "kartu-disiplin" not in client.get(CETAK).content.decode()
    assert 'value="alamat"' not in client.get(NOMINATIF).content.decode()


def test_result_belongs_to_who_asked(client_for, kantor):
    client_for(Role.PENGELOLA_OPD).post(CETAK, {"dokumen": "drh", "bentuk": "zip"})
    url = TindakanMassal.objects.get().get_absolute_url()

    other = client_for(Role.VERIFIKATOR)

    assert other.get(url).status_code == 404
    assert other.post(f"{url}lanjutkan/").status_code == 404


def test_names_out_of_scope_are_hidden_on_the_result(client_for, kantor, pegawai):
    client = client_for(Role.PENGELOLA_OPD)
    client.post(CETAK, {"dokumen": "drh", "bentuk": "zip"})
    RiwayatJabatanFactory(
        pegawai=pegawai, unit_kerja=kantor.dinas_lain, tmt=dt.date(2026, 1, 1)
    )
    html = client.get(TindakanMassal.objects.get().get_absolute_url()).content.decode()

    assert "Siti Pegawai" not in html
    assert "Di luar lingkup Anda sekarang" in html


def test_stopped_act_can_be_resumed_from_its_page(client_for):
    client = client_for(Role.PENGELOLA_OPD)
    client.post(CETAK, {"dokumen": "drh", "bentuk": "zip"})
    tindakan = TindakanMassal.objects.get()
    client.post(f"/pekerjaan/{tindakan.job_id}/batal/")
    url = tindakan.get_absolute_url()

    assert "Lanjutkan pekerjaan ini" in client.get(url).content.decode()
    client.post(f"{url}lanjutkan/")
    again = TindakanMassal.objects.get()
    assert again.job_id != tindakan.job_id
    run_job(again.job_id)
    assert not BarisTindakan.objects.exclude(hasil="berhasil").exists()


def test_result_page_costs_the_same_for_three_and_thirty(
    client_for, kantor, django_assert_max_num_queries
):
    client = client_for(Role.PENGELOLA_OPD)
    for n in range(30):
        PegawaiFactory(di=kantor.dinas)
        if n not in (0, 29):
            continue
        client.post(CETAK, {"dokumen": "drh", "bentuk": "zip"})
        url = TindakanMassal.objects.latest("pk").get_absolute_url()
        with django_assert_max_num_queries(MAX_QUERIES):
            client.get(url)
