"""Where one is logged in, and sending a device out; roles that need a second step."""

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from bkpsdmd.accounts import sessions
from bkpsdmd.accounts.apps import AccountsConfig
from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import SANDI, UserFactory
from bkpsdmd.audit.models import Event

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (CHROME, "Chrome di Windows"),
        (f"{CHROME} Edg/140.0", "Edge di Windows"),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/25 "
            "Chrome/121 Mobile Safari/537.36",
            "Samsung Internet di Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1",
            "Safari di iPhone atau iPad",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140) Firefox/140", "Firefox di Linux"),
        ("", "Peramban lain"),
    ],
)
def test_device_has_a_name_people_know(text, name):
    assert sessions.describe_device(text) == name


def log_in(user: User, **headers: str) -> Client:
    client = Client(headers={"User-Agent": headers.get("agent", CHROME)})
    client.post("/akun/masuk/", {"login": user.username, "password": SANDI})
    assert client.get("/akun/saya/").status_code == 200
    return client


def test_page_lists_devices_the_present_one_first(pegawai):
    log_in(pegawai, agent="Mozilla/5.0 (Android 14) Firefox/140")
    html = log_in(pegawai).get("/akun/saya/").content.decode()
    assert html.index("Chrome di Windows") < html.index("Firefox di Android")
    assert html.count("Perangkat ini") == 1


def test_one_device_is_sent_out(pegawai):
    phone, desk = log_in(pegawai), log_in(pegawai)
    row = UserSession.objects.get(session_key=phone.session.session_key)

    desk.post(f"/akun/perangkat/{row.pk}/keluarkan/")

    assert phone.get("/akun/saya/").status_code == 302
    assert desk.get("/akun/saya/").status_code == 200
    assert Event.objects.get(kind=Kejadian.AKHIRI_SESI).reason == "Chrome di Windows"


def test_present_device_and_those_of_others_are_refused(pegawai, pengelola):
    mine, theirs = log_in(pegawai), log_in(pengelola)
    for client in (mine, theirs):
        row = UserSession.objects.get(session_key=client.session.session_key)
        mine.post(f"/akun/perangkat/{row.pk}/keluarkan/")
        assert client.get("/akun/saya/").status_code == 200
    assert not Event.objects.filter(kind=Kejadian.AKHIRI_SESI).exists()


def test_all_others_are_sent_out_at_once(pegawai, pengelola):
    others, mine = [log_in(pegawai), log_in(pegawai)], log_in(pegawai)
    stranger = log_in(pengelola)

    mine.post("/akun/perangkat/keluarkan-lain/")

    assert [client.get("/akun/saya/").status_code for client in others] == [302, 302]
    assert mine.get("/akun/saya/").status_code == 200
    assert stranger.get("/akun/saya/").status_code == 200
    mine.post("/akun/perangkat/keluarkan-lain/")
    assert Event.objects.filter(kind=Kejadian.AKHIRI_SESI).count() == 1


def test_night_clears_what_ended_by_itself(pegawai):
    ended, alive = log_in(pegawai), log_in(pegawai)
    Session.objects.filter(pk=ended.session.session_key).update(
        expire_date=timezone.now() - dt.timedelta(minutes=1)
    )
    sessions.clear_ended()
    keys = set(UserSession.objects.values_list("session_key", flat=True))
    assert keys == {alive.session.session_key}


def test_last_seen_follows_the_session(pegawai):
    client = log_in(pegawai)
    old = timezone.now() - dt.timedelta(hours=1)
    UserSession.objects.update(last_seen_at=old)
    client.get("/akun/saya/")
    assert UserSession.objects.get().last_seen_at == old
    session = client.session
    session["sesi_terakhir"] -= 90
    session.save()
    client.get("/akun/saya/")
    assert UserSession.objects.get().last_seen_at > old


# -- Roles that need a second step --------------------------------------------------


def test_role_that_needs_one_is_sent_to_set_it_up(client, pegawai, settings):
    settings.MFA_WAJIB = frozenset({"admin"})
    user = UserFactory(roles={Role.ADMIN})
    client.force_login(user)
    assert client.get("/").url == "/akun/dua-langkah/pasang/"
    assert client.get("/admin/").status_code == 302
    assert client.get("/akun/saya/").status_code == 200

    TOTP.activate(user, generate_totp_secret())
    assert client.get("/").status_code == 200

    client.force_login(pegawai)
    assert client.get("/").status_code == 200


def test_unknown_role_stops_the_start(settings):
    settings.MFA_WAJIB = frozenset({"raja"})
    with pytest.raises(ImproperlyConfigured, match="raja"):
        AccountsConfig.create("bkpsdmd.accounts").ready()
