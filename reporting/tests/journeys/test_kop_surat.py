"""The admin gives a perangkat daerah its letterhead, after looking at a sample letter."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route

from bkpsdmd.accounts.roles import Role
from bkpsdmd.documents.kop import get_kop
from bkpsdmd.documents.models import KopSurat
from bkpsdmd.documents.tests.pdf import list_alt, open_pdf, read_text, squeeze
from bkpsdmd.documents.tests.test_services import SVG
from reporting.tests.journeys.conftest import look_at

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_letterhead_is_looked_at_then_stored(open_as: Any, kantor: Any) -> None:
    page = open_as(kantor.user_for(Role.ADMIN), bypass_csp=True)
    page.goto("/admin/documents/kopsurat/add/")
    page.get_by_label("Perangkat daerah:", exact=True).select_option("Dinas Contoh")
    page.get_by_label("Berlaku sejak").fill("01-01-2026")
    page.get_by_label("Alamat:", exact=True).fill("Jalan Contoh 12")
    page.get_by_label("Lambang sendiri").set_input_files(
        {"name": "lambang.svg", "mimeType": "image/svg+xml", "buffer": SVG}
    )
    look_at(page, "kop-surat-baru")

    answers: list[bytes] = []

    def keep(route: Route) -> None:
        # The browser hands a PDF to a viewer of its own, which tells nothing of it.
        answer = route.fetch()
        answers.append(answer.body())
        route.fulfill(response=answer)

    page.context.route("**/contoh/", keep)
    with page.context.expect_page() as tab:
        page.get_by_role("button", name="Lihat contoh", exact=True).click()
    tab.value.wait_for_load_state()
    tab.value.close()
    [content] = answers
    text = read_text(content)
    assert squeeze("DINAS CONTOH") in text
    assert squeeze("Jalan Contoh 12") in text
    with open_pdf(content) as pdf:
        assert len(list_alt(pdf)) == 1
    assert not KopSurat.objects.exists()

    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("berhasil ditambahkan").wait_for()
    kop = KopSurat.objects.get()
    assert kop.lambang
    assert get_kop(kantor.dinas.kode, kop.mulai).alamat == "Jalan Contoh 12"
    page.get_by_role("link", name="Dinas Contoh").last.click()
    page.get_by_alt_text("Lambang yang tersimpan").wait_for()
    look_at(page, "kop-surat-ubah")
