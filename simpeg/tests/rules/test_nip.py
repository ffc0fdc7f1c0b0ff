from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpeg.choices import JenisASN, JenisKelamin
from simpeg.rules.nip import (
    FaktaNip,
    KodeNip,
    check_nip,
    compose_ni_pppk,
    compose_nip_pns,
    parse_nip,
)

from .cases import HARI_INI, check_kasus, list_kasus

NIP = "196608011988031001"


@pytest.mark.parametrize("kasus", list_kasus("nip"))
def test_nip_case(kasus: dict[str, Any]) -> None:
    check_kasus("nip", kasus)


@given(
    lahir=st.dates(date(1950, 1, 1), date(2005, 12, 31)),
    tmt=st.dates(date(1970, 1, 1), HARI_INI),
    kelamin=st.sampled_from(JenisKelamin),
    urut=st.integers(1, 999),
)
def test_nip_of_a_pns_parses_back_to_itself(
    lahir: date, tmt: date, kelamin: JenisKelamin, urut: int
) -> None:
    nip = compose_nip_pns(
        tanggal_lahir=lahir, tmt_cpns=tmt, jenis_kelamin=kelamin, nomor_urut=urut
    )

    bagian = parse_nip(nip)

    assert bagian is not None
    assert bagian.jenis_asn is JenisASN.PNS
    assert bagian.tmt_pengangkatan == f"{tmt:%Y-%m}"
    assert bagian.jenis_kelamin is kelamin
    assert (bagian.tanggal_lahir, bagian.nomor_urut) == (lahir, urut)
    assert check_nip(FaktaNip(nip, tmt_cpns=tmt), per_tanggal=HARI_INI).sah


@given(
    lahir=st.dates(date(1950, 1, 1), date(2005, 12, 31)),
    tahun=st.integers(2018, 2026),
    kontrak=st.integers(1, 9),
    kelamin=st.sampled_from(JenisKelamin),
    urut=st.integers(1, 999),
)
def test_number_of_a_pppk_parses_back_to_itself(
    lahir: date, tahun: int, kontrak: int, kelamin: JenisKelamin, urut: int
) -> None:
    nomor = compose_ni_pppk(
        tanggal_lahir=lahir,
        tahun_pengangkatan=tahun,
        kontrak_ke=kontrak,
        jenis_kelamin=kelamin,
        nomor_urut=urut,
    )

    bagian = parse_nip(nomor)

    assert bagian is not None
    assert bagian.jenis_asn is JenisASN.PPPK
    assert bagian.tmt_pengangkatan == str(tahun)
    assert bagian.kontrak_ke == kontrak
    assert (bagian.tanggal_lahir, bagian.jenis_kelamin) == (lahir, kelamin)
    assert bagian.nomor_urut == urut


@given(st.text())
def test_any_text_gets_an_answer(teks: str) -> None:
    hasil = check_nip(FaktaNip(teks), per_tanggal=HARI_INI)

    assert hasil.sah == (not hasil.kesalahan)


def test_nip_borne_by_somebody_else_is_refused() -> None:
    hasil = check_nip(FaktaNip(NIP, is_dipakai=True), per_tanggal=HARI_INI)

    assert hasil.kesalahan == (KodeNip.NIP_TUNGGAL,)


@pytest.mark.parametrize(
    ("tmt_cpns", "peringatan"),
    [
        (date(1988, 2, 29), (KodeNip.KESESUAIAN_TMT_CPNS,)),
        (date(1988, 3, 1), ()),
        (date(1988, 4, 1), (KodeNip.KESESUAIAN_TMT_CPNS,)),
    ],
)
def test_nip_is_compared_with_tmt_cpns(
    tmt_cpns: date, peringatan: tuple[KodeNip, ...]
) -> None:
    hasil = check_nip(FaktaNip(NIP, tmt_cpns=tmt_cpns), per_tanggal=HARI_INI)

    assert hasil.sah
    assert hasil.peringatan == peringatan


def test_number_of_a_pppk_has_no_month_to_compare() -> None:
    fakta = FaktaNip("199002142023212003", tmt_cpns=date(2022, 4, 1))

    assert check_nip(fakta, per_tanggal=HARI_INI).peringatan == ()


@pytest.mark.parametrize(
    ("tahun_lahir", "peringatan"), [(1966, ()), (1965, (KodeNip.USIA_MAKSIMUM,))]
)
def test_known_post_narrows_the_age_of_a_pppk(
    tahun_lahir: int, peringatan: tuple[KodeNip, ...]
) -> None:
    fakta = FaktaNip(f"{tahun_lahir}02142023212003", bup_tahun=58)

    hasil = check_nip(fakta, per_tanggal=HARI_INI)

    assert hasil.peringatan == peringatan


def test_part_time_pppk_bears_the_number_of_a_pppk() -> None:
    fakta = FaktaNip("199002142025242003", jenis_asn=JenisASN.PPPK_PARUH_WAKTU)

    assert check_nip(fakta, per_tanggal=HARI_INI).sah


def test_spreadsheet_damage_is_explained() -> None:
    hasil = check_nip(FaktaNip("1,98E+17"), per_tanggal=HARI_INI)

    assert "kolom NIP menjadi teks" in hasil.alasan[0].pesan
