from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpeg.rules.hak_pensiun import (
    FaktaHakPensiun,
    JenisPensiun,
    check_hak_pensiun,
)

from .cases import HARI_INI, answer, check_kasus, list_kasus


@pytest.mark.parametrize("kasus", list_kasus("hak_pensiun"))
def test_hak_pensiun_case(kasus: dict[str, Any]) -> None:
    check_kasus("hak_pensiun", kasus)


@given(
    jenis=st.sampled_from(JenisPensiun),
    usia=st.integers(20, 80),
    bulan=st.integers(0, 600),
)
def test_right_once_gained_is_not_lost_by_staying(
    jenis: JenisPensiun, usia: int, bulan: int
) -> None:
    sekarang = check_hak_pensiun(
        FaktaHakPensiun(jenis, usia, bulan), per_tanggal=HARI_INI
    )
    nanti = check_hak_pensiun(
        FaktaHakPensiun(jenis, usia + 1, bulan + 12), per_tanggal=HARI_INI
    )

    assert nanti.berhak or not sekarang.berhak


@pytest.mark.parametrize(("usia", "bertentangan"), [(44, False), (47, True)])
def test_only_an_answer_in_dispute_sends_to_bkn(usia: int, bertentangan: bool) -> None:
    masukan = {"jenis": "aps", "usia_tahun": usia, "masa_kerja_bulan": 240}

    alasan = answer("hak_pensiun", masukan)["alasan"]

    (pesan,) = (a["pesan"] for a in alasan if a["kode"] == "pertentangan_aturan")
    assert ("Mintalah kepastian" in pesan) is bertentangan


def test_disputed_age_is_named_with_both_rules() -> None:
    jawaban = answer(
        "hak_pensiun", {"jenis": "aps", "usia_tahun": 47, "masa_kerja_bulan": 240}
    )

    pesan = {satu["kode"]: satu["pesan"] for satu in jawaban["alasan"]}
    assert "bertentangan" in pesan["pertentangan_aturan"]
    assert "PP 11/2017 Pasal 305 meminta usia 45" in pesan["pertentangan_aturan"]
    assert jawaban["dasar_hukum"] == ["UU 11/1969", "PP 11/2017 Pasal 305"]
