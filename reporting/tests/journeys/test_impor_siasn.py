"""A clerk brings in an export of SIASN, mends a refused row and applies the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bkpsdmd.accounts.roles import Role
from reporting.tests.journeys.conftest import check_access, finish_job
from simpeg.models import KeadaanPegawai, Pegawai

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

CONTOH = Path(__file__).parents[3] / "simpeg/tests/data/siasn_export_contoh.csv"


def test_clerk_imports_an_export_and_mends_a_refused_row(
    kantor: Any, open_as: Callable[..., Page]
) -> None:
    before = Pegawai.objects.count()
    page = open_as(kantor.user_for(Role.VERIFIKATOR))

    page.goto("/")
    page.get_by_role("link", name="Impor SIASN").first.click()
    expect(page.get_by_text("Belum ada impor")).to_be_visible()
    check_access(page)
    page.get_by_role("link", name=re.compile("Unggah")).first.click()
    check_access(page)
    page.locator("input[type=file]").set_input_files(CONTOH)
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.wait_for_url(re.compile("/pekerjaan/"))
    check_access(page)
    finish_job(page)
    page.get_by_role("link", name=re.compile("Lihat hasil|Buka")).first.click()

    # What it would change is shown before anything changed.
    page.wait_for_url(re.compile(r"/simpeg/siasn/\d+/$"))
    check_access(page)
    assert Pegawai.objects.count() == before
    page.get_by_role("link", name="Ditolak").first.click()
    page.wait_for_url(re.compile("hasil=ditolak"))
    expect(page.locator("#daftar")).to_contain_text("16")
    check_access(page)

    # The row whose golongan does not exist: mended as its decree says.
    row = page.locator("#daftar tbody tr", has_text="Golongan").first
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check_access(page)
    nama = page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("Golongan", exact=True).fill("III/b")
    page.get_by_role("button", name="Simpan dan periksa lagi").click()
    # The row is of a PPPK, and the portal says which golongan those have.
    expect(page.get_by_text("masih ditolak")).to_be_visible()
    expect(page.get_by_text("Tulis I sampai XVII menurut SK.")).to_be_visible()
    page.get_by_label("Golongan", exact=True).fill("IX")
    page.get_by_role("button", name="Simpan dan periksa lagi").click()
    expect(page.get_by_text(re.compile(r"Baris \d+ diterima"))).to_be_visible()

    page.get_by_role("link", name="siasn_export_contoh.csv").first.click()
    page.get_by_role("button", name=re.compile("Terapkan")).first.click()
    confirm = page.get_by_role("dialog").get_by_role("button", name=re.compile("Ya"))
    if confirm.is_visible():
        confirm.click()
    page.wait_for_url(re.compile("/pekerjaan/"))
    finish_job(page)
    check_access(page)
    assert Pegawai.objects.count() == before + 285
    assert KeadaanPegawai.objects.filter(nama_lengkap__contains=nama.title()).exists()
