"""An export of 300 people with 40 differences: decided, asked about, written, closed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from reporting.tests.journeys.conftest import finish_job, look_at
from simpeg.models import BerkasMasuk, Pegawai, RiwayatPangkat, SelisihSiasn
from simpeg.services import siasn
from simpeg.tests.siasn.ekspor import Baris, make_baris, write_csv

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

ORANG = 300
NAIK = {"GOL AKHIR ID": "45", "GOL AKHIR NAMA": "IV/e", "TMT GOLONGAN": "01-04-2026"}
# Two PNS of the sample, whom SIASN knows with a later pangkat.
NAIK_PANGKAT = (38, 40)
Beda = dict[tuple[int, str], tuple[str, str]]


def list_beda() -> tuple[list[Baris], Beda]:
    """Return the rows as SIASN tells them, and what differs: person, field -> values."""
    rows = [make_baris(n) for n in range(ORANG)]
    beda: Beda = {}
    for judul, kolom, siapa, nilai in (
        ("NAMA", "nama", range(20), "Nama SIASN {}"),
        ("ALAMAT", "alamat", range(20, 32), "Jl. SIASN No. {}"),
        ("TEMPAT LAHIR NAMA", "tempat_lahir", range(32, 38), "Kandangan"),
    ):
        for n in siapa:
            baru = nilai.format(n)
            beda[n, kolom] = (rows[n][judul], baru)
            rows[n] = rows[n] | {judul: baru}
    for n in NAIK_PANGKAT:
        lama = f"{rows[n]['GOL AKHIR NAMA']} TMT {rows[n]['TMT GOLONGAN']}"
        beda[n, "pangkat"] = (lama, "IV/e TMT 01-04-2026")
        rows[n] = rows[n] | NAIK
    return rows, beda


def read_shown(page: Page) -> list[tuple[str, str]]:
    """Return both values of each difference on the open page."""
    return [
        (satu.locator("dd").nth(0).inner_text(), satu.locator("dd").nth(1).inner_text())
        for satu in page.locator(".selisih-daftar > li").all()
    ]


def tick(page: Page, jumlah: int) -> None:
    boxes = page.locator(".selisih-daftar input[name=pilih]")
    for n in range(jumlah):
        boxes.nth(n).check()


def decide(page: Page, tombol: str, pesan: str, alasan: str = "") -> None:
    page.get_by_label("Alasan atau dasar").fill(alasan)
    page.get_by_role("button", name=tombol).click()
    expect(page.get_by_text(pesan)).to_be_visible()


def narrow(page: Page, label: str, pilihan: str) -> None:
    page.get_by_label(label, exact=True).select_option(label=pilihan)
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_role("link", name=f"{label}: {pilihan}")).to_be_visible()


def test_40_differences_are_each_decided_and_written(
    kantor: Any, open_as: Callable[..., Page], tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "berkas"
    awal = tmp_path / "awal.csv"
    awal.write_bytes(write_csv([make_baris(n) for n in range(ORANG)]))
    siasn.import_file(awal, per_tanggal=timezone.localdate())
    rows, beda = list_beda()
    assert len(beda) == 40
    ekspor = tmp_path / "ekspor-siasn.csv"
    ekspor.write_bytes(write_csv(rows))
    orang = {
        n: Pegawai.objects.get(siasn_id=make_baris(n)["PNS ID"]) for n in range(ORANG)
    }
    nomor = {pegawai.pk: n for n, pegawai in orang.items()}
    sebelum = {pegawai.pk: _read(pegawai) for pegawai in orang.values()}

    page = open_as(kantor.user_for(Role.VERIFIKATOR))
    page.goto("/")
    page.get_by_role("link", name="Rekonsiliasi SIASN").first.click()
    look_at(page, "rekonsiliasi-kosong")
    page.get_by_role("link", name="Bandingkan ekspor").click()
    look_at(page, "rekonsiliasi-unggah")
    page.locator("input[type=file]").set_input_files(ekspor)
    page.get_by_role("button", name="Unggah dan bandingkan").click()
    page.wait_for_url(re.compile("/pekerjaan/"))
    finish_job(page)
    page.get_by_role("link", name=re.compile("Lihat hasil|Buka")).first.click()

    # Forty differences, each with both values; nothing has changed.
    expect(page.get_by_text("40 dari 40 perbedaan")).to_be_visible()
    look_at(page, "rekonsiliasi")
    tampil = read_shown(page)
    page.get_by_role("link", name="Berikutnya").click()
    page.wait_for_url(re.compile("halaman|sesudah"))
    tampil += read_shown(page)
    assert sorted(tampil) == sorted(beda.values())
    assert {p.pk: _read(p) for p in Pegawai.objects.filter(pk__in=sebelum)} == sebelum
    impor = BerkasMasuk.objects.get(jenis="rekonsiliasi")
    sini = f"/simpeg/siasn/rekonsiliasi/{impor.pk}/"

    # Five names follow SIASN; four addresses stay ours; three people are asked.
    page.goto(sini)
    narrow(page, "Isian", "Nama")
    tick(page, 5)
    decide(page, "Ikuti SIASN", "SIASN diikuti pada 5 selisih.", "Sesuai KTP")
    narrow(page, "Isian", "Alamat")
    tick(page, 4)
    decide(page, "Pertahankan", "Catatan kita dipertahankan pada 4", "Menurut KK")
    tick(page, 3)
    decide(page, "Tanyakan", "3 selisih ditanyakan.")
    ditanya = list(impor.selisih_set.filter(keadaan="ditanya").order_by("pk"))

    # Each answers in an own log-in, on a phone; the third says that both are wrong.
    for satu, pilihan, catatan in zip(
        ditanya,
        (f"SIASN: {ditanya[0].siasn}", f"Portal: {ditanya[1].kita}", "Keduanya keliru"),
        ("", "", "Jl. Ketiga No. 1"),
        strict=True,
    ):
        staf = open_as(satu.pegawai)
        staf.set_viewport_size({"width": 390, "height": 844})
        staf.goto("/")
        staf.get_by_role("link", name=re.compile("Alamat")).first.click()
        expect(staf.get_by_role("heading", level=1)).to_have_text(
            "Alamat: mana yang benar?"
        )
        if satu == ditanya[0]:
            look_at(staf, "rekonsiliasi-jawab")
        staf.get_by_label(pilihan).check()
        staf.get_by_label("Keterangan").fill(catatan)
        staf.get_by_role("button", name="Kirim jawaban").click()
        expect(staf.get_by_text("jawaban Anda terkirim")).to_be_visible()
        if satu == ditanya[0]:
            look_at(staf, "rekonsiliasi-pertanyaan")
        satu.pegawai.refresh_from_db()
        assert satu.pegawai.alamat == satu.kita

    # The officer sees the answers and decides: one follows, two stay.
    page.goto(sini)
    page.get_by_role("link", name=re.compile("Sudah dijawab")).click()
    expect(page.get_by_text("SIASN yang benar")).to_be_visible()
    expect(page.get_by_text("Jl. Ketiga No. 1")).to_be_visible()
    look_at(page, "rekonsiliasi-dijawab")
    tick(page, 1)
    decide(page, "Ikuti SIASN", "SIASN diikuti pada 1 selisih.", "Jawaban pegawai")
    tick(page, 2)
    decide(page, "Pertahankan", "Catatan kita dipertahankan pada 2", "Jawaban pegawai")

    # All that is left, in one act.
    page.goto(sini)
    expect(page.get_by_text("28 dari 40 perbedaan")).to_be_visible()
    page.get_by_label("Semua 28 selisih pada saringan ini").check()
    decide(page, "Ikuti SIASN", "SIASN diikuti pada 28 selisih.", "Diperiksa bersama")
    expect(page.get_by_text("Seluruh 40 perbedaan sudah diputuskan.")).to_be_visible()
    look_at(page, "rekonsiliasi-selesai")

    # Row by row: what was decided is what stands, and nobody else changed.
    selisih = {
        (nomor[satu.pegawai_id], satu.kolom): satu
        for satu in SelisihSiasn.objects.filter(impor=impor)
    }
    assert set(selisih) == set(beda)
    tetap = {
        kunci for kunci, satu in selisih.items() if satu.keadaan == "dipertahankan"
    }
    assert len(tetap) == 6
    assert {kolom for _, kolom in tetap} == {"alamat"}
    harus = dict(sebelum)
    for (n, kolom), satu in selisih.items():
        if (n, kolom) in tetap:
            continue
        assert satu.keadaan == "diterima", (n, kolom)
        harus[orang[n].pk] = harus[orang[n].pk] | {kolom: beda[n, kolom][1]}
    sesudah = {p.pk: _read(p) for p in Pegawai.objects.filter(pk__in=sebelum)}
    assert sesudah == harus
    for n in NAIK_PANGKAT:
        baru = RiwayatPangkat.objects.berlaku().get(
            pegawai=orang[n], tmt=dt.date(2026, 4, 1)
        )
        assert baru.golongan_id == "IV/e"
    per_orang = Event.objects.filter(kind="pegawai.rekonsiliasi")
    assert per_orang.count() == 34
    assert set(per_orang.values_list("reason", flat=True)) == {
        "Sesuai KTP",
        "Jawaban pegawai",
        "Diperiksa bersama",
    }

    page.get_by_role("button", name="Tutup rekonsiliasi").click()
    expect(page.get_by_text("Rekonsiliasi ditutup.")).to_be_visible()
    impor.refresh_from_db()
    assert impor.status == "ditutup"


def _read(pegawai: Pegawai) -> dict[str, str]:
    """Return of a person what the differences are about."""
    akhir = RiwayatPangkat.objects.berlaku().filter(pegawai=pegawai).latest("tmt")
    return {
        "nama": pegawai.nama,
        "alamat": pegawai.alamat,
        "tempat_lahir": pegawai.tempat_lahir,
        "nomor_hp": pegawai.nomor_hp,
        "pangkat": f"{akhir.golongan_id} TMT {akhir.tmt:%d-%m-%Y}",
    }
