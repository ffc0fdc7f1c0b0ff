import re
import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client
from django.urls import reverse

from bkpsdmd.accounts import services
from bkpsdmd.accounts.attempts import Alasan
from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.accounts.models import CatatanMasuk, User
from bkpsdmd.accounts.tests.factories import SANDI
from bkpsdmd.audit.models import Event

MASUK, LANGKAH_KEDUA = "/akun/masuk/", "/akun/masuk/langkah-kedua/"
SECRET = generate_totp_secret()


def code_now(secret: str = SECRET, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2026-03-02 08:00:10+08:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def protected(pegawai: User) -> User:
    TOTP.activate(pegawai, SECRET)
    RecoveryCodes.activate(pegawai)
    return pegawai


def first_step(client: Client, user: User, **extra: str):
    return client.post(MASUK, {"login": user.username, "password": SANDI, **extra})


def second_step(client: Client, code: str):
    return client.post(LANGKAH_KEDUA, {"code": code})


def is_logged_in(client: Client) -> bool:
    return client.get("/akun/saya/").status_code == 200


# -- Logging in ---------------------------------------------------------------------


def test_password_alone_does_not_log_in(client, protected):
    assert first_step(client, protected).url == LANGKAH_KEDUA
    assert not is_logged_in(client)
    assert CatatanMasuk.objects.get().alasan == Alasan.TERVERIFIKASI


def test_code_of_the_app_completes_the_log_in(client, protected):
    first_step(client, protected, next="/akun/saya/")

    assert second_step(client, code_now()).url == "/akun/saya/"
    assert is_logged_in(client)
    assert list(CatatanMasuk.objects.order_by("id").values_list("alasan", "user")) == [
        (Alasan.DIPASTIKAN, protected.pk),
        (Alasan.BERHASIL, protected.pk),
    ]


@pytest.mark.parametrize(("steps", "accepted"), [(-2, 0), (-1, 1), (1, 1), (2, 0)])
def test_clock_may_be_half_a_minute_off(client, protected, steps, accepted):
    first_step(client, protected)
    second_step(client, code_now(steps=steps))

    assert is_logged_in(client) == bool(accepted)


def test_code_is_good_for_one_log_in_only(client, protected, clock):
    code = code_now()
    first_step(client, protected)
    second_step(client, code)
    clock.shift(40)  # past the half minute for which allauth itself remembers a code

    other = Client()
    first_step(other, protected)
    response = second_step(other, code)

    assert "Kode tidak cocok" in response.context["form"].errors["code"][0]
    assert not is_logged_in(other)


def test_recovery_code_works_once(client, protected):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    first_step(client, protected)
    second_step(client, code)
    assert is_logged_in(client)

    other = Client()
    first_step(other, protected)
    second_step(other, code)
    assert not is_logged_in(other)


def test_guessing_codes_locks_password_and_code(client, protected):
    first_step(client, protected)
    for _ in range(5):
        second_step(client, "000000")

    assert (
        "Terlalu banyak"
        in second_step(client, code_now()).context["form"].errors["code"][0]
    )
    response = first_step(Client(), protected)
    assert "Terlalu banyak" in response.context["form"].non_field_errors()[0]


def test_password_again_does_not_buy_more_guesses(protected):
    for _ in range(5):
        client = Client()
        first_step(client, protected)
        second_step(client, "000000")

    response = first_step(Client(), protected)

    assert "Terlalu banyak" in response.context["form"].non_field_errors()[0]


def test_waiting_log_in_can_be_given_up(client, protected):
    first_step(client, protected)

    assert client.post("/akun/keluar/").url == MASUK
    assert client.get(MASUK).status_code == 200


def test_second_step_without_the_first_leads_back(client, protected):
    assert client.get(LANGKAH_KEDUA).url == MASUK


def test_owner_sees_that_somebody_has_the_password(client, protected):
    """A log-in that stopped at the second step stays in sight, a completed one is one."""
    first_step(Client(REMOTE_ADDR="203.0.113.9"), protected)
    first_step(client, protected)
    second_step(client, code_now())
    client.post("/akun/pastikan/", {"password": SANDI})

    page = client.get("/akun/saya/")

    assert [(row.ip, row.alasan) for row in page.context["catatan"]] == [
        ("127.0.0.1", Alasan.BERHASIL),
        ("203.0.113.9", Alasan.TERVERIFIKASI),
    ]


def test_account_closed_between_the_steps_stays_out(client, protected):
    first_step(client, protected)
    services.deactivate_account(user=protected, by=None, reason="-")

    assert second_step(client, code_now()).url == MASUK
    assert not CatatanMasuk.objects.filter(berhasil=True).exists()


def test_reset_code_still_asks_for_the_second_step(client, protected):
    kode = services.issue_kode(user=protected, tujuan=services.Tujuan.RESET, by=None)
    baru = "sungai deras di hulu"

    response = client.post(
        "/akun/aktivasi/",
        {
            "username": protected.username,
            "kode": kode,
            "password1": baru,
            "password2": baru,
        },
    )

    assert response.url == LANGKAH_KEDUA
    assert not is_logged_in(client)


def test_second_step_covers_the_admin_site(client, admin):
    TOTP.activate(admin, SECRET)
    first_step(client, admin, next="/admin/")
    assert client.get("/admin/").status_code == 302

    assert second_step(client, code_now()).url == "/admin/"
    assert client.get("/admin/").status_code == 200


# -- Setting it up ------------------------------------------------------------------


def confirm(client: Client) -> None:
    """Give the password once more, as the sensitive pages ask."""
    client.post("/akun/pastikan/", {"password": SANDI})


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_generate_recovery_codes"])
def test_sensitive_pages_ask_for_the_password_once_more(client, pegawai, name):
    first_step(client, pegawai)

    response = client.get(reverse(name))

    assert response.url.startswith("/akun/pastikan/?next=")


def test_wrong_password_there_is_counted(client, pegawai):
    first_step(client, pegawai)
    for _ in range(5):
        client.post("/akun/pastikan/", {"password": "salah sama sekali"})

    response = client.post("/akun/pastikan/", {"password": SANDI})

    assert "Terlalu banyak" in response.context["form"].errors["password"][0]


def test_app_is_installed_used_and_taken_away_again(client, pegawai):
    first_step(client, pegawai)
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()

    response = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    assert response.url == reverse("mfa_view_recovery_codes")
    codes = re.findall(
        r"<code>(\d{8})</code>", client.get(response.url).content.decode()
    )
    assert len(codes) == 10
    text = client.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert re.findall(r"^\d{8}$", text, re.M) == codes
    assert "Terpasang" in client.get(reverse("akun-saya")).content.decode()

    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    kinds = Event.objects.order_by("id").values_list("kind", "actor")
    assert list(kinds) == [
        (Kejadian.DUA_LANGKAH_HIDUP, pegawai.pk),
        (Kejadian.KODE_CADANGAN, pegawai.pk),
        (Kejadian.DUA_LANGKAH_MATI, pegawai.pk),
    ]


def test_pages_of_the_second_step_open(client, protected):
    first_step(client, protected)
    second_step(client, code_now())

    for name in ("mfa_index", "mfa_reauthenticate", "account_reauthenticate"):
        assert client.get(reverse(name)).status_code == 200
