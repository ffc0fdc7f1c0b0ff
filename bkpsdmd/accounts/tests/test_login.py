from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse

from bkpsdmd.accounts import services
from bkpsdmd.accounts.attempts import Alasan
from bkpsdmd.accounts.models import CatatanMasuk, User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import SANDI, UserFactory

MASUK = "/akun/masuk/"


def log_in(client: Client, username: str, password: str = SANDI, **kwargs: object):
    return client.post(MASUK, {"login": username, "password": password}, **kwargs)


def landed(response: Any) -> str:
    """Return where a chain of redirects ended."""
    return response.redirect_chain[-1][0]


def outcomes() -> list[tuple[int | None, str, bool]]:
    rows = CatatanMasuk.objects.order_by("id")
    return list(rows.values_list("user", "alasan", "berhasil"))


# -- What exists --------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_confirm_email",
        "account_email_verification_sent",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_set_password",
        "account_inactive",
        "mfa_trust",
        "mfa_signup_webauthn",
    ],
)
def test_what_the_portal_does_not_use_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path",
    ["/akun/signup/", "/akun/email/", "/akun/password/reset/", "/accounts/login/"],
)
def test_pages_of_closed_flows_are_not_found(client, pegawai, path):
    client.force_login(pegawai)

    assert client.get(path).status_code == 404


# -- Name and password --------------------------------------------------------------


@pytest.mark.parametrize("grouping", ["{0}", "{0:.8} {1}", " {0:.8}.{1} "])
def test_nip_is_understood_in_any_grouping(client, pegawai, grouping):
    typed = grouping.format(pegawai.username, pegawai.username[8:])

    response = log_in(client, typed)

    assert response.status_code == 302
    assert response.url == reverse("beranda")
    assert outcomes() == [(pegawai.pk, Alasan.BERHASIL, True)]


def test_name_is_understood_in_any_case(client, admin):
    assert log_in(client, "AdminUji").url == reverse("beranda")


def test_one_goes_where_one_wanted(client, pegawai):
    response = client.post(
        MASUK, {"login": pegawai.username, "password": SANDI, "next": "/akun/saya/?a=1"}
    )

    assert response.url == "/akun/saya/?a=1"


def test_one_is_not_sent_to_another_host(client, pegawai):
    response = client.post(
        MASUK,
        {"login": pegawai.username, "password": SANDI, "next": "https://lain.example/"},
    )

    assert response.url == reverse("beranda")


def test_wrong_unknown_closed_and_not_yet_active_get_the_same_answer(
    client, pegawai, belum_aktif
):
    closed = services.deactivate_account(user=UserFactory(), by=None, reason="-")
    answers = {
        response.context["form"].non_field_errors()[0]
        for response in (
            log_in(client, pegawai.username, "salah sama sekali"),
            log_in(client, "tidak-ada"),
            log_in(client, closed.username),
            log_in(client, belum_aktif.username, belum_aktif.password),
        )
    }

    assert len(answers) == 1
    assert "tidak cocok" in answers.pop()
    assert outcomes() == [
        (pegawai.pk, Alasan.SANDI_SALAH, False),
        (None, Alasan.SANDI_SALAH, False),
        (closed.pk, Alasan.SANDI_SALAH, False),
        (belum_aktif.pk, Alasan.SANDI_SALAH, False),
    ]


def test_unknown_and_known_names_cost_the_same_work(client, pegawai, monkeypatch):
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode",
        lambda self, password, salt: hashed.append(password) or f"md5${salt}$x",
    )

    log_in(client, pegawai.username, "salah sama sekali")
    known = len(hashed)
    log_in(client, "tidak-ada", "salah sama sekali")

    assert known == len(hashed) - known == 1


def test_session_of_before_the_log_in_is_worth_nothing(client, pegawai):
    session = client.session
    session["titipan"] = "penyerang"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted

    log_in(client, pegawai.username)

    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_session_cookie_is_not_for_scripts_and_ends_with_the_browser(client, pegawai):
    cookie = log_in(client, pegawai.username).cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""


def test_logging_out_needs_a_post_and_ends_the_session(client, pegawai):
    log_in(client, pegawai.username)
    key = client.session.session_key

    assert client.get("/akun/keluar/").status_code == 200
    assert Session.objects.filter(session_key=key).exists()
    assert client.post("/akun/keluar/").url == MASUK
    assert not Session.objects.filter(session_key=key).exists()


def test_login_page_needs_a_csrf_token(pegawai):
    response = log_in(Client(enforce_csrf_checks=True), pegawai.username)

    assert response.status_code == 403
    assert outcomes() == []


def test_deactivated_account_is_out_at_the_next_request(client, pegawai):
    log_in(client, pegawai.username)
    services.deactivate_account(user=pegawai, by=None, reason="-")

    assert client.get("/akun/saya/").url.startswith(MASUK)


# -- Lock ---------------------------------------------------------------------------


def test_sixth_try_is_refused_even_with_the_right_password(client, pegawai):
    for _ in range(5):
        log_in(client, pegawai.username, "salah sama sekali")

    response = log_in(client, pegawai.username)

    (pesan,) = response.context["form"].non_field_errors()
    assert pesan.startswith(
        "Terlalu banyak percobaan yang gagal. Coba lagi 15 menit lagi."
    )
    assert outcomes()[-1] == (pegawai.pk, Alasan.TERKUNCI, False)
    assert not response.wsgi_request.user.is_authenticated


def test_lock_holds_for_another_address_and_a_new_browser(pegawai):
    for n in range(5):
        log_in(Client(REMOTE_ADDR=f"10.0.0.{n}"), pegawai.username, "salah sekali")

    response = log_in(Client(REMOTE_ADDR="10.9.9.9"), pegawai.username)

    assert "Terlalu banyak" in response.context["form"].non_field_errors()[0]


def test_address_is_the_connection_s_not_a_header_s(client, pegawai):
    log_in(client, pegawai.username, HTTP_X_FORWARDED_FOR="1.2.3.4")

    assert CatatanMasuk.objects.get().ip == "127.0.0.1"


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/accounts/user/"])
def test_admin_site_has_no_log_in_of_its_own(client, admin, path):
    assert landed(client.get(path, follow=True)).startswith(MASUK)

    response = client.post(
        path, {"username": admin.username, "password": SANDI}, follow=True
    )

    assert landed(response).startswith(MASUK)
    assert not response.wsgi_request.user.is_authenticated


def test_lock_covers_the_way_into_the_admin_site(client, admin):
    for _ in range(5):
        log_in(client, admin.username, "salah sama sekali")

    response = client.post(
        MASUK, {"login": admin.username, "password": SANDI, "next": "/admin/"}
    )

    assert "Terlalu banyak" in response.context["form"].non_field_errors()[0]
    assert landed(client.get("/admin/", follow=True)).startswith(MASUK)


def test_unlocked_account_logs_in_again(client, pegawai, admin):
    for _ in range(5):
        log_in(client, pegawai.username, "salah sama sekali")
    services.unlock_account(user=pegawai, by=admin)

    assert log_in(client, pegawai.username).status_code == 302


# -- One's own password -------------------------------------------------------------


def change(client: Client, old: str, new: str = "sungai deras di hulu"):
    data = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/akun/ganti-sandi/", data)


def test_new_password_keeps_this_session_and_ends_the_others(client, pegawai):
    other = Client()
    log_in(client, pegawai.username)
    log_in(other, pegawai.username)

    response = change(client, SANDI)

    assert response.url == reverse("akun-saya")
    assert client.get("/akun/saya/").status_code == 200
    assert other.get("/akun/saya/").url.startswith(MASUK)


def test_weak_new_password_is_refused(client, pegawai):
    log_in(client, pegawai.username)

    assert change(client, SANDI, "1234567890").context["form"].errors["password1"]
    assert User.objects.get(pk=pegawai.pk).check_password(SANDI)


def test_open_session_does_not_allow_guessing_the_password(client, pegawai):
    log_in(client, pegawai.username)
    for _ in range(5):
        response = change(client, "salah sama sekali")
        assert "tidak cocok" in response.context["form"].errors["oldpassword"][0]

    response = change(client, SANDI)

    assert "Terlalu banyak" in response.context["form"].errors["oldpassword"][0]


def test_own_page_shows_roles_and_the_last_tries(client, db):
    user = UserFactory(nama="Siti Contoh", roles={Role.PEGAWAI, Role.VERIFIKATOR})
    log_in(Client(REMOTE_ADDR="203.0.113.9"), user.username, "salah sama sekali")
    log_in(client, user.username)

    response = client.get("/akun/saya/")

    for text in (
        "Siti Contoh",
        "Verifikator BKPSDMD",
        "203.0.113.9",
        "Nama atau kata sandi salah",
        "Belum terpasang",
    ):
        assert text in response.content.decode()


def test_own_page_says_nothing_of_others(client, pegawai, belum_aktif):
    log_in(Client(REMOTE_ADDR="203.0.113.9"), belum_aktif.username, "salah sekali")
    log_in(client, pegawai.username)

    assert "203.0.113.9" not in client.get("/akun/saya/").content.decode()
