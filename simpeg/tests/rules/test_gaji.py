from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import load_regulasi, reader
from bkpsdmd.regulations.validation import list_faults
from simpeg.choices import JenisASN
from simpeg.rules.gaji import (
    BarisGaji,
    FaktaGaji,
    compute_gaji_pokok,
    find_skala,
    list_baris,
)
from simpeg.rules.golongan import (
    Golongan,
    GolonganPNS,
    GolonganPPPK,
    parse_golongan,
)

from .cases import HARI_INI, answer, check_kasus, list_kasus, read_kasus

REGULATIONS = reader.ROOT / "simpeg" / "regulations"
SEMUA_GOLONGAN: list[Golongan] = [*GolonganPNS, *GolonganPPPK]
# The columns where a higher education starts are farther apart.
AWAL_GOLONGAN_II = {GolonganPNS.II_A, GolonganPPPK.V}


KONTROL = [
    pytest.param(jenis, golongan, int(tahun), rupiah, id=f"{jenis} {golongan} {tahun}")
    for jenis, isi in read_kasus("gaji_pokok_kontrol").items()
    for golongan, baris in isi["baris"].items()
    for tahun, rupiah in baris.items()
]


def rows(golongan: Golongan) -> tuple[BarisGaji, ...]:
    return list_baris(find_skala(golongan, per_tanggal=HARI_INI), golongan)


@pytest.mark.parametrize("kasus", list_kasus("gaji_pokok"))
def test_gaji_pokok_case(kasus: dict[str, Any]) -> None:
    check_kasus("gaji_pokok", kasus)


@pytest.mark.parametrize(("jenis", "golongan", "tahun", "rupiah"), KONTROL)
def test_gaji_pokok_equals_the_control_value(
    jenis: str, golongan: str, tahun: int, rupiah: int
) -> None:
    masukan = {"jenis_asn": jenis, "golongan": golongan, "mkg_bulan": tahun * 12}

    hasil = answer("gaji_pokok", masukan)["hasil"]

    assert hasil == {"gaji_rupiah": rupiah, "baris_mkg_tahun": tahun}


def test_control_values_cover_both_ends_of_every_golongan() -> None:
    assert len(KONTROL) == 68


@given(
    golongan=st.sampled_from(SEMUA_GOLONGAN),
    mkg_bulan=st.integers(0, 1199),
    is_cpns=st.booleans(),
)
def test_pay_never_falls_as_masa_kerja_grows(
    golongan: Golongan, mkg_bulan: int, is_cpns: bool
) -> None:
    sekarang = compute_gaji_pokok(
        FaktaGaji(golongan, mkg_bulan, is_cpns), per_tanggal=HARI_INI
    )
    nanti = compute_gaji_pokok(
        FaktaGaji(golongan, mkg_bulan + 1, is_cpns), per_tanggal=HARI_INI
    )

    assert nanti.gaji_rupiah >= sekarang.gaji_rupiah


# -- The tables themselves -----------------------------------------------------------


@pytest.mark.parametrize(
    ("berkas", "jejak"),
    [
        ("gaji_pokok_pns", "9ea67e02bbcaa1ff"),
        ("gaji_pokok_pppk", "ecbc0056adb4305c"),
    ],
)
def test_published_scale_is_never_edited(berkas: str, jejak: str) -> None:
    """A new scale is a new file; these bytes were compared with the annex."""
    isi = (REGULATIONS / berkas / "2024-01-01.csv").read_bytes()

    assert sha256(isi).hexdigest().startswith(jejak)


@pytest.mark.parametrize("golongan", SEMUA_GOLONGAN)
def test_amounts_rise_by_the_same_rate_down_a_column(golongan: Golongan) -> None:
    for atas, bawah in pairwise(rows(golongan)):
        tahun = bawah.masa_kerja_tahun - atas.masa_kerja_tahun
        assert bawah.gaji_rupiah > atas.gaji_rupiah
        # 3.15 % each two years, to the rounding of the annex.
        assert bawah.gaji_rupiah == pytest.approx(
            atas.gaji_rupiah * 1.0315 ** (tahun / 2), abs=400
        )


@pytest.mark.parametrize("ladder", [GolonganPNS, GolonganPPPK])
def test_amounts_rise_by_the_same_rate_across_columns(
    ladder: type[GolonganPNS] | type[GolonganPPPK],
) -> None:
    for rendah, tinggi in pairwise(ladder):
        kiri = {row.masa_kerja_tahun: row.gaji_rupiah for row in rows(rendah)}
        for row in rows(tinggi):
            if row.masa_kerja_tahun in kiri:
                rasio = row.gaji_rupiah / kiri[row.masa_kerja_tahun]
                harapan = 1.144 if tinggi in AWAL_GOLONGAN_II else 1.0423
                assert rasio == pytest.approx(harapan, abs=0.0005)


@pytest.mark.parametrize(
    ("pns", "pppk"), list(zip(GolonganPNS, GolonganPPPK, strict=True))
)
def test_scale_of_pppk_runs_parallel_to_that_of_pns(
    pns: GolonganPNS, pppk: GolonganPPPK
) -> None:
    for satu, dua in zip(rows(pns), rows(pppk), strict=True):
        assert satu.masa_kerja_tahun == dua.masa_kerja_tahun
        assert dua.gaji_rupiah == pytest.approx(satu.gaji_rupiah * 1.15, abs=180)


@pytest.mark.parametrize("golongan", SEMUA_GOLONGAN)
def test_amounts_are_whole_hundreds(golongan: Golongan) -> None:
    assert all(row.gaji_rupiah % 100 == 0 for row in rows(golongan))


@pytest.mark.parametrize(
    ("golongan", "tahun"),
    [
        (GolonganPNS.I_A, list(range(0, 27, 2))),
        (GolonganPNS.I_B, list(range(3, 28, 2))),
        (GolonganPNS.I_D, list(range(3, 28, 2))),
        (GolonganPNS.II_A, [0, *range(1, 34, 2)]),
        (GolonganPNS.II_B, list(range(3, 34, 2))),
        (GolonganPNS.II_D, list(range(3, 34, 2))),
        (GolonganPNS.III_A, list(range(0, 33, 2))),
        (GolonganPNS.IV_E, list(range(0, 33, 2))),
    ],
)
def test_rows_stand_at_the_years_of_the_annex(
    golongan: Golongan, tahun: list[int]
) -> None:
    assert [row.masa_kerja_tahun for row in rows(golongan)] == tahun


# -- A new scale ---------------------------------------------------------------------


@pytest.fixture
def new_scale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the regulations with one more table and its line in the header."""
    copytree(REGULATIONS, tmp_path / "simpeg" / "regulations")
    folder = tmp_path / "simpeg" / "regulations" / "gaji_pokok_pns"
    lama = (folder / "2024-01-01.csv").read_text()
    (folder / "2030-07-01.csv").write_text(
        lama.replace("III/b,8,3287000", "III/b,8,4000000")
    )
    with (folder / "keterangan.yaml").open("a") as header:
        header.write(
            "  - berlaku: 2030-07-01\n"
            "    dasar_hukum: PP 99/2030\n"
            "    kepastian: satu_sumber\n"
        )
    monkeypatch.setattr(reader, "ROOT", tmp_path)
    return tmp_path


def test_new_scale_needs_two_files_and_no_code(new_scale: Path) -> None:
    masukan = {"jenis_asn": "PNS", "golongan": "III/b", "mkg_bulan": 100}

    sebelum = answer("gaji_pokok", masukan, "2030-06-30")
    sejak = answer("gaji_pokok", masukan, "2030-07-01")
    sesudah = answer("gaji_pokok", masukan, "2030-07-02")

    assert list_faults(new_scale, "simpeg/gaji_pokok_pns") == []
    assert sebelum["hasil"]["gaji_rupiah"] == 3_287_000
    assert sejak["hasil"]["gaji_rupiah"] == 4_000_000
    assert sejak["dasar_hukum"] == ["PP 99/2030 [satu sumber]"]
    assert sesudah["hasil"]["gaji_rupiah"] == 4_000_000


def test_new_scale_leaves_the_old_one_and_the_other_ladder_alone(
    new_scale: Path,
) -> None:
    pppk = {"jenis_asn": "PPPK", "golongan": "IX", "mkg_bulan": 100}

    lama, baru = load_regulasi("simpeg/gaji_pokok_pns").riwayat

    assert len(lama.nilai) == len(baru.nilai)
    assert sum(a != b for a, b in zip(lama.nilai, baru.nilai, strict=True)) == 1
    assert answer("gaji_pokok", pppk, "2030-06-30") == answer(
        "gaji_pokok", pppk, "2030-07-01"
    )


def test_new_scale_is_gone_after_the_test() -> None:
    assert len(load_regulasi("simpeg/gaji_pokok_pns").riwayat) == 1


# -- Golongan ------------------------------------------------------------------------


def test_golongan_are_compared_by_their_place_on_the_ladder() -> None:
    assert [satu.tingkat for satu in GolonganPNS] == list(range(1, 18))
    assert GolonganPPPK.IX.tingkat > GolonganPPPK.V.tingkat


def test_golongan_of_pns_bears_a_pangkat() -> None:
    golongan = parse_golongan("III/b", JenisASN.PNS)

    assert isinstance(golongan, GolonganPNS)
    assert golongan.pangkat == "Penata Muda Tingkat I"
    assert GolonganPNS.from_siasn("32") is golongan


@pytest.mark.parametrize(
    ("teks", "jenis", "contoh"),
    [
        ("IX", JenisASN.PNS, "gunakan I/a sampai IV/e."),
        ("III/a", JenisASN.PPPK, "gunakan I sampai XVII."),
    ],
)
def test_golongan_of_the_other_ladder_is_refused_with_the_right_one(
    teks: str, jenis: JenisASN, contoh: str
) -> None:
    with pytest.raises(DomainError, match=contoh):
        parse_golongan(teks, jenis)


def test_pay_is_that_of_a_full_pns_unless_said_otherwise() -> None:
    hasil = compute_gaji_pokok(FaktaGaji(GolonganPNS.III_A, 0), per_tanggal=HARI_INI)

    assert hasil.gaji_rupiah == hasil.gaji_pokok_rupiah
