from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import load_regulasi
from simpeg.choices import AlasanCuti, JenisASN, JenisCuti, JenisKelamin
from simpeg.rules.cuti import FaktaCuti, check_cuti

from .cases import HARI_INI, answer, check_kasus, list_kasus


@pytest.mark.parametrize("kasus", list_kasus("cuti"))
def test_cuti_case(kasus: dict[str, Any]) -> None:
    check_kasus("cuti", kasus)


def test_days_taken_before_a_cuti_besar_are_named() -> None:
    masukan = {
        "jenis_asn": "PNS",
        "jenis_cuti": "besar",
        "masa_kerja_bulan": 70,
        "cuti_tahunan_terpakai": 12,
    }

    pesan = [satu["pesan"] for satu in answer("cuti", masukan)["alasan"]]

    assert any("12 hari kerja cuti tahunan sudah diambil" in satu for satu in pesan)


def test_births_of_a_man_do_not_shorten_the_wait_for_a_cuti_besar() -> None:
    fakta = FaktaCuti(
        JenisASN.PNS,
        JenisCuti.BESAR,
        12,
        jenis_kelamin=JenisKelamin.LAKI_LAKI,
        anak_ke=4,
    )

    assert not check_cuti(fakta, per_tanggal=HARI_INI).boleh


def test_man_hurt_at_work_gets_sick_leave_all_the_same() -> None:
    fakta = FaktaCuti(
        JenisASN.PNS,
        JenisCuti.SAKIT,
        12,
        jenis_kelamin=JenisKelamin.LAKI_LAKI,
        alasan=AlasanCuti.KECELAKAAN_KERJA,
    )

    assert check_cuti(fakta, per_tanggal=HARI_INI).boleh


def test_every_ground_in_the_files_is_a_known_ground() -> None:
    dikenal = {satu.value for satu in AlasanCuti}
    penting = load_regulasi("simpeg/cuti_alasan_penting").on(HARI_INI).nilai
    khusus = load_regulasi("simpeg/cuti_tahunan_pppk_khusus").on(HARI_INI).nilai
    besar = load_regulasi("simpeg/cuti_besar").on(HARI_INI).nilai
    sakit = load_regulasi("simpeg/cuti_sakit_pns").on(HARI_INI).nilai

    assert set(penting["alasan"]) | {penting["menurut_rawat_inap"]} <= dikenal
    assert set(khusus["alasan"]) | set(besar["tanpa_masa_kerja"]) <= dikenal
    assert set(sakit["khusus"]) <= dikenal


@given(
    st.builds(
        FaktaCuti,
        jenis_asn=st.sampled_from(JenisASN),
        jenis_cuti=st.sampled_from(JenisCuti),
        masa_kerja_bulan=st.integers(0, 1200),
        jenis_kelamin=st.none() | st.sampled_from(JenisKelamin),
        anak_ke=st.none() | st.integers(1, 30),
        alasan=st.none() | st.sampled_from(AlasanCuti),
        rawat_inap_hari=st.none() | st.integers(1, 366),
        cuti_tahunan_terpakai=st.integers(0, 12),
    )
)
def test_refused_leave_has_no_length_and_says_why(fakta: FaktaCuti) -> None:
    try:
        hasil = check_cuti(fakta, per_tanggal=HARI_INI)
    except DomainError:
        return

    assert hasil.dasar_hukum
    if hasil.boleh:
        assert hasil.ganti_dengan is None
    else:
        assert hasil.maks is None
        assert not all(satu.terpenuhi for satu in hasil.alasan)
