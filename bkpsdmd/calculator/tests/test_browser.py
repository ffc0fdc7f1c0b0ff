"""The calculator in a browser: rows with and without scripts, axe, nothing overflows."""

from typing import Any

import pytest

from bkpsdmd.ui.tests.test_browser import DESKTOP, PHONE, chromium, open_page

__all__ = ["chromium", "open_page"]

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

GAJI = "jenis_asn=PNS&golongan=III/b&mkg_bulan=100&tanggal=2026-11-25"
PAGES = [
    "/kalkulator/",
    "/kalkulator/duk/",
    f"/kalkulator/gaji_pokok/?{GAJI}",
    f"/kalkulator/gaji_pokok/?{GAJI}x",
    "/peraturan/",
    "/peraturan/simpeg/gaji_pokok_pns/?golongan_ruang=III/b",
    "/peraturan/simpeg/batas_usia_pensiun/",
]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_row_is_added_filled_and_taken_away(open_page: Any, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/kalkulator/duk/")
    page.get_by_label("Pengenal").fill("Ani")
    page.get_by_role("button", name="Tambah baris Pegawai").click()
    kedua = page.get_by_label("Pengenal").nth(1)
    kedua.wait_for()
    assert page.get_by_label("Pengenal").first.input_value() == "Ani"
    kedua.fill("Budi")
    page.get_by_role("button", name="Hapus Pegawai 1").click()
    page.get_by_role("button", name="Hapus Pegawai 1").wait_for(state="hidden")
    assert page.get_by_label("Pengenal").input_value() == "Budi"


def test_new_row_has_the_cursor(open_page: Any) -> None:
    page = open_page()
    page.goto("/kalkulator/duk/")
    page.get_by_role("button", name="Tambah baris Pegawai").click()
    page.get_by_label("Pengenal").nth(1).wait_for()
    page.wait_for_function("document.activeElement.name === 'pegawai[1].id'")


def test_enter_computes_and_a_mistake_is_a_link_to_its_field(open_page: Any) -> None:
    page = open_page()
    page.goto("/kalkulator/gaji_pokok/")
    page.get_by_label("Jenis ASN").select_option("PNS")
    page.get_by_label("Golongan").first.fill("III/x")
    page.get_by_label("Masa kerja golongan").fill("100")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_role("link", name="Golongan").click()
    assert page.evaluate("document.activeElement.name") == "golongan"
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("III/b")
    page.keyboard.press("Enter")
    page.get_by_text("Gaji pokok Rp 3.287.000 sebulan").wait_for()
    page.reload()
    page.get_by_text("Gaji pokok Rp 3.287.000 sebulan").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_nothing_overflows(
    open_page: Any, size: dict[str, int], scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    # axe itself is put in as a script of the page, which the policy would refuse.
    page = open_page(viewport=size, color_scheme=scheme, bypass_csp=True)
    for address in PAGES:
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            address
        )
