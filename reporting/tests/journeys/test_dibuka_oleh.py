"""An employee sees who looked at the closed parts of the own record."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reporting.tests.journeys.conftest import look_at

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_employee_sees_that_an_officer_opened_a_closed_part(
    kantor: Any, open_as: Callable[..., Page]
) -> None:
    address = kantor.pegawai.get_absolute_url()
    employee = open_as(kantor.pegawai)
    employee.goto(address)
    employee.get_by_role("link", name="Dibuka oleh").click()
    expect(employee.get_by_text("Belum ada yang membuka data ini")).to_be_visible()
    look_at(employee, "dibuka-kosong")

    officer = open_as(kantor.pengelola)
    officer.goto(address)
    officer.get_by_role("link", name="Keluarga", exact=True).click()
    expect(officer).to_have_url(re.compile("/keluarga/$"))
    # Those who are in the list do not see it.
    expect(officer.get_by_role("link", name="Dibuka oleh")).to_have_count(0)
    assert officer.goto(f"{address}dibuka/").status == 403

    employee.reload()
    seen = employee.get_by_role("listitem").filter(has_text="Rina Pengelola")
    expect(seen).to_have_count(1)
    expect(seen).to_contain_text("Keluarga")
    expect(seen).to_contain_text("Dinas Contoh")
    look_at(employee, "dibuka")

    # The own look at the own record is nobody's business.
    employee.goto(f"{address}keluarga/")
    employee.goto(f"{address}dibuka/")
    main = employee.locator("ol.daftar-jejak").get_by_role("listitem")
    expect(main).to_have_count(1)
