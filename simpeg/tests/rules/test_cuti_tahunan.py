from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import reader
from simpeg.choices import JenisASN
from simpeg.rules.cuti_tahunan import (
    FaktaCutiTahunan,
    HasilCutiTahunan,
    KodeCutiTahunan,
    TigaTahun,
    compute_cuti_tahunan,
)

from .cases import HARI_INI, answer, check_kasus, list_kasus

FAKTA = st.builds(
    FaktaCutiTahunan,
    jenis_asn=st.sampled_from(JenisASN),
    tahun=st.just(2026),
    masa_kerja_bulan=st.integers(0, 60),
    terpakai=st.builds(
        TigaTahun, st.integers(0, 13), st.integers(0, 13), st.integers(0, 25)
    ),
    berhak_n_1=st.none() | st.booleans(),
    berhak_n_2=st.none() | st.booleans(),
    ditangguhkan_n_1=st.integers(0, 13),
    is_cuti_besar_n=st.booleans(),
    perjanjian_bulan=st.none() | st.integers(0, 60),
    ajukan_hari=st.none() | st.integers(0, 25),
)


def compute(fakta: FaktaCutiTahunan) -> HasilCutiTahunan | None:
    try:
        return compute_cuti_tahunan(fakta, per_tanggal=HARI_INI)
    except DomainError:
        return None


@pytest.mark.parametrize("kasus", list_kasus("cuti_tahunan"))
def test_cuti_tahunan_case(kasus: dict[str, Any]) -> None:
    check_kasus("cuti_tahunan", kasus)


@given(FAKTA)
def test_leave_never_exceeds_its_ceiling(fakta: FaktaCutiTahunan) -> None:
    hasil = compute(fakta)
    if hasil is None:
        return

    lama = fakta.perjanjian_bulan or 0
    batas = 24 if fakta.jenis_asn is JenisASN.PNS or lama > 36 else 18
    if fakta.jenis_asn is not JenisASN.PNS and lama <= 24:
        batas = 12
    assert hasil.hak.total <= batas
    assert hasil.hak.n <= 12
    assert all(hari >= 0 for hari in (*hasil.hak, *hasil.sisa))
    assert all(sisa <= hak for sisa, hak in zip(hasil.sisa, hasil.hak, strict=True))


@given(FAKTA)
def test_no_day_is_lost_or_made(fakta: FaktaCutiTahunan) -> None:
    hasil = compute(fakta)
    if hasil is None:
        return

    assert hasil.sisa.total == max(hasil.hak.total - fakta.terpakai.n, 0)
    if hasil.sesudah is not None:
        assert hasil.boleh
        assert fakta.ajukan_hari == hasil.sisa.total - hasil.sesudah.total


@given(FAKTA)
def test_year_is_touched_only_when_older_ones_are_spent(
    fakta: FaktaCutiTahunan,
) -> None:
    hasil = compute(fakta)
    if hasil is None:
        return

    if hasil.sisa.n_1 < hasil.hak.n_1:
        assert hasil.sisa.n_2 == 0
    if hasil.sisa.n < hasil.hak.n:
        assert hasil.sisa.n_2 == hasil.sisa.n_1 == 0


@pytest.mark.parametrize(
    ("terpakai", "sisa_1", "sisa_2"),
    [
        (
            {"n_2": 0, "n_1": 0, "n": 0},
            "Cuti tahun 2025: 12 hari tidak terpakai, 6 hari boleh digunakan pada tahun "
            "2026.",
            "Cuti tahun 2024: 12 hari tidak terpakai, 6 hari boleh digunakan pada tahun "
            "2026; pembagian sisa menurut tahunnya adalah kesepakatan portal.",
        ),
        (
            {"n_2": 9, "n_1": 2, "n": 0},
            "Cuti tahun 2025: 10 hari tidak terpakai, 6 hari boleh digunakan pada tahun "
            "2026.",
            "Cuti tahun 2024: 3 hari tidak terpakai, 0 hari boleh digunakan pada tahun "
            "2026; hanya dibawa bila cuti dua tahun sama sekali tidak digunakan.",
        ),
    ],
)
def test_reasons_account_for_each_earlier_year(
    terpakai: dict[str, int], sisa_1: str, sisa_2: str
) -> None:
    masukan = {
        "jenis_asn": "PNS",
        "tahun": 2026,
        "masa_kerja_bulan": 100,
        "terpakai": terpakai,
    }

    alasan = answer("cuti_tahunan", masukan)["alasan"]

    pesan = {satu["kode"]: satu["pesan"] for satu in alasan}
    assert (pesan["sisa_n_1"], pesan["sisa_n_2"]) == (sisa_1, sisa_2)


def test_year_without_a_right_is_named() -> None:
    masukan = {
        "jenis_asn": "PNS",
        "tahun": 2026,
        "masa_kerja_bulan": 100,
        "terpakai": {"n_2": 0, "n_1": 0, "n": 0},
        "berhak_n_2": False,
        "ajukan_hari": 3,
    }

    alasan = answer("cuti_tahunan", masukan)["alasan"]

    pesan = {satu["kode"]: satu["pesan"] for satu in alasan}
    assert pesan["sisa_n_2"] == "Cuti tahun 2024: tidak berhak."
    assert pesan["permintaan"].startswith("Diminta 3 hari kerja")


def test_right_of_earlier_years_follows_from_the_service() -> None:
    fakta = FaktaCutiTahunan(JenisASN.PNS, 2026, 100, TigaTahun(0, 0, 0))

    hasil = compute_cuti_tahunan(fakta, per_tanggal=HARI_INI)

    assert hasil.hak == TigaTahun(6, 6, 12)
    assert KodeCutiTahunan.PENANGGUHAN not in {satu.kode for satu in hasil.alasan}


def test_other_reading_of_a_partly_used_year_is_one_word_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "simpeg" / "regulations"
    copytree(reader.ROOT / "simpeg" / "regulations", folder)
    berkas = folder / "cuti_tahunan_pns.yaml"
    berkas.write_text(
        berkas.read_text().replace("n_2_sebagian: false", "n_2_sebagian: true")
    )
    monkeypatch.setattr(reader, "ROOT", tmp_path)

    jawaban = answer(
        "cuti_tahunan",
        {
            "jenis_asn": "PNS",
            "tahun": 2026,
            "masa_kerja_bulan": 100,
            "terpakai": {"n_2": 8, "n_1": 0, "n": 0},
        },
    )

    assert jawaban["hasil"]["sisa"] == {"n_2": 4, "n_1": 6, "n": 12}
