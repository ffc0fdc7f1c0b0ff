"""A clerk records an acting post and a child, mends one, and a leader reads the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bkpsdmd.accounts.roles import Role
from reporting.tests.journeys.conftest import check_access
from simpeg.models import RiwayatAnak, RiwayatJabatan
from simpeg.tests.actors import make_user
from simpeg.tests.factories import JabatanFactory, RiwayatHukumanFactory
from simpeg.tests.services.test_pangkat import PNG

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_clerk_records_what_a_person_brings_and_a_leader_reads_what_is_open(
    kantor: Any, open_as: Callable[..., Page], tmp_path: Path
) -> None:
    sk = tmp_path / "SK.png"
    sk.write_bytes(PNG)
    JabatanFactory(nama="Kepala Dinas Contoh", memimpin=kantor.dinas)
    RiwayatHukumanFactory(pegawai=kantor.pegawai)
    page = open_as(kantor.pengelola)

    page.goto(kantor.pegawai.get_absolute_url())
    page.get_by_role("link", name="Jabatan", exact=True).click()
    page.get_by_role("link", name="Tambah riwayat jabatan").click()
    check_access(page)
    page.get_by_label("Penugasan").select_option("plt")
    page.get_by_label("Jabatan", exact=False).first.press_sequentially("dinas cont")
    page.wait_for_selector("datalist option", state="attached")
    offered = page.locator("datalist option").first.get_attribute("value")
    assert offered == "Kepala Dinas Contoh"
    page.get_by_label("Jabatan", exact=False).first.fill(offered)
    page.get_by_label("Unit kerja").fill("Dinas Contoh")
    page.get_by_label("TMT", exact=False).fill("2024-01-01")
    page.get_by_label("Nomor SK").fill("821/3/CONTOH")
    page.get_by_label("Tanggal SK").fill("2023-12-28")
    page.locator("#id_berkas").set_input_files(sk)
    page.get_by_role("button", name="Simpan").click()

    # An acting post has an end; what was typed stays.
    expect(page.get_by_text("selalu berjangka").first).to_be_visible()
    page.get_by_label("Berakhir").fill("2024-04-01")
    page.locator("#id_berkas").set_input_files(sk)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Riwayat jabatan tersimpan.")).to_be_visible()
    expect(page.get_by_role("link", name="Lihat berkas")).to_be_visible()
    check_access(page)
    plt = RiwayatJabatan.objects.get(jenis_penugasan="plt")
    assert plt.berkas is not None

    page.get_by_role("link", name="Keluarga").click()
    page.get_by_role("link", name="Tambah anak").click()
    page.locator("#id_nama").fill("Ani Anak")
    page.get_by_label("Jenis anak").select_option("kandung")
    page.get_by_label("Jenis kelamin").select_option("P")
    page.get_by_label("Tanggal lahir").fill("2014-02-02")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Koreksi Ani Anak").click()
    page.get_by_label("Alasan koreksi").fill("Nama kurang lengkap")
    page.locator("#id_nama").fill("Ani Anak Kedua")
    page.get_by_role("button", name="Simpan koreksi").click()
    expect(page.get_by_text("Dibatalkan", exact=True)).to_be_visible()
    check_access(page)
    anak = RiwayatAnak.objects.get(nama="Ani Anak Kedua")
    assert anak.mengoreksi == RiwayatAnak.objects.get(nama="Ani Anak")

    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="Disiplin", exact=True).click()
    # The open tab is in sight, though many stand before it.
    tab = page.get_by_role("link", name="Disiplin", exact=True)
    expect(tab).to_have_attribute("aria-current", "page")
    page.wait_for_function(
        "one => { const { left, right } = one.getBoundingClientRect();"
        " return left >= 0 && right <= innerWidth; }",
        arg=tab.element_handle(),
    )
    expect(page.get_by_role("cell", name="TEGURAN").first).to_be_visible()
    check_access(page)
    # The records stand below each other: nothing has to be pushed aside.
    lebar = "one => [one.scrollWidth, one.clientWidth]"
    for card in page.locator(".gulir").all():
        isi, ruang = card.evaluate(lebar)
        assert isi <= ruang

    leader = open_as(make_user(Role.KEPALA_BADAN))
    leader.goto(kantor.pegawai.get_absolute_url())
    expect(leader.get_by_role("link", name="Penghargaan")).to_be_visible()
    expect(leader.get_by_role("link", name="Disiplin", exact=True)).to_have_count(0)
    expect(leader.get_by_role("link", name="Keluarga")).to_have_count(0)
    assert "TEGURAN" not in leader.content()
