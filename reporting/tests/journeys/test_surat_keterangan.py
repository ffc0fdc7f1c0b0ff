"""A letter from the person's page to a bank's desk, corrected, and checked by anybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import SANDI
from bkpsdmd.documents.models import Naskah
from bkpsdmd.documents.services import ensure_kantor
from reporting.tests.journeys.conftest import check_access, finish_job, look_at
from simpeg.tests.actors import make_penandatangan, make_user
from simpeg.tests.factories import PegawaiFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kepala(kantor: Any) -> Any:
    ensure_kantor()
    kepala = make_penandatangan(kantor, "surat_keterangan")
    kepala.user.set_password(SANDI)
    kepala.user.save()
    return kepala


def number(page: Page) -> None:
    """Give the paper on the screen its number, to be signed as the office usually does."""
    page.get_by_role("link", name="Beri nomor").click()
    press = page.get_by_role("button", name="Beri nomor")
    expect(press).to_be_visible()
    look_at(page, "naskah-nomor")
    press.click()
    expect(page.get_by_text("diberikan")).to_be_visible()


def sign(page: Page) -> None:
    """Open what waits on Beranda and sign it; the password is asked the first time."""
    page.goto("/")
    page.get_by_role("link", name="Surat keterangan Siti Pegawai").first.click()
    look_at(page, "naskah-bernomor")
    page.get_by_role("link", name="Tanda tangani").click()
    page.wait_for_load_state()
    if "pastikan" in page.url:
        page.get_by_label("Kata sandi").fill(SANDI)
        page.keyboard.press("Enter")
        page.wait_for_url("**/tanda-tangan/")
    look_at(page, "naskah-tanda-tangan")
    page.get_by_label("Saya sudah membaca").check()
    page.get_by_role("button", name="Tanda tangani").click()
    expect(page.get_by_text("Naskah ditandatangani.")).to_be_visible()


def test_letter_is_signed_corrected_and_verifies_as_replaced(
    kantor: Any,
    kepala: Any,
    open_as: Callable[..., Page],
    chromium: Browser,
    live_server: Any,
) -> None:
    clerk, head = open_as(make_user(Role.VERIFIKATOR)), open_as(kepala)
    clerk.goto(kantor.pegawai.get_absolute_url())
    clerk.get_by_role("link", name="Surat keterangan").click()
    look_at(clerk, "surat-keterangan")
    clerk.get_by_label("Untuk keperluan").fill("pengajuan kredit perumahan")
    clerk.get_by_role("button", name="Buat draf").click()
    expect(clerk.get_by_text("Draf dibuat")).to_be_visible()
    look_at(clerk, "naskah-draf")
    number(clerk)
    sign(head)
    old = Naskah.objects.get()

    # The bank asks, without an account, on a phone.
    context = chromium.new_context(base_url=live_server.url)
    bank = context.new_page()
    bank.goto("/periksa/")
    bank.get_by_label("Kode periksa").fill(old.kode_periksa.lower().replace("-", " "))
    bank.get_by_role("button", name="Periksa").click()
    expect(bank.get_by_text("Dokumen asli dan berlaku")).to_be_visible()
    expect(bank.get_by_text("Sah", exact=True)).to_be_visible()
    assert "Siti" not in bank.content()
    look_at(bank, "periksa-sah")

    # The purpose was wrong: a correction takes its place, and the old paper says so.
    clerk.goto(old.get_absolute_url())
    clerk.get_by_role("link", name="Susun pengganti").click()
    clerk.get_by_label("Untuk keperluan").fill("pengurusan paspor")
    clerk.get_by_label("Alasan penggantian").fill("Keperluannya keliru")
    clerk.get_by_role("button", name="Buat draf").click()
    number(clerk)
    sign(head)
    bank.goto(reverse("documents:periksa-kode", args=[old.kode_periksa]))
    expect(bank.get_by_text("Keperluannya keliru")).to_be_visible()
    look_at(bank, "periksa-diganti")
    bank.get_by_role("link", name="Surat keterangan status kepegawaian").click()
    expect(bank.get_by_text("Dokumen asli dan berlaku")).to_be_visible()
    context.close()

    # The person finds both letters without asking anybody.
    own = open_as(kantor.pegawai)
    own.goto(reverse("documents:naskah-list"))
    expect(own.get_by_role("row")).to_have_count(3)
    look_at(own, "naskah-daftar")


def test_letters_for_many_are_one_bundle(
    kantor: Any, kepala: Any, open_as: Callable[..., Page]
) -> None:
    for nomor in range(3):
        PegawaiFactory(nama=f"Guru {nomor}", di=kantor.bidang)
    clerk, head = open_as(make_user(Role.VERIFIKATOR)), open_as(kepala)
    clerk.goto(f"{reverse('simpeg:pegawai-list')}?q=Guru")
    clerk.get_by_role("button", name="Tindakan massal").click()
    clerk.get_by_role("link", name="Surat keterangan, dinomori").click()
    look_at(clerk, "surat-massal")
    clerk.get_by_label("Untuk keperluan").fill("pendaftaran BPJS")
    clerk.get_by_role("button", name="Susun draf").click()
    finish_job(clerk)
    clerk.get_by_role("link", name="Lihat hasil").click()
    press = clerk.get_by_role("link", name="Beri nomor 3 draf")
    expect(press).to_be_visible()
    look_at(clerk, "paket")
    press.click()
    press = clerk.get_by_role("button", name="Beri nomor semua")
    expect(press).to_be_visible()
    look_at(clerk, "paket-nomor")
    press.click()
    finish_job(clerk)

    head.goto(Naskah.objects.latest("pk").paket.get_absolute_url())
    head.get_by_role("link", name="Tanda tangani 3 naskah").click()
    head.get_by_label("Kata sandi").fill(SANDI)
    head.keyboard.press("Enter")
    head.get_by_label("Saya sudah memeriksa 3 naskah").check()
    check_access(head)
    head.get_by_role("button", name="Tanda tangani semua").click()
    finish_job(head)
    assert set(Naskah.objects.values_list("status", flat=True)) == {"ditandatangani"}

    clerk.goto(Naskah.objects.latest("pk").paket.get_absolute_url())
    clerk.get_by_role("button", name="ZIP").click()
    finish_job(clerk)
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="Unduh paket").click()
    assert download.value.suggested_filename.endswith(".zip")
