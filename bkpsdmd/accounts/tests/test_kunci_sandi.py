"""Passkeys: made, used as second step and alone, locked, taken away, told."""

from __future__ import annotations

import datetime as dt
import json
import random

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from fido2.utils import websafe_encode

from bkpsdmd.accounts import recovery, services
from bkpsdmd.accounts.attempts import Alasan
from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.accounts.kunci_sandi import list_kunci_sandi, why_unavailable
from bkpsdmd.accounts.models import CatatanMasuk
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import SANDI, UserFactory
from bkpsdmd.accounts.tests.softkey import SoftKey
from bkpsdmd.audit.models import Event

MASUK, LANGKAH_KEDUA = "/akun/masuk/", "/akun/masuk/langkah-kedua/"
MASUK_KUNCI = "/akun/masuk/kunci-sandi/"


@pytest.fixture(autouse=True)
def served_over_https(settings):
    settings.KUNCI_SANDI = True
    settings.MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
    settings.MFA_PASSKEY_LOGIN_ENABLED = True


class Browser(Client):
    """Comes over HTTPS, as people do where passkeys are offered."""

    def generic(self, *args, **kwargs):
        return super().generic(*args, **{**kwargs, "secure": True})

    def first_step(self, user, password=SANDI):
        return self.post(MASUK, {"login": user.username, "password": password})

    def confirm(self):
        self.post("/akun/pastikan/", {"password": SANDI})

    def add_key(self, key, name="Ponsel saya"):
        page = self.get(reverse("mfa_add_webauthn"))
        made = key.make(page.context["js_data"]["creation_options"])
        return self.post(
            reverse("mfa_add_webauthn"), {"name": name, "credential": made}
        )

    def log_in_with(self, key, **extra):
        asked = self.get(MASUK_KUNCI, headers={"accept": "application/json"}).json()
        signed = key.use(asked["request_options"])
        return self.post(MASUK_KUNCI, {"credential": signed, **extra})

    @property
    def is_inside(self):
        return self.get("/akun/saya/").status_code == 200


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def key(pegawai):
    """A passkey of `pegawai`, made in another browser."""
    other, key = Browser(), SoftKey()
    other.first_step(pegawai)
    other.confirm()
    assert other.add_key(key).url == reverse("mfa_view_recovery_codes")
    return key


def reasons():
    return list(CatatanMasuk.objects.order_by("id").values_list("alasan", flat=True))


# -- Where it is offered ------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("https://portal.contoh.go.id", True),
        ("https://portal.contoh.go.id:8443", True),
        ("http://localhost:8000", True),
        ("http://portal.contoh.go.id", False),
        ("http://127.0.0.1:8000", False),
        ("https://192.168.1.10", False),
        ("https://[::1]:8000", False),
        ("https://[::1]", False),
    ],
)
def test_offered_over_https_by_name_and_on_localhost(settings, address, is_open):
    settings.ALLOWED_HOSTS = ["*"]
    scheme, _, host = address.partition("://")
    request = RequestFactory().get(
        "/", secure=scheme == "https", headers={"host": host}
    )
    assert (why_unavailable(request) == "") is is_open


def test_switched_off_it_is_not_offered_at_all(settings, rf):
    settings.KUNCI_SANDI = False
    assert "https://" in why_unavailable(rf.get("/", secure=True))
    assert "https://" in why_unavailable(rf.get("/", headers={"host": "localhost"}))


def test_without_https_pages_say_why_and_nothing_can_be_added(client, pegawai):
    client.force_login(pegawai)
    page = client.get(reverse("mfa_index")).content.decode()
    assert "hanya dapat dipakai bila portal dibuka lewat https://" in page
    assert "Tambah kunci sandi" not in page
    for url in (
        reverse("mfa_add_webauthn"),
        reverse("mfa_remove_webauthn", args=[1]),
        reverse("mfa_reauthenticate_webauthn"),
    ):
        assert client.get(url).url == reverse("mfa_index")
    anonymous = Client()
    assert anonymous.get(MASUK_KUNCI).status_code == 404
    assert "kunci sandi" not in anonymous.get(MASUK).content.decode()


def test_over_https_the_log_in_page_offers_it(browser, db):
    page = browser.get(MASUK).content.decode()
    assert "Masuk dengan kunci sandi" in page
    assert "js/kunci-sandi.js" in page


# -- Adding -------------------------------------------------------------------------


def test_adding_asks_for_the_password_once_more(browser, pegawai):
    browser.first_step(pegawai)
    answer = browser.get(reverse("mfa_add_webauthn"))
    assert answer.url.startswith("/akun/pastikan/?next=")


def test_added_key_is_listed_told_and_audited(browser, pegawai, key):
    kunci = list_kunci_sandi(pegawai)
    assert [(one.nama, one.terakhir) for one in kunci] == [("Ponsel saya", None)]
    event = Event.objects.get(kind=Kejadian.TAMBAH_KUNCI)
    assert event.changes == {"kunci_sandi": [None, "Ponsel saya"]}
    assert str(event) == "Siti Contoh menambah kunci sandi pada akun Siti Contoh"
    # The first second step comes with codes on paper.
    assert Authenticator.objects.filter(type="recovery_codes").count() == 1

    browser.log_in_with(key)
    assert "menambah kunci sandi" in browser.get("/akun/saya/").content.decode()
    page = browser.get(reverse("mfa_index")).content.decode()
    assert "Ponsel saya" in page
    assert "terakhir dipakai" in page


def test_a_key_without_a_name_is_called_after_the_device(browser, pegawai):
    browser.first_step(pegawai)
    browser.confirm()
    browser.add_key(SoftKey(), name="")
    assert [one.nama for one in list_kunci_sandi(pegawai)] == ["Peramban lain"]


def test_the_device_learns_no_nip(browser, pegawai):
    browser.first_step(pegawai)
    browser.confirm()
    page = browser.get(reverse("mfa_add_webauthn"))
    assert pegawai.username not in json.dumps(page.context["js_data"])


@pytest.mark.parametrize(
    "sent",
    ["", "x", "[]", "1", "{}", '{"id": "a", "rawId": "b"}', '{"response": {}}'],
)
def test_garbage_is_refused_in_words(browser, pegawai, sent):
    browser.first_step(pegawai)
    browser.confirm()
    browser.get(reverse("mfa_add_webauthn"))
    answer = browser.post(
        reverse("mfa_add_webauthn"), {"name": "x", "credential": sent}
    )
    assert answer.status_code == 200
    assert answer.context["title"] == "Tambah kunci sandi"
    assert answer.context["form"].errors
    assert not Authenticator.objects.exists()
    assert not Event.objects.filter(kind=Kejadian.TAMBAH_KUNCI).exists()


def test_key_made_on_another_address_is_refused(browser, pegawai):
    browser.first_step(pegawai)
    browser.confirm()
    answer = browser.add_key(SoftKey(origin="https://tiruan.example"))
    assert "belum terbuat" in answer.content.decode()
    assert not Authenticator.objects.exists()


# -- As the second step -------------------------------------------------------------


def second_step(browser, key):
    page = browser.get(LANGKAH_KEDUA)
    signed = key.use(page.context["js_data"]["request_options"])
    return browser.post(LANGKAH_KEDUA, {"credential": signed})


def test_password_then_key_logs_in(browser, pegawai, key):
    before = len(reasons())
    assert browser.first_step(pegawai).url == LANGKAH_KEDUA
    assert not browser.is_inside
    page = browser.get(LANGKAH_KEDUA).content.decode()
    assert "Pakai kunci sandi" in page

    assert second_step(browser, key).status_code == 302
    assert browser.is_inside
    assert reasons()[before:] == [Alasan.DIPASTIKAN, Alasan.BERHASIL]
    assert list_kunci_sandi(pegawai)[0].terakhir is not None


def test_key_of_somebody_else_is_no_second_step(browser, pegawai, key, pengelola):
    TOTP.activate(pengelola, generate_totp_secret())
    browser.first_step(pengelola)
    page = browser.get(LANGKAH_KEDUA)
    assert "Pakai kunci sandi" not in page.content.decode()

    answer = second_step(browser, key)

    assert answer.status_code == 200
    assert not browser.is_inside
    assert reasons()[-1] == Alasan.KUNCI_SALAH


def test_wrong_keys_lock_like_wrong_codes(browser, pegawai, key):
    browser.first_step(pegawai)
    for _ in range(5):
        second_step(browser, SoftKey())
    answer = second_step(browser, key)
    assert "Terlalu banyak" in answer.content.decode()
    assert not browser.is_inside
    answer = Browser().first_step(pegawai)
    assert "Terlalu banyak" in answer.context["form"].non_field_errors()[0]


def test_without_https_codes_on_paper_are_the_way_in(client, pegawai, key):
    client.post(MASUK, {"login": pegawai.username, "password": SANDI})
    page = client.get(LANGKAH_KEDUA).content.decode()
    assert "Pakai kunci sandi" not in page
    assert "lewat https://" in page
    codes = Authenticator.objects.get(type="recovery_codes").wrap()
    client.post(LANGKAH_KEDUA, {"code": codes.get_unused_codes()[0]})
    assert client.get("/akun/saya/").status_code == 200


def test_empty_answer_to_the_second_step_is_no_error_page(browser, pegawai, settings):
    TOTP.activate(pegawai, generate_totp_secret())
    settings.MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
    browser.first_step(pegawai)
    assert browser.post(LANGKAH_KEDUA, {}).status_code == 200


# -- Alone --------------------------------------------------------------------------


def test_key_alone_logs_in_and_leads_to_the_page_asked_for(browser, pegawai, key):
    before = len(reasons())
    answer = browser.log_in_with(key, next="/akun/saya/")
    assert answer.url == "/akun/saya/"
    assert browser.is_inside
    assert reasons()[before:] == [Alasan.BERHASIL]
    row = CatatanMasuk.objects.latest("id")
    assert (row.user, row.ip) == (pegawai, "127.0.0.1")


def test_key_alone_must_have_verified_the_person(browser, pegawai):
    key, other = SoftKey(is_verifying=False), Browser()
    other.first_step(pegawai)
    other.confirm()
    other.add_key(key)

    assert browser.log_in_with(key).url == MASUK
    assert not browser.is_inside
    # After the password it is enough.
    browser.first_step(pegawai)
    second_step(browser, key)
    assert browser.is_inside


def test_an_answer_is_good_once(browser, key):
    asked = browser.get(MASUK_KUNCI, headers={"accept": "application/json"}).json()
    signed = key.use(asked["request_options"])
    browser.post(MASUK_KUNCI, {"credential": signed})
    assert browser.is_inside
    other = Browser()
    other.get(MASUK_KUNCI, headers={"accept": "application/json"})
    other.post(MASUK_KUNCI, {"credential": signed})
    assert not other.is_inside


def test_locked_account_stays_locked_for_its_key(browser, pegawai, key):
    for _ in range(5):
        Browser().first_step(pegawai, "salah sama sekali")
    answer = browser.log_in_with(key, next="/akun/saya/")
    assert answer.url == f"{MASUK}?next=%2Fakun%2Fsaya%2F"
    assert "Terlalu banyak" in browser.get(answer.url).content.decode()
    assert not browser.is_inside
    assert reasons()[-1] == Alasan.TERKUNCI


def test_garbage_locks_nobody_but_counts_for_its_address(
    browser, pegawai, key, settings
):
    settings.LOGIN_ATTEMPTS_PER_ADDRESS = 8
    handle = SoftKey()
    handle.user_handle = key.user_handle
    for _ in range(7):
        assert Browser(REMOTE_ADDR="203.0.113.9").log_in_with(handle).url == MASUK
        handle.id += b"x"
    assert set(CatatanMasuk.objects.filter(ip="203.0.113.9").values_list("user")) == {
        (None,)
    }
    assert Browser().first_step(pegawai).status_code == 302

    Browser(REMOTE_ADDR="203.0.113.9").log_in_with(handle)
    answer = Browser(REMOTE_ADDR="203.0.113.9").log_in_with(key)
    assert answer.url == MASUK
    assert reasons()[-1] == Alasan.TERKUNCI


@pytest.mark.parametrize("sent", ["", "x", "[]", "7", "{}", '{"id": 1, "rawId": {}}'])
def test_garbage_at_the_door_is_answered(browser, db, sent):
    browser.get(MASUK_KUNCI, headers={"accept": "application/json"})
    assert browser.post(MASUK_KUNCI, {"credential": sent}).url == MASUK


def test_closed_account_stays_closed(browser, pegawai, key):
    services.deactivate_account(user=pegawai, by=None, reason="-")
    assert browser.log_in_with(key).url == MASUK
    assert "tidak dikenali" in browser.get(MASUK).content.decode()
    assert not browser.is_inside


def test_a_plain_visit_goes_to_the_log_in_page(browser, db):
    assert browser.get(MASUK_KUNCI).url == MASUK


def test_session_opened_with_the_key_confirms_with_the_key(browser, key):
    browser.log_in_with(key)
    url = reverse("mfa_reauthenticate_webauthn")
    page = browser.get(f"{url}?next={reverse('mfa_add_webauthn')}")
    bad = SoftKey().use(page.context["js_data"]["request_options"])
    answer = browser.post(url, {"credential": bad})
    assert answer.status_code == 200
    assert "tidak dikenali" in answer.content.decode()
    assert reasons().count(Alasan.KUNCI_SALAH) == 1

    signed = key.use(answer.context["js_data"]["request_options"])
    answer = browser.post(
        url, {"credential": signed, "next": reverse("mfa_add_webauthn")}
    )
    assert answer.url == reverse("mfa_add_webauthn")
    assert browser.get(answer.url).status_code == 200


# -- Taking away --------------------------------------------------------------------


def remove(browser, kunci):
    return browser.post(reverse("mfa_remove_webauthn", args=[kunci.pk]))


def test_removed_key_opens_nothing_and_is_audited(browser, pegawai, key):
    browser.log_in_with(key)
    kunci = list_kunci_sandi(pegawai)[0]
    url = reverse("mfa_remove_webauthn", args=[kunci.pk])
    assert browser.get(url).url.startswith("/akun/pastikan/?next=")
    browser.confirm()
    assert "Ponsel saya" in browser.get(url).content.decode()

    assert remove(browser, kunci).url == reverse("mfa_index")

    # The codes on paper go with the last second step.
    assert not Authenticator.objects.exists()
    event = Event.objects.get(kind=Kejadian.HAPUS_KUNCI)
    assert event.changes == {"kunci_sandi": ["Ponsel saya", None]}
    other = Browser()
    other.log_in_with(key)
    assert not other.is_inside


def test_owner_is_told_at_each_log_in_for_three_days(pegawai, key):
    def told():
        browser = Browser()
        browser.log_in_with(key)
        return "Cara masuk ke akun Anda baru berubah" in (
            browser.get("/akun/saya/").content.decode()
        )

    assert told()
    assert told()
    with time_machine.travel(timezone.now() + dt.timedelta(days=3, minutes=1)):
        assert not told()


def test_nobody_removes_the_key_of_somebody_else(browser, pegawai, key, pengelola):
    browser.first_step(pengelola)
    browser.confirm()
    assert remove(browser, list_kunci_sandi(pegawai)[0]).status_code == 404
    assert list_kunci_sandi(pegawai)
    assert not Event.objects.filter(kind=Kejadian.HAPUS_KUNCI).exists()


def test_role_that_must_have_one_sets_it_up_with_a_key(browser, pegawai, settings):
    settings.MFA_WAJIB = frozenset({Role.PEGAWAI})
    browser.first_step(pegawai)
    assert browser.get("/").url == reverse("mfa_activate_totp")
    browser.confirm()
    page = browser.get(reverse("mfa_activate_totp")).content.decode()
    assert reverse("mfa_add_webauthn") in page
    key = SoftKey()
    browser.add_key(key)
    assert browser.get("/").status_code == 200

    # Taken away again it is asked for at once, and other devices are out.
    other = Browser()
    other.log_in_with(key)
    assert other.get("/").status_code == 200
    remove(browser, list_kunci_sandi(pegawai)[0])
    assert browser.get("/").url == reverse("mfa_activate_totp")
    assert not other.is_inside


def test_recovery_by_two_officers_removes_keys_too(
    browser, pegawai, key, pengelola, admin
):
    browser.log_in_with(key)
    now = timezone.now()
    row = recovery.request_recovery(
        user=pegawai, cara="tatap_muka", alasan="Hanyut", by=pengelola, now=now
    )
    recovery.approve_recovery(pemulihan=row, by=admin, catatan="", now=now)

    assert not Authenticator.objects.filter(user=pegawai).exists()
    assert not browser.is_inside
    browser.log_in_with(key)
    assert not browser.is_inside
    assert Event.objects.filter(kind=Kejadian.HAPUS_DUA_LANGKAH).exists()


def test_own_page_costs_the_same_with_many_keys(
    browser, pegawai, key, django_assert_max_num_queries
):
    browser.log_in_with(key)
    row = Authenticator.objects.get(type="webauthn")
    for number in range(20):
        Authenticator.objects.create(
            user=pegawai, type="webauthn", data={**row.data, "name": f"Kunci {number}"}
        )
    UserFactory()
    for url in ("/akun/saya/", reverse("mfa_index")):
        with django_assert_max_num_queries(12):
            assert browser.get(url).status_code == 200


# Without these an answer proves nothing. (A second step needs no user handle.)
BERBOBOT = {"clientDataJSON", "authenticatorData", "signature", "rawId", "response"}


def _broken(sent: str, seed: int) -> tuple[str, bool]:
    """Return an answer with one part spoilt, and whether that part proves something."""
    rng = random.Random(seed)  # noqa: S311
    answer = json.loads(sent)
    name = rng.choice([*answer["response"], "id", "rawId", "type", "response"])
    spoilt = rng.choice(
        [
            None,
            7,
            [],
            {},
            "",
            "%%%",
            websafe_encode(rng.randbytes(rng.randrange(1, 200))),
            websafe_encode(b"\xff" * 400),
            websafe_encode(str(2**70).encode()),
        ]
    )
    place = answer["response"] if name in answer["response"] else answer
    if spoilt is None:
        del place[name]
    else:
        place[name] = spoilt
    return json.dumps(answer), name in BERBOBOT


@pytest.mark.parametrize("seed", range(24))
def test_spoilt_answers_open_nothing_and_break_nothing(browser, pegawai, key, seed):
    """At the door, as second step and where keys are added: no error page, no entry."""
    asked = browser.get(MASUK_KUNCI, headers={"accept": "application/json"}).json()
    sent, is_bad = _broken(key.use(asked["request_options"]), seed)
    assert browser.post(MASUK_KUNCI, {"credential": sent}).status_code == 302
    assert not (is_bad and browser.is_inside)

    other = Browser()
    other.first_step(pegawai)
    page = other.get(LANGKAH_KEDUA)
    sent, is_bad = _broken(key.use(page.context["js_data"]["request_options"]), seed)
    assert other.post(LANGKAH_KEDUA, {"credential": sent}).status_code in (200, 302)
    assert not (is_bad and other.is_inside)

    owner = Browser()
    owner.force_login(pegawai)
    owner.confirm()
    page = owner.get(reverse("mfa_add_webauthn"))
    made = SoftKey().make(page.context["js_data"]["creation_options"])
    sent, _ = _broken(made, seed)
    answer = owner.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": sent})
    assert answer.status_code in (200, 302)
