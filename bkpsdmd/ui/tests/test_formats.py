from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bkpsdmd.ui import formats


def test_tanggal_is_written_in_words() -> None:
    assert formats.format_tanggal(date(2026, 9, 1)) == "1 September 2026"


def test_tanggal_singkat_is_written_in_digits() -> None:
    assert formats.format_tanggal_singkat(date(2026, 9, 1)) == "01-09-2026"


def test_waktu_is_the_local_one_with_its_zone(settings: Any) -> None:
    at = datetime(2026, 8, 31, 22, 5, tzinfo=UTC)
    assert formats.format_waktu(at) == "1 September 2026, 06.05 WITA"


def test_tanggal_of_an_instant_is_the_local_day() -> None:
    at = datetime(2026, 8, 31, 22, 5, tzinfo=UTC)
    assert formats.format_tanggal(at) == "1 September 2026"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "Rp 0"),
        (3_500_000, "Rp 3.500.000"),
        (-1_250, "-Rp 1.250"),
        (Decimal("1250.50"), "Rp 1.250,50"),
        (Decimal("1250.00"), "Rp 1.250"),
    ],
)
def test_rupiah_has_points_by_the_thousand(value: Any, text: str) -> None:
    assert formats.format_rupiah(value) == text


@pytest.mark.parametrize(
    ("value", "desimal", "text"),
    [
        (1234567, None, "1.234.567"),
        (Decimal("12.5"), None, "12,5"),
        (Decimal("1234.565"), 2, "1.234,57"),
        (7, 2, "7,00"),
        (Decimal("1E+3"), None, "1.000"),
    ],
)
def test_angka_has_points_and_a_comma(value: Any, desimal: Any, text: str) -> None:
    assert formats.format_angka(value, desimal) == text


@pytest.mark.parametrize(
    ("value", "text"), [(98.5, "98,5 %"), (100, "100 %"), (Decimal("33.333"), "33,3 %")]
)
def test_persen_drops_a_comma_that_says_nothing(value: Any, text: str) -> None:
    assert formats.format_persen(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("196803021994031005", "19680302 199403 1 005"),
        ("adminuji", "adminuji"),
        ("12345", "12345"),
    ],
)
def test_nip_is_grouped_and_anything_else_left_alone(value: str, text: str) -> None:
    assert formats.format_nip(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "ya"),
        (False, "tidak"),
        (date(2026, 4, 1), "1 April 2026"),
        (4_169_900, "4.169.900"),
        (2026, "2026"),
        (Decimal("98.5"), "98,5"),
        ("III/d", "III/d"),
        (None, "–"),
    ],
)
def test_value_of_a_rule_is_written_by_its_kind(value: Any, text: str) -> None:
    assert formats.format_nilai(value) == text


@pytest.mark.parametrize(
    "write",
    [
        formats.format_tanggal,
        formats.format_tanggal_singkat,
        formats.format_waktu,
        formats.format_angka,
        formats.format_rupiah,
        formats.format_persen,
        formats.format_nip,
    ],
)
def test_nothing_is_written_as_a_dash(write: Any) -> None:
    assert write(None) == "–"
    assert write("") == "–"
