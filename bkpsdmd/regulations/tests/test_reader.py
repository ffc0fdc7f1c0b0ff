from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bkpsdmd.regulations import (
    Kepastian,
    KetentuanNotInForceError,
    list_regulasi,
    load_regulasi,
    reader,
)

NILAI = """\
uraian: Contoh angka
satuan: tahun
diperiksa: 2026-11-25
riwayat:
  - berlaku: 2014-01-15
    dasar_hukum: UU 5/2014
    kepastian: terverifikasi
    nilai: {a: 58, b: [1, 2.50]}
  - berlaku: 2023-10-31
    diundangkan: 2023-10-30
    dasar_hukum: UU 20/2023
    kepastian: satu_sumber
    nilai: {a: 60, b: []}
    catatan: Naik dua tahun.
  - berlaku: 2030-01-01
    dasar_hukum: UU 1/2029
    kepastian: terverifikasi
    nilai: null
"""
TABEL = """\
uraian: Contoh tabel
satuan: rupiah
diperiksa: 2026-11-25
kolom: {golongan: teks, tahun: bulat, koefisien: desimal}
kunci: [golongan, tahun]
riwayat:
  - berlaku: 2024-01-01
    dasar_hukum: PP 5/2024
    kepastian: terverifikasi
  - berlaku: 2026-01-01
    dasar_hukum: PP 6/2026
    kepastian: terverifikasi
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "contoh" / "regulations"
    (folder / "tabel").mkdir(parents=True)
    (folder / "angka.yaml").write_text(NILAI)
    (folder / "tabel" / "keterangan.yaml").write_text(TABEL)
    (folder / "tabel" / "2024-01-01.csv").write_text(
        "golongan,tahun,koefisien\nI/a,0,3.75\nI/a,2,12.5\n"
    )
    (folder / "tabel" / "2026-01-01.csv").write_text(
        "golongan,tahun,koefisien\nI/a,0,4\n"
    )
    monkeypatch.setattr(reader, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("tanggal", "nilai"),
    [
        (date(2014, 1, 15), 58),
        (date(2014, 1, 16), 58),
        (date(2023, 10, 30), 58),
        (date(2023, 10, 31), 60),
        (date(2023, 11, 1), 60),
        (date(2029, 12, 31), 60),
    ],
)
def test_value_in_force_on_a_date_is_returned(
    root: Path, tanggal: date, nilai: int
) -> None:
    assert load_regulasi("contoh/angka").on(tanggal).nilai["a"] == nilai


@pytest.mark.parametrize(
    "tanggal", [date(2014, 1, 14), date(2030, 1, 1), date(2040, 1, 1)]
)
def test_nothing_is_guessed_before_the_first_value_or_after_a_repeal(
    root: Path, tanggal: date
) -> None:
    regulasi = load_regulasi("contoh/angka")

    with pytest.raises(KetentuanNotInForceError) as error:
        regulasi.on(tanggal)

    assert regulasi.find(tanggal) is None
    assert "contoh/angka" in error.value.pesan
    assert str(tanggal.year) in error.value.pesan
    assert (error.value.nama, error.value.tanggal) == ("contoh/angka", tanggal)


def test_version_carries_its_legal_basis(root: Path) -> None:
    ketentuan = load_regulasi("contoh/angka").on(date(2024, 1, 1))

    assert ketentuan.uraian == "Contoh angka"
    assert ketentuan.satuan == "tahun"
    assert ketentuan.berlaku == date(2023, 10, 31)
    assert ketentuan.diundangkan == date(2023, 10, 30)
    assert ketentuan.catatan == "Naik dua tahun."
    assert ketentuan.kepastian is Kepastian.SATU_SUMBER


def test_citation_says_when_a_value_is_not_certain(root: Path) -> None:
    regulasi = load_regulasi("contoh/angka")

    assert regulasi.on(date(2020, 1, 1)).kutipan == "UU 5/2014"
    assert regulasi.on(date(2024, 1, 1)).kutipan == "UU 20/2023 [satu sumber]"


def test_decimals_are_exact_and_values_cannot_be_changed(root: Path) -> None:
    nilai = load_regulasi("contoh/angka").on(date(2020, 1, 1)).nilai

    assert nilai["b"] == (1, Decimal("2.50"))
    assert isinstance(nilai["b"][1], Decimal)
    with pytest.raises(TypeError):
        nilai["a"] = 70


def test_table_in_force_on_a_date_is_returned_in_its_types(root: Path) -> None:
    regulasi = load_regulasi("contoh/tabel")

    assert [dict(baris) for baris in regulasi.on(date(2025, 12, 31)).nilai] == [
        {"golongan": "I/a", "tahun": 0, "koefisien": Decimal("3.75")},
        {"golongan": "I/a", "tahun": 2, "koefisien": Decimal("12.5")},
    ]
    assert regulasi.on(date(2026, 1, 1)).nilai[0]["koefisien"] == 4


def test_table_is_repealed_without_a_file(root: Path) -> None:
    header = root / "contoh" / "regulations" / "tabel" / "keterangan.yaml"
    header.write_text(
        TABEL
        + "  - berlaku: 2030-01-01\n"
        + "    dasar_hukum: PP 7/2029\n"
        + "    kepastian: terverifikasi\n"
        + "    nilai: null\n"
    )

    regulasi = load_regulasi("contoh/tabel")

    assert regulasi.find(date(2029, 12, 31)) is not None
    assert regulasi.find(date(2030, 1, 1)) is None


def test_each_file_is_read_once(root: Path) -> None:
    assert load_regulasi("contoh/angka") is load_regulasi("contoh/angka")


def test_regulations_of_all_apps_are_listed(root: Path) -> None:
    assert list_regulasi() == ["contoh/angka", "contoh/tabel"]
    assert list_regulasi(root / "contoh") == []


def test_unknown_name_is_a_programming_error(root: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_regulasi("contoh/tidak_ada")
