from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.regulations import load_regulasi
from ekinerja.choices import KelasPulangCepat, KelasTerlambat
from ekinerja.rules.presensi import (
    HARI,
    FaktaPresensi,
    compute_presensi,
    find_jam_kerja,
)

from .cases import HARI_INI, check_kasus, list_kasus

SENIN = date(2026, 11, 23)
HARI_BEBAS = st.dates(date(2023, 4, 12), date(2100, 1, 1))
JAM = st.times().map(lambda jam: jam.replace(second=0, microsecond=0))


def at(menit: int) -> time:
    return time(*divmod(menit, 60))


@pytest.mark.parametrize("kasus", list_kasus("presensi"))
def test_presensi_case(kasus: dict[str, Any]) -> None:
    check_kasus("presensi", kasus)


@pytest.mark.parametrize("is_ramadan", [False, True])
@pytest.mark.parametrize("hari", range(5))
def test_every_minute_of_a_working_day_has_its_class(
    hari: int, is_ramadan: bool
) -> None:
    tanggal = SENIN + timedelta(days=hari)
    ketentuan = load_regulasi("ekinerja/jam_kerja").on(tanggal)
    jam = find_jam_kerja(ketentuan, tanggal, is_ramadan=is_ramadan)
    assert jam is not None
    kelas = [None] + ["1"] * 30 + ["2"] * 30 + ["3"] * 30 + ["4"] * 60

    for menit, tingkat in enumerate(kelas):
        hasil = compute_presensi(
            FaktaPresensi(
                tanggal, at(jam.mulai + menit), at(jam.selesai - menit), is_ramadan
            )
        )
        assert hasil.terlambat_menit == hasil.pulang_cepat_menit == menit
        assert hasil.kelas_terlambat == (tingkat and KelasTerlambat(f"tl{tingkat}"))
        assert hasil.kelas_pulang_cepat == (
            tingkat and KelasPulangCepat(f"psw{tingkat}")
        )


@pytest.mark.parametrize(
    ("is_ramadan", "menit"), [(False, 37 * 60 + 30), (True, 32 * 60 + 30)]
)
def test_week_has_the_hours_of_the_regulation(is_ramadan: bool, menit: int) -> None:
    ketentuan = load_regulasi("ekinerja/jam_kerja").on(HARI_INI)
    istirahat = ketentuan.nilai["ramadan" if is_ramadan else "biasa"]["istirahat"]
    kerja = 0
    for nomor, hari in enumerate(HARI):
        jam = find_jam_kerja(
            ketentuan, SENIN + timedelta(days=nomor), is_ramadan=is_ramadan
        )
        if jam is not None:
            kerja += jam.selesai - jam.mulai - istirahat[hari]

    assert kerja == menit


@given(HARI_BEBAS, JAM | st.none(), JAM | st.none(), st.booleans())
def test_class_and_minutes_agree(
    tanggal: date, masuk: time | None, pulang: time | None, is_ramadan: bool
) -> None:
    hasil = compute_presensi(FaktaPresensi(tanggal, masuk, pulang, is_ramadan))

    sisi = [
        (hasil.terlambat_menit, hasil.kelas_terlambat, "tl4"),
        (hasil.pulang_cepat_menit, hasil.kelas_pulang_cepat, "psw4"),
    ]
    for menit, kelas, tertinggi in sisi:
        if menit is None:
            assert kelas in (None, tertinggi)
        else:
            assert (kelas is None) == (menit == 0)
    if tanggal.weekday() >= 5:
        assert (hasil.terlambat_menit, hasil.pulang_cepat_menit) == (0, 0)
    elif masuk is None and pulang is None:
        assert hasil.kelas_terlambat is hasil.kelas_pulang_cepat is None
