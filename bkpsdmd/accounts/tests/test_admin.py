import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin as site
from django.contrib.auth import authenticate
from django.urls import reverse

from bkpsdmd.accounts import services
from bkpsdmd.accounts.attempts import Alasan, begin_attempt, close_attempt
from bkpsdmd.accounts.models import CatatanMasuk, KodeAkses, User
from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.audit.models import Event

LIST = reverse("admin:accounts_user_changelist")


@pytest.fixture
def browser(client, admin):
    client.force_login(admin)
    return client


def change(browser, user: User, **changes: object):
    data = {
        "username": user.username,
        "nama": user.nama,
        "email": "",
        "is_active": "on",
        "alasan": "",
        **changes,
    }
    data = {name: value for name, value in data.items() if value is not None}
    return browser.post(reverse("admin:accounts_user_change", args=[user.pk]), data)


def act(browser, name: str, *users: User):
    return browser.post(
        LIST, {"action": name, "_selected_action": [user.pk for user in users]}
    )


def test_only_an_admin_gets_in(client, pengelola):
    client.force_login(pengelola)

    assert client.get(LIST, follow=True).status_code == 403


@pytest.mark.parametrize("model", [User, CatatanMasuk, KodeAkses])
def test_lists_open(browser, pegawai, model):
    services.issue_kode(user=pegawai, by=None)
    name = model._meta.model_name

    response = browser.get(reverse(f"admin:accounts_{name}_changelist"))

    assert response.status_code == 200
    assert pegawai.nama in response.content.decode()


@pytest.mark.parametrize("model", [CatatanMasuk, KodeAkses])
def test_logs_are_for_reading(browser, pegawai, model):
    services.issue_kode(user=pegawai, by=None)
    base, pk = f"admin:accounts_{model._meta.model_name}", model.objects.get().pk

    page = browser.get(reverse(f"{base}_change", args=[pk]))

    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert browser.get(reverse(f"{base}_add")).status_code == 403
    assert browser.post(reverse(f"{base}_delete", args=[pk])).status_code == 403


def test_no_page_shows_or_takes_a_password(browser, pegawai):
    page = browser.get(reverse("admin:accounts_user_change", args=[pegawai.pk]))

    assert pegawai.password not in page.content.decode()
    assert 'name="password"' not in page.content.decode()


def test_new_account_goes_through_the_service(browser, admin):
    browser.post(
        reverse("admin:accounts_user_add"),
        {"username": "Dinkes.Pemantau", "nama": "Pemantau", "is_layanan": "on"},
    )

    user = User.objects.get(username="dinkes.pemantau")
    assert user.is_layanan
    assert not user.has_usable_password()
    assert Event.objects.get().actor == admin


def test_taken_name_is_an_error_of_its_field(browser, pegawai):
    page = browser.post(
        reverse("admin:accounts_user_add"),
        {"username": f"{pegawai.username[:8]} {pegawai.username[8:]}", "nama": "x"},
    )

    assert page.context["errors"]
    assert User.objects.filter(nama="x").count() == 0


def test_closing_an_account_needs_a_reason(browser, pegawai):
    refused = change(browser, pegawai, is_active=None)
    assert "Tuliskan alasannya." in refused.content.decode()

    assert change(browser, pegawai, is_active=None, alasan="Pensiun").status_code == 302
    pegawai.refresh_from_db()
    assert not pegawai.is_active
    assert Event.objects.get().reason == "Pensiun"

    change(browser, pegawai, alasan="Salah orang")
    pegawai.refresh_from_db()
    assert pegawai.is_active


def test_admin_does_not_close_their_own_account(browser, admin):
    page = change(browser, admin, is_active=None, alasan="coba")

    assert "akun sendiri" in page.content.decode()
    admin.refresh_from_db()
    assert admin.is_active


def test_codes_are_shown_once_and_open_the_accounts(browser, pegawai, belum_aktif):
    page = act(browser, "issue_kode", pegawai, belum_aktif).content.decode()

    rows = re.findall(
        r"<td>([^<]+)</td><td>([^<]+)</td><td><code>([^<]+)</code></td>", page
    )
    assert {username for _, username, _ in rows} == {
        pegawai.username,
        belum_aktif.username,
    }
    for _, username, kode in rows:
        services.activate(
            username=username, kode=kode, password="sungai deras", ip=None
        )
        assert authenticate(None, username=username, password="sungai deras")
    assert set(KodeAkses.objects.values_list("tujuan", flat=True)) == {
        "aktivasi",
        "reset",
    }


def test_refused_code_is_said_and_none_is_issued(browser, admin, pegawai):
    page = browser.get(act(browser, "issue_kode", admin, pegawai).url)

    assert "akun sendiri" in page.content.decode()
    assert not KodeAkses.objects.exists()


def test_unlock(browser, pegawai):
    for _ in range(5):
        attempt = begin_attempt(username=pegawai.username, ip="10.0.0.7")
        close_attempt(attempt, Alasan.SANDI_SALAH, user=pegawai)

    act(browser, "unlock", pegawai)

    begin_attempt(username=pegawai.username, ip="10.0.0.7")


def test_second_factors_and_addresses_of_allauth_are_not_to_be_seen(browser, pegawai):
    TOTP.activate(pegawai, generate_totp_secret())
    assert "authenticator" in {m._meta.model_name for m in site.site._registry}

    index = browser.get("/admin/").content.decode()
    assert "/admin/mfa/" not in index
    assert "/admin/account/" not in index
    for path in ("/admin/mfa/authenticator/", "/admin/account/emailaddress/"):
        assert browser.get(path).status_code == 403


def test_list_costs_the_same_for_many(browser, django_assert_max_num_queries):
    UserFactory.create_batch(30)

    with django_assert_max_num_queries(8):
        browser.get(LIST)
