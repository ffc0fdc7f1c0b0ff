"""A clerk finds a person, adds a riwayat pangkat with its file, and prints the DUK."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bkpsdmd.accounts.roles import Role
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from reporting.tests.journeys.conftest import check_access
from simpeg.models import RiwayatPangkat
from simpeg.tests.services.test_pangkat import PNG

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_clerk_finds_a_person_adds_a_row_and_prints_the_duk(
    kantor: Any, open_as: Callable[..., Page], tmp_path: Path
) -> None:
    sk = tmp_path / "SK.png"
    sk.write_bytes(PNG)
    page = open_as(kantor.pengelola)

    page.goto("/")
    page.get_by_role("searchbox").first.fill("siti")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=siti"))
    check_access(page)
    page.get_by_role("link", name="Siti Pegawai").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Siti Pegawai")
    check_access(page)

    page.get_by_role("link", name="Tambah riwayat pangkat").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tambah riwayat")
    check_access(page)
    page.get_by_label("Golongan", exact=False).first.select_option("III/b")
    page.get_by_label("TMT", exact=False).first.fill("2014-04-01")
    page.get_by_label("Masa kerja golongan (tahun)", exact=False).fill("4")
    page.get_by_label("dan bulan", exact=False).fill("2")
    page.get_by_label("Nomor SK", exact=False).fill("823/9/CONTOH")
    page.get_by_label("Tanggal SK", exact=False).fill("2014-03-20")
    page.get_by_role("button", name="Simpan").click()

    # The decree's masa kerja differs from the reckoning: the portal asks first.
    expect(page.get_by_text("Periksa kembali", exact=True)).to_be_visible()
    page.get_by_label("Sudah saya periksa", exact=False).check()
    page.locator("#id_berkas").set_input_files(sk)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Riwayat pangkat tersimpan.")).to_be_visible()
    expect(page.get_by_role("link", name="Lihat berkas")).to_be_visible()
    check_access(page)
    assert RiwayatPangkat.objects.filter(sk_nomor="823/9/CONTOH").count() == 1

    page.get_by_role("link", name="Daftar Urut Kepangkatan").first.click()
    page.wait_for_url(re.compile("/simpeg/duk/"))
    check_access(page)
    page.get_by_role("link", name="Cetak DUK").click()
    page.get_by_label("Unit kerja", exact=False).select_option(label="Dinas Contoh")
    page.get_by_role("button", name="Buat berkas").click()
    expect(page).to_have_url(re.compile("/pekerjaan/"))
    run_job(Job.objects.get(kind="simpeg.cetak_duk").pk)
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Unduh")).first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_person_reads_the_own_record_without_scripts_on_a_phone(
    kantor: Any, open_as: Callable[..., Page]
) -> None:
    page = open_as(kantor.pegawai, java_script_enabled=False)
    page.set_viewport_size({"width": 390, "height": 844})

    page.goto("/simpeg/saya/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Siti Pegawai")
    page.get_by_role("link", name="Pangkat", exact=True).click()
    expect(page.get_by_role("cell", name="III/a").first).to_be_visible()
    page.get_by_role("link", name="Ringkasan").click()
    page.get_by_role("button", name="Ya, data saya sudah benar").click()
    expect(page.get_by_text("tercatat sudah diperiksa")).to_be_visible()


def test_choosing_a_perangkat_daerah_offers_its_parts_without_a_reload(
    kantor: Any, open_as: Callable[..., Page]
) -> None:
    page = open_as(kantor.user_for(Role.VERIFIKATOR))
    page.goto("/simpeg/pegawai/")
    page.evaluate("window.sama = true")
    page.get_by_label("Perangkat daerah", exact=True).select_option(
        label="Dinas Contoh"
    )
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_role("link", name="Siti Pegawai")).to_be_visible()
    expect(page.get_by_role("link", name="Udin Luar")).to_have_count(0)
    page.get_by_text("Saringan lain").click()
    page.get_by_label("Unit kerja", exact=True).select_option(label="Bidang Contoh")
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_role("link", name="Rina Pengelola")).to_have_count(0)
    page.get_by_role("link", name="Nama dan NIP").click()
    page.wait_for_url(re.compile("urut=-nama"))

    # The filters still hold after sorting, and going back asks the server again.
    assert page.url.count("unit=") == 1
    expect(page.get_by_role("link", name="Unit kerja: Bidang Contoh")).to_be_visible()
    expect(page.get_by_role("link", name="Rina Pengelola")).to_have_count(0)
    assert page.evaluate("window.sama")
    check_access(page)
    page.go_back()
    expect(page.get_by_role("link", name="Siti Pegawai")).to_be_visible()
