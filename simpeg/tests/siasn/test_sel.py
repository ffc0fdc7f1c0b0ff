from datetime import date

import pytest

from simpeg.siasn.sel import clean_sel, is_rusak_jadi_angka, read_bilangan, read_tanggal


@pytest.mark.parametrize(
    ("mentah", "bersih"),
    [
        ("'196807141991022001", "196807141991022001"),
        ("null", ""),
        ("NULL", ""),
        ("'null", ""),
        ("  Siti\xa0Aminah ", "Siti Aminah"),
        ("a\x00b", "ab"),
        ("Nullah", "Nullah"),
        ("O'Brien", "O'Brien"),
    ],
)
def test_cell_loses_what_exports_add(mentah, bersih):
    assert clean_sel(mentah) == bersih


@pytest.mark.parametrize(
    ("teks", "tanggal"),
    [
        ("03-02-1992", date(1992, 2, 3)),
        ("3/2/1992", date(1992, 2, 3)),
        ("03.02.1992", date(1992, 2, 3)),
        ("1992-02-03", date(1992, 2, 3)),
        ("1992-02-03 00:00:00", date(1992, 2, 3)),
        ("1992-02-03T00:00:00", date(1992, 2, 3)),
        ("29-02-2024", date(2024, 2, 29)),
    ],
)
def test_day_comes_first_unless_the_year_does(teks, tanggal):
    assert read_tanggal(teks) == tanggal


@pytest.mark.parametrize(
    "teks",
    [
        "31-02-1985",
        "29-02-2023",
        "01-13-2020",
        "1-1-85",
        "45000",
        "",
        "01-01-0001",
        "x",
    ],
)
def test_what_is_no_day_is_an_error(teks):
    with pytest.raises(ValueError, match=r".*"):
        read_tanggal(teks)


@pytest.mark.parametrize(("teks", "nilai"), [("35", 35), ("35.0", 35), ("0,00", 0)])
def test_whole_number_may_carry_an_empty_fraction(teks, nilai):
    assert read_bilangan(teks) == nilai


@pytest.mark.parametrize("teks", ["", "-1", "3.5", "tiga", "²"])
def test_anything_else_is_no_whole_number(teks):
    with pytest.raises(ValueError, match=r".*"):
        read_bilangan(teks)


@pytest.mark.parametrize(
    ("teks", "rusak"),
    [
        ("1.98E+17", True),
        ("1,98204e17", True),
        ("196807141991022000.0", True),
        ("196807141991022001", False),
        ("19680714 199102 2 001", False),
        ("19680714199102200", False),
    ],
)
def test_number_that_a_spreadsheet_rounded_is_recognised(teks, rusak):
    assert is_rusak_jadi_angka(teks) is rusak
