"""Anybody can check a paper: by its code, by its file; what was replaced says so."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bkpsdmd.audit.models import Event
from bkpsdmd.documents import verification
from bkpsdmd.documents.models import AkhirDokumen, DokumenTerbit
from bkpsdmd.documents.services import replace_dokumen, revoke_dokumen, store_dokumen
from bkpsdmd.documents.tests.pdf import read_text
from bkpsdmd.exceptions import DomainError
from reporting.choices import JenisLaporan
from reporting.periode import Periode
from reporting.services import correct_laporan, publish_laporan

pytestmark = pytest.mark.django_db
URL = "/periksa/"
SAAT = dt.datetime(2026, 10, 5, 8, tzinfo=dt.UTC)


def make_paper(**other):
    fields = {
        "jenis": "uji",
        "judul": "Surat tentang Siti Contoh",
        "pdf": b"%PDF-1.7 isi",
        "data": {"isi": "contoh"},
        "by": None,
        "kode_periksa": verification.make_periksa()["kode"],
        "perihal_umum": "Surat keterangan",
        "pejabat": "Kepala Badan",
    }
    return store_dokumen(**{**fields, **other})


@pytest.fixture
def paper():
    return make_paper()


@pytest.fixture
def anybody():
    return Client()


def upload(client, content, **other):
    file = SimpleUploadedFile("surat.pdf", content, "application/pdf")
    return client.post(URL, {"berkas": file, **other}).content.decode()


def test_code_tells_what_the_paper_is_and_no_person(anybody, paper):
    html = anybody.get(f"{URL}{paper.kode_periksa}/").content.decode()
    for text in ("asli dan berlaku", "Surat keterangan", "Kepala Badan", paper.sha256):
        assert text in html
    assert "Siti" not in html


@pytest.mark.parametrize(
    "change", [str.lower, lambda kode: kode.replace("-", " "), lambda k: f" {k}\n"]
)
def test_code_may_be_typed_as_people_type(anybody, paper, change):
    html = anybody.post(URL, {"kode": change(paper.kode_periksa)}).content.decode()
    assert "asli dan berlaku" in html


def test_letters_that_look_like_digits_are_read_as_digits():
    assert verification.normalize_kode("ilo0-AAAA-BBBB-CCCC") == "1100-AAAA-BBBB-CCCC"
    assert verification.normalize_kode("0000-AAAA-BBBB-CCC") == ""
    assert verification.normalize_kode("UUUU-AAAA-BBBB-CCCC") == ""


def test_codes_are_of_80_random_bits():
    codes = {verification.make_periksa()["kode"] for _ in range(200)}
    assert len(codes) == 200
    assert len(verification.ALPHABET) ** verification.LENGTH == 2**80


def test_unknown_code_and_empty_form_are_told(anybody, paper):
    assert "Kode ini tidak dikenal" in anybody.post(URL, {"kode": "x"}).text
    assert "tidak dikenal" in anybody.get(f"{URL}0000-0000-0000-0000/").text
    assert "Ketik kode periksa" in anybody.post(URL, {}).text


def test_file_is_the_paper_to_the_last_byte(anybody, paper):
    assert "sama persis" in upload(anybody, b"%PDF-1.7 isi")
    assert "Berkas ini tidak dikenal" in upload(anybody, b"%PDF-1.7 isI")


def test_file_of_another_paper_does_not_fit_the_code(anybody, paper):
    other = make_paper(pdf=b"%PDF-1.7 lain")
    html = upload(anybody, b"%PDF-1.7 lain", kode=paper.kode_periksa)
    assert "Berkas ini tidak dikenal" in html
    assert "sama persis" in upload(anybody, b"%PDF-1.7 lain", kode=other.kode_periksa)


def test_papers_without_a_code_are_not_for_outsiders(anybody):
    make_paper(kode_periksa="")
    assert "Berkas ini tidak dikenal" in upload(anybody, b"%PDF-1.7 isi")


def test_revoked_paper_says_so(anybody, paper):
    revoke_dokumen(dokumen=paper, alasan="Salah orang", by=None)
    html = anybody.get(f"{URL}{paper.kode_periksa}/").content.decode()
    assert "tidak berlaku lagi" in html
    assert "Dicabut" in html
    assert Event.objects.filter(kind="dokumen.cabut").count() == 1
    with pytest.raises(DomainError, match="sudah dicabut atau diganti"):
        replace_dokumen(dokumen=paper, pengganti=make_paper(), alasan="Lagi", by=None)
    assert AkhirDokumen.objects.count() == 1


def test_end_of_a_paper_needs_a_reason_and_another_paper(paper):
    with pytest.raises(DomainError):
        revoke_dokumen(dokumen=paper, alasan=" ", by=None)
    with pytest.raises(DomainError):
        replace_dokumen(dokumen=paper, pengganti=paper, alasan="x", by=None)
    assert not AkhirDokumen.objects.exists()


def test_damaged_archive_is_told(anybody, paper):
    Path(paper.berkas.path).write_bytes(b"%PDF-1.7 lain isi")
    html = anybody.get(f"{URL}{paper.kode_periksa}/").content.decode()
    assert "arsipnya rusak" in html
    assert "asli dan berlaku" not in html


def test_many_questions_from_one_address_wait(anybody, paper):
    for _ in range(verification.TRIES):
        assert anybody.post(URL, {"kode": "x"}).status_code == 200
    assert anybody.post(URL, {"kode": "x"}).status_code == 429
    assert anybody.get(f"{URL}{paper.kode_periksa}/").status_code == 429
    # The page itself and other addresses are still served.
    assert anybody.get(URL).status_code == 200
    other = Client(REMOTE_ADDR="10.1.2.3")
    assert other.post(URL, {"kode": "x"}).status_code == 200


def test_report_prints_its_code_and_a_correction_replaces_it(anybody, settings, kantor):
    settings.ALAMAT_PORTAL = "https://portal.contoh.go.id"
    laporan = publish_laporan(
        jenis=JenisLaporan.PASAL24,
        periode=Periode.parse("2026-Q3"),
        by=None,
        per_saat=SAAT,
    )
    dokumen = laporan.dokumen
    with dokumen.berkas.open("rb") as file:
        content = file.read()
    text = read_text(content)
    assert dokumen.kode_periksa in text
    assert "https://portal.contoh.go.id/periksa/" in text
    assert "sama persis" in upload(anybody, content)

    new = correct_laporan(
        laporan=laporan, alasan="Angka akun keliru", by=None, per_saat=SAAT
    )
    html = upload(anybody, content)
    assert "tidak berlaku lagi" in html
    assert f"{URL}{new.dokumen.kode_periksa}/" in html
    assert "Angka akun keliru" in html
    assert DokumenTerbit.objects.exclude(kode_periksa="").count() == 2
