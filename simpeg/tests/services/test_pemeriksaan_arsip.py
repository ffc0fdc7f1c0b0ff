"""The weekly check goes through papers too: those numbered and those issued."""

import datetime as dt
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.documents.models import BerkasCacat, Naskah, StatusNaskah
from bkpsdmd.documents.services import ensure_kantor, store_dokumen, take_nomor
from bkpsdmd.documents.verification import make_kode
from simpeg.models import PemeriksaanArsip
from simpeg.services import pemeriksaan_arsip
from simpeg.services.pemeriksaan_arsip import check_satu, check_semua
from simpeg.tests.actors import make_user
from simpeg.tests.factories import BerkasArsipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def arsip(pegawai):
    """One whole file in the archive."""
    return BerkasArsipFactory(
        pegawai=pegawai,
        berkas=ContentFile(b"%PDF-ijazah", name="a.pdf"),
        sha256=hashlib.sha256(b"%PDF-ijazah").hexdigest(),
    )


@pytest.fixture
def papers(kantor):
    """A numbered paper that waits, one issued from it, and a report without a draft."""
    ensure_kantor()
    nomor = [
        take_nomor(jenis="surat", tanggal=dt.date(2026, 1, 5), perihal="Hal", by=None)
        for _ in range(2)
    ]
    naskah = Naskah(
        jenis="surat_keterangan",
        judul="Surat keterangan Siti Rahasia",
        perihal_umum="Surat keterangan status kepegawaian",
        status=StatusNaskah.BERNOMOR,
        data={},
        templat="naskah_dinas",
        versi_templat=1,
        cara="lokal",
        nomor=nomor[0],
        numbered_at=timezone.now(),
        kode_periksa=make_kode(),
        created_by=kantor.pengelola.user,
        sha256=hashlib.sha256(b"%PDF-bernomor").hexdigest(),
    )
    naskah.berkas.save("a.pdf", ContentFile(b"%PDF-bernomor"), save=False)
    naskah.save()
    # A draft has no file to be checked.
    Naskah.objects.create(
        jenis="surat_keterangan",
        judul="Draf",
        perihal_umum="Draf",
        data={},
        templat="naskah_dinas",
        versi_templat=1,
        created_by=kantor.pengelola.user,
    )
    laporan = store_dokumen(
        jenis="laporan",
        judul="Laporan",
        perihal_umum="Laporan berkala",
        pdf=b"%PDF-terbit",
        data={"bulan": 1},
        by=None,
        nomor=nomor[1],
    )
    return naskah, laporan


def overwrite(field, content=b"lumpur"):
    with default_storage.open(field.name, "wb") as stored:
        stored.write(content)


def test_papers_are_checked_with_the_archive(arsip, papers):
    naskah, laporan = papers
    overwrite(naskah.berkas)
    default_storage.delete(laporan.berkas.name)

    walk = check_semua()

    assert (walk.jumlah, walk.utuh, walk.rusak, walk.hilang) == (3, 1, 1, 1)
    assert BerkasCacat.objects.get(naskah=naskah).hasil == "rusak"
    assert BerkasCacat.objects.get(dokumen=laporan).hasil == "hilang"
    # Restored from the backup, and said no more.
    overwrite(naskah.berkas, b"%PDF-bernomor")
    default_storage.save(laporan.berkas.name, ContentFile(b"%PDF-terbit"))
    assert check_semua().utuh == 3
    assert not BerkasCacat.objects.exists()


@pytest.mark.parametrize("stop_at", [1, 2, 3])
def test_walk_through_papers_goes_on_where_it_stopped(
    arsip, papers, monkeypatch, stop_at
):
    naskah, laporan = papers
    overwrite(laporan.berkas)
    overwrite(naskah.berkas)

    def stop(done, total, pesan):
        assert total == 3
        if done == stop_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_semua(progress=stop)
    walk = PemeriksaanArsip.objects.get()
    assert (walk.jumlah, walk.selesai_at) == (stop_at - 1, None)
    read = []
    monkeypatch.setattr(
        pemeriksaan_arsip,
        "check_satu",
        lambda path, sha256: read.append(path) or check_satu(path, sha256),
    )

    walk = check_semua()

    assert (walk.jumlah, walk.utuh, walk.rusak) == (3, 1, 2)
    assert len(read) == 3 - (stop_at - 1)
    assert PemeriksaanArsip.objects.count() == 1
    assert BerkasCacat.objects.count() == 2


def test_paper_set_anew_during_the_walk_is_no_finding(papers, monkeypatch):
    naskah, _ = papers
    old = naskah.berkas.name

    def check(path, sha256):
        if path == old:
            # Another way of signing: the file is made anew and the old one deleted.
            default_storage.delete(old)
            naskah.berkas.save("b.pdf", ContentFile(b"%PDF-lain"), save=False)
            naskah.sha256 = hashlib.sha256(b"%PDF-lain").hexdigest()
            naskah.save()
        return check_satu(path, sha256)

    monkeypatch.setattr(pemeriksaan_arsip, "check_satu", check)

    assert check_semua().utuh == 2


def test_damaged_papers_are_named_without_a_person(client_for, papers):
    naskah, laporan = papers
    overwrite(naskah.berkas)
    overwrite(laporan.berkas)
    check_semua()
    address = reverse("simpeg:arsip-pemeriksaan")

    seen = {
        role: client_for(make_user(role)).get(address).content.decode()
        for role in (Role.VERIFIKATOR, Role.PRANATA_KOMPUTER)
    }

    for html in seen.values():
        assert "2 berkas rusak atau hilang" in html
        for words in (naskah.nomor.nomor, "Laporan berkala", laporan.berkas.name):
            assert words in html
        assert "Siti Rahasia" not in html
    link = f'href="{naskah.get_absolute_url()}"'
    assert link in seen[Role.VERIFIKATOR]
    assert link not in seen[Role.PRANATA_KOMPUTER]
    home = client_for(make_user(Role.ADMIN)).get("/").content.decode()
    assert "2 berkas rusak atau hilang" in home


def test_page_of_findings_takes_as_many_queries_for_many(client_for, papers):
    def count():
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    client = client_for(make_user(Role.VERIFIKATOR))
    address = reverse("simpeg:arsip-pemeriksaan")
    overwrite(papers[0].berkas)
    check_semua()
    client.get(address)
    one = count()
    for n in range(5):
        laporan = store_dokumen(
            jenis="laporan", judul=f"L {n}", pdf=b"%PDF-", data={"n": n}, by=None
        )
        overwrite(laporan.berkas)
    check_semua()

    assert count() == one
