from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpeg.rules.periode_kp import check_periode_kp, find_tmt_kp

from .cases import answer, check_kasus, list_kasus


@pytest.mark.parametrize("kasus", list_kasus("periode_kp"))
def test_periode_kp_case(kasus: dict[str, Any]) -> None:
    check_kasus("periode_kp", kasus)


@pytest.mark.parametrize(
    ("tmt", "periode"),
    [
        ("2023-12-01", "1 April, 1 Oktober."),
        (
            "2025-09-01",
            "1 Februari, 1 April, 1 Juni, 1 Agustus, 1 Oktober, 1 Desember.",
        ),
        ("2025-10-01", "tanggal 1 setiap bulan."),
    ],
)
def test_reason_names_the_periods_of_that_day(tmt: str, periode: str) -> None:
    alasan = answer("periode_kp", {"tmt": tmt})["alasan"]

    assert alasan[1]["pesan"].endswith(f"yang berlaku saat itu: {periode}")


@given(st.dates(date(2000, 12, 1), date(2060, 12, 31)))
def test_first_tmt_is_permitted_and_none_before_it_is(sejak: date) -> None:
    tmt, _ = find_tmt_kp(sejak)

    assert tmt >= sejak
    assert check_periode_kp(tmt).boleh
    hari = sejak
    while hari < tmt:
        assert not check_periode_kp(hari).boleh
        hari = date.fromordinal(hari.toordinal() + 1)
