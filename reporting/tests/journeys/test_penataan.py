"""A bidang is merged into another dinas: drafted, approved, applied, counted before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from bkpsdmd.accounts.roles import Role
from reporting.tests.journeys.conftest import look_at
from simpeg.models import PenataanUnit
from simpeg.services.penataan_terap import apply_penataan
from simpeg.tests.actors import make_user

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_reorganisation_from_draft_to_figures(
    kantor: Any, open_as: Callable[..., Page]
) -> None:
    berlaku = timezone.localdate() - dt.timedelta(days=10)
    sebelum = berlaku - dt.timedelta(days=1)
    clerk = open_as(make_user(Role.VERIFIKATOR))
    boss = open_as(make_user(Role.SEKRETARIS))

    clerk.goto("/simpeg/penataan/")
    look_at(clerk, "penataan-kosong")
    clerk.get_by_role("link", name="Susun penataan").click()
    look_at(clerk, "penataan-susun")
    clerk.get_by_label("Nomor Perbup/SK").fill("Perbup 12")
    clerk.get_by_label("Tanggal Perbup/SK").fill(sebelum.isoformat())
    clerk.get_by_label("Tentang").fill("Penggabungan bidang")
    clerk.get_by_label("Berlaku mulai").fill(berlaku.isoformat())
    clerk.get_by_role("button", name="Simpan").click()

    clerk.get_by_role("link", name="Pindah ke induk lain").click()
    clerk.get_by_label("Unit yang dipindah").fill("Bidang Contoh")
    clerk.get_by_label("Ke bawah unit").fill("Dinas Lain")
    look_at(clerk, "penataan-langkah")
    clerk.get_by_role("button", name="Tambahkan langkah").click()
    expect(clerk.get_by_text("Langkah ditambahkan.")).to_be_visible()
    expect(clerk.get_by_text("Bidang Contoh ke bawah Dinas Lain.")).to_be_visible()
    look_at(clerk, "penataan-pratinjau")
    clerk.get_by_role("button", name="Ajukan").click()
    expect(clerk.get_by_text("Penataan diajukan")).to_be_visible()

    boss.goto("/")
    boss.get_by_role("link", name="Penggabungan bidang").click()
    look_at(boss, "penataan-putusan")
    boss.get_by_role("button", name="Setujui dan terapkan").click()
    act = PenataanUnit.objects.get()
    # What the worker does with the job.
    apply_penataan(
        penataan_id=act.pk, per_tanggal=timezone.localdate(), now=timezone.now()
    )

    cache.clear()
    boss.goto(f"/simpeg/statistik/?baris=opd&tanggal={sebelum}")
    boss.get_by_role("button", name="Hitung keadaan tanggal ini").click()
    _expect_counts(boss, {"Dinas Contoh": "3", "Dinas Lain": "1"})
    look_at(boss, "penataan-statistik-sebelum")

    # Behind the number stand the people of that day, and their list on paper.
    row = boss.get_by_role("row").filter(has_text="Dinas Contoh")
    row.get_by_role("link", name="3").click()
    expect(boss.get_by_role("heading", level=1)).to_contain_text("Pegawai per")
    expect(boss.locator(".saring-ringkas")).to_contain_text("3 pegawai")
    look_at(boss, "penataan-orang-lampau")
    boss.get_by_role("link", name="Daftar nominatif").click()
    expect(boss.get_by_label("Keadaan tanggal")).to_have_value(sebelum.isoformat())
    expect(boss.get_by_text("3 pegawai per")).to_be_visible()
    look_at(boss, "penataan-nominatif")

    boss.goto("/simpeg/statistik/?baris=opd")
    _expect_counts(boss, {"Dinas Contoh": "1", "Dinas Lain": "3"})

    boss.goto(act.get_absolute_url())
    look_at(boss, "penataan-diterapkan")


def _expect_counts(page: Page, counts: dict[str, str]) -> None:
    for name, n in counts.items():
        row = page.get_by_role("row").filter(
            has=page.get_by_role("rowheader", name=name)
        )
        expect(row.get_by_role("link").first).to_have_text(n)
