"""500 people out to Excel, 30 cells edited, one conflict, applied and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from reporting.tests.journeys.conftest import finish_job, look_at
from simpeg.models import Pegawai, Rombongan
from simpeg.services import siasn
from simpeg.tests.actors import make_user
from simpeg.tests.siasn.ekspor import make_baris, write_csv

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

# Heading, field, which people, what is typed, what is stored.
SUNTINGAN: tuple[tuple[str, str, range, str, str], ...] = (
    ("Alamat", "alamat", range(12), "Jl. Lembar No. {}", "Jl. Lembar No. {}"),
    ("Tempat lahir", "tempat_lahir", range(12, 20), "Kandangan", "Kandangan"),
    ("Nomor HP", "nomor_hp", range(20, 26), "0813000000{}", "0813000000{}"),
    ("Agama", "agama", range(26, 30), "Kristen", "2"),
)
BENTROK, DILEWATI = 3, 0


def read_all() -> dict[int, dict[str, Any]]:
    """Return everybody's identity as it stands, but not how often it was written."""
    rows = Pegawai.objects.values()
    return {
        row["id"]: {k: v for k, v in row.items() if k not in ("versi", "updated_at")}
        for row in rows
    }


def edit(path: Path, orang: dict[int, Pegawai]) -> None:
    """Type into the sheet as a person does in Excel, and save it."""
    book = openpyxl.load_workbook(path)
    page = book["Pegawai"]
    judul = {cell.value: cell.column for cell in page[1]}
    baris = {row[judul["NIP"] - 1].value: row[0].row for row in page.iter_rows(2)}
    assert len(baris) == 500
    for nama, _, siapa, ketik, _ in SUNTINGAN:
        for n in siapa:
            page.cell(baris[orang[n].nip], judul[nama]).value = ketik.format(n)
    book.save(path)


def test_30_cells_come_back_from_excel_and_are_undone(
    kantor: Any, open_as: Callable[..., Page], tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "berkas"
    awal = tmp_path / "awal.csv"
    awal.write_bytes(write_csv([make_baris(n) for n in range(500)]))
    siasn.import_file(awal, per_tanggal=timezone.localdate())
    orang = {
        n: Pegawai.objects.get(siasn_id=make_baris(n)["PNS ID"]) for n in range(30)
    }

    # Out: what the filter leaves.
    page = open_as(kantor.user_for(Role.VERIFIKATOR))
    page.goto("/simpeg/pegawai/?q=contoh")
    expect(page.locator(".saring-ringkas")).to_contain_text("lebih dari 100 pegawai")
    with page.expect_download() as download:
        page.get_by_role("button", name="Lembar kerja (sunting)").click()
    lembar = tmp_path / download.value.suggested_filename
    download.value.save_as(lembar)
    edit(lembar, orang)

    # Meanwhile a colleague changes one of them in the portal.
    rekan = open_as(make_user(Role.PENGELOLA_OPD, orang[BENTROK].keadaan.opd))
    rekan.goto(f"{orang[BENTROK].get_absolute_url()}ubah/")
    rekan.get_by_label("Tempat lahir").fill("Amuntai")
    rekan.get_by_role("button", name="Simpan").click()
    expect(rekan.locator("[data-pesan=success]")).to_be_visible()
    sebelum = read_all()
    assert sebelum[orang[BENTROK].pk]["tempat_lahir"] == "Amuntai"

    # In again: thirty rows in colour, the conflict named on its row.
    page.get_by_role("link", name="Lembar Kerja Excel").first.click()
    look_at(page, "lembar-kosong")
    page.get_by_role("link", name="Unggah lembar kerja").click()
    look_at(page, "lembar-unggah")
    page.locator("input[type=file]").set_input_files(lembar)
    page.get_by_role("button", name="Unggah dan bandingkan").click()
    page.wait_for_url(re.compile("/pekerjaan/"))
    finish_job(page)
    page.get_by_role("link", name=re.compile("Lihat hasil|Buka")).first.click()
    expect(page.get_by_text("mengubah data 29 orang")).to_be_visible()
    assert read_all() == sebelum
    tampil = _read_shown(page)
    look_at(page, "lembar")
    while page.get_by_role("link", name="Berikutnya").count():
        page.get_by_role("link", name="Berikutnya").click()
        page.wait_for_load_state()
        expect(page.get_by_role("link", name="Sebelumnya")).to_be_visible()
        tampil |= _read_shown(page)
    assert len(tampil) == 30
    for judul, _, siapa, ketik, _ in SUNTINGAN:
        for n in siapa:
            lain = {"Tempat lahir": "Barabai"} if n == BENTROK else {}
            assert tampil[orang[n].nip] == {judul: ketik.format(n), **lain}

    page.goto(page.url.split("?")[0])
    page.get_by_role("link", name="Ditolak").click()
    bentrok = page.locator(".selisih-daftar > li")
    expect(bentrok).to_have_count(1)
    expect(bentrok).to_contain_text(f"Pegawai Contoh {BENTROK}")
    expect(bentrok).to_contain_text("sudah diubah di portal sesudah lembar kerja")
    look_at(page, "lembar-bentrok")

    # All but one are applied; the reason is asked for.
    page.get_by_role("link", name="Berubah").click()
    expect(page.locator(".selisih-daftar > li").first).to_be_visible()
    nama = f"Pegawai Contoh {DILEWATI}"
    page.get_by_label(re.compile(rf"Pilih baris \d+ {nama}$")).check()
    page.get_by_role("button", name="Lewati").click()
    expect(page.get_by_text("1 baris dilewati.")).to_be_visible()
    page.get_by_role("button", name="Terapkan 28 perubahan").click()
    assert read_all() == sebelum
    page.get_by_label("Alasan atau dasar perubahan").fill("Pemutakhiran mandiri")
    page.get_by_role("button", name="Terapkan 28 perubahan").click()
    page.wait_for_url(re.compile("/pekerjaan/"))
    finish_job(page)
    page.get_by_role("link", name=re.compile("Lihat hasil|Buka")).first.click()
    expect(page.get_by_text("Sudah diterapkan")).to_be_visible()
    look_at(page, "lembar-diterapkan")
    harus = {pk: dict(isi) for pk, isi in sebelum.items()}
    for _, kolom, siapa, _, simpan in SUNTINGAN:
        for n in siapa:
            if n not in (BENTROK, DILEWATI):
                harus[orang[n].pk][kolom] = simpan.format(n)
    assert read_all() == harus
    assert Event.objects.filter(kind="pegawai.lembar").count() == 28

    # Taken back as one act: everything is as before.
    page.get_by_role("link", name=re.compile("atau batalkan")).click()
    look_at(page, "lembar-rombongan")
    page.get_by_role("link", name="Batalkan semuanya").click()
    look_at(page, "lembar-batal")
    page.get_by_label("Alasan").fill("Lembar keliru")
    page.get_by_role("button", name="Batalkan semuanya").click()
    page.wait_for_url(re.compile("/pekerjaan/"))
    finish_job(page)
    assert read_all() == sebelum
    assert Rombongan.objects.get(nama__startswith="Lembar").status == "dibatalkan"


def _read_shown(page: Page) -> dict[str, dict[str, str]]:
    """Return of each row in colour: NIP -> heading -> the new value."""
    shown = {}
    for satu in page.locator(".selisih-daftar > li").all():
        if not satu.locator("ins").count():
            continue
        colours = [
            satu.locator(tag).first.evaluate("one => getComputedStyle(one).color")
            for tag in ("del", "ins")
        ]
        is_refused = satu.locator(".sunting-batal").count() == 1
        assert (colours[0] == colours[1]) is is_refused, satu.inner_text()
        nip = re.sub(
            r"\s", "", satu.locator(".redup").first.inner_text().split("baris")[0]
        )
        judul = satu.locator("dt").all_inner_texts()
        shown[nip] = dict(
            zip(judul, satu.locator("ins").all_inner_texts(), strict=True)
        )
    return shown
