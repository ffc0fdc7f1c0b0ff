from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import load_regulasi
from simpeg.choices import Eselon, Jenjang, Pendidikan, Predikat, TingkatHukuman
from simpeg.rules.golongan import GolonganPNS
from simpeg.rules.kenaikan_pangkat import (
    FaktaFungsional,
    FaktaPangkat,
    FaktaPengabdian,
    FaktaPenyesuaianIjazah,
    FaktaPrestasi,
    FaktaReguler,
    FaktaStruktural,
    HasilKenaikanPangkat,
    KodeKenaikanPangkat,
    check_kenaikan_pangkat,
)
from simpeg.rules.periode_kp import check_periode_kp

from .cases import HARI_INI, answer, check_kasus, list_kasus

UMUM: dict[str, st.SearchStrategy[Any]] = {
    "golongan": st.sampled_from(GolonganPNS),
    "tmt_golongan": st.dates(date(2005, 1, 1), date(2027, 12, 31)),
    "predikat": st.dictionaries(st.integers(2022, 2026), st.sampled_from(Predikat)),
    "hukuman_berjalan": st.none() | st.sampled_from(TingkatHukuman),
}
TANGGAL = st.dates(date(2023, 1, 1), date(2027, 12, 31))


def build(kelas: Callable[..., FaktaPangkat], **nilai: Any) -> st.SearchStrategy[Any]:
    return st.builds(kelas, **UMUM, **nilai)


FAKTA = st.one_of(
    build(
        FaktaReguler,
        pendidikan=st.sampled_from(Pendidikan),
        lulus_ujian=st.none() | st.booleans(),
        golongan_atasan=st.none() | st.sampled_from(GolonganPNS),
    ),
    build(
        FaktaStruktural,
        eselon=st.sampled_from(Eselon),
        tmt_jabatan=st.none() | UMUM["tmt_golongan"],
    ),
    build(
        FaktaFungsional,
        jenjang=st.sampled_from(Jenjang),
        ak_sejak_pangkat=st.decimals(0, 500, places=3),
    ),
    build(
        FaktaPenyesuaianIjazah,
        pendidikan=st.sampled_from(Pendidikan),
        lulus_ujian=st.booleans(),
    ),
    build(FaktaPengabdian, masa_kerja_bulan=st.integers(0, 480)),
    build(FaktaPrestasi, penetapan_prestasi=st.booleans()),
)


def check(fakta: FaktaPangkat, tanggal: date) -> HasilKenaikanPangkat:
    """Return the answer; a case that lacks a fact which decides is no example."""
    try:
        return check_kenaikan_pangkat(fakta, per_tanggal=tanggal)
    except DomainError as error:
        assume(error.kode != KodeKenaikanPangkat.KETERANGAN_KURANG)
        raise


@pytest.mark.parametrize("kasus", list_kasus("kp"))
def test_kp_case(kasus: dict[str, Any]) -> None:
    check_kasus("kp", kasus)


@given(FAKTA, TANGGAL)
def test_tmt_is_permitted_and_not_before_the_day_asked(
    fakta: FaktaPangkat, tanggal: date
) -> None:
    hasil = check(fakta, tanggal)

    if hasil.memenuhi_syarat:
        assert hasil.tmt_kp is not None
        assert hasil.golongan_baru is not None
        assert hasil.golongan_baru.tingkat > fakta.golongan.tingkat
    if hasil.tmt_kp is not None:
        assert hasil.tmt_kp >= max(tanggal, fakta.tmt_golongan)
        assert hasil.tmt_kp.day == 1
        assert check_periode_kp(hasil.tmt_kp).boleh or isinstance(
            fakta, FaktaPengabdian
        )


@given(FAKTA, TANGGAL)
def test_answer_says_yes_exactly_when_every_reason_does(
    fakta: FaktaPangkat, tanggal: date
) -> None:
    hasil = check(fakta, tanggal)

    assert hasil.memenuhi_syarat == all(satu.terpenuhi for satu in hasil.alasan)
    assert (hasil.tmt_kp is None) == any(
        satu.kode == "tmt_kp" and not satu.terpenuhi for satu in hasil.alasan
    )


@given(FAKTA)
def test_waiting_for_the_named_day_fulfils_what_only_time_lacked(
    fakta: FaktaPangkat,
) -> None:
    hasil = check(fakta, HARI_INI)
    if hasil.tmt_kp is None:
        return
    tmt = hasil.tmt_kp
    nanti = replace(
        fakta,
        predikat={tmt.year - 1: Predikat.SANGAT_BAIK, tmt.year - 2: Predikat.BAIK},
    )
    if isinstance(nanti, FaktaPengabdian):
        lewat = (tmt.year - HARI_INI.year) * 12 + tmt.month - HARI_INI.month
        nanti = replace(nanti, masa_kerja_bulan=nanti.masa_kerja_bulan + lewat)

    kelak = check(nanti, tmt)

    assert kelak.memenuhi_syarat
    assert kelak.tmt_kp == tmt


@given(FAKTA)
def test_running_heavy_penalty_always_refuses(fakta: FaktaPangkat) -> None:
    dihukum = replace(fakta, hukuman_berjalan=TingkatHukuman.BERAT)

    hasil = check(dihukum, HARI_INI)

    assert not hasil.memenuhi_syarat
    assert hasil.tmt_kp is None


@given(FAKTA)
def test_refusal_names_the_target_too(fakta: FaktaPangkat) -> None:
    hasil = check(fakta, HARI_INI)

    if fakta.golongan is GolonganPNS.IV_E or isinstance(fakta, FaktaPenyesuaianIjazah):
        return
    assert hasil.golongan_baru is not None
    assert hasil.golongan_baru.tingkat == fakta.golongan.tingkat + 1


def test_time_that_is_missing_names_its_day() -> None:
    masukan = {
        "jenis": "reguler",
        "golongan": "III/a",
        "tmt_golongan": "2024-04-01",
        "pendidikan": "s1",
        "predikat": {"2024": "baik", "2025": "baik"},
    }

    pesan = {satu["kode"]: satu["pesan"] for satu in answer("kp", masukan)["alasan"]}

    assert "baru tercapai 1 April 2028" in pesan["masa_pangkat"]
    assert "TMT paling awal 1 April 2028" in pesan["tmt_kp"]


def test_credit_that_is_missing_is_named_exactly() -> None:
    fakta = FaktaFungsional(
        GolonganPNS.III_A,
        date(2024, 10, 1),
        {2024: Predikat.BAIK, 2025: Predikat.BAIK},
        None,
        Jenjang.AHLI_PERTAMA,
        Decimal("49.99"),
    )

    hasil = check(fakta, HARI_INI)

    pesan = next(a.pesan for a in hasil.alasan if a.kode == "angka_kredit")
    assert "49,99" in pesan
    assert "kurang 0,01" in pesan


UJIAN = {"jenis": "reguler", "golongan": "II/d", "pendidikan": "s1"}
ESELON = {"jenis": "struktural", "eselon": "IV.a", "tmt_jabatan": "2024-01-01"}
JENJANG = {"jenis": "fungsional", "jenjang": "ahli_pertama", "ak_sejak_pangkat": 50}


@pytest.mark.parametrize(
    ("masukan", "kode", "ada", "tidak_ada"),
    [
        (
            {**UJIAN, "lulus_ujian": False},
            "ujian_dinas",
            "S-1 membebaskan",
            "sudah lulus",
        ),
        ({**UJIAN, "lulus_ujian": True}, "ujian_dinas", "tingkat I; sudah", "bebas"),
        (
            {**UJIAN, "lulus_ujian": False, "pendidikan": "d3"},
            "ujian_dinas",
            "tingkat I; belum lulus",
            "bebas",
        ),
        ({**ESELON, "golongan": "III/a"}, "rentang_eselon", "lebih dari", "tertinggi."),
        ({**ESELON, "golongan": "III/b"}, "rentang_eselon", "sekarang", "lebih dari"),
        ({**ESELON, "golongan": "III/c"}, "rentang_eselon", "sekarang", "tertinggi."),
        ({**ESELON, "golongan": "III/d"}, "rentang_eselon", "tertinggi.", "sekarang"),
        ({**JENJANG, "golongan": "III/a"}, "golongan_jenjang", "III/b", "Naik jenjang"),
        ({**JENJANG, "golongan": "III/b"}, "golongan_jenjang", "Naik jenjang", "sudah"),
    ],
)
def test_reason_says_why_and_no_more(
    masukan: dict[str, Any], kode: str, ada: str, tidak_ada: str
) -> None:
    umum = {
        "tmt_golongan": "2022-10-01",
        "predikat": {"2024": "baik", "2025": "baik"},
    }

    alasan = answer("kp", {**umum, **masukan})["alasan"]

    (pesan,) = (satu["pesan"] for satu in alasan if satu["kode"] == kode)
    assert ada in pesan
    assert tidak_ada not in pesan


@pytest.mark.parametrize(("golongan", "ragu"), [("I/d", True), ("II/d", False)])
def test_exam_that_only_one_reading_asks_for_is_cited_with_doubt(
    golongan: str, ragu: bool
) -> None:
    masukan = {
        "jenis": "reguler",
        "golongan": golongan,
        "tmt_golongan": "2022-10-01",
        "predikat": {"2024": "baik", "2025": "baik"},
        "pendidikan": "s1",
        "lulus_ujian": True,
    }

    jawaban = answer("kp", masukan)

    (pesan,) = (a["pesan"] for a in jawaban["alasan"] if a["kode"] == "ujian_dinas")
    dasar = "PP 99/2000 Pasal 30 jo. PP 12/2002; Keputusan Kepala BKN 12/2002"
    assert ("Sumber lain" in pesan) is ragu
    assert (f"{dasar} [belum diverifikasi]" in jawaban["dasar_hukum"]) is ragu


# -- The tables ----------------------------------------------------------------------


def test_every_education_has_a_ceiling_and_every_post_a_range() -> None:
    batas = load_regulasi("simpeg/kp_batas_pendidikan").on(HARI_INI).nilai
    rentang = load_regulasi("simpeg/kp_rentang_eselon").on(HARI_INI).nilai

    assert set(batas) == set(Pendidikan)
    assert set(rentang) == set(Eselon)
    for bawah, atas in rentang.values():
        assert GolonganPNS(bawah).tingkat < GolonganPNS(atas).tingkat


def test_golongan_has_the_same_need_in_either_category() -> None:
    kebutuhan = load_regulasi("simpeg/kebutuhan_angka_kredit").on(HARI_INI).nilai
    butuh: dict[str, set[int]] = {}
    for baris in kebutuhan.values():
        for golongan in baris["golongan"]:
            butuh.setdefault(golongan, set()).add(baris["pangkat"])

    assert all(len(satu) == 1 for satu in butuh.values())


def test_diploma_rises_to_the_step_above_those_it_applies_to() -> None:
    sasaran = (
        load_regulasi("simpeg/kp_penyesuaian_ijazah").on(HARI_INI).nilai["sasaran"]
    )

    assert set(sasaran) == set(Pendidikan) - {Pendidikan.SD}
    for baris in sasaran.values():
        sampai, menjadi = GolonganPNS(baris["sampai"]), GolonganPNS(baris["menjadi"])
        assert menjadi.tingkat == sampai.tingkat + 1
