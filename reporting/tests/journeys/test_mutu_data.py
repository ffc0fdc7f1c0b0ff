"""A clerk brings one person's data to 100 % by doing what the page says, step by step."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from reporting.tests.journeys.conftest import check_access, look_at
from simpeg.models import BerkasArsip, MutuPegawai, RiwayatKGB
from simpeg.tests.factories import PegawaiFactory, RiwayatPasanganFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
# More steps than that, and the page leads in a circle.
PALING_BANYAK = 25

ISIAN = {
    "ubah": {
        "#id_tempat_lahir": "Barabai",
        "#id_agama": "1",
        "#id_status_kawin": "1",
        "#id_gelar_belakang": "S.E.",
        "#id_nik": "6307010101850001",
        "#id_nomor_hp": "081234567890",
        "#id_email": "orang@contoh.go.id",
        "#id_alamat": "Jl. Contoh No. 1",
    },
    "pengangkatan": {
        "#id_sk_cpns_nomor": "813/1/CONTOH",
        "#id_sk_cpns_tanggal": "2009-12-20",
        "#id_sk_pns_nomor": "821/1/CONTOH",
        "#id_sk_pns_tanggal": "2010-12-20",
        "#id_tmt_pns": "2011-01-01",
        "#id_alasan": "Dilengkapi dari SK asli",
    },
    "riwayat-kgb": {
        "#id_golongan": "III/a",
        "#id_tmt": "2026-01-01",
        "#id_masa_kerja_tahun": "16",
        "#id_masa_kerja_sisa": "0",
        "#id_gaji_baru": "3.553.900",
        "#id_sk_nomor": "822/1/CONTOH",
        "#id_sk_tanggal": "2025-12-01",
    },
}


def fill(page: Page, values: dict[str, str]) -> None:
    for selector, value in values.items():
        field = page.locator(selector)
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def test_clerk_follows_the_hints_to_a_whole_record(
    kantor: Any, open_as: Callable[..., Page], tmp_path: Path
) -> None:
    orang = PegawaiFactory(
        nama="Budi Bertahap",
        tanggal_lahir=dt.date(1985, 1, 1),
        di=kantor.bidang,
        status_kawin="4",
        nomor_hp="123",
        email="bukan surel",
        nik="6307014101850001",
        tmt_pns=dt.date(2010, 6, 1),
    )
    RiwayatPasanganFactory(pegawai=orang)
    awal = MutuPegawai.objects.get(pk=orang.pk).skor
    assert 3_500 <= awal <= 4_500, awal
    page = open_as(kantor.pengelola)
    page.goto("/simpeg/mutu/")
    look_at(page, "mutu")
    page.get_by_role("link", name="Orang yang perlu dihubungi").click()
    look_at(page, "mutu-orang")
    page.get_by_role("link", name="Budi Bertahap").click()
    look_at(page, "mutu-awal")
    skor = [awal]

    for step in range(PALING_BANYAK):
        card = page.locator("#mutu")
        if card.get_by_text("Tidak ada yang kurang.").is_visible():
            break
        langkah = card.locator(".mutu-langkah")
        expect(langkah).to_be_visible()
        periksa = langkah.get_by_role("button", name="Sudah saya periksa")
        if periksa.is_visible():
            periksa.click()
        else:
            langkah.get_by_role("link").first.click()
            take_step(page, tmp_path, step)
            page.goto(orang.get_absolute_url())
        skor.append(MutuPegawai.objects.get(pk=orang.pk).skor)
        assert skor[-1] > skor[-2], (page.url, skor)

    assert skor[-1] == 10_000
    expect(card.get_by_text("100 %").first).to_be_visible()
    look_at(page, "mutu-akhir")
    assert RiwayatKGB.objects.filter(pegawai=orang).exists()
    assert BerkasArsip.objects.filter(pegawai=orang).count() >= 5
    page.goto("/simpeg/mutu/orang/")
    expect(page.get_by_text("Budi Bertahap")).to_have_count(0)

    page.goto(f"{orang.get_absolute_url()}arsip/")
    expect(page.get_by_text("dokumen wajib ada dalam arsip")).to_be_visible()
    look_at(page, "mutu-arsip")


def take_step(page: Page, tmp_path: Path, step: int) -> None:
    """Fill in the form that a hint led to, and send it."""
    path = re.sub(r"[#?].*", "", page.url).rstrip("/")
    if path.endswith("/arsip/unggah"):
        foto = tmp_path / f"{step}.jpg"
        Image.new("RGB", (300, 400), (step * 9, 200, 90)).save(foto)
        page.locator("input[data-foto]").set_input_files(foto)
        expect(page.get_by_label("Halaman 1", exact=True)).to_be_visible()
        if step % 4 == 0:
            check_access(page)
        page.get_by_role("button", name="Kirim ke arsip").click()
        expect(page.get_by_text("tersimpan dalam arsip")).to_be_visible()
        return
    key = next(key for key in ISIAN if f"/{key}" in path)
    fill(page, ISIAN[key])
    page.get_by_role("button", name="Simpan").click()
    diperiksa = page.get_by_label("Sudah saya periksa")
    if diperiksa.is_visible():
        diperiksa.check()
        page.get_by_role("button", name="Simpan").click()
    expect(page.locator("[data-pesan=success]")).to_be_visible()
