"""What only a browser can show: scripts, no scripts, keyboard, weight, accessibility."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import path
from django.views.generic import FormView
from playwright.sync_api import Browser, Page, Route, sync_playwright

from bkpsdmd import urls as portal_urls
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import SANDI
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.galeri import ContohForm
from bkpsdmd.ui.permissions import Permission
from bkpsdmd.ui.views import FormPageMixin

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


class CatatView(FormPageMixin, FormView):
    """A form of the gallery on a page of its own; "Tolak" is refused by the service."""

    permission = Permission.BERANDA_VIEW
    form_class = ContohForm
    title = "Catat SK"
    success_url = "/bantuan/"
    success_message = "SK tersimpan."

    def perform(self, form: Any) -> None:
        if form.cleaned_data["nomor_sk"] == "Tolak":
            raise DomainError("Nomor SK itu sudah dicatat.", kolom="nomor_sk")


urlpatterns = [*portal_urls.urlpatterns, path("uji/", CatatView.as_view())]
handler403, handler404 = portal_urls.handler403, portal_urls.handler404


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "chromium tidak terpasang; setel CHROMIUM ke berkasnya"
    # Playwright runs an event loop in this thread; the tests are not async for that.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(
    chromium: Browser, live_server: Any, settings: Any, make_user: Any
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a window where an admin is logged in."""
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = ["*"]
    contexts, errors = [], []

    def new_page(*, logged_in: bool = True, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, **{"viewport": DESKTOP, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda said: (
                errors.append(said.text)
                if "Content Security Policy" in said.text
                else None
            ),
        )
        if logged_in:
            user = make_user(Role.ADMIN, username=f"admin{len(contexts)}")
            client = Client()
            client.force_login(user)
            cookie = client.cookies["sessionid"].value
            context.add_cookies(
                [{"name": "sessionid", "value": cookie, "url": live_server.url}]
            )
        return page

    yield new_page
    for context in contexts:
        context.close()
    assert errors == []


def fill(page: Page, nomor: str) -> None:
    page.get_by_label("Nomor SK").fill(nomor)
    page.get_by_label("TMT").fill("2026-04-01")
    page.get_by_label("Golongan ruang").select_option("3d")
    page.get_by_label("Pilihan", exact=True).check()


def wait_for_draft(page: Page, text: str) -> None:
    page.wait_for_function(
        "text => Object.values(sessionStorage).some(one => one.includes(text))",
        arg=text,
    )


# -- Drafts -------------------------------------------------------------------------


def test_typing_survives_a_reload_and_can_be_thrown_away(open_page: Any) -> None:
    page = open_page()
    page.goto("/uji/")
    fill(page, "823/1")
    wait_for_draft(page, "823/1")
    page.reload()
    assert page.get_by_label("Nomor SK").input_value() == "823/1"
    assert page.get_by_label("Pilihan", exact=True).is_checked()
    page.get_by_role("button", name="Buang draf").click()
    assert page.get_by_label("Nomor SK").input_value() == ""
    page.reload()
    assert page.get_by_label("Nomor SK").input_value() == ""


def test_accepted_form_leaves_no_draft(open_page: Any) -> None:
    page = open_page()
    page.goto("/uji/")
    fill(page, "823/2")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("SK tersimpan.").wait_for()
    page.goto("/uji/")
    assert page.get_by_label("Nomor SK").input_value() == ""


def test_refused_form_shows_why_and_keeps_the_typing(open_page: Any) -> None:
    page = open_page()
    page.goto("/uji/")
    fill(page, "Tolak")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("alert").get_by_role("link", name="Nomor SK").click()
    assert page.evaluate("document.activeElement.id") == "id_nomor_sk"
    assert page.get_by_label("Nomor SK").input_value() == "Tolak"


def test_typing_survives_a_session_that_ended(open_page: Any, make_user: Any) -> None:
    page = open_page()
    page.goto("/uji/")
    fill(page, "823/3")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/akun/masuk/**")
    page.get_by_label("NIP atau nama pengguna").fill("admin1")
    page.get_by_label("Kata sandi").fill(SANDI)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/uji/")
    assert page.get_by_label("Nomor SK").input_value() == "823/3"


def test_typing_survives_a_lost_connection(open_page: Any) -> None:
    page = open_page()
    page.goto("/uji/")
    fill(page, "823/4")
    page.context.set_offline(True)
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Sambungan internet terputus").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("SK tersimpan.").wait_for()


def test_draft_is_not_offered_to_the_next_person(
    open_page: Any, make_user: Any
) -> None:
    page = open_page()
    page.goto("/uji/")
    fill(page, "823/5")
    wait_for_draft(page, "823/5")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/akun/masuk/")
    assert "823/5" not in page.evaluate("JSON.stringify(sessionStorage)")


# -- Sending once, being idle -------------------------------------------------------


def test_form_pressed_twice_is_sent_once(open_page: Any) -> None:
    page = open_page()
    page.goto("/uji/")
    fill(page, "823/6")
    sent = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route)
        else:
            route.continue_()

    page.route("**/uji/", hold)
    said = page.evaluate(
        "() => { const button = document.querySelector('.formulir button');"
        " button.click(); button.click(); button.click(); return button.textContent; }"
    )
    page.wait_for_timeout(500)
    assert said == "Mengirim…"
    assert len(sent) == 1
    sent[0].abort()


def test_idle_person_is_warned_and_may_stay(open_page: Any) -> None:
    page = open_page()
    page.goto("/bantuan/")
    page.evaluate("localStorage.setItem('portal-terakhir', Date.now() / 1000 - 1750)")
    page.get_by_role("dialog", name="Anda masih di sini?").wait_for()
    with page.expect_response("**/akun/masih-di-sini/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 204
    page.locator("#idle").wait_for(state="hidden")


def test_idle_person_ends_at_the_log_in_page(open_page: Any) -> None:
    page = open_page()
    page.goto("/bantuan/")
    page.context.clear_cookies(name="sessionid")
    page.evaluate("localStorage.setItem('portal-terakhir', Date.now() / 1000 - 1900)")
    page.wait_for_url("**/akun/masuk/?next=%2Fbantuan%2F&sebab=diam")
    page.get_by_text("lama tidak ada kegiatan").wait_for()


# -- Without scripts, by keyboard ---------------------------------------------------


def test_menu_and_filters_of_a_phone_open_without_scripts(open_page: Any) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/ui/")
    link = page.locator(".sisi").get_by_role("link", name="Bantuan")
    assert not link.is_visible()
    page.locator(".tombol-menu").click()
    link.click()
    page.wait_for_url("**/bantuan/")
    page.goto("/ui/")
    assert not page.get_by_label("Unit kerja").is_visible()
    page.locator(".saring-tombol").click()
    assert page.get_by_label("Unit kerja").is_visible()


def test_form_works_without_scripts(open_page: Any) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/uji/")
    fill(page, "823/7")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("SK tersimpan.").wait_for()


def test_keyboard_skips_to_the_content_and_opens_the_menu(open_page: Any) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/bantuan/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator(".sisi").get_by_role("link", name="Beranda").is_visible()


# -- Accessibility and weight -------------------------------------------------------

PAGES = ["/", "/ui/", "/bantuan/", "/uji/", "/tidak/ada/", "/akun/saya/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_nothing_overflows(
    open_page: Any, size: dict[str, int], scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    # axe itself is put in as a script of the page, which the policy would refuse.
    options = {"viewport": size, "color_scheme": scheme, "bypass_csp": True}
    gate, inside = open_page(logged_in=False, **options), open_page(**options)
    visits = [(gate, "/akun/masuk/"), (gate, "/akun/aktivasi/")]
    for page, address in visits + [(inside, address) for address in PAGES]:
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            address
        )
