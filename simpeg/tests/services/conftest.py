"""Recording and cancelling a riwayat as the clerk of the dinas does; importing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simpeg.services import riwayat as services
from simpeg.services import siasn
from simpeg.tests.contoh_riwayat import data, orang_untuk
from simpeg.tests.siasn.ekspor import Baris, write_csv

HARI_INI = dt.date(2026, 11, 25)


@pytest.fixture
def add(kantor):
    def call(jenis, /, pegawai=None, *, by=None, berkas=None, periksa=True, **changes):
        pegawai = pegawai or orang_untuk(jenis, kantor)
        return services.add_riwayat(
            jenis=jenis,
            pegawai=pegawai,
            data=data(jenis, pegawai, **changes),
            berkas=[berkas] if berkas else (),
            by=by or kantor.pengelola.user,
            per_tanggal=HARI_INI,
            is_diperiksa=periksa,
        )

    return call


@pytest.fixture
def cancel(kantor):
    def call(jenis, riwayat, alasan="Milik orang lain"):
        return services.cancel_riwayat(
            jenis=jenis,
            riwayat=riwayat,
            alasan=alasan,
            by=kantor.pengelola.user,
            per_tanggal=HARI_INI,
        )

    return call


@pytest.fixture
def impor(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Return a function that imports rows (or a file as it is) at once."""

    def run(*rows: Baris, isi: bytes | None = None, **kwargs: Any) -> dict[str, Any]:
        path = tmp_path / "ekspor.csv"
        path.write_bytes(isi if isi is not None else write_csv(rows))
        return siasn.import_file(path, **{"per_tanggal": HARI_INI, **kwargs})

    return run
