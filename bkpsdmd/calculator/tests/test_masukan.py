from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from bkpsdmd.calculator.masukan import (
    Boleh,
    Bulat,
    Daftar,
    Desimal,
    Jam,
    Kunci,
    Masukan,
    MasukanError,
    Nomor,
    Objek,
    Pengenal,
    Peta,
    Pilihan,
    SatuAtauDaftar,
    Tanggal,
    Teks,
    Tipe,
    Wajib,
    YaTidak,
    read_masukan,
)
from bkpsdmd.regulations import Kepastian

SATU_DUA = Pilihan({"satu": 1, "dua": 2})


@pytest.mark.parametrize(
    ("tipe", "nilai", "harapan"),
    [
        (Teks(), "Guru", "Guru"),
        (Nomor(), " 19 ", " 19 "),
        (Nomor(), 12, "12"),
        (Nomor(), Decimal("1.98E+17"), "1.98E+17"),
        (Nomor(), "", ""),
        (Pengenal(), 7, 7),
        (Pengenal(), "7", "7"),
        (Tanggal(), "2024-02-29", date(2024, 2, 29)),
        (Bulat(), 12, 12),
        (Bulat(), "12", 12),
        (Bulat(), Decimal("12.0"), 12),
        (Bulat(minimum=-5), "-5", -5),
        (Desimal(), Decimal("0.1"), Decimal("0.1")),
        (Desimal(), "0.1", Decimal("0.1")),
        (YaTidak(), False, False),
        (SATU_DUA, "dua", 2),
        (Pilihan.of(Kepastian), "kesepakatan", Kepastian.KESEPAKATAN),
        (Boleh(Bulat()), None, None),
        (Boleh(Bulat()), 3, 3),
        (Daftar(Bulat()), [1, "2"], [1, 2]),
        (Jam(), "07:30", time(7, 30)),
        (Peta(Bulat(), SATU_DUA), {"2025": "dua"}, {2025: 2}),
        (SatuAtauDaftar(Bulat()), "3", 3),
        (SatuAtauDaftar(Bulat()), ["3", 4], [3, 4]),
    ],
)
def test_value_is_read(tipe: Tipe, nilai: Any, harapan: Any) -> None:
    hasil = tipe.read(nilai, "kunci")

    assert hasil == harapan
    assert type(hasil) is type(harapan)


@pytest.mark.parametrize(
    ("tipe", "nilai", "kode"),
    [
        (Teks(), "", "nilai_salah"),
        (Teks(), "  ", "nilai_salah"),
        (Teks(), 5, "nilai_salah"),
        (Teks(maks=3), "abcd", "nilai_salah"),
        (Nomor(), True, "nilai_salah"),
        (Nomor(), None, "nilai_salah"),
        (Nomor(), ["1"], "nilai_salah"),
        (Pengenal(), True, "nilai_salah"),
        (Pengenal(), Decimal("1.5"), "nilai_salah"),
        (Tanggal(), "2023-02-29", "tanggal_salah"),
        (Tanggal(), "29-02-2024", "tanggal_salah"),
        (Tanggal(), "20240229", "tanggal_salah"),
        (Tanggal(), "2024-W01-1", "tanggal_salah"),
        (Tanggal(), "2024-02-29T00:00", "tanggal_salah"),
        (Tanggal(), "２０２４-02-29", "tanggal_salah"),
        (Tanggal(), 20240229, "tanggal_salah"),
        (Tanggal(), None, "tanggal_salah"),
        (Tanggal(), "1899-12-31", "nilai_mustahil"),
        (Tanggal(), "2201-01-01", "nilai_mustahil"),
        (Bulat(), Decimal("1.5"), "nilai_salah"),
        (Bulat(), "1.5", "nilai_salah"),
        (Bulat(), Decimal("1E-999999"), "nilai_salah"),
        (Bulat(), True, "nilai_salah"),
        (Bulat(), None, "nilai_salah"),
        (Bulat(), "", "nilai_salah"),
        (Bulat(), "1e3", "nilai_salah"),
        (Bulat(), "٣", "nilai_salah"),
        (Bulat(), -1, "nilai_mustahil"),
        (Bulat(maksimum=12), 13, "nilai_mustahil"),
        (Bulat(), Decimal("1E+999999"), "nilai_mustahil"),
        (Desimal(), "0,1", "nilai_salah"),
        (Desimal(), "0." + "0" * 20 + "1", "nilai_salah"),
        (Desimal(), Decimal("1E-999999999"), "nilai_salah"),
        (YaTidak(), 0, "nilai_salah"),
        (YaTidak(), "true", "nilai_salah"),
        (SATU_DUA, "tiga", "nilai_salah"),
        (SATU_DUA, 1, "nilai_salah"),
        (SATU_DUA, ["satu"], "nilai_salah"),
        (Daftar(Bulat()), {"0": 1}, "nilai_salah"),
        (Jam(), "24:00", "nilai_salah"),
        (Jam(), "7:30", "nilai_salah"),
        (Jam(), 730, "nilai_salah"),
        (Jam(), None, "nilai_salah"),
        (Peta(Bulat(), Bulat()), ["2025"], "nilai_salah"),
        (SatuAtauDaftar(Bulat()), {}, "nilai_salah"),
    ],
)
def test_value_that_cannot_be_meant_is_refused_with_its_key(
    tipe: Tipe, nilai: Any, kode: str
) -> None:
    with pytest.raises(MasukanError) as error:
        tipe.read(nilai, "kunci")

    assert error.value.kode == kode
    assert error.value.kolom == "kunci"
    assert error.value.pesan.startswith("kunci harus") or "paling panjang" in str(
        error.value
    )


KUNCI = (
    Kunci("nama", Teks(), "Nama"),
    Kunci("usia", Bulat(), "Usia", Wajib.OPSIONAL),
    Kunci("alasan", SATU_DUA, "Alasan", Wajib.SEPERLUNYA),
    Kunci(
        "anak", Daftar(Objek((Kunci("usia", Bulat(), "Usia"),))), "Anak", Wajib.OPSIONAL
    ),
)


def refuse(data: object) -> MasukanError:
    with pytest.raises(MasukanError) as error:
        read_masukan(KUNCI, data)
    return error.value


def test_optional_key_may_be_left_out() -> None:
    assert read_masukan(KUNCI, {"nama": "Ani"}) == {"nama": "Ani"}


@pytest.mark.parametrize("data", [None, 5, "a", [], [{"nama": "Ani"}]])
def test_case_that_is_no_object_is_refused(data: object) -> None:
    assert refuse(data).kode == "bukan_objek"


def test_unknown_key_is_refused_by_name() -> None:
    error = refuse({"nama": "Ani", "umur": 3})

    assert (error.kode, error.kolom) == ("kunci_tak_dikenal", "umur")


def test_missing_key_is_refused_by_name() -> None:
    error = refuse({"usia": 3})

    assert (error.kode, error.kolom) == ("kunci_kurang", "nama")


def test_null_is_no_way_to_leave_out_an_optional_key() -> None:
    assert refuse({"nama": "Ani", "usia": None}).kolom == "usia"


def test_inner_key_is_named_with_its_place() -> None:
    error = refuse({"nama": "Ani", "anak": [{"usia": 3}, {"usia": "x"}]})

    assert error.kolom == "anak[1].usia"
    assert refuse({"nama": "Ani", "anak": [{}]}).kolom == "anak[0].usia"
    assert refuse({"nama": "Ani", "anak": [5]}).kolom == "anak[0]"


def test_as_needed_key_is_read_only_when_asked_for() -> None:
    masukan = read_masukan(KUNCI, {"nama": "Ani", "alasan": "tiga"})

    assert masukan == {"nama": "Ani"}
    with pytest.raises(MasukanError, match="alasan"):
        masukan.find("alasan")


@pytest.mark.parametrize("data", [{"nama": "Ani"}, {"nama": "Ani", "alasan": None}])
def test_as_needed_key_that_is_needed_must_be_there(data: dict[str, Any]) -> None:
    masukan: Masukan = read_masukan(KUNCI, data)

    assert masukan.find("alasan") is None
    with pytest.raises(MasukanError) as error:
        masukan.need("alasan")
    assert (error.value.kode, error.value.kolom) == ("kunci_kurang", "alasan")


def test_as_needed_key_that_is_there_is_given() -> None:
    assert read_masukan(KUNCI, {"nama": "Ani", "alasan": "dua"}).need("alasan") == 2


@pytest.mark.parametrize(
    ("nilai", "kolom"), [({"lusa": 1}, "jumlah.lusa"), ({"2025": "x"}, "jumlah.2025")]
)
def test_map_names_the_place_of_what_it_refuses(nilai: Any, kolom: str) -> None:
    with pytest.raises(MasukanError) as error:
        Peta(Bulat(), Bulat()).read(nilai, "jumlah")

    assert error.value.kolom == kolom


@pytest.mark.parametrize(
    ("tipe", "is_pribadi"),
    [
        (Nomor(), True),
        (Pengenal(), True),
        (Teks(), False),
        (Boleh(Nomor()), True),
        (Daftar(Objek((Kunci("id", Pengenal(), "Id"),))), True),
        (Peta(Pengenal(), Bulat()), True),
        (Peta(Bulat(), Nomor()), True),
        (SatuAtauDaftar(Nomor()), True),
        (Daftar(Bulat()), False),
    ],
)
def test_kind_that_names_a_person_is_known_however_deep(
    tipe: Tipe, is_pribadi: bool
) -> None:
    assert tipe.is_pribadi is is_pribadi
