"""What lowers the quality of a record, by dimension, and where it is mended."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bkpsdmd.regulations import load_regulasi
from simpeg.choices import DimensiMutu, JenisKelamin, Pendidikan, StatusKepegawaian
from simpeg.rules.arsip import FaktaArsip, check_arsip
from simpeg.rules.kelengkapan import LABEL, check_kelengkapan
from simpeg.rules.mutu import (
    PENUH,
    FaktaKontradiksi,
    FaktaMutu,
    KodeMutu,
    compute_mutu,
    describe_kode,
    find_dimensi,
    list_kode,
)

from .cases import HARI_INI

PNS = StatusKepegawaian.PNS
LENGKAP: dict[str, Any] = dict.fromkeys(LABEL, "ada")


def kelengkapan(status: StatusKepegawaian = PNS, **kosong: None) -> Any:
    return check_kelengkapan({**LENGKAP, **kosong}, status, per_tanggal=HARI_INI)


def arsip(*ada: str, status: StatusKepegawaian = PNS) -> Any:
    return check_arsip(FaktaArsip(status, frozenset(ada)), per_tanggal=HARI_INI)


SEMPURNA = FaktaMutu(
    status=PNS,
    is_aktif=True,
    kelengkapan=kelengkapan(),
    arsip=arsip("ktp", "kk", "sk_cpns", "sk_pns"),
    nip="198501012010011001",
    nik="6307010101850001",
    jenis_kelamin=JenisKelamin.LAKI_LAKI,
    tanggal_lahir=dt.date(1985, 1, 1),
    tmt_cpns=dt.date(2010, 1, 1),
    tmt_pns=dt.date(2011, 1, 1),
    diperiksa=HARI_INI - dt.timedelta(days=30),
    golongan="III/c",
    gaji_tmt=HARI_INI.replace(day=1),
    gaji_mkg_bulan=16 * 12,
    tmt_pensiun=dt.date(2043, 2, 1),
    nomor_hp="0812-3456-7890",
    surel="siti@contoh.go.id",
    status_kawin="1",
    pasangan=1,
    tingkat=Pendidikan.S1,
    tahun_lulus=2008,
    is_bergelar=True,
    is_unit_aktif=True,
)


def hitung(per_tanggal: dt.date = HARI_INI, **changes: Any) -> Any:
    return compute_mutu(replace(SEMPURNA, **changes), per_tanggal=per_tanggal)


def kode(hasil: Any) -> list[str]:
    return [temuan.kode for temuan in hasil.temuan]


def test_record_without_a_fault_is_whole() -> None:
    hasil = hitung()

    assert hasil.temuan == ()
    assert hasil.skor == PENUH
    assert set(hasil.dimensi.values()) == {PENUH}


def test_weights_come_from_the_dated_file_and_add_up() -> None:
    bobot = load_regulasi("simpeg/mutu_data").on(HARI_INI).nilai["bobot"]

    assert set(bobot) == {satu.value for satu in DimensiMutu}
    assert sum(bobot.values()) == 100


def test_missing_field_lowers_completeness_by_its_share() -> None:
    hasil = hitung(kelengkapan=kelengkapan(agama=None))

    (temuan,) = hasil.temuan
    assert (temuan.kode, temuan.dimensi) == ("isi_agama", DimensiMutu.KELENGKAPAN)
    # 22 fields and 4 papers apply.
    assert hasil.dimensi[DimensiMutu.KELENGKAPAN] == round(PENUH * 25 / 26)
    assert hasil.skor == PENUH - temuan.naik
    assert temuan.tempat.rute == "simpeg:pegawai-update"
    assert temuan.tempat.jangkar == "id_agama"


@pytest.mark.parametrize(
    ("kolom", "rute", "jenis"),
    [
        ("sk_pns_nomor", "simpeg:pegawai-pengangkatan", ""),
        ("golongan", "simpeg:riwayat-create", "pangkat"),
        ("tahun_lulus", "simpeg:riwayat-create", "pendidikan"),
        ("kedudukan", "simpeg:riwayat-create", "kedudukan"),
    ],
)
def test_each_missing_field_leads_to_its_form(
    kolom: str, rute: str, jenis: str
) -> None:
    (temuan,) = hitung(kelengkapan=kelengkapan(**{kolom: None})).temuan

    assert (temuan.tempat.rute, temuan.tempat.jenis) == (rute, jenis)


def test_every_field_has_a_form() -> None:
    hasil = hitung(kelengkapan=kelengkapan(**dict.fromkeys(LABEL)))

    assert len(hasil.temuan) == 22
    assert {t.tempat.rute for t in hasil.temuan} == {
        "simpeg:pegawai-update",
        "simpeg:pegawai-pengangkatan",
        "simpeg:riwayat-create",
    }


def test_missing_paper_leads_to_its_upload() -> None:
    (temuan,) = hitung(arsip=arsip("ktp", "kk", "sk_cpns")).temuan

    assert temuan.kode == "arsip_sk_pns"
    assert temuan.tempat.rute == "simpeg:berkas-create"
    assert dict(temuan.tempat.kueri) == {"jenis": "sk_pns"}


@pytest.mark.parametrize(
    ("hari", "ada"), [(-1, False), (0, True), (1, True)], ids=["before", "day", "after"]
)
def test_record_must_be_looked_through_every_year(hari: int, ada: bool) -> None:
    diperiksa = dt.date(2025, 11, 26)
    hasil = hitung(dt.date(2026, 11, 26) + dt.timedelta(hari), diperiksa=diperiksa)

    assert (KodeMutu.PERIKSA in kode(hasil)) is ada


def test_looking_through_comes_last_of_all_steps() -> None:
    hasil = hitung(diperiksa=None, kelengkapan=kelengkapan(agama=None))

    assert kode(hasil) == ["isi_agama", KodeMutu.PERIKSA]
    assert hasil.temuan[0].naik < hasil.temuan[1].naik


@pytest.mark.parametrize(
    ("per_tanggal", "ada"),
    [
        (dt.date(2026, 8, 31), False),
        (dt.date(2026, 9, 1), True),
        (dt.date(2026, 9, 2), True),
    ],
)
def test_raise_is_missed_half_a_year_after_it_was_due(
    per_tanggal: dt.date, ada: bool
) -> None:
    fakta = {"gaji_tmt": dt.date(2024, 3, 1), "gaji_mkg_bulan": 14 * 12}
    hasil = hitung(per_tanggal, **fakta, diperiksa=per_tanggal)

    assert (KodeMutu.KGB in kode(hasil)) is ada
    if not ada:
        assert hasil.berubah_pada == dt.date(2026, 9, 1)


def test_nobody_on_the_last_row_of_the_scale_is_asked_for_a_raise() -> None:
    hasil = hitung(gaji_tmt=dt.date(2000, 1, 1), gaji_mkg_bulan=32 * 12)

    assert KodeMutu.KGB not in kode(hasil)


@pytest.mark.parametrize(
    ("sampai", "ada"),
    [
        (None, True),
        (HARI_INI - dt.timedelta(1), True),
        (HARI_INI, False),
        (HARI_INI + dt.timedelta(1), False),
    ],
)
def test_pppk_needs_an_agreement_in_force(sampai: Any, ada: bool) -> None:
    pppk = StatusKepegawaian.PPPK
    hasil = hitung(
        status=pppk,
        nip="198501012022211001",
        kelengkapan=kelengkapan(pppk),
        arsip=arsip("ktp", "kk", "sk_cpns", status=pppk),
        kontrak_sampai=sampai,
        tmt_pns=None,
    )

    assert (KodeMutu.KONTRAK in kode(hasil)) is ada


def test_cpns_of_two_years_ought_to_be_a_pns() -> None:
    cpns = StatusKepegawaian.CPNS
    rest = {
        "status": cpns,
        "kelengkapan": kelengkapan(cpns),
        "arsip": arsip("ktp", "kk", "sk_cpns", "spmt", status=cpns),
        "tmt_pns": None,
        "tmt_cpns": dt.date(2010, 1, 1),
    }

    early = hitung(dt.date(2011, 12, 31), **rest, diperiksa=dt.date(2011, 12, 1))
    assert KodeMutu.PNS not in kode(early)
    assert KodeMutu.PNS in kode(hitung(**rest))


def test_active_person_past_the_age_limit_is_told() -> None:
    (temuan,) = hitung(tmt_pensiun=HARI_INI).temuan

    assert temuan.kode == KodeMutu.PENSIUN
    assert temuan.tempat.jenis == "pemberhentian"


def test_inactive_person_is_not_asked_for_timeliness() -> None:
    hasil = hitung(is_aktif=False, diperiksa=None, tmt_pensiun=HARI_INI)

    assert hasil.temuan == ()
    assert hasil.berubah_pada is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"nik": "6307014101850001"}, KodeMutu.NIK),
        ({"nip": "198501022010011001"}, KodeMutu.NIP),
        ({"tmt_cpns": dt.date(2010, 2, 1)}, KodeMutu.NIP),
        ({"nomor_hp": "12345"}, KodeMutu.NOMOR_HP),
        ({"surel": "siti.contoh"}, KodeMutu.SUREL),
        ({"tahun_lulus": 1990}, KodeMutu.TAHUN_LULUS),
    ],
)
def test_what_cannot_be_is_inaccurate(changes: Any, expected: str) -> None:
    hasil = hitung(**changes)

    assert expected in kode(hasil)
    assert hasil.dimensi[DimensiMutu.AKURASI] < PENUH


@pytest.mark.parametrize("nomor", ["081234567890", "+62 812-3456-7890", "62812345678"])
def test_phone_numbers_as_people_write_them_pass(nomor: str) -> None:
    assert hitung(nomor_hp=nomor).temuan == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"tmt_pns": dt.date(2010, 12, 31)}, KodeMutu.TMT_PNS),
        ({"is_bergelar": False}, KodeMutu.GELAR),
        ({"tingkat": Pendidikan.SLTA}, KodeMutu.IJAZAH),
        ({"pasangan": 0}, KodeMutu.PASANGAN),
        ({"status_kawin": "4"}, KodeMutu.STATUS_KAWIN),
        ({"is_unit_aktif": False}, KodeMutu.UNIT),
    ],
)
def test_what_does_not_agree_is_inconsistent(changes: Any, expected: str) -> None:
    (temuan,) = hitung(**changes).temuan

    assert (temuan.kode, temuan.dimensi) == (expected, DimensiMutu.KONSISTENSI)


def test_contradiction_found_elsewhere_counts() -> None:
    satu = FaktaKontradiksi("tumpang_tindih", "Dua jabatan sekaligus.", "jabatan")

    (temuan,) = hitung(kontradiksi=(satu,)).temuan

    assert (temuan.kalimat, temuan.tempat.jenis) == (satu.kalimat, "jabatan")


def test_every_point_has_a_name_and_its_dimension() -> None:
    for nama, dimensi in list_kode(per_tanggal=HARI_INI):
        assert describe_kode(nama, per_tanggal=HARI_INI)
        assert find_dimensi(nama) is dimensi


def test_names_of_points_agree_with_the_dimension_of_findings() -> None:
    known = dict(list_kode(per_tanggal=HARI_INI))
    hasil = hitung(
        kelengkapan=kelengkapan(**dict.fromkeys(LABEL)),
        arsip=arsip(),
        diperiksa=None,
        gaji_tmt=dt.date(2000, 1, 1),
        gaji_mkg_bulan=0,
        tmt_pensiun=HARI_INI,
        nip="x",
        nik="6307014101850001",
        nomor_hp="x",
        surel="x",
        tahun_lulus=1986,
        tmt_pns=dt.date(2010, 2, 1),
        is_bergelar=False,
        pasangan=0,
        is_unit_aktif=False,
    )

    assert len(hasil.temuan) > 35
    assert all(known[t.kode] is t.dimensi for t in hasil.temuan)
