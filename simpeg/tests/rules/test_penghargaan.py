from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from bkpsdmd.regulations import reader

from .cases import answer, check_kasus, list_kasus


@pytest.mark.parametrize("kasus", list_kasus("satyalancana"))
def test_satyalancana_case(kasus: dict[str, Any]) -> None:
    check_kasus("satyalancana", kasus)


@pytest.fixture
def restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other reading: a penalty or CLTN starts the count again."""
    folder = tmp_path / "simpeg" / "regulations"
    copytree(reader.ROOT / "simpeg" / "regulations", folder)
    berkas = folder / "satyalancana_penggugur.yaml"
    berkas.write_text(
        berkas.read_text().replace("akibat: gugur", "akibat: hitung_ulang")
    )
    monkeypatch.setattr(reader, "ROOT", tmp_path)


@pytest.mark.usefixtures("restart")
@pytest.mark.parametrize(
    ("keterangan", "kelas"),
    [
        ({"hukuman": [{"tingkat": "sedang", "tanggal": "2016-03-31"}]}, "X"),
        ({"hukuman": [{"tingkat": "sedang", "tanggal": "2016-04-01"}]}, None),
        ({"cltn": [{"mulai": "2013-01-01", "selesai": "2016-01-01"}]}, "X"),
        ({"cltn": [{"mulai": "2013-01-01", "selesai": "2016-04-01"}]}, None),
        ({"cltn": [{"mulai": "2013-01-01", "selesai": None}]}, None),
    ],
)
def test_other_reading_counts_from_the_end_of_the_bar(
    keterangan: dict[str, Any], kelas: str | None
) -> None:
    masukan = {"tmt_cpns": "1995-01-01", "tanggal": "2026-03-01", **keterangan}

    jawaban = answer("satyalancana", masukan)

    assert jawaban["hasil"]["kelas"] == kelas
    assert {"kode": "bacaan_lain", "terpenuhi": True}.items() <= jawaban["alasan"][
        -1
    ].items()


def test_today_is_the_month_of_proposal_when_none_is_given() -> None:
    jawaban = answer("satyalancana", {"tmt_cpns": "2016-11-01"}, str(date(2026, 11, 1)))

    assert jawaban["hasil"]["kelas"] == "X"
