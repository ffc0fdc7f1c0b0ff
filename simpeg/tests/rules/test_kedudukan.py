import datetime as dt

import pytest

from simpeg.rules.kedudukan import (
    KodePenugasan,
    check_lama_cltn,
    check_sebelumnya,
    find_kedudukan,
)

MULAI = dt.date(2020, 1, 1)


@pytest.mark.parametrize(
    ("jenis", "kedudukan"),
    [("1", "02"), ("5", "13"), ("3", "01"), ("6", "03"), ("8", "01"), ("keluar", "52")],
)
def test_standing_follows_the_kind_of_the_act(jenis, kedudukan):
    assert find_kedudukan(jenis, per_tanggal=MULAI) == kedudukan


def test_nothing_follows_from_an_unknown_kind_or_before_the_first_version():
    assert find_kedudukan("99", per_tanggal=MULAI) is None
    assert find_kedudukan("1", per_tanggal=dt.date(1970, 1, 1)) is None


@pytest.mark.parametrize(
    ("jenis", "selesai", "wajar"),
    [
        ("1", dt.date(2022, 12, 31), True),
        ("1", dt.date(2023, 1, 1), False),
        ("5", dt.date(2030, 1, 1), True),
    ],
)
def test_leave_of_at_most_three_years(jenis, selesai, wajar):
    assert (check_lama_cltn(jenis, MULAI, selesai) is None) is wajar


@pytest.mark.parametrize(
    ("jenis", "tercatat", "kode"),
    [
        ("3", {"1"}, None),
        ("3", {"5"}, None),
        ("3", {"6"}, KodePenugasan.ADA_YANG_DIAKHIRI),
        ("8", {"6"}, None),
        ("5", set(), KodePenugasan.ADA_YANG_DIPERPANJANG),
        ("7", {"6"}, None),
        ("1", set(), None),
    ],
)
def test_end_and_extension_need_something_on_record(jenis, tercatat, kode):
    alasan = check_sebelumnya(jenis, frozenset(tercatat))

    assert (alasan and alasan.kode) == kode
