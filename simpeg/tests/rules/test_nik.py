from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpeg.choices import JenisKelamin
from simpeg.rules.nik import FaktaNik, check_nik, parse_nik

from .cases import check_kasus, list_kasus


@pytest.mark.parametrize("kasus", list_kasus("nik"))
def test_nik_case(kasus: dict[str, Any]) -> None:
    check_kasus("nik", kasus)


@given(
    lahir=st.dates(date(1940, 1, 1), date(2026, 12, 31)),
    kelamin=st.sampled_from(JenisKelamin),
    urut=st.integers(1, 9999),
)
def test_nik_of_a_real_birth_date_has_no_remark(
    lahir: date, kelamin: JenisKelamin, urut: int
) -> None:
    hari = lahir.day + (40 if kelamin is JenisKelamin.PEREMPUAN else 0)
    nik = f"630701{hari:02}{lahir:%m%y}{urut:04}"

    hasil = check_nik(FaktaNik(nik, kelamin, lahir))

    assert (hasil.sah, hasil.kesalahan, hasil.peringatan) == (True, (), ())


@given(st.text())
def test_any_text_gets_an_answer(teks: str) -> None:
    hasil = check_nik(FaktaNik(teks))

    assert hasil.sah == (not hasil.kesalahan)


def test_parts_tell_region_and_day_without_the_forty() -> None:
    bagian = parse_nik("6307016905120001")

    assert bagian is not None
    assert bagian.wilayah == "630701"
    assert (bagian.hari, bagian.bulan, bagian.tahun) == (29, 5, 12)
