"""Letters for many: drafted, numbered, signed and handed out as one bundle."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.models import (
    DokumenTerbit,
    Naskah,
    NomorDokumen,
    PaketNaskah,
    PenandatanganNaskah,
    StatusNaskah,
)
from bkpsdmd.documents.naskah import paket as bundles
from bkpsdmd.documents.naskah.services import assign_many, change_cara
from bkpsdmd.documents.naskah.signing import sign_many
from bkpsdmd.documents.panels import panel_naskah
from bkpsdmd.documents.services import ensure_kantor
from bkpsdmd.documents.tests.pdf import open_pdf
from bkpsdmd.documents.tte.titipan import leave_frasa, read_frasa
from bkpsdmd.documents.tte.validation import check_signatures
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from simpeg.models import BarisTindakan, KeadaanPegawai, SuratPegawai
from simpeg.services.surat import request_surat_massal
from simpeg.tests.actors import make_penandatangan, make_user
from simpeg.tests.factories import PegawaiFactory

BANYAK = 7  # two chunks


@pytest.fixture(autouse=True)
def chunks(monkeypatch):
    monkeypatch.setattr(bundles, "POTONG", 4)


@pytest.fixture
def kepala(kantor):
    """The head, who signs letters."""
    ensure_kantor()
    return make_penandatangan(kantor, "surat_keterangan")


@pytest.fixture
def paket(kantor, kepala, verifikator):
    """Drafts for the people of the dinas and one who left, from a job that ran."""
    for _ in range(BANYAK - 3):
        PegawaiFactory(di=kantor.bidang)
    gone = PegawaiFactory(nama="Pergi", di=kantor.bidang)
    KeadaanPegawai.objects.filter(pegawai=gone).update(is_aktif=False)
    request_surat_massal(
        rows=KeadaanPegawai.objects.filter(opd=kantor.dinas).order_by("pk"),
        keperluan="pendaftaran BPJS",
        by=verifikator,
        per_tanggal=timezone.localdate(),
    )
    run()
    return PaketNaskah.objects.get()


def run():
    job = Job.objects.latest("created_at")
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "selesai", job.error
    return job


def quiet(done, total, pesan=""):
    """Take no notice of progress."""


def states(paket):
    return sorted(set(paket.naskah_set.values_list("status", flat=True)))


def test_everybody_gets_a_draft_or_a_reason(paket):
    assert paket.naskah_set.count() == BANYAK
    refused = BarisTindakan.objects.get(hasil="ditolak")
    assert "tidak aktif lagi" in refused.keterangan
    assert Job.objects.get().result_url == paket.get_absolute_url()


def test_bundle_is_numbered_signed_and_handed_out(client, paket, kepala, verifikator):
    bundles.request_nomor(paket=paket, by=verifikator)
    run()
    numbers = list(NomorDokumen.objects.order_by("urut").values_list("urut", flat=True))
    assert numbers == list(range(1, BANYAK + 1))
    assert not paket.naskah_set.filter(berkas="").exists()

    bundles.request_ttd(paket=paket, by=kepala.user, frasa_sandi="")
    run()
    assert states(paket) == [StatusNaskah.DITANDATANGANI]
    assert DokumenTerbit.objects.count() == BANYAK
    signed = Event.objects.filter(kind="naskah.tandatangan")
    assert signed.count() == BANYAK
    assert signed.values("batch").distinct().count() == 1

    bundles.request_unduh(paket=paket, bentuk="zip", by=verifikator)
    job = run()
    with zipfile.ZipFile(io.BytesIO(_content(job))) as archive:
        assert len(archive.namelist()) == BANYAK
        (found,) = check_signatures(archive.read(archive.namelist()[0]))
        assert found.is_sah
    bundles.request_unduh(paket=paket, bentuk="gabung", by=verifikator)
    with open_pdf(_content(run())) as pdf:
        assert len(pdf.pages) >= BANYAK
    client.force_login(verifikator)
    page = client.get(paket.get_absolute_url())
    assert page.context["menunggu"] == 0
    assert not page.context["can_number"]


def _content(job):
    with job.file.open("rb") as file:
        return file.read()


def test_killed_numbering_goes_on_where_it_stopped(paket, verifikator, monkeypatch):
    def number(progress):
        return bundles.number_paket(
            paket=paket,
            by=verifikator,
            tanggal=timezone.localdate(),
            now=timezone.now(),
            batch="x",
            progress=progress,
        )

    def killed(done, total, pesan=""):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        number(killed)
    assert NomorDokumen.objects.count() == bundles.POTONG
    with monkeypatch.context() as patch:

        def no_file(papers, *, now):
            raise KeyboardInterrupt

        patch.setattr(bundles, "ensure_berkas", no_file)
        with pytest.raises(KeyboardInterrupt):
            number(quiet)
    number(quiet)
    assert NomorDokumen.objects.count() == BANYAK, "no number twice, none unexplained"
    assert not paket.naskah_set.filter(berkas="").exists()
    assert number(quiet) == 0


def test_killed_signing_goes_on_at_once_and_issues_each_paper_once(
    paket, kepala, verifikator, monkeypatch
):
    bundles.request_nomor(paket=paket, by=verifikator)
    run()

    def sign(batch):
        return bundles.sign_paket(
            paket=paket,
            by=kepala.user,
            now=timezone.now,
            frasa_sandi="",
            batch=batch,
            progress=quiet,
        )

    def killed(**kwargs):
        sign_many(**{**kwargs, "papers": kwargs["papers"][:1]})
        bundles_claim(kwargs)
        raise KeyboardInterrupt

    def bundles_claim(kwargs):
        # What a worker leaves that dies while the service signs.
        from bkpsdmd.documents.naskah.signing import _claim

        _claim(kwargs["papers"][1:3], by=kwargs["by"], now=kwargs["now"], batch="satu")

    with monkeypatch.context() as patch:
        patch.setattr(bundles, "sign_many", killed)
        with pytest.raises(KeyboardInterrupt):
            sign("satu")
    assert DokumenTerbit.objects.count() == 1
    with pytest.raises(DomainError, match="sedang ditandatangani"):
        sign("pekerjaan lain")
    assert sign("satu") == BANYAK - 1
    assert DokumenTerbit.objects.count() == BANYAK


def test_letter_about_the_signer_does_not_hold_up_the_others(
    paket, kepala, kantor, verifikator
):
    first = paket.naskah_set.order_by("pk")[0]
    SuratPegawai.objects.filter(naskah=first).update(pegawai=kepala)
    bundles.request_nomor(paket=paket, by=verifikator)
    run()

    bundles.request_ttd(paket=paket, by=kepala.user, frasa_sandi="")
    job = run()

    assert job.result == {"jumlah": BANYAK - 1, "sisa": 1}
    assert "1 tidak, karena Anda susun sendiri atau tentang Anda" in job.message
    assert [n.pk for n in bundles.list_waiting(paket, kepala.user)] == [first.pk]


def test_official_with_two_posts_signs_the_bundle_in_one_go(paket, kepala, verifikator):
    some = paket.naskah_set.order_by("pk").values("pk")[1:3]
    PenandatanganNaskah.objects.filter(
        naskah__in=list(some.values_list("pk", flat=True))
    ).update(jabatan="Plt. Sekretaris")
    bundles.request_nomor(paket=paket, by=verifikator)
    run()

    bundles.request_ttd(paket=paket, by=kepala.user, frasa_sandi="")

    assert run().result == {"jumlah": BANYAK, "sisa": 0}
    assert DokumenTerbit.objects.filter(pejabat="Plt. Sekretaris").count() == 2


def test_queries_of_numbering_do_not_grow_with_the_papers(paket, verifikator):
    def number(count):
        papers = list(paket.naskah_set.filter(nomor=None).order_by("pk")[:count])
        with CaptureQueriesContext(connection) as found:
            assign_many(
                papers=papers,
                tanggal=timezone.localdate(),
                by=verifikator,
                now=timezone.now(),
            )
        return len(found)

    number(1)  # what is read once is read now
    assert number(1) == number(BANYAK - 2)


def test_only_the_named_official_signs_and_only_who_may_number_numbers(
    client, paket, kepala, verifikator, kantor
):
    for user in (verifikator, make_user(Role.AUDITOR)):
        with pytest.raises(DomainError, match="menunggu tanda tangan Anda"):
            bundles.request_ttd(paket=paket, by=user, frasa_sandi="")
    client.force_login(kantor.orang_luar.user)
    address = reverse("documents:paket-detail", args=[paket.pk])
    assert client.get(address).status_code == 404
    client.force_login(kantor.pengelola.user)
    assert client.get(address).status_code == 200
    number = reverse("documents:paket-number", args=[paket.pk])
    assert client.post(number).status_code == 403


def test_page_to_sign_a_bundle_with_nothing_left_leads_back(client, paket, kepala):
    client.force_login(kepala.user)
    answer = client.get(reverse("documents:paket-sign", args=[paket.pk]))
    assert answer.url == paket.get_absolute_url()


def test_passphrase_on_its_way_is_encrypted_and_gone_afterwards(
    paket, kepala, verifikator, settings
):
    from django.core.cache import cache

    bundles.request_nomor(paket=paket, by=verifikator)
    run()
    job = bundles.request_ttd(
        paket=paket, by=kepala.user, frasa_sandi="frasa rahasia sekali"
    )
    assert "rahasia" not in f"{job.params}{job.label}"
    assert b"rahasia" not in cache.get(f"documents.titipan:{job.pk}")
    assert read_frasa(job.pk) == "frasa rahasia sekali"
    run()
    assert read_frasa(job.pk) == ""
    leave_frasa(job.pk, "")
    assert cache.get(f"documents.titipan:{job.pk}") is None


def test_bsre_job_without_its_passphrase_says_start_again(
    paket, kepala, verifikator, settings
):
    settings.TTE, settings.BSRE_ALAMAT = "bsre", "http://bsre.invalid"
    bundles.request_nomor(paket=paket, by=verifikator)
    run()
    with pytest.raises(DomainError, match="mulai lagi"):
        bundles.sign_paket(
            paket=paket,
            by=kepala.user,
            now=timezone.now,
            frasa_sandi="",
            batch="x",
            progress=quiet,
        )
    assert states(paket) == [StatusNaskah.BERNOMOR]


def test_bundle_goes_on_past_what_the_signer_may_not_sign(paket, kepala, verifikator):
    """One letter drafted by the signer, one about them, one printed and signed by hand."""
    run_number(paket, verifikator)
    mine, about, wet = paket.naskah_set.order_by("pk")[:3]
    Naskah.objects.filter(pk=mine.pk).update(created_by=kepala.user)
    SuratPegawai.objects.filter(naskah=about).update(pegawai=kepala)
    change_cara(
        naskah=wet, cara="basah", alasan="dicetak", by=verifikator, now=timezone.now()
    )
    bundles.request_ttd(paket=paket, by=kepala.user, frasa_sandi="")
    job = run()
    assert job.result == {"jumlah": BANYAK - 3, "sisa": 2}
    waiting = paket.naskah_set.filter(status=StatusNaskah.BERNOMOR)
    assert set(waiting) == {mine, about, wet}


def test_bundle_with_two_posts_of_one_signer_is_signed_at_once(
    paket, kepala, verifikator
):
    run_number(paket, verifikator)
    first = paket.naskah_set.order_by("pk")[0]
    first.penandatangan_set.update(jabatan="Plt. Kepala Badan")
    bundles.request_ttd(paket=paket, by=kepala.user, frasa_sandi="")
    assert run().result["jumlah"] == BANYAK
    assert states(paket) == [StatusNaskah.DITANDATANGANI]


def test_bundle_is_numbered_for_signing_by_hand_where_a_signer_has_no_account(
    client, paket, kepala, verifikator
):
    PenandatanganNaskah.objects.update(user=None)
    client.force_login(verifikator)
    address = reverse("documents:paket-number", args=[paket.pk])
    page = client.get(address).content.decode()
    assert "hanya tanda tangan basah" in page
    client.post(address, {"cara": "basah"})
    run()
    assert set(paket.naskah_set.values_list("cara", flat=True)) == {"basah"}


def run_number(paket, by):
    bundles.request_nomor(paket=paket, by=by)
    run()


def test_bundle_is_one_line_on_beranda(paket, kepala, verifikator):
    run_number(paket, verifikator)
    panel = panel_naskah(kepala.user, timezone.localdate())
    (item,) = panel.items
    assert item.url == paket.get_absolute_url()
    assert f"{BANYAK} naskah" in item.keterangan


def test_bundle_offers_only_files_there_are(client, paket, kepala, verifikator):
    client.force_login(verifikator)
    page = client.get(paket.get_absolute_url())
    assert page.context["bentuk"] == []
    bundles.request_nomor(paket=paket, by=verifikator, cara="basah")
    run()
    page = client.get(paket.get_absolute_url())
    assert [kunci for kunci, _ in page.context["bentuk"]] == ["gabung"]
