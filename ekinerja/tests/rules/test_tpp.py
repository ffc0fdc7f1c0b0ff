from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import load_regulasi
from ekinerja.choices import (
    ContohTpp,
    JenisKejadian,
    JenisStatusKhusus,
    KomponenTpp,
    PengecualianKejadian,
    StatusTpp,
)
from ekinerja.rules.aturan_tpp import load_contoh, read_aturan
from ekinerja.rules.tpp import (
    FaktaTpp,
    HasilTpp,
    Kejadian,
    KodeTpp,
    StatusKhusus,
    compute_tpp,
)
from simpeg.choices import Predikat

from .cases import HARI_INI, check_kasus, list_kasus

BALANGAN, TULANG_BAWANG, SAMARINDA = (
    load_contoh(contoh, per_tanggal=HARI_INI) for contoh in ContohTpp
)
KOMPONEN = st.dictionaries(st.sampled_from(KomponenTpp), st.integers(0, 10**9))
PERSEN = st.decimals(0, 150, places=3)
KEJADIAN = st.builds(
    Kejadian,
    jenis=st.sampled_from([*SAMARINDA.kejadian]),
    menit=st.integers(0, 600),
    jam=st.decimals(0, 8, places=2),
    banyak=st.integers(1, 5),
    dikecualikan=st.none() | st.sampled_from(PengecualianKejadian),
)
DAFTAR_KEJADIAN = st.lists(KEJADIAN, max_size=8).map(tuple)


@pytest.mark.parametrize("kasus", list_kasus("tpp"))
def test_tpp_case(kasus: dict[str, Any]) -> None:
    check_kasus("tpp", kasus)


def pay(**fakta: Any) -> HasilTpp:
    return compute_tpp(FaktaTpp(**fakta), BALANGAN)


def dock(*kejadian: Kejadian, **fakta: Any) -> HasilTpp:
    return compute_tpp(FaktaTpp(kejadian=kejadian, **fakta), SAMARINDA)


@given(st.sampled_from(Predikat), PERSEN, st.integers(0, 31), KOMPONEN)
def test_total_is_the_sum_of_rounded_components(
    predikat: Predikat, potongan: Decimal, hari: int, komponen: dict[Any, int]
) -> None:
    hasil = pay(
        predikat=predikat,
        potongan_persen=potongan,
        hari_hadir=hari,
        komponen=komponen,
    )

    assert hasil.persen is not None
    assert 0 <= hasil.persen <= (80 if hari < 7 else 100)
    assert hasil.total_rupiah == sum(baris.rupiah for baris in hasil.baris)
    for baris in hasil.baris:
        tepat = baris.dasar_rupiah * Fraction(hasil.persen) / 100
        assert abs(baris.rupiah - tepat) <= Fraction(1, 2)


@given(st.sampled_from(Predikat), PERSEN, PERSEN, st.integers(0, 31))
def test_more_deduction_never_pays_more(
    predikat: Predikat, satu: Decimal, dua: Decimal, hari: int
) -> None:
    kecil, besar = sorted((satu, dua))
    persen = [
        pay(predikat=predikat, potongan_persen=potongan, hari_hadir=hari).persen
        for potongan in (kecil, besar)
    ]

    assert persen == sorted(persen, reverse=True)


@given(KOMPONEN, st.integers(0, 10**6), st.integers(0, 10**6))
def test_contribution_never_passes_its_cap_nor_goes_below_zero(
    komponen: dict[Any, int], iwp: int, bpjs: int
) -> None:
    hasil = pay(
        predikat=Predikat.BAIK,
        potongan_persen=Decimal(0),
        komponen=komponen,
        iuran_gaji={"iwp": iwp, "bpjs": bpjs},
    )

    for nama, gaji in (("iwp", iwp), ("bpjs", bpjs)):
        iuran = hasil.iuran_rupiah[nama]
        assert iuran >= 0
        assert iuran == 0 or iuran + gaji <= BALANGAN.iuran[nama].maks_rupiah


@given(DAFTAR_KEJADIAN, DAFTAR_KEJADIAN)
def test_deduction_adds_up_event_by_event(
    satu: tuple[Kejadian, ...], dua: tuple[Kejadian, ...]
) -> None:
    bagian = [dock(*kejadian) for kejadian in (satu, dua)]
    bersama = dock(*satu, *dua)

    assert bersama.potongan_persen == min(
        sum(hasil.potongan_persen or 0 for hasil in bagian), 100
    )
    assert bersama.menit_kumulatif == sum(
        hasil.menit_kumulatif or 0 for hasil in bagian
    )
    assert (bersama.status is StatusTpp.DITUNDA) == (
        (bersama.menit_kumulatif or 0) > 780
    )


@given(DAFTAR_KEJADIAN)
def test_postponement_leaves_percentage_and_amount(
    kejadian: tuple[Kejadian, ...],
) -> None:
    hasil = dock(*kejadian, komponen={KomponenTpp.BEBAN_KERJA: 1_000_000})

    assert hasil.persen == 100 - (hasil.potongan_persen or 0)
    assert hasil.total_rupiah is not None


@pytest.mark.parametrize("aturan", [BALANGAN, TULANG_BAWANG])
@pytest.mark.parametrize("jenis", JenisKejadian)
def test_event_without_a_rule_is_refused(aturan: Any, jenis: JenisKejadian) -> None:
    fakta = FaktaTpp(
        kejadian=(Kejadian(jenis, menit=1, jam=Decimal(1)),),
        potongan_persen=Decimal(0),
        predikat=Predikat.BAIK,
    )
    if jenis in aturan.kejadian:
        compute_tpp(fakta, aturan)
        return
    with pytest.raises(DomainError, match=r"kejadian\[0\]\.jenis"):
        compute_tpp(fakta, aturan)


@pytest.mark.parametrize(
    ("kejadian", "kolom"),
    [
        (Kejadian(JenisKejadian.TERLAMBAT), r"kejadian\[0\]\.menit"),
        (Kejadian(JenisKejadian.KELUAR_TANPA_IZIN), r"kejadian\[0\]\.jam"),
    ],
)
def test_event_without_its_size_is_refused(kejadian: Kejadian, kolom: str) -> None:
    with pytest.raises(DomainError, match=kolom):
        dock(kejadian)


@pytest.mark.parametrize("jenis", [JenisStatusKhusus.MPP, JenisStatusKhusus.CUTI])
def test_special_status_without_a_rule_is_refused(jenis: JenisStatusKhusus) -> None:
    with pytest.raises(DomainError, match=r"status_khusus\.jenis"):
        dock(status_khusus=StatusKhusus(jenis, bulan=1))


def test_status_that_the_rules_on_statuses_leave_out_is_no_leave() -> None:
    ketentuan = load_regulasi("ekinerja/tpp_balangan_2025").on(HARI_INI)
    status = {**ketentuan.nilai["status_khusus"], "tetap": {"mpp": 0}}
    aturan = read_aturan(
        replace(ketentuan, nilai={**ketentuan.nilai, "status_khusus": status})
    )
    fakta = FaktaTpp(status_khusus=StatusKhusus(JenisStatusKhusus.HUKDIS, bulan=1))

    with pytest.raises(DomainError, match=r"status_khusus\.jenis"):
        compute_tpp(fakta, aturan)


def test_rule_set_without_a_share_for_cpns_pays_them_the_whole() -> None:
    hasil = dock(is_cpns=True, komponen={KomponenTpp.BEBAN_KERJA: 1_000_000})

    assert hasil.total_rupiah == 1_000_000
    assert KodeTpp.BAGIAN_CPNS not in {satu.kode for satu in hasil.alasan}


def test_month_of_which_nothing_is_known_is_docked_for_nothing() -> None:
    assert compute_tpp(FaktaTpp(), SAMARINDA).persen == 100


# -- The rule sets as records --------------------------------------------------------


@pytest.mark.parametrize("contoh", ContohTpp)
def test_example_says_that_it_is_one(contoh: ContohTpp) -> None:
    ketentuan = load_regulasi(f"ekinerja/tpp_{contoh}").on(HARI_INI)

    assert read_aturan(ketentuan).is_contoh
    assert ketentuan.uraian.startswith("Contoh")
    assert ketentuan.dasar_hukum.startswith("Contoh")
    assert "CONTOH" in ketentuan.catatan


def test_rule_set_with_an_unknown_key_is_refused() -> None:
    ketentuan = load_regulasi("ekinerja/tpp_samarinda_2022").on(HARI_INI)
    keliru = replace(ketentuan, nilai={**ketentuan.nilai, "potongan_mask": 1})

    with pytest.raises(TypeError, match="potongan_mask"):
        read_aturan(keliru)


def test_rates_are_data() -> None:
    """Another rate is another record, and no code."""
    ketentuan = load_regulasi("ekinerja/tpp_samarinda_2022").on(HARI_INI)
    nilai = {**ketentuan.nilai, "kejadian": {"apel": {"persen": 12}}}
    aturan = read_aturan(replace(ketentuan, nilai=nilai))

    hasil = compute_tpp(FaktaTpp(kejadian=(Kejadian(JenisKejadian.APEL),)), aturan)

    assert hasil.persen == 88


def test_recorded_events_are_the_presence_a_rule_set_asks_for() -> None:
    ketentuan = load_regulasi("ekinerja/tpp_samarinda_2022").on(HARI_INI)
    aturan = read_aturan(
        replace(ketentuan, nilai={**ketentuan.nilai, "syarat": ("presensi",)})
    )

    assert compute_tpp(FaktaTpp(kejadian=()), aturan).status is StatusTpp.DIBAYAR
    assert compute_tpp(FaktaTpp(), aturan).status is StatusTpp.TERTAHAN


def test_minutes_count_whichever_part_the_percentage_is_of() -> None:
    ketentuan = load_regulasi("ekinerja/tpp_samarinda_2022").on(HARI_INI)
    tarif = {"persen": 2, "dihitung_menit": 120, "bagian_disiplin": True}
    nilai = {**ketentuan.nilai, "kejadian": {"tanpa_absen_masuk": tarif}}
    aturan = read_aturan(replace(ketentuan, nilai=nilai))
    kejadian = Kejadian(JenisKejadian.TANPA_ABSEN_MASUK, banyak=2)

    hasil = compute_tpp(FaktaTpp(kejadian=(kejadian,)), aturan)

    assert (hasil.potongan_persen, hasil.potongan_disiplin_persen) == (0, 4)
    assert hasil.menit_kumulatif == 240


def test_lateness_at_a_flat_rate_needs_no_minutes() -> None:
    ketentuan = load_regulasi("ekinerja/tpp_samarinda_2022").on(HARI_INI)
    nilai = {**ketentuan.nilai, "kejadian": {"terlambat": {"persen": 2}}}
    aturan = read_aturan(replace(ketentuan, nilai=nilai))
    kejadian = (Kejadian(JenisKejadian.TERLAMBAT),)

    hasil = compute_tpp(FaktaTpp(kejadian=kejadian), aturan)

    assert (hasil.potongan_persen, hasil.menit_kumulatif) == (2, 0)


def test_empty_record_is_a_rule_set_that_deducts_nothing() -> None:
    """What a rule set does not name, it does not have."""
    ketentuan = load_regulasi("ekinerja/tpp_samarinda_2022").on(HARI_INI)
    aturan = read_aturan(replace(ketentuan, nilai={"masukan": ("komponen",)}))

    assert not aturan.is_contoh
    assert (aturan.syarat, aturan.kejadian, aturan.plt, aturan.iuran) == (
        (),
        {},
        {},
        {},
    )
    assert aturan.potongan_maks is aturan.produktivitas is aturan.penundaan is None
    assert aturan.bobot_disiplin is aturan.status_khusus is aturan.cpns is None
    assert compute_tpp(FaktaTpp(), aturan).persen == 100
