"""Two at once never get the same number: real threads, a real database."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from bkpsdmd.documents.models import BukuNomor, NomorDokumen
from bkpsdmd.documents.services import open_buku, take_nomor

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
