"""A kepala badan finds the report of the last period and takes it along."""

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
from reporting.choices import JenisLaporan
from reporting.selectors import find_last_closed
from reporting.services import publish_laporan
from reporting.tests.journeys.conftest import check_access

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

BAGIAN = ("Pemakaian", "Kelengkapan", "Belum ada data", "Arti dan sumber")


def test_kepala_badan_reads_and_downloads_the_report(
    kantor: Any, open_as: Callable[..., Page]
) -> None:
    now, zona = timezone.now(), timezone.get_default_timezone()
    periode = find_last_closed(JenisLaporan.PASAL24, now, zona)
    laporan = publish_laporan(
        jenis=JenisLaporan.PASAL24, periode=periode, by=None, per_saat=now
    )
    page = open_as(kantor.user_for(Role.KEPALA_BADAN))

    page.goto("/")
    check_access(page)
    page.get_by_role("link", name=re.compile("siap diunduh")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(periode.label)
    check_access(page)
    for bagian in BAGIAN:
        page.get_by_role("link", name=re.compile(f"^{bagian}")).first.click()
        check_access(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh PDF").click()

    assert re.fullmatch(r"[a-z0-9-]+\.pdf", download.value.suggested_filename)
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(content) == laporan.dokumen.ukuran_byte
    assert laporan.published_at - now < dt.timedelta(minutes=1)
