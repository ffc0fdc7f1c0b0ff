from fractions import Fraction

import pytest

from reporting.laporan.angka import Angka, Definisi, Nilai, round_tenths


def definisi(versi: str = "1") -> Definisi:
    return Definisi(
        kode="R-20",
        nama="Insiden dilaporkan",
        rumus="Dilaporkan dibagi semua",
        sumber="Register insiden",
        versi=versi,
        tanpa_penyebut="tidak ada insiden berisiko tinggi",
    )


@pytest.mark.parametrize(
    ("nilai", "teks"),
    [
        (Nilai(15, 19), "78,9 %"),  # maintenance done on time, the worked example
        (Nilai(1, 2000), "0,1 %"),  # 0,05 exactly: away from zero
        (Nilai(1, 2001), "0,0 %"),
        (Nilai(1, 8), "12,5 %"),
        (Nilai(19, 19), "100,0 %"),
        (Nilai(0, 19), "0,0 %"),
        (Nilai(25, 2), "1.250,0 %"),
        (Nilai(1234567), "1.234.567"),
        (Nilai(0), "0"),
    ],
)
def test_percentages_have_one_decimal_and_counts_none(nilai, teks):
    assert nilai.teks == teks


def test_nothing_to_divide_prints_a_dash_and_says_what_there_is_none_of():
    angka = Angka(definisi(), Nilai(0, 0))
    assert angka.nilai.exact is None
    assert angka.nilai.teks == "–"
    assert angka.catatan == "tidak ada insiden berisiko tinggi"


@pytest.mark.parametrize(
    ("value", "tenths"),
    [
        (Fraction(5, 100), 1),
        (Fraction(-5, 100), -1),
        (Fraction(49, 1000), 0),
        (Fraction(-49, 1000), 0),
        (Fraction(149, 100), 15),
    ],
)
def test_a_half_goes_away_from_zero(value, tenths):
    assert round_tenths(value) == tenths


@pytest.mark.parametrize(
    ("now", "before", "teks"),
    [
        (Nilai(120), Nilai(100), "+20"),
        (Nilai(100), Nilai(1300), "−1.200"),
        (Nilai(100), Nilai(100), "0"),
        (Nilai(1, 2), Nilai(1, 4), "+25,0 poin"),
        (Nilai(1, 4), Nilai(1, 2), "−25,0 poin"),
        # 33,33… − 33,26… = 0,07…: the rounded 33,3 − 33,3 would say nothing changed.
        (Nilai(1, 3), Nilai(3326, 10000), "+0,1 poin"),
        (Nilai(10001, 20000), Nilai(1, 2), "0,0 poin"),
    ],
)
def test_the_difference_is_that_of_the_unrounded_values(now, before, teks):
    assert Angka(definisi(), now, sebelumnya=before).selisih_teks == teks


@pytest.mark.parametrize(
    ("now", "before"),
    [(Nilai(1, 2), None), (Nilai(1, 2), Nilai(0, 0)), (Nilai(0, 0), Nilai(1, 2))],
)
def test_without_two_values_there_is_no_difference(now, before):
    assert Angka(definisi(), now, sebelumnya=before).selisih_teks == "–"


def test_a_changed_definition_is_said_and_not_compared():
    angka = Angka(definisi("2"), Nilai(1, 2), is_definisi_berubah=True)
    assert angka.sebelumnya_teks == "–"
    assert angka.selisih_teks == "–"
    assert "definisinya berubah" in angka.catatan
