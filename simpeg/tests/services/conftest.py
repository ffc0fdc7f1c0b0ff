"""Recording and cancelling a riwayat as the clerk of the dinas does."""

from __future__ import annotations

import datetime as dt

import pytest

from simpeg.services import riwayat as services
from simpeg.tests.contoh_riwayat import data, orang_untuk

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
