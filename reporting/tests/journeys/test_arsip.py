"""A teacher photographs a diploma with a phone; the clerk of the unit accepts it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from reporting.tests.journeys.conftest import check_access
from simpeg.models import BerkasArsip, RiwayatOrangTua, RiwayatPendidikan

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_photographs_of_a_phone_become_the_proof_of_a_record(
    kantor: Any, open_as: Callable[..., Page], tmp_path: Path
) -> None:
    photos = []
    for number, size in enumerate([(1200, 1600), (1600, 1200)]):
        path = tmp_path / f"IMG_{number}.jpg"
        Image.effect_noise(size, 40).convert("RGB").save(path)
        photos.append(path)
    ijazah = RiwayatPendidikan.objects.get(pegawai=kantor.pegawai)
    phone = open_as(kantor.pegawai)
    phone.set_viewport_size({"width": 390, "height": 844})

    phone.goto(f"{kantor.pegawai.get_absolute_url()}arsip/")
    check_access(phone)
    phone.get_by_role("link", name="Unggah Ijazah").click()
    phone.locator("input[data-foto]").set_input_files(photos)
    expect(phone.get_by_text("2 halaman")).to_be_visible()
    phone.get_by_role("button", name="Putar halaman 2").click()
    phone.get_by_role("button", name="Luruskan halaman 1").click()
    dialog = phone.get_by_role("dialog", name="Luruskan halaman")
    check_access(phone)
    sudut = dialog.get_by_role("button", name="Sudut kiri atas")
    expect(sudut).to_be_focused()
    for _ in range(5):
        sudut.press("ArrowRight")
    dialog.get_by_role("button", name="Luruskan", exact=True).click()
    expect(dialog).to_have_count(0)
    phone.get_by_role("button", name="Naikkan halaman 2").click()
    send = phone.get_by_role("button", name="Kirim ke arsip")
    # Shut while pages are worked on.
    expect(send).to_be_enabled()
    check_access(phone)
    send.click()
    expect(phone.get_by_text("menunggu diperiksa pengelola")).to_be_visible()

    clerk = open_as(kantor.pengelola)
    clerk.goto("/")
    clerk.get_by_role("link", name="Ijazah").click()
    expect(clerk.locator("iframe.lembar")).to_be_visible()
    check_access(clerk)
    clerk.get_by_role("button", name="Tolak").click()
    expect(clerk.get_by_text("Tulis alasan penolakannya")).to_be_visible()
    clerk.get_by_role("button", name="Terima ke arsip").click()
    expect(clerk.get_by_text("diterima ke arsip")).to_be_visible()
    check_access(clerk)

    berkas = BerkasArsip.objects.get()
    ijazah.refresh_from_db()
    assert (ijazah.berkas, berkas.halaman, berkas.is_pdf) == (berkas, 2, True)
    assert berkas.ukuran_byte <= 2_000_000


def test_a_record_is_proved_by_photographs_as_it_is_written(
    kantor: Any, open_as: Callable[..., Page], tmp_path: Path
) -> None:
    photos = [tmp_path / f"IMG_{n}.jpg" for n in range(2)]
    for path in photos:
        Image.effect_noise((900, 1200), 40).convert("RGB").save(path)
    phone = open_as(kantor.pengelola)
    phone.set_viewport_size({"width": 390, "height": 844})

    phone.goto(f"{kantor.pegawai.get_absolute_url()}riwayat-orang-tua/tambah/")
    phone.get_by_label("Hubungan").select_option("Ibu")
    phone.get_by_role("textbox", name="Nama").fill("Siti Contoh")
    phone.locator("input[data-foto]").set_input_files(photos)
    phone.get_by_role("button", name="Putar halaman 2").click()
    expect(phone.get_by_text("2 halaman")).to_be_visible()
    check_access(phone)
    phone.get_by_role("button", name="Simpan").click()
    expect(phone.get_by_text("tersimpan")).to_be_visible()

    row = RiwayatOrangTua.objects.get(pegawai=kantor.pegawai)
    assert (row.berkas.halaman, row.berkas.is_pdf) == (2, True)


def test_photographs_are_sent_without_scripts_too(
    kantor: Any, open_as: Callable[..., Page], tmp_path: Path
) -> None:
    path = tmp_path / "IMG.jpg"
    note = Image.Exif()
    note[0x0112] = 6
    Image.new("RGB", (1600, 1200), "white").save(path, exif=note)
    phone = open_as(kantor.pegawai, java_script_enabled=False)

    phone.goto(f"{kantor.pegawai.get_absolute_url()}arsip/unggah/?jenis=ktp")
    phone.locator("input[type=file]").set_input_files([path, path])
    phone.get_by_role("button", name="Kirim ke arsip").click()

    expect(phone.get_by_text("menunggu diperiksa pengelola")).to_be_visible()
    assert BerkasArsip.objects.get().halaman == 2
