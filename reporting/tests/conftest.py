from __future__ import annotations

from typing import Any

import pytest

from bkpsdmd.accounts.models import User
from reporting.choices import JenisLaporan
from reporting.models import LaporanTerbit
from reporting.services import publish_laporan
from reporting.tests.kantor import CUTOFF, Q3, build_kantor_kecil


@pytest.fixture(autouse=True)
def private_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "berkas"


@pytest.fixture
def kantor_kecil(db: None) -> dict[str, User]:
    """The office of `kantor.py`, by account name."""
    return build_kantor_kecil()


@pytest.fixture
def laporan(kantor_kecil: dict[str, User]) -> LaporanTerbit:
    """The report of 2026-Q3, published by the schedule ten past midnight."""
    return publish_laporan(
        jenis=JenisLaporan.PASAL24, periode=Q3, by=None, per_saat=CUTOFF
    )
