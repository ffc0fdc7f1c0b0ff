import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.exceptions import DomainError
from reporting.periode import JenisPeriode, Periode

WITA = ZoneInfo("Asia/Makassar")


@pytest.mark.parametrize(
    ("kode", "label", "mulai", "selesai", "sebelumnya"),
    [
        ("2026-Q3", "Triwulan III 2026", (2026, 7, 1), (2026, 10, 1), "2026-Q2"),
        ("2026-Q1", "Triwulan I 2026", (2026, 1, 1), (2026, 4, 1), "2025-Q4"),
        ("2026-S1", "Semester I 2026", (2026, 1, 1), (2026, 7, 1), "2025-S2"),
        ("2026-09", "September 2026", (2026, 9, 1), (2026, 10, 1), "2026-08"),
        ("2026-12", "Desember 2026", (2026, 12, 1), (2027, 1, 1), "2026-11"),
        ("2026", "Tahun 2026", (2026, 1, 1), (2027, 1, 1), "2025"),
    ],
)
def test_a_period_is_read_named_and_bounded(kode, label, mulai, selesai, sebelumnya):
    periode = Periode.parse(kode)
    assert str(periode) == kode
    assert periode.label == label
    assert periode.mulai == dt.date(*mulai)
    assert periode.selesai == dt.date(*selesai)
    assert periode.hari_terakhir == dt.date(*selesai) - dt.timedelta(days=1)
    assert str(periode.previous()) == sebelumnya
    assert periode.previous().next() == periode


@pytest.mark.parametrize(
    "kode",
    [
        *("", "2026-Q0", "2026-Q5", "2026-S3", "2026-13", "2026-00", "2026-9"),
        *("Q3-2026", "2026-q3", " 2026", "2026\n", "1999-Q1", "٢٠٢٦"),
    ],
)
def test_anything_else_is_refused(kode):
    with pytest.raises(DomainError) as refusal:
        Periode.parse(kode)
    assert refusal.value.kode == "periode_tidak_dikenal"
    assert "2026-Q3" in refusal.value.pesan


def test_log_in_of_30_september_1630_utc_belongs_to_the_next_quarter():
    at = dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC)
    third, fourth = Periode.parse("2026-Q3"), Periode.parse("2026-Q4")
    start, end = third.batas(WITA)
    assert not start <= at < end
    start, end = fourth.batas(WITA)
    assert start <= at < end
    assert third.is_closed(at, WITA)
    assert Periode.last_closed(at, JenisPeriode.TRIWULAN, WITA) == third


def test_a_period_closes_at_its_last_midnight_and_not_a_second_before():
    third = Periode.parse("2026-Q3")
    midnight = dt.datetime(2026, 10, 1, tzinfo=WITA)
    assert third.is_closed(midnight, WITA)
    assert not third.is_closed(midnight - dt.timedelta(seconds=1), WITA)
    before = Periode.last_closed(
        midnight - dt.timedelta(seconds=1), JenisPeriode.TRIWULAN, WITA
    )
    assert str(before) == "2026-Q2"


def test_only_the_last_period_of_a_year_closes_it():
    closing = [
        kode
        for kode in ("2026-Q3", "2026-Q4", "2026-S2", "2026-12", "2026-11", "2026")
        if Periode.parse(kode).is_akhir_tahun
    ]
    assert closing == ["2026-Q4", "2026-S2", "2026-12", "2026"]


@given(
    st.dates(dt.date(2001, 1, 1), dt.date(2998, 12, 31)), st.sampled_from(JenisPeriode)
)
def test_every_day_lies_in_exactly_one_period_of_a_kind(tanggal, jenis):
    periode = Periode.containing(tanggal, jenis)
    assert periode.mulai <= tanggal < periode.selesai
    assert periode.next().mulai == periode.selesai
    assert Periode.parse(periode.kode) == periode
    assert not periode.overlaps(periode.next())
