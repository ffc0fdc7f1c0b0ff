"""The pages: who sees them, what they say, what they cost."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.documents.models import Naskah
from bkpsdmd.jobs.models import Job
from reporting.choices import JenisLaporan, JobKind
from reporting.models import LaporanTerbit, PermintaanPerbaikan
from reporting.services import correct_laporan, request_missing
from reporting.tests.kantor import CUTOFF, Q3, wita
from simpeg.models import PejabatPenandatangan
from simpeg.tests.factories import PegawaiFactory, UnitKerjaFactory

READERS = {
    Role.KEPALA_BADAN,
    Role.SEKRETARIS,
    Role.KEPALA_BIDANG,
    Role.PRANATA_KOMPUTER,
    Role.AUDITOR,
    Role.DISKOMINFO,
}
PUBLISHERS = {Role.PRANATA_KOMPUTER, Role.KEPALA_BIDANG}
ALASAN = "Data Dinas Beta baru lengkap setelah laporan terbit."
BAGIAN = ("ringkasan", "pemakaian", "kelengkapan", "belum-ada", "arti")
ADDRESS = "/laporan/pasal24/2026-Q3/"
FILES = [f"{ADDRESS}versi/1/pdf/", f"{ADDRESS}versi/1/json/"]
PAGES = ["/laporan/", ADDRESS, f"{ADDRESS}versi/1/", *FILES]


@pytest.mark.parametrize("role", list(Role))
def test_reading_and_publishing_follow_the_role(client_for, laporan, role):
    client = client_for(role)
    expected = 200 if role in READERS else 403
    assert {client.get(page).status_code for page in PAGES} == {expected}
    form = client.get(f"{ADDRESS}perbaiki/")
    assert form.status_code == (200 if role in PUBLISHERS else 403)
    answers = [
        client.post(f"{ADDRESS}terbitkan/"),
        client.post(f"{ADDRESS}perbaiki/", {"alasan": ALASAN, "versi": 1}),
    ]
    assert {answer.status_code for answer in answers} == {
        302 if role in PUBLISHERS else 403
    }
    assert PermintaanPerbaikan.objects.exists() == (role in PUBLISHERS)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_sent_to_log_in(client, laporan, page):
    assert client.get(page).url.startswith("/akun/masuk/")


@pytest.mark.parametrize(
    "page",
    [
        "/laporan/pasal23/2026-Q3/",
        "/laporan/pasal24/2026-Q9/",
        "/laporan/pasal24/2026-Q2/",
        f"{ADDRESS}versi/2/",
        f"{ADDRESS}versi/2/pdf/",
        "/laporan/pasal24/2026-Q2/perbaiki/",
    ],
)
def test_what_does_not_exist_is_not_found(client_for, laporan, page):
    assert client_for(Role.KEPALA_BIDANG).get(page).status_code == 404


# -- The list ---------------------------------------------------------------------------


def test_the_list_shows_state_version_and_checksum(client_for, laporan):
    html = client_for(Role.KEPALA_BADAN).get("/laporan/").content.decode()
    assert "Triwulan III 2026" in html
    assert laporan.sha256_data[:12] in html
    assert reverse("reporting:laporan-pdf", args=["pasal24", "2026-Q3", 1]) in html
    assert "Terbitkan sekarang" not in html


def list_states(client):
    return [
        (row.periode.kode, row.laporan is not None)
        for row in client.get("/laporan/").context["status"]
    ]


def test_closed_periods_without_a_report_stand_in_the_list(
    client_for, laporan, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.now", lambda: wita(12, 31))
    client = client_for(Role.PRANATA_KOMPUTER)
    assert list_states(client) == [("2026-Q3", True)]
    later = wita(12, 31).replace(year=2027)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    client = client_for(Role.SEKRETARIS)
    assert list_states(client) == [
        ("2027-Q3", False),
        ("2027-Q2", False),
        ("2027-Q1", False),
        ("2026-Q4", False),
        ("2026-Q3", True),
    ]


@pytest.fixture
def missing(kantor_kecil, monkeypatch):
    """The office on 1 October, before its report is there."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: CUTOFF)


@pytest.mark.parametrize("role", sorted(READERS))
def test_only_publishers_get_the_button(client_for, missing, role):
    html = client_for(role).get("/laporan/").content.decode()
    assert "Belum terbit" in html
    assert ("Terbitkan sekarang" in html) == (role in PUBLISHERS)
    assert ("hubungi pranata komputer" in html) == (role not in PUBLISHERS)


def test_the_button_starts_a_job_and_the_list_says_so(client_for, missing):
    client = client_for(Role.KEPALA_BIDANG)
    answer = client.post(f"{ADDRESS}terbitkan/")
    job = Job.objects.get(kind=JobKind.PUBLISH)
    assert answer.url == job.get_absolute_url()
    assert client.get(answer.url).status_code == 200
    html = client.get("/laporan/").content.decode()
    assert "Sedang dibuat" in html
    assert "Terbitkan sekarang" not in html


def test_a_job_of_the_schedule_is_joined_not_doubled(client_for, missing):
    request_missing(per_saat=CUTOFF)
    # A kepala bidang may not see the system's jobs: the list tells instead.
    answer = client_for(Role.KEPALA_BIDANG).post(f"{ADDRESS}terbitkan/", follow=True)
    assert answer.redirect_chain[-1][0] == "/laporan/"
    assert "sedang dibuat" in answer.content.decode()
    assert Job.objects.count() == 1


def test_a_period_that_has_not_ended_is_refused_in_words(client_for, missing):
    answer = client_for(Role.PRANATA_KOMPUTER).post(
        "/laporan/pasal24/2026-Q4/terbitkan/", follow=True
    )
    assert "belum berakhir" in answer.content.decode()
    assert not Job.objects.exists()


# -- One report -------------------------------------------------------------------------


def read(client, bagian, address=ADDRESS):
    return client.get(address, {"bagian": bagian}).content.decode()


def test_each_part_shows_what_was_published(laporan, client_for):
    client = client_for(Role.AUDITOR)
    ringkasan = read(client, "ringkasan")
    assert "66,7\xa0%" in ringkasan
    assert "88 dari 127" in ringkasan
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in ringkasan
    assert "Akun tanpa data pegawai" in read(client, "pemakaian")
    assert "Keadaan per 1 Oktober 2026, 00.10 WITA." in read(client, "kelengkapan")
    belum_ada = read(client, "belum-ada")
    assert belum_ada.count("Belum ada data (data belum dicatat)") == 16
    arti = read(client, "arti")
    assert laporan.sha256_data in arti
    assert laporan.dokumen.sha256 in arti
    assert "konfirmasi Bagian Hukum/Diskominfo" in arti
    assert "88 dari 127" in read(client, "tidak-ada")


def test_an_older_version_says_that_it_was_replaced(client_for, laporan):
    correct_laporan(laporan=laporan, alasan=ALASAN, by=None, per_saat=wita(10, 9))
    client = client_for(Role.KEPALA_BIDANG)
    live = read(client, "ringkasan")
    assert "Perbaikan ke-1" in live
    assert ALASAN in live
    assert "sudah diganti" not in live
    old = read(client, "arti", f"{ADDRESS}versi/1/")
    assert "Versi ini sudah diganti" in old
    assert "Perbaiki</a>" not in old
    assert 'href="/laporan/pasal24/2026-Q3/"' in old
    assert "/laporan/pasal24/2026-Q3/versi/1/" in read(client, "arti")


def test_files_come_as_downloads_that_are_not_cached(client_for, laporan):
    client = client_for(Role.DISKOMINFO)
    pdf, data = (client.get(address) for address in FILES)
    assert pdf.content.startswith(b"%PDF-1.7")
    assert pdf["Content-Type"] == "application/pdf"
    assert json.loads(data.content)["periode"]["kode"] == "2026-Q3"
    for answer, suffix in ((pdf, "pdf"), (data, "json")):
        assert answer["Content-Disposition"] == (
            f'attachment; filename="laporan-pasal24-2026-q3.{suffix}"'
        )
        assert answer["Cache-Control"] == "private, no-store"


def test_a_damaged_file_is_told_on_the_page(client_for, laporan):
    laporan.dokumen.berkas.storage.delete(laporan.dokumen.berkas.name)
    answer = client_for(Role.KEPALA_BADAN).get(FILES[0], follow=True)
    assert answer.redirect_chain[-1][0] == ADDRESS
    assert "hilang atau berubah" in answer.content.decode()


# -- Correcting -------------------------------------------------------------------------


def test_a_correction_is_asked_for_with_a_reason(client_for, laporan):
    client = client_for(Role.KEPALA_BIDANG)
    refused = client.post(f"{ADDRESS}perbaiki/", {"alasan": "salah", "versi": 1})
    assert "tercetak pada laporan" in refused.content.decode()
    assert not PermintaanPerbaikan.objects.exists()
    answer = client.post(f"{ADDRESS}perbaiki/", {"alasan": ALASAN, "versi": 1})
    job = Job.objects.get(kind=JobKind.CORRECT)
    assert answer.url == job.get_absolute_url()


def test_a_form_opened_on_a_version_that_was_replaced_is_refused(client_for, laporan):
    correct_laporan(laporan=laporan, alasan=ALASAN, by=None, per_saat=wita(10, 9))
    answer = client_for(Role.PRANATA_KOMPUTER).post(
        f"{ADDRESS}perbaiki/", {"alasan": "Alasan yang lain lagi.", "versi": 1}
    )
    html = answer.content.decode()
    assert "versi 1 sudah diganti" in html
    assert "Alasan yang lain lagi." in html
    assert not PermintaanPerbaikan.objects.exists()


# -- Beranda ----------------------------------------------------------------------------


def test_leaders_find_the_report_on_beranda(client_for, laporan, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: CUTOFF)
    for role in Role:
        html = client_for(role).get("/").content.decode()
        is_told = "Laporan Triwulan III 2026 siap diunduh" in html
        assert is_told == (role in READERS), role


@pytest.mark.parametrize("role", sorted(READERS))
def test_publishers_find_on_beranda_that_it_is_missing(client_for, missing, role):
    html = client_for(role).get("/").content.decode()
    assert ("Terbitkan laporan Triwulan III 2026" in html) == (role in PUBLISHERS)


# -- Cost -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page", ["/", "/laporan/", *(f"{ADDRESS}?bagian={bagian}" for bagian in BAGIAN)]
)
def test_every_page_takes_at_most_12_queries(
    client_for, laporan, django_assert_max_num_queries, page
):
    client = client_for(Role.KEPALA_BIDANG)
    client.get("/akun/saya/")  # a session's first page also writes when it was opened
    with django_assert_max_num_queries(12):
        assert client.get(page).status_code == 200


def test_the_list_costs_the_same_for_many_periods(
    client_for, laporan, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_for(Role.KEPALA_BIDANG)
    client.get("/")  # a session's first page also writes when it was opened
    with django_assert_max_num_queries(12) as few:
        client.get("/laporan/")
    publish_many(laporan)
    with django_assert_num_queries(len(few)):
        assert len(client.get("/laporan/").context["status"]) >= 9


def publish_many(laporan):
    """Add the reports of two years before, each with a paper of its own."""
    periode = Q3
    for _ in range(8):
        periode = periode.previous()
        dokumen = type(laporan.dokumen).objects.create(
            jenis="laporan_pasal24", judul="Uji", berkas="x.pdf", sha256="0" * 64,
            ukuran_byte=1, data={},
        )  # fmt: skip
        LaporanTerbit.objects.create(
            jenis=JenisLaporan.PASAL24.value, periode=periode.kode,
            mulai=periode.mulai, selesai=periode.selesai, versi=1, dokumen=dokumen,
            sha256_data="0" * 64, published_at=CUTOFF,
        )  # fmt: skip


def test_one_report_costs_the_same_for_many_perangkat_daerah(
    client_for, laporan, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_for(Role.AUDITOR)
    client.get("/")  # a session's first page also writes when it was opened
    address = f"{ADDRESS}?bagian=kelengkapan"
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for _ in range(30):
        PegawaiFactory(di=UnitKerjaFactory())
    correct_laporan(laporan=laporan, alasan=ALASAN, by=None, per_saat=wita(10, 9))
    with django_assert_num_queries(len(few)):
        html = client.get(address).content.decode()
    assert html.count("<tr>") > 30


def test_a_portal_that_nobody_used_yet_owes_no_report(client_for, kantor):
    User.objects.update(created_at=timezone.now())
    client = client_for(Role.PRANATA_KOMPUTER)

    assert "Belum ada laporan." in client.get("/laporan/").content.decode()
    assert "Terbitkan laporan" not in client.get("/").content.decode()


@pytest.mark.parametrize("role", [Role.PRANATA_KOMPUTER, Role.AUDITOR])
def test_letter_that_goes_with_the_report_is_drafted_from_its_page(
    client_for, laporan, role
):
    person = PegawaiFactory(punya_akun=True)
    PejabatPenandatangan.objects.update_or_create(
        jenis_dokumen="surat_dinas",
        defaults={"pegawai": person, "jabatan": "Kepala Badan", "mulai": CUTOFF.date()},
    )
    client = client_for(role)
    shown = "Surat pengantar" in client.get(ADDRESS).content.decode()
    answer = client.post(f"{ADDRESS}surat-pengantar/")
    if role is Role.AUDITOR:
        assert answer.status_code == 403
        assert not shown
        return
    assert shown
    naskah = Naskah.objects.get()
    assert answer.url == naskah.get_absolute_url()
    assert naskah.data["kepada"]
    assert laporan.dokumen.kode_periksa in str(naskah.data["isi"])
    assert client.get(naskah.get_absolute_url()).status_code == 200
