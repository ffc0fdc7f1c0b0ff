import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpeg.rules.golongan import Golongan, GolonganPNS, GolonganPPPK
from simpeg.rules.masa_kerja import (
    FaktaMasaKerja,
    compute_masa_kerja,
    compute_pmk_swasta,
    transfer_masa_kerja,
)
from simpeg.rules.waktu import (
    compute_kunci_masa_kerja,
    count_masa_kerja,
    find_kunci_masa_kerja,
)

from .cases import HARI_INI, check_kasus, list_kasus


@pytest.mark.parametrize("kasus", list_kasus("mkg"))
def test_mkg_case(kasus: dict[str, Any]) -> None:
    check_kasus("mkg", kasus)


@pytest.mark.parametrize("kasus", list_kasus("pmk_swasta"))
def test_pmk_swasta_case(kasus: dict[str, Any]) -> None:
    check_kasus("pmk_swasta", kasus)


def hitung(lama: GolonganPNS, bulan: int, baru: GolonganPNS, pmk: int = 0) -> int:
    fakta = FaktaMasaKerja(lama, bulan, baru, pmk)
    return compute_masa_kerja(fakta, per_tanggal=HARI_INI).mkg_bulan


@given(
    tangga=st.lists(st.sampled_from(GolonganPNS), min_size=3, max_size=3).map(
        lambda daftar: sorted(daftar, key=lambda satu: satu.tingkat)
    ),
    bulan=st.integers(0, 600),
    pmk=st.integers(0, 96),
)
def test_climbing_in_steps_costs_what_one_leap_costs(
    tangga: list[GolonganPNS], bulan: int, pmk: int
) -> None:
    bawah, tengah, atas = tangga

    sekaligus = hitung(bawah, bulan, atas, pmk)
    bertahap = hitung(tengah, hitung(bawah, bulan, tengah, pmk), atas)

    assert sekaligus == bertahap
    assert 0 <= sekaligus <= bulan + pmk


@pytest.mark.parametrize(
    ("lama", "baru"),
    [
        (GolonganPPPK.I, GolonganPPPK.III),
        (GolonganPPPK.VIII, GolonganPPPK.IX),
        (GolonganPNS.II_D, GolonganPPPK.IX),
        (GolonganPPPK.I, GolonganPNS.III_A),
        (GolonganPPPK.IX, GolonganPNS.III_A),
    ],
)
def test_only_a_move_within_the_ladder_of_pns_takes_anything(
    lama: Golongan, baru: Golongan
) -> None:
    assert transfer_masa_kerja(100, lama, baru, per_tanggal=HARI_INI) == 100


@given(bulan=st.integers(0, 1199))
def test_longer_private_service_never_counts_less(bulan: int) -> None:
    sekarang = compute_pmk_swasta(bulan, per_tanggal=HARI_INI).diakui_bulan
    nanti = compute_pmk_swasta(bulan + 1, per_tanggal=HARI_INI).diakui_bulan

    assert sekarang <= nanti <= 96


@pytest.mark.parametrize(
    ("bulan", "ke", "pesan"),
    [
        (100, "III/a", "berkurang 5 tahun: 8 tahun 4 bulan menjadi 3 tahun 4 bulan."),
        (60, "III/a", "berkurang 5 tahun: 5 tahun menjadi 0 bulan."),
        (59, "III/a", "menjadi 0 bulan, tidak di bawah nol."),
        (100, "II/d", "tidak berkurang: 8 tahun 4 bulan."),
    ],
)
def test_reason_says_what_the_new_golongan_takes(
    bulan: int, ke: str, pesan: str
) -> None:
    fakta = FaktaMasaKerja(GolonganPNS.II_C, bulan, GolonganPNS(ke))

    (alasan,) = compute_masa_kerja(fakta, per_tanggal=HARI_INI).alasan

    assert alasan.pesan.endswith(pesan)
    assert alasan.nilai == bulan - hitung(GolonganPNS.II_C, bulan, GolonganPNS(ke))


@pytest.mark.parametrize("day", [1, 15, 31])
@pytest.mark.parametrize("bulan", [0, 3, 71, 72, 240])
def test_months_of_a_key_are_those_counted_from_its_tmt(day: int, bulan: int) -> None:
    tmt = dt.date(2014, 1, day)
    kunci = compute_kunci_masa_kerja(tmt, bulan)
    for later in range(0, 900, 7):
        hari = tmt + dt.timedelta(days=later)
        lewat = (hari.year - 2014) * 12 + hari.month - 1 - (hari.day < day)
        assert count_masa_kerja(kunci, per_tanggal=hari) == bulan + lewat
        assert kunci <= find_kunci_masa_kerja(bulan + lewat, per_tanggal=hari)
        assert kunci > find_kunci_masa_kerja(bulan + lewat + 1, per_tanggal=hari)
