"""Two at once never get the same number: real threads, a real database."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from bkpsdmd.documents import kop as kop_module
from bkpsdmd.documents.kop import add_kop
from bkpsdmd.documents.models import BukuNomor, KopSurat, NomorDokumen
from bkpsdmd.documents.services import open_buku
from bkpsdmd.documents.tests.nomor import take_nomor

WORKERS = 6
EACH = 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tahun", [2026, 2027])
def test_numbers_taken_at_once_are_all_different_and_without_a_gap(tahun):
    # 2027: the book itself is opened by whoever comes first.
    open_buku(jenis="uji", tahun=2026, nama="Uji", pola="{urut}/{tahun}", by=None)
    start = threading.Barrier(WORKERS)

    def take(_worker: int) -> list[int]:
        try:
            start.wait(timeout=10)
            return [
                take_nomor(
                    jenis="uji", tanggal=dt.date(tahun, 5, 1), perihal="Hal", by=None
                ).urut
                for _ in range(EACH)
            ]
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        taken = [urut for urutan in pool.map(take, range(WORKERS)) for urut in urutan]
    assert sorted(taken) == list(range(1, WORKERS * EACH + 1))
    assert NomorDokumen.objects.count() == WORKERS * EACH
    assert BukuNomor.objects.filter(jenis="uji", tahun=tahun).count() == 1


@pytest.mark.django_db(transaction=True)
def test_letterheads_added_at_once_follow_each_other_without_overlap(monkeypatch):
    # The first of a unit: there is no row of its own yet that could be the lock.
    monkeypatch.setattr(kop_module, "_sources", [])
    start = threading.Barrier(WORKERS)

    def add(month: int) -> None:
        kop = KopSurat(
            kunci="dinas",
            nama_perangkat_daerah="Dinas",
            mulai=dt.date(2026, month + 1, 1),
        )
        try:
            start.wait(timeout=10)
            add_kop(kop=kop, per_tanggal=dt.date(2026, 1, 1), by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(add, range(WORKERS)))
    rows = list(KopSurat.objects.order_by("mulai").values_list("mulai", "selesai"))
    days = [dt.date(2026, month + 1, 1) for month in range(WORKERS)]
    assert rows == list(zip(days, [*days[1:], None], strict=True))
