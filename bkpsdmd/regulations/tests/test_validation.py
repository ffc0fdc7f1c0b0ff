from pathlib import Path

import pytest

from bkpsdmd.regulations import list_regulasi
from bkpsdmd.regulations.reader import ROOT
from bkpsdmd.regulations.validation import list_faults

from .test_reader import NILAI, TABEL

CSV = "golongan,tahun,koefisien\nI/a,0,3.75\n"


@pytest.mark.parametrize("nama", list_regulasi())
def test_every_regulation_file_is_sound(nama: str) -> None:
    assert list_faults(ROOT, nama) == []


def test_there_are_regulation_files() -> None:
    assert "simpeg/gaji_pokok_pns" in list_regulasi()


def write_nilai(root: Path, isi: str) -> list[str]:
    folder = root / "contoh" / "regulations"
    folder.mkdir(parents=True)
    (folder / "angka.yaml").write_text(isi)
    return list_faults(root, "contoh/angka")


def write_tabel(root: Path, isi: str = TABEL, **csv: str) -> list[str]:
    folder = root / "contoh" / "regulations" / "tabel"
    folder.mkdir(parents=True)
    (folder / "keterangan.yaml").write_text(isi)
    for nama, baris in {"2024-01-01": CSV, "2026-01-01": CSV, **csv}.items():
        if baris:
            (folder / f"{nama}.csv").write_text(baris)
    return list_faults(root, "contoh/tabel")


def test_sound_value_has_no_fault(tmp_path: Path) -> None:
    assert write_nilai(tmp_path, NILAI) == []


@pytest.mark.parametrize(
    ("lama", "baru", "fault"),
    [
        ("uraian: Contoh angka\n", "", "header: uraian is missing"),
        ("satuan: tahun", "satuan: ''", "satuan must be a sentence"),
        ("diperiksa: 2026-11-25", "diperiksa: kemarin", "diperiksa must be a date"),
        ("satuan: tahun", "satuan: tahun\nsatuan_lain: x", "unknown key satuan_lain"),
        ("satuan: tahun", "satuan: tahun\nsatuan: bulan", "a key stands twice"),
        ("    dasar_hukum: UU 5/2014\n", "", "version 1: dasar_hukum is missing"),
        ("UU 5/2014", "''", "version 1: dasar_hukum must be a sentence"),
        ("kepastian: satu_sumber", "kepastian: pasti", "version 2: kepastian must be"),
        ("berlaku: 2014-01-15", "berlaku: 2014", "version 1: berlaku must be a date"),
        ("berlaku: 2014-01-15", "berlaku: 2024-01-15", "must be sorted by berlaku"),
        ("berlaku: 2014-01-15", "berlaku: 2023-10-31", "each date once"),
        ("    nilai: null\n", "", "version 3: nilai is missing"),
        ("catatan: Naik", "keterangan: Naik", "version 2: unknown key keterangan"),
        ("  - berlaku: 2030", "  - x\n  - berlaku: 2030", "version 3 is not a mapping"),
        (
            "  - berlaku: 2030",
            "  - [berlaku]\n  - berlaku: 2030",
            "version 3 is not a mapping",
        ),
        (
            "  - berlaku: 2014-01-15\n    dasar_hukum",
            "  - dasar_hukum",
            "version 1: berlaku is missing",
        ),
        (
            "diundangkan: 2023-10-30",
            "diundangkan: lusa",
            "version 2: diundangkan must be a date",
        ),
        ("satuan: tahun", "satuan: 12", "satuan must be a sentence"),
        ("satuan: tahun", "satuan: [", "not readable"),
    ],
)
def test_fault_of_a_value_is_named(
    tmp_path: Path, lama: str, baru: str, fault: str
) -> None:
    assert lama in NILAI
    faults = write_nilai(tmp_path, NILAI.replace(lama, baru, 1))

    assert any(fault in satu for satu in faults), faults
    assert all(satu.startswith("contoh/angka: ") for satu in faults)


@pytest.mark.parametrize("isi", ["", "- a", "riwayat: []"])
def test_file_of_another_shape_is_named(tmp_path: Path, isi: str) -> None:
    assert write_nilai(tmp_path, isi)


@pytest.mark.parametrize("riwayat", ["[]", "{}", "2014", "{berlaku: 2014-01-15}"])
def test_history_lists_at_least_one_version(tmp_path: Path, riwayat: str) -> None:
    isi = NILAI.partition("riwayat:")[0] + f"riwayat: {riwayat}\n"

    assert write_nilai(tmp_path, isi) == [
        "contoh/angka: riwayat must list at least one version"
    ]


@pytest.mark.parametrize(
    ("lama", "baru"),
    [
        ("", ""),
        ("kunci: [golongan, tahun]", "kunci: [golongan, tahun, koefisien]"),
        # A repeal has no table.
        (
            "  - berlaku: 2024",
            "  - berlaku: 2020-01-01\n    nilai: null\n    dasar_hukum: PP 1/2019\n    kepastian: terverifikasi\n  - berlaku: 2024",
        ),
    ],
)
def test_sound_table_has_no_fault(tmp_path: Path, lama: str, baru: str) -> None:
    assert write_tabel(tmp_path, TABEL.replace(lama, baru, 1)) == []


@pytest.mark.parametrize(
    ("csv", "fault"),
    [
        ({"2026-01-01": ""}, "2026-01-01.csv is missing"),
        ({"2027-01-01": CSV}, "2027-01-01.csv belongs to no version"),
        ({"2024-01-01": CSV.replace("tahun", "mkg")}, "the columns must be"),
        ({"2024-01-01": CSV.replace("0,3.75", "x,3.75")}, "2024-01-01.csv: invalid"),
        ({"2024-01-01": CSV.replace("3.75", "tiga")}, "2024-01-01.csv: "),
        ({"2024-01-01": CSV.replace(",3.75", "")}, "2024-01-01.csv: "),
        ({"2024-01-01": CSV.partition("\n")[0] + "\n"}, "no rows"),
        ({"2024-01-01": CSV + "I/a,0,4\n"}, "two rows share golongan, tahun"),
    ],
)
def test_fault_of_a_table_is_named(
    tmp_path: Path, csv: dict[str, str], fault: str
) -> None:
    faults = write_tabel(tmp_path, **csv)

    assert any(fault in satu for satu in faults), faults


@pytest.mark.parametrize(
    ("lama", "baru", "fault"),
    [
        ("tahun: bulat", "tahun: angka", "kolom must give each column"),
        (
            "{golongan: teks, tahun: bulat, koefisien: desimal}",
            "[golongan]",
            "kolom must give each column",
        ),
        ("kunci: [golongan, tahun]", "kunci: 2", "kunci must list columns"),
        ("  - berlaku: 2026", "  - x\n  - berlaku: 2026", "version 2 is not a mapping"),
        ("kunci: [golongan, tahun]", "kunci: [nama]", "kunci must list columns"),
        (
            "kepastian: terverifikasi",
            "kepastian: terverifikasi\n    nilai: 1",
            "version 1: the value of a table stands in its CSV",
        ),
    ],
)
def test_fault_of_a_table_header_is_named(
    tmp_path: Path, lama: str, baru: str, fault: str
) -> None:
    assert lama in TABEL
    faults = write_tabel(tmp_path, TABEL.replace(lama, baru, 1))

    assert any(fault in satu for satu in faults), faults
