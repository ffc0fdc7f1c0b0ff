"""Sessions that end, seen from the browser."""

import datetime as dt
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.tasks import clear_sessions
from bkpsdmd.accounts.tests.factories import SANDI

SAYA, MASUK, PING = "/akun/saya/", "/akun/masuk/", "/akun/masih-di-sini/"


@pytest.fixture
def clock() -> Any:
    with time_machine.travel("2026-03-02 08:00+08:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser(client: Client, pegawai: User, clock: Any) -> Client:
    """Somebody who logged in at 08.00 and opened a page."""
    client.post(MASUK, {"login": pegawai.username, "password": SANDI})
    assert client.get(SAYA).status_code == 200
    return client


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


# -- A closed account ---------------------------------------------------------------


def test_live_session_of_a_closed_account_opens_nothing(browser, pegawai):
    """However it was closed: here behind the back of the service that ends sessions."""
    User.objects.filter(pk=pegawai.pk).update(is_active=False)
    assert Session.objects.exists()

    for answer in (browser.get(SAYA), browser.post(SAYA)):
        assert answer.status_code == 302
        assert urlsplit(answer.url).path == MASUK


# -- Idle ---------------------------------------------------------------------------


def test_session_lives_up_to_the_idle_time(browser, clock, settings):
    clock.shift(settings.IDLE_LOGOUT_SECONDS)

    assert browser.get(SAYA).status_code == 200


def test_idle_session_ends_and_the_way_back_is_kept(browser, clock, settings):
    key = browser.session.session_key
    clock.shift(settings.IDLE_LOGOUT_SECONDS + 1)

    response = browser.get(f"{SAYA}?bagian=2")

    assert urlsplit(response.url).path == MASUK
    assert query_of(response.url) == {"next": f"{SAYA}?bagian=2", "sebab": "diam"}
    assert not Session.objects.filter(session_key=key).exists()
    page = browser.get(response.url).content.decode()
    assert "lama tidak ada kegiatan" in page
    assert "ditawarkan kembali" not in page


def test_admin_says_too_why_one_must_log_in_again(client, admin, clock, settings):
    client.force_login(admin)
    assert client.get("/admin/").status_code == 200
    clock.shift(settings.IDLE_LOGOUT_SECONDS + 1)

    page = "/admin/accounts/user/"
    response = client.post(page, headers={"referer": f"http://testserver{page}"})

    assert urlsplit(response.url).path == MASUK
    assert query_of(response.url) == {"next": page, "sebab": "diam"}


def test_every_use_starts_the_idle_time_again(browser, clock, settings):
    for _ in range(5):
        clock.shift(settings.IDLE_LOGOUT_SECONDS - 60)
        assert browser.get(SAYA).status_code == 200


def test_form_sent_too_late_leads_back_to_its_page(browser, clock, settings, pegawai):
    clock.shift(settings.IDLE_LOGOUT_SECONDS + 1)

    response = browser.post(
        "/akun/ganti-sandi/",
        {"oldpassword": SANDI, "password1": "x", "password2": "x"},
        headers={"referer": "http://testserver/akun/ganti-sandi/?dari=saya"},
    )

    assert query_of(response.url) == {
        "next": "/akun/ganti-sandi/?dari=saya",
        "sebab": "diam",
        "isian": "1",
    }
    assert "ditawarkan kembali" in browser.get(response.url).content.decode()


@pytest.mark.parametrize("referer", ["", "https://lain.example/akun/", "javascript:1"])
def test_form_from_nowhere_leads_to_the_first_page(browser, clock, settings, referer):
    clock.shift(settings.IDLE_LOGOUT_SECONDS + 1)

    response = browser.post("/akun/ganti-sandi/", headers={"referer": referer})

    assert query_of(response.url)["next"] == "/"


def test_fragment_sends_the_whole_page_to_the_log_in(browser, clock, settings):
    clock.shift(settings.IDLE_LOGOUT_SECONDS + 1)

    response = browser.get(
        f"{SAYA}?fragmen",
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{SAYA}"},
    )

    assert response.status_code == 204
    assert query_of(response["HX-Redirect"])["next"] == SAYA
    assert "Location" not in response


def test_public_page_stays_open_to_whoever_was_idle(browser, clock, settings):
    clock.shift(settings.IDLE_LOGOUT_SECONDS + 1)

    response = browser.get("/akun/aktivasi/")

    assert response.status_code == 200
    assert not response.wsgi_request.user.is_authenticated


# -- Age ----------------------------------------------------------------------------


def test_busy_session_ends_at_its_greatest_age(browser, clock, settings):
    step = dt.timedelta(seconds=settings.IDLE_LOGOUT_SECONDS // 2)
    for _ in range(settings.SESSION_COOKIE_AGE // int(step.total_seconds())):
        clock.shift(step)
        assert browser.get(SAYA).status_code == 200
    clock.shift(step)

    assert query_of(browser.get(SAYA).url)["sebab"] == "usia"


# -- What it costs ------------------------------------------------------------------


def test_session_is_written_at_most_once_a_minute(browser, clock):
    key = browser.session.session_key
    before = Session.objects.get(session_key=key).session_data
    clock.shift(59)
    browser.get(SAYA)
    assert Session.objects.get(session_key=key).session_data == before

    clock.shift(1)
    browser.get(SAYA)
    assert Session.objects.get(session_key=key).session_data != before


def test_stranger_without_a_cookie_costs_no_session(client, db):
    response = client.get(SAYA)

    assert query_of(response.url) == {"next": SAYA}
    assert not Session.objects.exists()


# -- Ping ---------------------------------------------------------------------------


def test_ping_keeps_a_session_alive(browser, clock, settings):
    clock.shift(settings.IDLE_LOGOUT_SECONDS - 1)
    response = browser.post(PING)
    clock.shift(settings.IDLE_LOGOUT_SECONDS - 1)

    assert (response.status_code, response.content) == (204, b"")
    assert browser.get(SAYA).status_code == 200


def test_ping_tells_that_the_session_ended(browser, clock, settings):
    clock.shift(settings.IDLE_LOGOUT_SECONDS + 1)

    assert browser.post(PING).status_code == 401


def test_ping_is_no_link(browser):
    assert browser.get(PING).status_code == 405


# -- What remains in the browser ----------------------------------------------------


def test_pages_of_a_session_are_not_kept_by_the_browser(browser):
    assert browser.get(SAYA)["Cache-Control"] == "private, no-store"


def test_session_that_vanished_says_so(browser):
    Session.objects.all().delete()

    response = browser.get(SAYA)

    assert query_of(response.url)["sebab"] == "berakhir"
    assert "Sesi Anda sudah berakhir." in browser.get(response.url).content.decode()


def test_whoever_logged_out_is_not_told_of_an_ended_session(browser):
    browser.post("/akun/keluar/")

    assert query_of(browser.get(SAYA).url) == {"next": SAYA}


def test_unknown_reason_in_the_address_says_nothing(client, db):
    page = client.get(f"{MASUK}?sebab=<script>").content.decode()

    assert "Silakan masuk lagi" not in page
    assert "<script>" not in page.replace("<script type", "").replace(
        "<script defer", ""
    )


def test_sessions_that_ended_are_dropped_at_night(browser, clock):
    kept = Session.objects.get()
    Session.objects.create(
        session_key="x" * 32,
        session_data="",
        expire_date=timezone.now() - dt.timedelta(minutes=1),
    )
    clear_sessions()

    assert list(Session.objects.all()) == [kept]
