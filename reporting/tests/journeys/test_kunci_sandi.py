"""A passkey from the first to the last: added, used alone and as second step, removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bkpsdmd.accounts.kunci_sandi import list_kunci_sandi
from bkpsdmd.accounts.models import CatatanMasuk
from bkpsdmd.accounts.tests.factories import SANDI
from reporting.tests.journeys.conftest import check_access

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A browser on a device with a finger on its sensor; complaints end the test."""
    context = chromium.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost")
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda told: complaints.append(told.text) if told.type == "error" else None,
    )
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()
    assert complaints == []


def first_step(page: Page, user: Any) -> None:
    page.goto("/akun/masuk/")
    page.get_by_label("NIP atau nama pengguna").fill(user.username)
    page.get_by_label("Kata sandi").fill(SANDI)
    page.get_by_role("button", name="Masuk", exact=True).click()


def log_out(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/akun/masuk/")


def test_passkey_from_adding_to_removing(kantor: Any, page: Page) -> None:
    user = kantor.pegawai.user
    user.set_password(SANDI)
    user.save()
    first_step(page, user)
    page.goto("/akun/dua-langkah/")
    page.get_by_role("link", name="Tambah kunci sandi").click()
    page.get_by_label("Kata sandi").fill(SANDI)
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_label("Nama kunci sandi").fill("Laptop kantor")
    check_access(page)
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.get_by_text("Kunci sandi tersimpan.")).to_be_visible()
    page.goto("/akun/dua-langkah/")
    expect(page.get_by_text("belum pernah dipakai")).to_be_visible()
    check_access(page)

    # Alone: no name, no password, no code.
    log_out(page)
    check_access(page)
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url(re.compile(r"localhost:\d+/$"))
    assert CatatanMasuk.objects.latest("id").user == user

    # After the password, as the second step.
    log_out(page)
    first_step(page, user)
    page.wait_for_url("**/langkah-kedua/")
    check_access(page)
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.wait_for_url(re.compile(r"localhost:\d+/$"))

    # To take it away it is asked for once more.
    page.goto("/akun/dua-langkah/")
    expect(page.get_by_text("terakhir dipakai")).to_be_visible()
    page.get_by_role("link", name="Hapus kunci sandi Laptop kantor").click()
    page.get_by_role("link", name="Pakai kunci sandi").click()
    page.wait_for_url("**/pastikan/kunci-sandi/**")
    check_access(page)
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.wait_for_url("**/hapus/")
    check_access(page)
    page.get_by_role("button", name="Hapus kunci sandi").click()
    expect(page.get_by_text("Kunci sandi dihapus.")).to_be_visible()
    assert list_kunci_sandi(user) == []
    page.goto("/akun/saya/")
    expect(page.get_by_text("menghapus kunci sandi")).to_be_visible()
    check_access(page)
    log_out(page)
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.get_by_text("tidak dikenali")).to_be_visible()


def test_without_scripts_a_sentence_says_so(
    kantor: Any, chromium: Browser, live_server: Any
) -> None:
    user = kantor.pegawai.user
    user.set_password(SANDI)
    user.save()
    context = chromium.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost"),
        java_script_enabled=False,
    )
    page = context.new_page()
    first_step(page, user)
    page.goto("/akun/dua-langkah/kunci-sandi/tambah/")
    page.get_by_label("Kata sandi").fill(SANDI)
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_text("memerlukan JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Buat kunci sandi")).to_be_disabled()
    context.close()
