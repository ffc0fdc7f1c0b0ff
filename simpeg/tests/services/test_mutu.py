"""The stored quality equals the derived one, whoever wrote it and however time passes."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.choices import DimensiMutu
from simpeg.jenis_riwayat import KGB
from simpeg.models import (
    KeadaanPegawai,
    MutuPegawai,
    Pegawai,
    PotretMutu,
    TemuanMutu,
)
from simpeg.selectors.keadaan import load_himpunan
from simpeg.selectors.mutu import derive_mutu
from simpeg.services import mutu as services
from simpeg.services.keadaan import roll_over
from simpeg.services.mutu import (
    mark_stale,
    note_diperiksa,
    refresh_stale,
    request_hitung,
    take_potret,
)
from simpeg.services.pegawai import confirm_pegawai, update_pengangkatan
from simpeg.services.riwayat import add_riwayat
from simpeg.tests.actors import make_user
from simpeg.tests.contoh_riwayat import data
from simpeg.tests.factories import PegawaiFactory, RiwayatJabatanFactory
from simpeg.tests.services.test_arsip import HARI_INI, file_it, foto  # noqa: F401

pytestmark = pytest.mark.django_db


def assert_no_drift(per_tanggal):
    """Compare every stored row with what its records say on that day."""
    ids = list(Pegawai.objects.values_list("pk", flat=True))
    stored = MutuPegawai.objects.in_bulk(ids)
    findings = {}
    for pk, kode, banyak in TemuanMutu.objects.values_list("pegawai", "kode", "banyak"):
        findings.setdefault(pk, {})[kode] = banyak
    for keadaan, hasil in derive_mutu(load_himpunan(ids), per_tanggal):
        pk = keadaan.pegawai.pk
        row = stored[pk]
        assert row.skor == hasil.skor
        assert row.berubah_pada == hasil.berubah_pada
        assert {d: getattr(row, d.value) for d in DimensiMutu} == hasil.dimensi
        assert row.kurang == len(hasil.temuan)
        counts = {}
        for temuan in hasil.temuan:
            counts[temuan.kode] = counts.get(temuan.kode, 0) + 1
        assert findings.get(pk, {}) == counts
        today = KeadaanPegawai.objects.get(pk=pk)
        assert (row.opd_id, row.unit_path, row.is_aktif) == (
            today.opd_id,
            today.unit_path,
            today.is_aktif,
        )


def test_every_act_writes_the_quality_again(kantor, file_it, pegawai):  # noqa: F811
    hari_ini = timezone.localdate()
    assert_no_drift(hari_ini)
    before = MutuPegawai.objects.get(pk=pegawai.pk).skor

    file_it(per_tanggal=hari_ini)
    assert_no_drift(hari_ini)
    after = MutuPegawai.objects.get(pk=pegawai.pk).skor
    assert after > before

    add_riwayat(
        jenis=KGB,
        pegawai=pegawai,
        data=data(KGB, pegawai),
        by=kantor.pengelola.user,
        per_tanggal=hari_ini,
        is_diperiksa=True,
    )
    assert_no_drift(hari_ini)
    confirm_pegawai(pegawai=pegawai, by=pegawai.user)
    assert_no_drift(hari_ini)
    note_diperiksa(pegawai=pegawai, by=kantor.pengelola.user, per_tanggal=hari_ini)
    assert_no_drift(hari_ini)
    assert Event.objects.filter(kind="pegawai.periksa").count() == 1


@pytest.mark.parametrize("days", [1, 40, 366, 900, 9000])
def test_time_alone_is_made_up_for_each_night(days, kantor):
    PegawaiFactory(di=kantor.dinas, pppk=True)
    PegawaiFactory(di=kantor.dinas, cpns=True)
    PegawaiFactory(di=kantor.dinas, menjelang_pensiun=True)
    RiwayatJabatanFactory(
        pegawai=kantor.pegawai,
        unit_kerja=kantor.dinas_lain,
        tmt=timezone.localdate() + dt.timedelta(30),
    )
    confirm_pegawai(pegawai=kantor.pegawai, by=kantor.pegawai.user)
    later = timezone.localdate() + dt.timedelta(days)

    roll_over(per_tanggal=later)
    refresh_stale(per_tanggal=later)

    assert_no_drift(later)
    assert refresh_stale(per_tanggal=later) == 0


def test_new_marked_and_moved_people_are_counted_again(kantor):
    hari_ini = timezone.localdate()
    TemuanMutu.objects.filter(pegawai=kantor.pegawai).delete()
    MutuPegawai.objects.filter(pk=kantor.pegawai.pk).delete()
    mark_stale([kantor.atasan.pk])
    MutuPegawai.objects.filter(pk=kantor.atasan.pk).update(skor=1)
    MutuPegawai.objects.filter(pk=kantor.orang_luar.pk).update(unit_path="0001")

    assert refresh_stale(per_tanggal=hari_ini) == 3
    assert_no_drift(hari_ini)
    assert refresh_stale(per_tanggal=hari_ini) == 0


def test_interrupted_count_goes_on_with_those_left(kantor, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 1)
    hari_ini = timezone.localdate()
    mark_stale(list(Pegawai.objects.values_list("pk", flat=True)))

    def stop(done, total, pesan):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh_stale(per_tanggal=hari_ini, progress=stop)

    assert MutuPegawai.objects.filter(is_basi=True).count() == 2
    assert refresh_stale(per_tanggal=hari_ini) == 2


def test_count_costs_the_same_for_few_and_many(kantor, django_assert_max_num_queries):
    for _ in range(20):
        PegawaiFactory(di=kantor.dinas)
    mark_stale(list(Pegawai.objects.values_list("pk", flat=True)))

    with django_assert_max_num_queries(26):
        assert refresh_stale(per_tanggal=timezone.localdate()) == 24


def test_month_is_kept_once_and_grows_until_it_ends(kantor):
    take_potret(per_tanggal=dt.date(2026, 11, 1))
    first = PotretMutu.objects.get(opd=kantor.dinas)
    MutuPegawai.objects.filter(opd=kantor.dinas).update(skor=10_000)

    take_potret(per_tanggal=dt.date(2026, 11, 30))
    take_potret(per_tanggal=dt.date(2026, 12, 1))

    rows = PotretMutu.objects.filter(opd=kantor.dinas).order_by("bulan")
    assert [row.bulan for row in rows] == [dt.date(2026, 11, 1), dt.date(2026, 12, 1)]
    assert rows[0].orang == first.orang == 3
    assert first.skor < rows[0].skor == 30_000


def test_one_count_waits_at_a_time():
    assert request_hitung() is not None
    assert request_hitung() is None


@pytest.mark.parametrize("who", ["pengelola", "orang_luar"])
def test_nobody_vouches_for_oneself_or_a_stranger(who, kantor):
    with pytest.raises(DomainError):
        note_diperiksa(
            pegawai=getattr(kantor, who),
            by=kantor.pengelola.user,
            per_tanggal=HARI_INI,
        )
    assert not Event.objects.filter(kind="pegawai.periksa").exists()


# -- Appointment ------------------------------------------------------------------------


def appoint(pegawai, by, **changes):
    return update_pengangkatan(
        pegawai=pegawai,
        versi=pegawai.versi,
        data=changes,
        alasan="Dilengkapi dari SK asli",
        by=by,
        per_tanggal=HARI_INI,
    )


def test_decrees_of_appointment_are_completed_with_the_reason(kantor, pegawai):
    appoint(pegawai, kantor.pengelola.user, sk_pns_nomor="821/1/CONTOH")

    pegawai.refresh_from_db()
    assert (pegawai.sk_pns_nomor, pegawai.versi) == ("821/1/CONTOH", 2)
    event = Event.objects.get(kind="pegawai.pengangkatan")
    assert event.reason == "Dilengkapi dari SK asli"
    assert event.changes == {"sk_pns_nomor": ["", "821/1/CONTOH"]}


@pytest.mark.parametrize(
    ("changes", "kolom"),
    [
        ({"tmt_pns": dt.date(2009, 1, 1)}, "tmt_pns"),
        ({"tmt_cpns": None}, "tmt_cpns"),
    ],
)
def test_dates_that_cannot_follow_one_another_are_refused(
    changes, kolom, kantor, pegawai
):
    with pytest.raises(DomainError) as error:
        appoint(pegawai, kantor.pengelola.user, **changes)
    assert error.value.kolom == kolom


def test_older_version_of_the_form_overwrites_nothing(kantor, pegawai):
    old = Pegawai.objects.get(pk=pegawai.pk)
    appoint(pegawai, kantor.pengelola.user, sk_pns_nomor="1")

    with pytest.raises(StaleDataError):
        appoint(old, make_user(Role.VERIFIKATOR), sk_pns_nomor="2")


def test_clock_of_the_office_decides_the_day(kantor):
    with time_machine.travel(dt.datetime(2026, 12, 31, 17, 0, tzinfo=dt.UTC)):
        confirm_pegawai(pegawai=kantor.pegawai, by=kantor.pegawai.user)

    row = MutuPegawai.objects.get(pk=kantor.pegawai.pk)
    assert row.dihitung_pada == dt.date(2027, 1, 1)
