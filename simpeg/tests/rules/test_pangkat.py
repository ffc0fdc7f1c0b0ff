"""Whether a row of the riwayat pangkat can be true beside the others."""

from dataclasses import replace
from datetime import date

import pytest

from simpeg.choices import JenisASN
from simpeg.rules.golongan import GolonganPNS, GolonganPPPK
from simpeg.rules.pangkat import (
    BarisPangkat,
    FaktaRiwayatPangkat,
    KodePangkat,
    check_riwayat_pangkat,
    expect_masa_kerja,
)

from .cases import HARI_INI

DUA_C = BarisPangkat(GolonganPNS.II_C, date(2016, 4, 1), 36)
DUA_D = BarisPangkat(GolonganPNS.II_D, date(2020, 4, 1), 84)
TIGA_A = BarisPangkat(GolonganPNS.III_A, date(2024, 4, 1), 72)


def check(
    baru: BarisPangkat, *lain: BarisPangkat, awal: date | None = None
) -> tuple[list[KodePangkat], list[KodePangkat]]:
    """Return the codes of the errors and of the warnings."""
    fakta = FaktaRiwayatPangkat(JenisASN.PNS, awal, baru, lain)
    hasil = check_riwayat_pangkat(fakta, per_tanggal=HARI_INI)
    return [a.kode for a in hasil.kesalahan], [a.kode for a in hasil.peringatan]


@pytest.mark.parametrize("posisi", range(3))
def test_row_that_follows_from_the_others_has_no_remark(posisi: int) -> None:
    semua = [DUA_C, DUA_D, TIGA_A]
    baru = semua.pop(posisi)

    assert check(baru, *semua, awal=date(2016, 4, 1)) == ([], [])


def test_first_row_has_nothing_to_be_compared_with() -> None:
    assert check(DUA_C) == ([], [])


def test_row_starts_on_day_one() -> None:
    tengah = replace(DUA_D, tmt=date(2020, 4, 2))

    assert check(tengah, DUA_C)[0] == [KodePangkat.TMT_TANGGAL_SATU]


def test_row_of_the_same_day_is_an_error_and_no_neighbour() -> None:
    kembar = replace(DUA_D, golongan=GolonganPNS.IV_A)

    assert check(DUA_D, kembar) == ([KodePangkat.TMT_TUNGGAL], [])


def test_first_row_is_compared_with_the_next() -> None:
    awal = replace(DUA_C, golongan=GolonganPNS.III_B)

    assert check(awal, DUA_D) == ([], [KodePangkat.URUTAN_NAIK])


@pytest.mark.parametrize(
    ("awal", "kesalahan"),
    [
        (None, []),
        (date(2016, 3, 1), []),
        (date(2016, 4, 1), []),
        (date(2016, 4, 2), [KodePangkat.TMT_SETELAH_PENGANGKATAN]),
    ],
)
def test_row_does_not_precede_the_appointment(
    awal: date | None, kesalahan: list[KodePangkat]
) -> None:
    assert check(DUA_C, awal=awal)[0] == kesalahan


@pytest.mark.parametrize(
    ("golongan", "peringatan"),
    [
        ("II/b", [KodePangkat.URUTAN_NAIK, KodePangkat.SATU_TINGKAT]),
        ("II/c", [KodePangkat.SATU_TINGKAT]),
        ("II/d", []),
        ("III/a", [KodePangkat.SATU_TINGKAT]),
        ("III/b", [KodePangkat.SATU_TINGKAT, KodePangkat.URUTAN_NAIK]),
    ],
)
def test_golongan_that_falls_or_leaps_is_looked_at_on_both_sides(
    golongan: str, peringatan: list[KodePangkat]
) -> None:
    baru = replace(DUA_D, golongan=GolonganPNS(golongan))
    kode = check(baru, DUA_C, TIGA_A)[1]

    assert [satu for satu in kode if satu is not KodePangkat.MASA_KERJA] == peringatan


def test_only_the_nearest_rows_are_compared() -> None:
    jauh = replace(DUA_C, golongan=GolonganPNS.I_A, tmt=date(2010, 4, 1))
    nanti = replace(TIGA_A, golongan=GolonganPNS.IV_A, tmt=date(2026, 4, 1))

    assert check(DUA_D, jauh, DUA_C, nanti, TIGA_A) == ([], [])


@pytest.mark.parametrize("bulan", [83, 85])
def test_other_masa_kerja_than_expected_is_a_warning(bulan: int) -> None:
    baru = replace(DUA_D, masa_kerja_bulan=bulan)

    assert check(baru, DUA_C) == ([], [KodePangkat.MASA_KERJA])


@pytest.mark.parametrize(
    ("tmt", "bulan"),
    [(date(2020, 4, 1), 84), (date(2021, 1, 1), 93), (date(2020, 3, 1), 83)],
)
def test_time_served_goes_on(tmt: date, bulan: int) -> None:
    hasil = expect_masa_kerja(DUA_C, GolonganPNS.II_D, tmt, per_tanggal=HARI_INI)

    assert hasil == bulan


def test_masa_kerja_never_falls_below_zero() -> None:
    mundur = replace(DUA_D, golongan=GolonganPPPK.V, masa_kerja_bulan=3)

    hasil = expect_masa_kerja(
        mundur, GolonganPPPK.V, date(2020, 1, 1), per_tanggal=HARI_INI
    )
    lebih = expect_masa_kerja(
        mundur, GolonganPPPK.V, date(2019, 12, 1), per_tanggal=HARI_INI
    )

    assert (hasil, lebih) == (0, 0)


def test_reasons_name_both_rows_and_the_expected_masa_kerja() -> None:
    fakta = FaktaRiwayatPangkat(
        JenisASN.PNS,
        None,
        BarisPangkat(GolonganPNS.III_B, date(2020, 4, 1), 84),
        (DUA_C,),
    )

    hasil = check_riwayat_pangkat(fakta, per_tanggal=HARI_INI)

    lompat, masa_kerja = hasil.peringatan
    assert lompat.pesan == "Golongan naik 3 tingkat sekaligus, dari II/c ke III/b."
    assert "adalah 2 tahun, bukan 7 tahun." in masa_kerja.pesan
    assert hasil.dasar_hukum == (masa_kerja.dasar_hukum,)
