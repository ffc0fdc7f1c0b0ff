"""A paper's way from draft to signature, and what may befall it on the way."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.audit.models import Event
from bkpsdmd.documents import jenis
from bkpsdmd.documents.models import (
    CaraTtd,
    DokumenTerbit,
    Naskah,
    NomorDokumen,
    PercobaanTtd,
    StatusNaskah,
    StatusNomor,
)
from bkpsdmd.documents.naskah import services, signing
from bkpsdmd.documents.naskah.rendering import ensure_berkas, render_draf
from bkpsdmd.documents.naskah.selectors import forget_awaited, is_awaited
from bkpsdmd.documents.naskah.services import (
    assign_many,
    assign_nomor,
    attach_scan,
    cancel_naskah,
    change_cara,
    list_cara,
    number_naskah,
    update_draft,
)
from bkpsdmd.documents.naskah.signing import sign_many, sign_naskah
from bkpsdmd.documents.services import ensure_kantor, revoke_dokumen
from bkpsdmd.documents.tests.naskah import (  # noqa: F401
    JENIS,
    NOW,
    TODAY,
    draft,
    jenis_uji,
    numbered,
    penandatangan,
)
from bkpsdmd.documents.tests.pdf import read_text
from bkpsdmd.documents.tte.penyedia import (
    TteRefusedError,
    TteUnavailableError,
    TteUncertainError,
)
from bkpsdmd.documents.tte.validation import check_signatures
from bkpsdmd.exceptions import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kantor():
    ensure_kantor()


@pytest.fixture
def clerk():
    return UserFactory()


@pytest.fixture
def head():
    return UserFactory()


class Service:
    """Stands in for what signs: does as it is told, and counts."""

    def __init__(self, error=None):
        self.error, self.calls = error, 0

    def sign(self, pdfs, penanda):
        self.calls += 1
        if self.error:
            raise self.error
        return [pdf + b"%ditandatangani\n" for pdf in pdfs]


@pytest.fixture
def service(monkeypatch):
    service = Service()
    monkeypatch.setattr(signing, "get_penyedia", lambda cara: service)
    return service


def read(file):
    with file.open("rb") as opened:
        return opened.read()


def kinds():
    return list(
        Event.objects.filter(kind__startswith="naskah.")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


# -- Draft ------------------------------------------------------------------------------


def test_draft_prints_a_watermark_and_no_number(clerk, head):
    naskah = draft(clerk, [head])
    text = read_text(render_draf(naskah, now=NOW))
    assert "DRAF" in text
    assert "diisisaatdinomori" in text
    assert not NomorDokumen.objects.exists()


def test_draft_may_be_written_anew_until_it_has_a_number(clerk, head):
    naskah = draft(clerk, [head])
    new = {
        "judul": "Surat Lain",
        "perihal_umum": "Surat lain",
        "data": naskah.data,
        "penandatangan": [penandatangan(head, jabatan="Sekretaris")],
        "by": clerk,
    }
    naskah = update_draft(naskah=naskah, **new)
    assert naskah.penandatangan_set.get().jabatan == "Sekretaris"
    number_naskah(naskah=naskah, tanggal=TODAY, by=clerk, now=NOW)
    with pytest.raises(DomainError, match="sudah bernomor"):
        update_draft(naskah=naskah, **new)


@pytest.mark.parametrize(
    ("signers", "pesan"), [(0, "Belum ada"), (4, "paling banyak 3")]
)
def test_none_or_too_many_signers_are_refused(clerk, signers, pesan):
    with pytest.raises(DomainError, match=pesan):
        draft(clerk, [UserFactory() for _ in range(signers)])
    assert not Naskah.objects.exists()


# -- Number -----------------------------------------------------------------------------


def test_number_freezes_the_paper_and_makes_its_file_once(clerk, head):
    naskah = numbered(clerk, [head])
    first = read(naskah.berkas)
    text = read_text(first)
    assert naskah.nomor.nomor.replace(" ", "") in text
    assert naskah.kode_periksa in text
    assert "Ditandatanganisecaraelektronik" in text
    assert "DRAF" not in text
    ensure_berkas([Naskah.objects.get(pk=naskah.pk)], now=NOW + dt.timedelta(days=9))
    again = Naskah.objects.get(pk=naskah.pk)
    assert (again.berkas.name, read(again.berkas)) == (naskah.berkas.name, first)
    with pytest.raises(DomainError, match="sudah dinomori"):
        number_naskah(naskah=naskah, tanggal=TODAY, by=clerk, now=NOW)
    assert NomorDokumen.objects.count() == 1


def test_many_are_numbered_in_the_order_they_were_drafted(clerk, head):
    papers = [draft(clerk, [head], judul=f"Surat {n}") for n in range(3)]
    assign_many(papers=papers[::-1], tanggal=TODAY, by=clerk, now=NOW)
    nomor = [Naskah.objects.get(pk=one.pk).nomor.urut for one in papers]
    assert nomor == sorted(nomor)


def test_print_of_an_unsigned_paper_does_not_say_it_was_signed(clerk, head):
    text = read_text(render_draf(numbered(clerk, [head]), now=NOW))
    assert "Belumditandatangani" in text
    assert "Ditandatanganisecaraelektronik" not in text


def test_two_files_made_at_once_leave_one(clerk, head):
    naskah = draft(clerk, [head])
    assign_nomor(naskah=naskah, tanggal=TODAY, by=clerk, now=NOW)
    satu, dua = Naskah.objects.get(pk=naskah.pk), Naskah.objects.get(pk=naskah.pk)
    ensure_berkas([satu], now=NOW)
    storage, before = satu.berkas.storage, satu.berkas.name
    ensure_berkas([dua], now=NOW)
    assert dua.berkas.name == before
    assert Naskah.objects.get(pk=naskah.pk).berkas.name == before
    assert storage.exists(before)


def test_worker_killed_between_number_and_signature_leaves_one_outcome(
    clerk, head, monkeypatch
):
    naskah = draft(clerk, [head])

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(services, "ensure_berkas", killed)
        with pytest.raises(KeyboardInterrupt):
            number_naskah(naskah=naskah, tanggal=TODAY, by=clerk, now=NOW)
    naskah = Naskah.objects.get(pk=naskah.pk)
    assert naskah.status == StatusNaskah.BERNOMOR
    assert not naskah.berkas
    naskah = sign_naskah(naskah=naskah, by=head, now=NOW)
    assert naskah.status == StatusNaskah.DITANDATANGANI
    assert NomorDokumen.objects.get().dokumen == naskah.dokumen


def test_signer_without_account_cannot_sign_electronically(clerk):
    naskah = draft(clerk, [None])
    with pytest.raises(DomainError, match="belum mempunyai akun"):
        number_naskah(naskah=naskah, tanggal=TODAY, by=clerk, now=NOW, cara="lokal")
    assert not NomorDokumen.objects.exists()
    number_naskah(naskah=naskah, tanggal=TODAY, by=clerk, now=NOW, cara="basah")


def test_bsre_is_no_way_where_it_is_not_connected(clerk, head):
    naskah = draft(clerk, [head])
    assert list_cara(Naskah.objects.filter(pk=naskah.pk)) == ["lokal", "basah"]
    with pytest.raises(DomainError, match="belum disambungkan"):
        number_naskah(naskah=naskah, tanggal=TODAY, by=clerk, now=NOW, cara="bsre")
    assert not NomorDokumen.objects.exists()
    naskah = numbered(clerk, [head])
    with pytest.raises(DomainError, match="belum disambungkan"):
        change_cara(naskah=naskah, cara="bsre", alasan="coba", by=clerk, now=NOW)


def test_ways_are_those_all_signers_can_go(clerk, head, settings):
    settings.BSRE_ALAMAT, settings.TTE = "http://bsre.invalid", "bsre"
    draft(clerk, [head])
    assert list_cara(Naskah.objects.all()) == ["bsre", "lokal", "basah"]
    draft(clerk, [head, None])
    assert list_cara(Naskah.objects.all()) == ["basah"]


def test_sentence_of_bsre_stands_only_on_what_bsre_signs(clerk, head, settings):
    settings.BSRE_ALAMAT = "http://bsre.invalid"
    said = {
        cara: "BalaiBesarSertifikasiElektronik"
        in read_text(read(numbered(clerk, [head], cara=cara).berkas))
        for cara in CaraTtd.values
    }
    assert said == {"bsre": True, "lokal": False, "basah": False}


# -- Signature --------------------------------------------------------------------------


def test_signed_paper_is_issued_with_what_it_was_made_from(clerk, head):
    naskah = sign_naskah(naskah=numbered(clerk, [head]), by=head, now=NOW)
    dokumen = naskah.dokumen
    assert dokumen.nomor == naskah.nomor
    assert dokumen.kode_periksa == naskah.kode_periksa
    assert dokumen.pejabat == "Kepala Badan"
    assert dokumen.data["isi"] == naskah.data["isi"]
    signed = read(dokumen.berkas)
    assert signed.startswith(read(naskah.berkas)), (
        "what was numbered is inside, untouched"
    )
    assert [one.is_sah for one in check_signatures(signed)] == [True]
    assert kinds() == ["naskah.nomor", "naskah.tandatangan"]


def test_signers_sign_in_their_order_and_the_last_one_issues(clerk):
    users = [UserFactory() for _ in range(3)]
    naskah = numbered(clerk, users)
    for early in users[1:]:
        with pytest.raises(DomainError, match="tidak menunggu"):
            sign_naskah(naskah=naskah, by=early, now=NOW)
    for nomor, user in enumerate(users, start=1):
        assert list(Naskah.objects.waiting_for(user)) == [naskah]
        naskah = sign_naskah(naskah=naskah, by=user, now=NOW)
        assert not Naskah.objects.waiting_for(user).exists()
        assert (naskah.status == StatusNaskah.DITANDATANGANI) is (nomor == 3)
    assert len(check_signatures(read(naskah.dokumen.berkas))) == 3
    assert DokumenTerbit.objects.count() == 1


@pytest.mark.parametrize("harm", ["overwrite", "delete"])
@pytest.mark.parametrize("signed_before", [0, 1])
def test_what_is_not_any_more_what_was_stored_is_not_signed(
    clerk, service, signed_before, harm
):
    users = [UserFactory() for _ in range(2)]
    naskah = numbered(clerk, users)
    for user in users[:signed_before]:
        naskah = sign_naskah(naskah=naskah, by=user, now=NOW)
    made = naskah.penandatangan_set.exclude(berkas="").first() or naskah
    whole, path = read(made.berkas), made.berkas.path
    Path(path).unlink() if harm == "delete" else Path(path).write_bytes(b"%PDF-lumpur")
    calls = service.calls

    with pytest.raises(DomainError, match="hilang atau rusak"):
        sign_naskah(naskah=naskah, by=users[signed_before], now=NOW)

    assert service.calls == calls
    assert not DokumenTerbit.objects.exists()
    # Restored from the backup it goes on.
    Path(path).write_bytes(whole)
    for user in users[signed_before:]:
        naskah = sign_naskah(naskah=naskah, by=user, now=NOW)
    assert naskah.status == StatusNaskah.DITANDATANGANI


def test_nobody_signs_what_they_drafted_or_what_is_about_them(clerk, head, monkeypatch):
    own = numbered(clerk, [clerk])
    with pytest.raises(DomainError, match="susun sendiri"):
        sign_naskah(naskah=own, by=clerk, now=NOW)
    about = numbered(clerk, [head])
    kind = dataclasses.replace(JENIS, is_tentang=lambda naskah, user: user == head)
    monkeypatch.setitem(jenis._jenis, "uji", kind)
    with pytest.raises(DomainError, match="tentang Anda sendiri"):
        sign_naskah(naskah=about, by=head, now=NOW)
    assert not DokumenTerbit.objects.exists()


def test_second_press_while_the_first_runs_is_told(clerk, head, service):
    naskah = numbered(clerk, [head])
    PercobaanTtd.objects.create(
        penandatangan=naskah.penandatangan_set.get(), started_at=NOW, by=head
    )
    with pytest.raises(DomainError, match="sedang ditandatangani"):
        sign_naskah(naskah=naskah, by=head, now=NOW + dt.timedelta(minutes=1))
    assert service.calls == 0


def test_attempt_that_was_killed_makes_way_for_the_next(clerk, head, service):
    naskah = numbered(clerk, [head])
    turn = naskah.penandatangan_set.get()
    dead = PercobaanTtd.objects.create(penandatangan=turn, started_at=NOW, by=head)
    naskah = sign_naskah(naskah=naskah, by=head, now=NOW + signing.LEASE * 2)
    assert naskah.status == StatusNaskah.DITANDATANGANI
    dead.refresh_from_db()
    assert dead.hasil == PercobaanTtd.Hasil.TERPUTUS
    # The killed one comes back after all: it has lost.
    assert not signing._accept(dead, b"%PDF-terlambat", by=head, now=NOW, batch="")
    assert DokumenTerbit.objects.count() == 1


@pytest.mark.parametrize(
    ("error", "hasil"),
    [
        (TteRefusedError("Frasa sandi salah."), "ditolak"),
        (TteUnavailableError("Layanan tidak dapat dihubungi."), "ditolak"),
        (TteUncertainError("Layanan tidak menjawab."), "terputus"),
    ],
)
def test_service_that_fails_leaves_the_paper_waiting(
    clerk, head, service, error, hasil
):
    naskah = numbered(clerk, [head])
    service.error = error
    with pytest.raises(DomainError, match=error.pesan):
        sign_naskah(naskah=naskah, by=head, now=NOW, frasa_sandi="rahasia-sekali")
    assert PercobaanTtd.objects.get().hasil == hasil
    assert "naskah.gagal_ttd" in kinds()
    event = Event.objects.get(kind="naskah.gagal_ttd")
    assert "rahasia" not in f"{event.reason}{event.changes}"
    service.error = None
    naskah = sign_naskah(naskah=naskah, by=head, now=NOW)
    assert naskah.status == StatusNaskah.DITANDATANGANI
    assert DokumenTerbit.objects.count() == 1
    assert NomorDokumen.objects.count() == 1


def test_many_are_signed_in_one_call_or_none(clerk, head, service):
    papers = [numbered(clerk, [head]) for _ in range(3)]
    assert sign_many(papers=papers, by=head, now=NOW) == 3
    assert service.calls == 1
    more = [numbered(clerk, [head]), papers[0]]
    with pytest.raises(DomainError, match="tidak menunggu"):
        sign_many(papers=more, by=head, now=NOW)
    assert DokumenTerbit.objects.count() == 3
    assert not PercobaanTtd.objects.filter(hasil="berjalan").exists()


def test_storage_that_fails_leaves_no_file_and_no_paper(
    clerk, head, service, monkeypatch
):
    naskah = numbered(clerk, [head])

    def broken(*args, **kwargs):
        raise RuntimeError("jejak tidak tertulis")

    with monkeypatch.context() as patch:
        patch.setattr(services.audit, "record", broken)
        with pytest.raises(RuntimeError):
            sign_naskah(naskah=naskah, by=head, now=NOW)
    assert Naskah.objects.get(pk=naskah.pk).status == StatusNaskah.BERNOMOR
    assert not DokumenTerbit.objects.exists()


def test_who_is_awaited_is_kept_but_known_as_soon_as_a_paper_is_numbered(
    clerk, head, django_assert_num_queries
):
    forget_awaited()
    assert not is_awaited(head)
    numbered(clerk, [head])
    assert is_awaited(head)
    with django_assert_num_queries(0):
        assert is_awaited(head)
        assert not is_awaited(clerk)


# -- By hand ----------------------------------------------------------------------------


def test_scan_of_a_paper_signed_by_hand_is_what_is_issued(clerk, head):
    naskah = numbered(clerk, [head], cara="basah")
    assert not Naskah.objects.waiting_for(head).exists()
    scan = b"%PDF-1.7 pindaian"
    dokumen = attach_scan(naskah=naskah, pdf=scan, by=clerk, now=NOW)
    assert read(dokumen.berkas) == scan
    with pytest.raises(DomainError, match="tidak menunggu pindaian"):
        attach_scan(naskah=naskah, pdf=scan, by=clerk, now=NOW)


def test_paper_to_be_signed_by_hand_waits_for_nobody_here(clerk, head, service):
    naskah = numbered(clerk, [head], cara="basah")
    with pytest.raises(DomainError) as refusal:
        sign_naskah(naskah=naskah, by=head, now=NOW)
    assert (refusal.value.kode, service.calls) == ("bukan_giliran", 0)


def test_papers_signed_under_two_posts_are_not_signed_at_once(clerk, head, service):
    plt = penandatangan(head, jabatan="Plt. Sekretaris")
    papers = [numbered(clerk, [head]), numbered(clerk, [], penandatangan=[plt])]
    with pytest.raises(DomainError, match="satu per satu"):
        sign_many(papers=papers, by=head, now=NOW)
    assert service.calls == 0


def test_electronic_paper_takes_no_scan(clerk, head):
    naskah = numbered(clerk, [head])
    with pytest.raises(DomainError, match="elektronik"):
        attach_scan(naskah=naskah, pdf=b"%PDF-", by=clerk, now=NOW)


def test_way_stays_while_a_service_is_asked_to_sign(clerk, head, service):
    """What BSrE sends back a minute later belongs to the paper as it was."""
    naskah = numbered(clerk, [head])
    signing._claim([naskah], by=head, now=NOW, batch="")
    soon = NOW + dt.timedelta(minutes=1)
    with pytest.raises(DomainError, match="sedang ditandatangani"):
        change_cara(naskah=naskah, cara="basah", alasan="lama", by=clerk, now=soon)
    later = NOW + signing.LEASE + dt.timedelta(seconds=1)
    change_cara(naskah=naskah, cara="basah", alasan="lama", by=clerk, now=later)
    assert PercobaanTtd.objects.get().hasil == PercobaanTtd.Hasil.TERPUTUS


def test_answer_that_comes_after_the_way_changed_is_not_issued(clerk, head, service):
    naskah = numbered(clerk, [head])
    (attempt,) = signing._claim([naskah], by=head, now=NOW, batch="")
    later = NOW + signing.LEASE + dt.timedelta(seconds=1)
    change_cara(naskah=naskah, cara="basah", alasan="lama", by=clerk, now=later)
    assert not signing._accept(attempt, b"%PDF-", by=head, now=later, batch="")
    assert not DokumenTerbit.objects.exists()


def test_way_stays_after_the_first_of_three_signatures(clerk):
    heads = [UserFactory() for _ in range(3)]
    naskah = sign_naskah(naskah=numbered(clerk, heads), by=heads[0], now=NOW)
    with pytest.raises(DomainError, match="caranya tetap"):
        change_cara(naskah=naskah, cara="basah", alasan="lama", by=clerk, now=NOW)
    with pytest.raises(DomainError, match="Selesaikan"):
        cancel_naskah(naskah=naskah, alasan="keliru", by=clerk)


def test_nobody_brings_the_scan_of_a_paper_about_oneself(clerk, head, monkeypatch):
    kind = dataclasses.replace(JENIS, is_tentang=lambda naskah, user: user == clerk)
    monkeypatch.setitem(jenis._jenis, "uji", kind)
    naskah = numbered(head, [head], cara="basah")
    with pytest.raises(DomainError, match="petugas lain"):
        attach_scan(naskah=naskah, pdf=b"%PDF-", by=clerk, now=NOW)
    assert not DokumenTerbit.objects.exists()


def test_paper_of_a_kind_nobody_registers_is_readable_and_goes_no_further(
    clerk, head, monkeypatch
):
    naskah = draft(clerk, [head])
    other = numbered(clerk, [head])
    monkeypatch.delitem(jenis._jenis, "uji")
    assert jenis.get_jenis("uji").nama == "Uji"
    assert read_text(render_draf(naskah, now=NOW))
    with pytest.raises(DomainError, match="tidak dipakai lagi"):
        number_naskah(naskah=naskah, tanggal=TODAY, by=clerk, now=NOW)
    with pytest.raises(ValueError, match="no app registers"):
        draft(clerk, [head])
    cancel_naskah(naskah=naskah, alasan="jenisnya tidak ada lagi", by=clerk)
    assert sign_naskah(naskah=other, by=head, now=NOW).dokumen


@pytest.mark.parametrize(
    ("waktu", "nomor", "tahun"),
    [("2026-12-31T23:59:59+08:00", 3, 2026), ("2027-01-01T00:00:00+08:00", 1, 2027)],
)
def test_numbers_begin_anew_at_midnight_of_the_office(
    clerk, head, client, monkeypatch, waktu, nomor, tahun
):
    """Not at midnight in Greenwich, eight hours later."""
    for _ in range(2):
        numbered(clerk, [head])
    now = dt.datetime.fromisoformat(waktu).astimezone(dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    officer = UserFactory(roles=[Role.VERIFIKATOR])
    client.force_login(officer)
    naskah = draft(clerk, [head])
    client.post(reverse("documents:naskah-number", args=[naskah.pk]))
    naskah.refresh_from_db()
    assert (naskah.nomor.urut, naskah.nomor.buku.tahun) == (nomor, tahun)
    assert f"{naskah.nomor.tanggal.day}" in ("31", "1")


def test_way_of_signing_may_change_before_the_first_signature(clerk, head, settings):
    settings.BSRE_ALAMAT = "http://bsre.invalid"
    naskah = numbered(clerk, [head], cara="bsre")
    nomor, kode, before = naskah.nomor, naskah.kode_periksa, naskah.berkas.name
    naskah = change_cara(
        naskah=naskah, cara="basah", alasan="Layanan BSrE mati", by=clerk, now=NOW
    )
    text = read_text(read(naskah.berkas))
    assert (naskah.nomor, naskah.kode_periksa) == (nomor, kode)
    assert naskah.berkas.name != before
    assert "secaraelektronik" not in text
    attach_scan(naskah=naskah, pdf=b"%PDF-", by=clerk, now=NOW)
    with pytest.raises(DomainError, match="tidak menunggu tanda tangan"):
        change_cara(naskah=naskah, cara="lokal", alasan="lagi", by=clerk, now=NOW)


# -- End --------------------------------------------------------------------------------


def test_cancelled_paper_leaves_its_number_in_the_book(clerk, head):
    naskah = numbered(clerk, [head])
    with pytest.raises(DomainError, match="alasan"):
        cancel_naskah(naskah=naskah, alasan=" ", by=clerk)
    text = read_text(
        render_draf(
            cancel_naskah(naskah=naskah, alasan="Salah orang", by=clerk), now=NOW
        )
    )
    assert "BATAL,tidakberlaku" in text
    assert "DRAF" not in text
    nomor = NomorDokumen.objects.get()
    assert nomor.status == StatusNomor.BATAL
    assert nomor.alasan_batal == "Salah orang"
    following = numbered(clerk, [head])
    assert following.nomor.urut == nomor.urut + 1
    with pytest.raises(DomainError, match="tidak menunggu"):
        sign_naskah(naskah=naskah, by=head, now=NOW)


def test_issued_paper_is_revoked_not_cancelled(clerk, head):
    naskah = sign_naskah(naskah=numbered(clerk, [head]), by=head, now=NOW)
    with pytest.raises(DomainError, match="dicabut"):
        cancel_naskah(naskah=naskah, alasan="Salah", by=clerk)


def test_replacement_takes_the_old_papers_place_when_it_is_signed(clerk, head):
    old = sign_naskah(naskah=numbered(clerk, [head]), by=head, now=NOW).dokumen
    new = numbered(clerk, [head], menggantikan=old, alasan_ganti="Salah ketik nama")
    old.refresh_from_db()
    assert old.akhir_atau_none is None, "until it is signed the old one holds"
    with pytest.raises(DomainError, match="sudah disusun"):
        draft(clerk, [head], menggantikan=old, alasan_ganti="Lagi")
    new = sign_naskah(naskah=new, by=head, now=NOW)
    old = DokumenTerbit.objects.get(pk=old.pk)
    assert old.akhir.pengganti == new.dokumen
    assert old.akhir.alasan == "Salah ketik nama"
    with pytest.raises(DomainError, match="sudah dicabut atau diganti"):
        draft(clerk, [head], menggantikan=old, alasan_ganti="Lagi")


def test_replacement_of_a_paper_revoked_meanwhile_is_issued_all_the_same(clerk, head):
    old = sign_naskah(naskah=numbered(clerk, [head]), by=head, now=NOW)
    new = numbered(clerk, [head], menggantikan=old.dokumen, alasan_ganti="Nama keliru")
    revoke_dokumen(dokumen=old.dokumen, alasan="Keliru", by=head)
    new = sign_naskah(naskah=new, by=head, now=NOW)
    assert new.status == StatusNaskah.DITANDATANGANI
    assert old.dokumen.akhir.jenis == "dicabut"


def test_rows_that_contradict_themselves_are_refused_by_the_database(clerk, head):
    naskah = draft(clerk, [head])
    with pytest.raises(IntegrityError), transaction.atomic():
        Naskah.objects.filter(pk=naskah.pk).update(status="ditandatangani")
    with pytest.raises(IntegrityError), transaction.atomic():
        Naskah.objects.filter(pk=naskah.pk).update(status="bernomor")
