from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpeg.choices import Predikat
from simpeg.rules.golongan import Golongan, GolonganPNS, GolonganPPPK
from simpeg.rules.kgb import FaktaKgb, Penundaan, compute_kgb

from .cases import HARI_INI, answer, check_kasus, list_kasus

FAKTA = st.builds(
    FaktaKgb,
    golongan=st.sampled_from([*GolonganPNS, *GolonganPPPK]),
    tmt_dasar=st.dates(date(1980, 1, 1), date(2030, 12, 31)),
    mkg_bulan_dasar=st.integers(0, 500),
    kontrak_mulai=st.none() | st.dates(date(2020, 1, 1), date(2024, 12, 31)),
    kontrak_selesai=st.none() | st.dates(date(2025, 1, 1), date(2032, 12, 31)),
    predikat=st.dictionaries(st.integers(2015, 2030), st.sampled_from(Predikat)),
    penundaan=st.none()
    | st.builds(
        Penundaan,
        mulai=st.dates(date(1980, 1, 1), date(2032, 12, 31)),
        bulan=st.integers(1, 12),
    ),
    banyak=st.integers(1, 20),
)


@pytest.mark.parametrize("kasus", list_kasus("kgb"))
def test_kgb_case(kasus: dict[str, Any]) -> None:
    check_kasus("kgb", kasus)


@given(FAKTA)
def test_raises_come_in_order_on_day_one(fakta: FaktaKgb) -> None:
    hasil = compute_kgb(fakta, per_tanggal=HARI_INI)

    assert len(hasil.kgb) <= fakta.banyak
    if hasil.puncak:
        assert not hasil.kgb
    for satu in hasil.kgb:
        assert satu.tmt.day == satu.batas_pemberitahuan.day == 1
        assert satu.tmt >= satu.tmt_semula >= fakta.tmt_dasar
        assert satu.mkg_bulan > fakta.mkg_bulan_dasar
        assert satu.gaji_baru_rupiah > satu.gaji_lama_rupiah
    for satu, dua in pairwise(hasil.kgb):
        assert satu.tmt < dua.tmt
        assert satu.gaji_baru_rupiah == dua.gaji_lama_rupiah


@given(FAKTA)
def test_conditions_neither_take_steps_away_nor_change_any(fakta: FaktaKgb) -> None:
    tanpa_syarat = FaktaKgb(
        fakta.golongan,
        fakta.tmt_dasar,
        fakta.mkg_bulan_dasar,
        penundaan=fakta.penundaan,
        banyak=fakta.banyak,
    )

    dinilai = compute_kgb(fakta, per_tanggal=HARI_INI)
    polos = compute_kgb(tanpa_syarat, per_tanggal=HARI_INI)

    assert dinilai.kgb == polos.kgb
    assert polos.puncak == (not polos.kgb)
    assert polos.berhak is not polos.puncak


@given(
    golongan=st.sampled_from([*GolonganPNS, *GolonganPPPK]),
    bulan=st.integers(0, 40),
)
def test_postponed_raise_leaves_the_next_ones_where_they_were(
    golongan: Golongan, bulan: int
) -> None:
    polos = FaktaKgb(golongan, date(2020, 1, 1), bulan, banyak=5)
    semula = compute_kgb(polos, per_tanggal=HARI_INI).kgb
    ditunda = FaktaKgb(
        golongan,
        date(2020, 1, 1),
        bulan,
        penundaan=Penundaan(semula[0].tmt, 12),
        banyak=5,
    )

    kini = compute_kgb(ditunda, per_tanggal=HARI_INI).kgb

    assert kini[1:] == semula[1:]
    if isinstance(golongan, GolonganPNS):
        assert (kini[0].tmt.year, kini[0].tmt.month) == (
            semula[0].tmt.year + 1,
            semula[0].tmt.month,
        )


PNS = {
    "jenis_asn": "PNS",
    "golongan": "III/a",
    "tmt_dasar": "2024-03-01",
    "mkg_bulan_dasar": 0,
}
PPPK = {**PNS, "jenis_asn": "PPPK", "golongan": "IX"}


@pytest.mark.parametrize(
    ("masukan", "kode", "ada", "tidak_ada"),
    [
        (PNS, "predikat", "sebagian daerah meminta Baik", "bacaan itu"),
        (PNS, "predikat", "belum diberikan", "Predikat kinerja 2025"),
        ({**PNS, "predikat": {"2025": "baik"}}, "predikat", "2025 Baik", "bacaan itu"),
        (
            {**PNS, "predikat": {"2025": "butuh_perbaikan"}},
            "predikat",
            "Menurut bacaan itu syarat ini tidak terpenuhi",
            "belum diberikan",
        ),
        (
            {**PNS, "predikat": {"2025": "kurang"}},
            "predikat",
            "paling rendah Butuh Perbaikan",
            "bacaan itu",
        ),
        (PNS, "pemberitahuan", "paling lambat 1 Januari 2026", "kesepakatan"),
        (PPPK, "pemberitahuan", "Bagi PPPK waktu ini kesepakatan portal", "PNS"),
        (
            {**PPPK, "kontrak_selesai": "2026-03-01"},
            "dalam_perjanjian",
            "jatuh dalam perjanjian",
            "diperpanjang",
        ),
        (
            {**PPPK, "kontrak_selesai": "2026-03-01", "banyak": 2},
            "dalam_perjanjian",
            "jatuh dalam perjanjian",
            "jatuh sesudah",
        ),
    ],
)
def test_reason_says_what_was_used_and_no_more(
    masukan: dict[str, Any], kode: str, ada: str, tidak_ada: str
) -> None:
    alasan = answer("kgb", masukan)["alasan"]

    (pesan,) = (satu["pesan"] for satu in alasan if satu["kode"] == kode)
    assert ada in pesan
    assert tidak_ada not in pesan
