"""The weekly check goes through papers too: those numbered and those issued."""

import datetime as dt
import hashlib
import os
from unittest import mock

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import FileField, QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.documents import yatim
from bkpsdmd.documents.models import (
    BerkasCacat,
    DokumenTerbit,
    Naskah,
    PenandatanganNaskah,
    StatusNaskah,
)
from bkpsdmd.documents.services import ensure_kantor, store_dokumen
from bkpsdmd.documents.tests.nomor import take_nomor
from bkpsdmd.documents.verification import make_kode
from bkpsdmd.jobs.models import FOLDER as JOBS
from bkpsdmd.jobs.models import Job
from simpeg.models import BerkasArsip, PemeriksaanArsip
from simpeg.services import pemeriksaan_arsip
from simpeg.services.pemeriksaan_arsip import check_satu, check_semua
from simpeg.tests.actors import make_user
from simpeg.tests.factories import BerkasArsipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


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


@pytest.fixture
def antara(papers):
    """What the first of two signers made of the paper that waits."""
    naskah, _ = papers
    first, _ = (
        PenandatanganNaskah.objects.create(
            naskah=naskah, urutan=urutan, jabatan="Kepala", nama="Siti Rahasia"
        )
        for urutan in (1, 2)
    )
    first.signed_at = timezone.now()
    first.sha256 = hashlib.sha256(b"%PDF-diparaf").hexdigest()
    first.berkas.save("a.pdf", ContentFile(b"%PDF-diparaf"))
    return first


def test_file_between_two_signers_is_checked_as_long_as_it_is_needed(
    client_for, papers, antara
):
    naskah, laporan = papers
    assert check_semua().utuh == 3
    overwrite(antara.berkas)

    assert check_semua().rusak == 1

    assert BerkasCacat.objects.get().penandatangan == antara
    html = (
        client_for(make_user(Role.VERIFIKATOR))
        .get(reverse("simpeg:arsip-pemeriksaan"))
        .content.decode()
    )
    for words in (naskah.nomor.nomor, antara.berkas.name, "sesudah tanda tangan ke-1"):
        assert words in html
    assert "Siti Rahasia" not in html
    # All signed: the issued paper holds everything, and is checked itself.
    naskah.status, naskah.dokumen = StatusNaskah.DITANDATANGANI, laporan
    naskah.save()
    assert check_semua().utuh == 2
    assert not BerkasCacat.objects.exists()


def test_file_between_two_signers_of_before_need_only_be_there(papers, antara):
    PenandatanganNaskah.objects.filter(pk=antara.pk).update(sha256="")
    assert check_semua().utuh == 3

    default_storage.delete(antara.berkas.name)

    assert check_semua().hilang == 1


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


class TestYatim:
    """Files that no row names, left by a worker that was killed."""

    @staticmethod
    def leave(name, *, days=3):
        stored = default_storage.save(name, ContentFile(b"%PDF-yatim"))
        at = (timezone.now() - dt.timedelta(days=days)).timestamp()
        os.utime(default_storage.path(stored), (at, at))
        return stored

    @staticmethod
    def file(pegawai, name):
        BerkasArsipFactory(
            pegawai=pegawai, berkas=name, ukuran_byte=1, sha256=f"{1:064}"
        )

    @pytest.fixture(autouse=True)
    def old(self, arsip, papers):
        """Make what rows name as old as what none does."""
        fields = [arsip.berkas, *(paper.berkas for paper in papers)]
        for field in fields:
            os.utime(default_storage.path(field.name), (0, 0))
        return [field.name for field in fields]

    def test_gone_at_the_second_look_and_never_at_the_first(self, old):
        lost = [
            self.leave("naskah/ab/satu.pdf"),
            self.leave("dokumen/ab/dua.pdf"),
            self.leave("arsip/ab/tiga"),
        ]
        lambang = self.leave("lambang/ab/empat.png")

        first = check_semua()
        assert (first.tanpa_catatan, first.dihapus) == (3, 0)
        assert all(default_storage.exists(name) for name in lost)
        second = check_semua()

        assert (second.tanpa_catatan, second.dihapus, second.yatim) == (3, 3, [])
        assert not any(default_storage.exists(name) for name in lost)
        assert all(default_storage.exists(name) for name in [*old, lambang])
        event = Event.objects.get(kind="arsip.bersihkan")
        assert all(name in event.changes["berkas"][0] for name in lost)
        third = check_semua()
        assert (third.tanpa_catatan, third.dihapus) == (0, 0)

    def test_upload_that_is_under_way_is_not_looked_at(self):
        young = self.leave("arsip/ab/baru", days=1)

        assert check_semua().yatim == []
        assert check_semua().dihapus == 0

        assert default_storage.exists(young)

    def test_file_whose_row_came_between_two_looks_stays(self, pegawai):
        """However old its file was: the row counts, and is read after the files."""
        late = self.leave("arsip/ab/telat")
        assert check_semua().yatim == [late]
        self.file(pegawai, late)

        assert check_semua().dihapus == 0

        assert default_storage.exists(late)

    def test_row_that_comes_while_files_are_listed_counts(self, pegawai, monkeypatch):
        late = self.leave("arsip/ab/telat")
        assert check_semua().yatim == [late]
        is_old = yatim._is_old

        def look(name, before):
            if name == late:
                self.file(pegawai, late)
            return is_old(name, before)

        monkeypatch.setattr(yatim, "_is_old", look)

        assert check_semua().dihapus == 0
        assert default_storage.exists(late)

    def test_another_database_deletes_nothing(self, client_for, monkeypatch):
        monkeypatch.setattr(yatim, "BATAS", 2)
        # As many as rows name: how much an office has stored makes no loss likelier.
        lost = [self.leave(f"arsip/ab/{n}") for n in range(3)]

        walks = [check_semua(), check_semua(), check_semua()]

        assert [(w.tanpa_catatan, w.dihapus, w.ditahan) for w in walks] == [
            (3, 0, 3)
        ] * 3
        assert all(default_storage.exists(name) for name in lost)
        html = client_for(make_user(Role.PRANATA_KOMPUTER)).get(
            reverse("simpeg:arsip-pemeriksaan")
        )
        assert "3 berkas tidak disebut catatan mana pun" in html.content.decode()

    def test_database_without_a_single_file_deletes_nothing(self, arsip, papers):
        lost = self.leave("impor/satu")
        check_semua()
        BerkasArsip.objects.all().delete()
        Naskah.objects.all().delete()
        QuerySet(DokumenTerbit).delete()

        assert check_semua().dihapus == 0
        assert check_semua().dihapus == 0

        assert default_storage.exists(lost)

    def test_killed_before_deleting_it_goes_on_with_the_next_walks(self, monkeypatch):
        lost = self.leave("naskah/ab/satu.pdf")
        check_semua()
        with monkeypatch.context() as patch:
            patch.setattr(
                pemeriksaan_arsip.default_storage,
                "delete",
                mock.Mock(side_effect=KeyboardInterrupt),
            )
            with pytest.raises(KeyboardInterrupt):
                check_semua()
        assert default_storage.exists(lost)

        check_semua()
        check_semua()

        assert not default_storage.exists(lost)

    def test_page_tells_what_was_cleared_up(self, client_for):
        self.leave("naskah/ab/satu.pdf")
        check_semua()
        page = client_for(make_user(Role.PRANATA_KOMPUTER))
        address = reverse("simpeg:arsip-pemeriksaan")
        assert "1 ditemukan" in page.get(address).content.decode()
        check_semua()

        html = page.get(address).content.decode()

        assert "1 dihapus" in html


def test_every_folder_of_files_is_cleared_up_by_somebody():
    """A model that stores files in a new folder must say who clears it up."""
    folders = {
        field.generate_filename(model(), "a.pdf" if model is not Job else "a")
        .partition("/")[0]
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField) and field.name != "lambang"
    }  # fmt: skip

    assert folders == {*yatim.FOLDER, JOBS}
