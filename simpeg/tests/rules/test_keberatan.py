from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpeg.rules.keberatan import (
    FaktaKeberatan,
    JenisHari,
    compute_batas_keberatan,
)

from .cases import HARI_INI, answer, check_kasus, list_kasus

HARI = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("kasus", list_kasus("keberatan"))
def test_keberatan_case(kasus: dict[str, Any]) -> None:
    check_kasus("keberatan", kasus)


@given(diterima=HARI, hari=st.integers(1, 366), libur=st.lists(HARI, max_size=40))
def test_working_days_end_on_one_and_count_exactly(
    diterima: date, hari: int, libur: list[date]
) -> None:
    fakta = FaktaKeberatan(diterima, hari, JenisHari.KERJA, libur)

    batas = compute_batas_keberatan(fakta, per_tanggal=HARI_INI).batas

    antara = [
        diterima + timedelta(days=jarak)
        for jarak in range(1, (batas - diterima).days + 1)
    ]
    kerja = [satu for satu in antara if satu.weekday() < 5 and satu not in libur]
    assert len(kerja) == hari
    assert kerja[-1] == batas


def test_only_holidays_that_made_it_later_are_counted() -> None:
    """The day it came, a Saturday and a day after the last one change nothing."""
    libur = ["2026-11-02", "2026-11-07", "2026-11-09", "2026-11-10", "2026-12-25"]
    masukan = {"diterima": "2026-11-02", "hari": 14, "jenis_hari": "kerja"}

    jawaban = answer("keberatan", {**masukan, "libur": libur})

    assert jawaban["hasil"] == {"batas": "2026-11-24"}
    assert "2 hari libur yang disebut jatuh di antaranya" in str(jawaban["alasan"])
