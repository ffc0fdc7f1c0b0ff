"""Who leads which unit: the quick way of every page equals the general one."""

import datetime as dt
from itertools import product

import pytest

from simpeg.choices import JenisPenugasan
from simpeg.models import RiwayatJabatan
from simpeg.selectors.akses import get_akses
from simpeg.tests.factories import (
    JabatanFactory,
    PegawaiFactory,
    RiwayatJabatanFactory,
    UnitKerjaFactory,
)

DAYS = [dt.date(2024, 1, 1), dt.date(2025, 1, 1), dt.date(2026, 1, 1)]
DEFINITIF, PLT = JenisPenugasan.DEFINITIF.value, JenisPenugasan.PLT.value


def find_general(pegawai, tanggal):
    rows = (
        RiwayatJabatan.objects.on(tanggal)
        .filter(pegawai=pegawai, jabatan__unit_kerja__isnull=False)
        .select_related("jabatan__unit_kerja")
    )
    return {row.jabatan.unit_kerja for row in rows}


@pytest.mark.parametrize(
    ("jenis", "selesai"),
    list(product([DEFINITIF, PLT], [None, DAYS[1], DAYS[2], dt.date(2026, 6, 1)])),
)
def test_led_units_equal_those_of_the_riwayat(db, monkeypatch, jenis, selesai):
    opd = UnitKerjaFactory()
    leads = [JabatanFactory(memimpin=UnitKerjaFactory(induk=opd)) for _ in range(2)]
    pegawai = PegawaiFactory(punya_akun=True)
    # Leads a unit, then holds a post that leads none; beside them the row in question.
    RiwayatJabatanFactory(pegawai=pegawai, jabatan=leads[0], tmt=dt.date(2023, 1, 1))
    RiwayatJabatanFactory(pegawai=pegawai, jabatan=JabatanFactory(), tmt=DAYS[1])
    RiwayatJabatanFactory(
        pegawai=pegawai, jabatan=leads[1], jenis_penugasan=jenis,
        tmt=dt.date(2023, 6, 1), tmt_selesai=selesai,
    )  # fmt: skip

    for day in (dt.date(2022, 12, 31), dt.date(2023, 1, 1), *DAYS):
        monkeypatch.setattr(
            "simpeg.selectors.akses.timezone.localdate", lambda d=day: d
        )
        user = type(pegawai.user).objects.get(pk=pegawai.user.pk)
        assert set(get_akses(user).pimpinan) == find_general(pegawai, day)


def test_a_cancelled_post_leads_nothing(kantor):
    from simpeg.tests.factories import PembatalanFactory

    kantor.atasan.riwayatjabatan_set.update(dibatalkan_oleh=PembatalanFactory())
    user = type(kantor.atasan.user).objects.get(pk=kantor.atasan.user.pk)

    assert get_akses(user).pimpinan == ()
