from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bkpsdmd.exceptions import DomainError
from simpeg.choices import (
    Eselon,
    Jenjang,
    KelompokJabatan,
    Pendidikan,
    StatusKepegawaian,
)
from simpeg.rules.duk import (
    FaktaDuk,
    KodeDuk,
    KunciDuk,
    check_keanggotaan_duk,
    compute_kunci_duk,
    rank_duk,
)
from simpeg.rules.golongan import GolonganPNS

from .cases import HARI_INI, answer, read_kasus

BERKAS = read_kasus("duk")
HARI = st.dates(date(1960, 1, 1), date(2026, 11, 1))

BUDI = FaktaDuk(
    nomor="198206152008011001",
    golongan=GolonganPNS.III_C,
    tmt_golongan=date(2020, 4, 1),
    tingkat_jabatan=Eselon.IV_A,
    tmt_jabatan=date(2019, 1, 1),
    masa_kerja_bulan=180,
    diklat_tingkat=4,
    diklat_tanggal=date(2018, 5, 1),
    pendidikan=Pendidikan.S1,
    tahun_lulus=2005,
    tanggal_lahir=date(1982, 6, 15),
)

fakta_duk = st.builds(
    FaktaDuk,
    nomor=st.integers(0, 10**18 - 1).map("{:018}".format),
    golongan=st.sampled_from(GolonganPNS),
    tmt_golongan=HARI,
    tingkat_jabatan=st.sampled_from(
        [*Eselon, *Jenjang, KelompokJabatan.PELAKSANA, None]
    ),
    tmt_jabatan=HARI | st.none(),
    masa_kerja_bulan=st.integers(0, 600),
    diklat_tingkat=st.integers(1, 4) | st.none(),
    diklat_tanggal=HARI | st.none(),
    pendidikan=st.sampled_from(Pendidikan) | st.none(),
    tahun_lulus=st.integers(1970, 2026) | st.none(),
    tanggal_lahir=HARI,
)
daftar_duk = st.lists(fakta_duk, max_size=12, unique_by=lambda fakta: fakta.nomor)


def list_nomor(pegawai: list[FaktaDuk]) -> list[str]:
    hasil = rank_duk(pegawai, per_tanggal=HARI_INI)
    return [posisi.fakta.nomor for posisi in hasil.urutan]


@pytest.mark.parametrize(
    "kasus", [pytest.param(satu, id=satu["nama"]) for satu in BERKAS["kasus"]]
)
def test_duk_case(kasus: dict[str, Any]) -> None:
    pegawai = [
        {"id": nama, **BERKAS["dasar"], **beda}
        for nama, beda in kasus["pegawai"].items()
    ]

    jawaban = answer("duk", {"pegawai": pegawai})

    assert kasus["sumber"]
    assert jawaban["hasil"]["urutan"] == kasus["urutan"]
    if "penentu" in kasus:
        assert [alasan["kode"] for alasan in jawaban["alasan"]] == kasus["penentu"]


@given(daftar_duk, st.randoms())
def test_order_does_not_depend_on_the_order_of_input(
    pegawai: list[FaktaDuk], acak: Any
) -> None:
    dikocok = list(pegawai)
    acak.shuffle(dikocok)

    assert list_nomor(dikocok) == list_nomor(pegawai)


def test_text_of_the_key_has_a_fixed_place_for_each_criterion() -> None:
    """Records of other days are compared with it: the form may not change."""
    tanpa = replace(BUDI, tmt_jabatan=None, diklat_tanggal=None, tahun_lulus=None)

    teks = compute_kunci_duk(BUDI, per_tanggal=HARI_INI).teks
    teks_tanpa = compute_kunci_duk(tanpa, per_tanggal=HARI_INI).teks

    assert len(teks) == 47 + len(BUDI.nomor)
    assert teks[:10] == "0620200401"
    assert teks[12:24] == "201901019819"
    assert teks[25:33] == "20180501"
    assert teks[35:] == "200519820615" + BUDI.nomor
    assert teks_tanpa[12:20] == teks_tanpa[25:33] == "99999999"
    assert teks_tanpa[35:39] == "9999"


@given(daftar_duk)
def test_text_of_the_key_sorts_like_the_key(pegawai: list[FaktaDuk]) -> None:
    kunci = [compute_kunci_duk(satu, per_tanggal=HARI_INI) for satu in pegawai]

    assert sorted(kunci) == sorted(kunci, key=lambda satu: satu.teks)
    assert all(satu.teks.isdigit() for satu in kunci)
    assert len({len(satu.teks) for satu in kunci}) <= 1


@given(fakta_duk, fakta_duk)
def test_reason_is_the_first_criterion_that_differs(
    satu: FaktaDuk, dua: FaktaDuk
) -> None:
    assume(satu.nomor != dua.nomor)
    (alasan,) = rank_duk([satu, dua], per_tanggal=HARI_INI).alasan

    kunci = [compute_kunci_duk(one, per_tanggal=HARI_INI) for one in (satu, dua)]
    beda = next(
        nama
        for nama, kiri, kanan in zip(KunciDuk._fields, *kunci, strict=True)
        if kiri != kanan
    )
    assert alasan.kode == beda


def test_place_is_explained_for_people_to_read() -> None:
    atasan = replace(BUDI, nomor="197001011995031001", tingkat_jabatan=Eselon.III_B)

    hasil = rank_duk([BUDI, atasan], per_tanggal=HARI_INI)

    pertama, kedua = hasil.urutan
    assert (pertama.nomor_urut, pertama.fakta, pertama.penentu) == (1, atasan, None)
    assert (kedua.nomor_urut, kedua.fakta) == (2, BUDI)
    assert kedua.penentu is not None
    assert kedua.penentu.kode is KodeDuk.JABATAN
    assert kedua.penentu.pesan == (
        "Jabatan lebih tinggi: eselon III.b terhadap eselon IV.a."
    )


@pytest.mark.parametrize(
    ("beda", "pesan"),
    [
        ({"golongan": GolonganPNS.III_B}, "III/c terhadap III/b."),
        ({"tmt_golongan": date(2020, 10, 1)}, "1 April 2020 terhadap 1 Oktober 2020."),
        ({"masa_kerja_bulan": 179}, "15 tahun terhadap 14 tahun 11 bulan."),
        ({"diklat_tingkat": None}, "tingkat 4 terhadap tidak tercatat."),
        ({"tahun_lulus": 2006}, "2005 terhadap 2006."),
        (
            {"tanggal_lahir": date(1982, 6, 16)},
            "lahir 15 Juni 1982 terhadap lahir 16 Juni 1982.",
        ),
        ({"nomor": "2" * 18}, f"198206152008011001 terhadap {'2' * 18}."),
    ],
)
def test_reason_names_what_was_compared(beda: dict[str, Any], pesan: str) -> None:
    lain = replace(BUDI, **{"nomor": "9" * 18, **beda})

    (alasan,) = rank_duk([lain, BUDI], per_tanggal=HARI_INI).alasan

    assert alasan.pesan.endswith(f": {pesan}")


@pytest.mark.parametrize(
    "kosong",
    [
        {"tingkat_jabatan": None},
        {"tmt_jabatan": None},
        {"diklat_tingkat": None},
        {"diklat_tanggal": None},
        {"pendidikan": None},
        {"tahun_lulus": None},
    ],
)
def test_what_is_not_on_record_stands_last_and_is_said(kosong: dict[str, Any]) -> None:
    tanpa = replace(BUDI, nomor="0", **kosong)

    (alasan,) = rank_duk([tanpa, BUDI], per_tanggal=HARI_INI).alasan

    assert alasan.pesan.endswith("terhadap tidak tercatat.")


def test_every_criterion_has_its_place_in_the_key() -> None:
    kriteria = [kode.value for kode in KodeDuk if kode.value in KunciDuk._fields]

    assert kriteria == list(KunciDuk._fields)
    assert len(fields(FaktaDuk)) == len(KunciDuk._fields)


def test_two_people_with_one_number_are_refused() -> None:
    with pytest.raises(DomainError) as error:
        rank_duk([BUDI, replace(BUDI, masa_kerja_bulan=1)], per_tanggal=HARI_INI)

    assert error.value.kode == KodeDuk.NOMOR_GANDA


@pytest.mark.parametrize(
    ("status", "masuk"),
    [
        (StatusKepegawaian.PNS, True),
        (StatusKepegawaian.CPNS, False),
        (StatusKepegawaian.PPPK, False),
        (StatusKepegawaian.PPPK_PARUH_WAKTU, False),
    ],
)
def test_only_pns_stand_in_the_list(status: StatusKepegawaian, masuk: bool) -> None:
    assert check_keanggotaan_duk(status, per_tanggal=HARI_INI).terpenuhi is masuk
