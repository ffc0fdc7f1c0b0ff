"""The stored findings: written by each service, equal to a look over everybody."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpeg.jenis_riwayat import CLTN, JABATAN, KGB, KONTRAK, PANGKAT, PEMBERHENTIAN
from simpeg.models import KeadaanPegawai, MutuPegawai, TemuanData
from simpeg.rules.radar import KodeRadar
from simpeg.services.keadaan import refresh_keadaan
from simpeg.services.mutu import mark_stale
from simpeg.services.radar import (
    rebuild_temuan,
    refresh_stale_temuan,
    refresh_temuan_of,
)
from simpeg.tests.factories import (
    PegawaiFactory,
    RiwayatJabatanFactory,
    RiwayatPangkatFactory,
)

HARI_INI = dt.date(2026, 11, 25)
pytestmark = pytest.mark.django_db


def stored(pegawai=None):
    rows = TemuanData.objects.all()
    if pegawai:
        rows = rows.filter(pegawai=pegawai)
    fields = [f.attname for f in TemuanData._meta.concrete_fields if f.name != "id"]
    return sorted(map(str, rows.values_list(*fields)))


def kode(pegawai):
    rows = TemuanData.objects.filter(pegawai=pegawai)
    return sorted(rows.values_list("kode", flat=True))


@pytest.fixture
def agree():
    """Tell whether what the services kept is what a look over everybody finds."""
    yield
    before = stored()
    rebuild_temuan(per_tanggal=HARI_INI)
    assert stored() == before
    TemuanData.objects.all().delete()
    rebuild_temuan(per_tanggal=HARI_INI)
    assert stored() == before


def test_promotion_over_two_steps_comes_and_goes(add, cancel, pegawai, agree):
    row = add(PANGKAT, golongan="III/c", sk_tanggal="2014-03-01")
    found = TemuanData.objects.get(pegawai=pegawai, kode=KodeRadar.GOLONGAN_LOMPAT)
    assert (found.jenis, found.riwayat) == ("pangkat", row.pk)
    assert found.opd_id == pegawai.keadaan.opd_id
    assert found.unit_path == pegawai.keadaan.unit_path

    cancel(PANGKAT, row)

    assert kode(pegawai) == []


def test_records_that_today_does_not_hang_on_are_looked_at_too(
    add, cancel, pegawai, agree
):
    row = add(KGB, golongan="III/b", sk_tanggal="2020-03-01", masa_kerja_tahun="0")
    add(PANGKAT, golongan="III/b", sk_tanggal="2014-03-01")
    found = kode(pegawai)
    assert KodeRadar.TMT_MENDAHULUI_SK in found
    assert KodeRadar.MASA_KERJA_TURUN in found

    cancel(KGB, row)

    assert KodeRadar.TMT_MENDAHULUI_SK not in kode(pegawai)


def test_both_holders_are_told_and_both_are_cleared(kantor, cancel, agree):
    post = kantor.atasan.keadaan.jabatan
    first, second = kantor.atasan, PegawaiFactory(di=kantor.bidang)
    at = {"jabatan": post, "unit_kerja": post.unit_kerja, "sk_tanggal": None}
    assert KodeRadar.JABATAN_GANDA not in kode(first)
    row = RiwayatJabatanFactory(pegawai=second, tmt=dt.date(2021, 1, 1), **at)
    for one in (first, second):
        assert KodeRadar.JABATAN_GANDA in kode(one)

    cancel(JABATAN, row)

    for one in (first, second):
        assert KodeRadar.JABATAN_GANDA not in kode(one)


def test_who_leaves_has_no_findings(add, pegawai, agree):
    add(PANGKAT, golongan="III/c", sk_tanggal="2014-03-01")
    assert kode(pegawai)

    add(PEMBERHENTIAN)

    assert kode(pegawai) == []


def test_leave_that_ended_is_found_until_the_return(add, pegawai, agree):
    add(CLTN)
    assert kode(pegawai) == [KodeRadar.PERGI_LEWAT]


def test_agreement_that_ended(add, kantor, agree):
    pppk = PegawaiFactory(pppk=True, di=kantor.bidang)
    add(KONTRAK, pppk, tmt="2022-03-01", tmt_akhir="2026-10-31")

    assert kode(pppk) == [KodeRadar.KONTRAK_LEWAT]


def test_time_alone_brings_a_finding_and_twice_writes_nothing(kantor):
    pegawai = PegawaiFactory(menjelang_pensiun=True, di=kantor.bidang)
    state = KeadaanPegawai.objects.get(pk=pegawai.pk)
    rebuild_temuan(per_tanggal=state.tmt_pensiun - dt.timedelta(days=1))
    assert KodeRadar.PENSIUN_LEWAT not in kode(pegawai)

    rebuild_temuan(per_tanggal=state.tmt_pensiun)
    assert KodeRadar.PENSIUN_LEWAT in kode(pegawai)
    with CaptureQueriesContext(connection) as queries:
        rebuild_temuan(per_tanggal=state.tmt_pensiun)
    writes = [q for q in queries if q["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]
    assert writes == []


def test_many_people_cost_as_many_queries_as_few(kantor):
    def count(people):
        ids = [p.pk for p in people]
        with CaptureQueriesContext(connection) as queries:
            refresh_temuan_of(ids, per_tanggal=HARI_INI)
        return len(queries)

    def make(banyak):
        people = PegawaiFactory.create_batch(banyak, di=kantor.bidang)
        for one in people:
            RiwayatPangkatFactory(
                pegawai=one, golongan_id="III/c", tmt=dt.date(2014, 4, 1)
            )
        TemuanData.objects.all().delete()
        return people

    assert count(make(3)) == count(make(12))


def test_the_whole_scenery_has_nothing_to_say(kantor):
    ids = list(KeadaanPegawai.objects.values_list("pk", flat=True))
    refresh_keadaan(ids, per_tanggal=HARI_INI)

    found = TemuanData.objects.exclude(kode=KodeRadar.PANGKAT_MELAMPAUI)
    assert [row.pesan for row in found] == []


def test_bulk_work_has_its_people_looked_at_again_and_nobody_else(kantor, add):
    """As an import, a sheet or a reconciliation leaves them: written, and marked."""
    for person in (kantor.pegawai, kantor.atasan):
        add(PANGKAT, person, golongan_id="IV/e")
    before = stored()
    assert {row.pegawai_id for row in TemuanData.objects.all()} == {
        kantor.pegawai.pk,
        kantor.atasan.pk,
    }
    refresh_stale_temuan(per_tanggal=HARI_INI)
    assert stored() == before

    TemuanData.objects.all().delete()
    mark_stale([kantor.pegawai.pk])
    refresh_stale_temuan(per_tanggal=HARI_INI)

    assert {row.pegawai_id for row in TemuanData.objects.all()} == {kantor.pegawai.pk}
    assert MutuPegawai.objects.get(pegawai=kantor.pegawai).is_basi
