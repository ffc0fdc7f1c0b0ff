from datetime import date, timedelta
from pathlib import Path

import pytest

from bkpsdmd.calculator import checks
from bkpsdmd.calculator.checks import find_messages
from bkpsdmd.regulations import reader

ISI = """\
uraian: Contoh
satuan: tahun
diperiksa: 2026-01-31
riwayat:
  - berlaku: 2014-01-15
    dasar_hukum: UU 5/2014
    kepastian: terverifikasi
    nilai: 58
"""
DIPERIKSA = date(2026, 1, 31)


@pytest.fixture
def berkas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "contoh" / "regulations"
    folder.mkdir(parents=True)
    berkas = folder / "angka.yaml"
    berkas.write_text(ISI)
    monkeypatch.setattr(reader, "ROOT", tmp_path)
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    return berkas


@pytest.mark.parametrize(("hari", "banyak"), [(364, 0), (365, 0), (366, 1)])
def test_file_nobody_compared_for_a_year_is_a_warning(
    berkas: Path, hari: int, banyak: int
) -> None:
    pesan = list(find_messages(DIPERIKSA + timedelta(days=hari)))

    assert len(pesan) == banyak
    assert all(satu.id == "regulations.W001" for satu in pesan)
    assert all("contoh/angka" in satu.msg for satu in pesan)


def test_fault_of_a_file_is_an_error(berkas: Path) -> None:
    berkas.write_text(ISI.replace("    dasar_hukum: UU 5/2014\n", ""))

    pesan = list(find_messages(DIPERIKSA))

    assert [satu.id for satu in pesan] == ["regulations.E001"]
    assert pesan[0].msg == "contoh/angka: version 1: dasar_hukum is missing"


def test_regulation_files_of_the_portal_pass() -> None:
    assert list(find_messages(DIPERIKSA)) == []
