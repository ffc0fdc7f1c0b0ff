"""A phone drowned in a flood: two officers, and the person is back the same day."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from bkpsdmd.accounts.models import PemulihanMfa
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import SANDI
from reporting.tests.journeys.conftest import check_access
from simpeg.tests.actors import make_user

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def log_in(page: Page, user: Any) -> None:
    page.goto("/akun/masuk/")
    page.get_by_label("NIP atau nama pengguna").fill(user.username)
    page.get_by_label("Kata sandi").fill(SANDI)
    page.get_by_role("button", name="Masuk", exact=True).click()


def test_lost_phone_is_recovered_by_two_officers(
    kantor: Any, open_as: Callable[..., Page], chromium: Browser, live_server: Any
) -> None:
    user = kantor.pegawai.user
    user.set_password(SANDI)
    user.save()
    TOTP.activate(user, generate_totp_secret())
    contexts = [chromium.new_context(base_url=live_server.url) for _ in range(2)]
    before, after = (context.new_page() for context in contexts)
    log_in(before, user)
    expect(before.get_by_text("Ponsel tidak ada di tangan?")).to_be_visible()
    check_access(before)

    # The officer of the unit saw the person and asks.
    clerk = open_as(kantor.pengelola)
    clerk.goto(reverse("simpeg:akun-list"))
    clerk.get_by_role("link", name="Ponsel hilang? Pulihkan").click()
    clerk.get_by_label("Tatap muka").check()
    clerk.get_by_label("Alasan").fill("Ponsel hanyut saat banjir")
    check_access(clerk)
    clerk.get_by_role("button", name="Minta pemulihan").click()
    expect(clerk.get_by_text("Permintaan tersimpan")).to_be_visible()

    # Nothing has changed yet; who leads the agency finds it on Beranda.
    assert user.authenticator_set.exists()
    leader = open_as(make_user(Role.KEPALA_BADAN))
    leader.goto("/")
    leader.get_by_role("link", name=re.compile("ponsel hilang")).click()
    check_access(leader)
    leader.get_by_label("Setujui").check()
    leader.get_by_role("button", name="Simpan putusan").click()
    expect(leader.get_by_text("Putusan tersimpan.")).to_be_visible()
    check_access(leader)

    # The password is enough now, and the first thing told is what happened.
    log_in(after, user)
    expect(
        after.get_by_text("Verifikasi dua langkah akun Anda dihapus")
    ).to_be_visible()
    after.goto("/akun/saya/")
    check_access(after)
    after.get_by_role("button", name="Saya mengerti").click()
    expect(after.get_by_text("Verifikasi dua langkah akun Anda dihapus")).to_be_hidden()
    row = PemulihanMfa.objects.get()
    assert row.keadaan == PemulihanMfa.Keadaan.DISETUJUI
    assert row.dibaca_at is not None
    for context in contexts:
        context.close()
