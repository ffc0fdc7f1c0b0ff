"""Units offered for letterheads, by their names of the day, and for the DUK."""

import datetime as dt

import pytest

from bkpsdmd.accounts.roles import Role
from bkpsdmd.documents.kop import get_kop, list_kop_choices
from bkpsdmd.documents.models import KopSurat
from bkpsdmd.exceptions import DomainError
from simpeg.models import RiwayatUnitKerja
from simpeg.selectors.unit_kerja import list_opd_on, list_unit_duk
from simpeg.services.unit_kerja import rename_unit

HARI_INI = dt.date(2026, 6, 1)
GANTI = dt.date(2026, 3, 1)


@pytest.fixture
def dinas(kantor):
    rename_unit(
        unit=kantor.dinas,
        nama="Dinas Bernama Baru",
        mulai=GANTI,
        dasar="Perbup 1/2026",
        by=None,
        per_tanggal=HARI_INI,
    )
    return kantor.dinas


def test_perangkat_daerah_are_offered_by_the_name_of_the_day(
    kantor, dinas, django_assert_num_queries
):
    with django_assert_num_queries(1):
        now = list_kop_choices(HARI_INI)
    assert now == [
        (dinas.kode, "Dinas Bernama Baru"),
        (kantor.dinas_lain.kode, "Dinas Lain"),
    ]
    before = dict(list_opd_on(GANTI - dt.timedelta(days=1)))
    assert before[dinas.kode] == "Dinas Contoh"


def test_letterhead_of_a_unit_without_its_own_bears_the_name_of_the_day(dinas):
    assert get_kop(dinas.kode, GANTI).nama_perangkat_daerah == "Dinas Bernama Baru"
    earlier = get_kop(dinas.kode, GANTI - dt.timedelta(days=1))
    assert earlier.nama_perangkat_daerah == "Dinas Contoh"
    KopSurat.objects.create(
        kunci=dinas.kode, nama_perangkat_daerah="Dinas pada Kop", mulai=GANTI
    )
    assert get_kop(dinas.kode, HARI_INI).nama_perangkat_daerah == "Dinas pada Kop"


def test_unit_that_ended_or_is_a_part_has_no_letterhead(kantor, dinas):
    RiwayatUnitKerja.objects.filter(unit=kantor.dinas_lain).update(selesai=GANTI)
    assert get_kop(kantor.dinas_lain.kode, GANTI - dt.timedelta(days=1))
    for kode in (kantor.dinas_lain.kode, kantor.bidang.kode):
        with pytest.raises(DomainError, match="belum diatur"):
            get_kop(kode, GANTI)


def test_duk_is_printed_of_the_office_and_its_opd_or_of_ones_own_units(kantor):
    instansi, dinas, lain = kantor.instansi, kantor.dinas, kantor.dinas_lain

    assert list(list_unit_duk(kantor.user_for(Role.KEPALA_BADAN))) == [
        instansi,
        dinas,
        lain,
    ]
    assert list(list_unit_duk(kantor.pengelola.user)) == [dinas]
    assert list(list_unit_duk(kantor.atasan.user)) == [kantor.bidang]
