"""Which people a scope holds: as a condition, for a unit, and in a cache key."""

import datetime as dt

import pytest

from bkpsdmd.accounts.roles import Role
from simpeg.models import KeadaanPegawai, Pegawai, PemberianPeran
from simpeg.models.lingkup import Lingkup
from simpeg.selectors.akses import (
    describe_peran,
    get_akses,
    get_lingkup,
    get_lingkup_kelola,
)
from simpeg.tests.actors import make_user
from simpeg.tests.factories import (
    PegawaiFactory,
    PemberianPeranFactory,
    UnitKerjaFactory,
)

pytestmark = pytest.mark.django_db


def names(lingkup):
    rows = KeadaanPegawai.objects.within(lingkup).order_by("nama_urut")
    same = Pegawai.objects.within(lingkup).order_by("nama").values_list("nama")
    found = [row.pegawai.nama.split()[0] for row in rows]
    assert found == [nama.split()[0] for (nama,) in same]
    return found


def test_scope_holds_its_units_with_all_below_and_oneself(kantor):
    bagian = UnitKerjaFactory(nama="Seksi Contoh", induk=kantor.bidang)
    UnitKerjaFactory(nama="Bidang Kedua", induk=kantor.dinas)
    PegawaiFactory(nama="Wati Seksi", di=bagian)
    di_bidang = ["Ahmad", "Siti", "Wati"]

    assert names(Lingkup(units=(kantor.bidang,))) == di_bidang
    assert names(Lingkup(units=(bagian,))) == ["Wati"]
    assert names(Lingkup(units=(kantor.dinas,))) == ["Ahmad", "Rina", "Siti", "Wati"]
    assert names(Lingkup(units=(kantor.bidang, kantor.dinas_lain))) == [
        "Ahmad", "Siti", "Udin", "Wati",
    ]  # fmt: skip
    assert names(Lingkup(units=(bagian,), pegawai_id=kantor.orang_luar.pk)) == [
        "Udin",
        "Wati",
    ]


def test_scope_of_nothing_holds_nobody(kantor):
    assert names(Lingkup()) == []
    assert not Lingkup(pegawai_id=kantor.pegawai.pk)
    assert names(Lingkup(pegawai_id=kantor.pegawai.pk)) == ["Siti"]


def test_neighbour_unit_is_outside(kantor):
    tetangga = UnitKerjaFactory(nama="Bidang Kedua", induk=kantor.dinas)
    PegawaiFactory(nama="Tono Tetangga", di=tetangga)

    assert "Tono" not in names(Lingkup(units=(kantor.bidang,)))
    assert names(Lingkup(units=(tetangga,))) == ["Tono"]


def grant(role, unit, mulai=dt.date(2020, 1, 1), selesai=None):
    user = make_user(role, unit)
    PemberianPeran.objects.filter(user=user).update(mulai=mulai, selesai=selesai)
    return user


@pytest.mark.parametrize("is_akar", [True, False])
def test_grant_for_the_root_is_one_for_the_whole_office(kantor, is_akar):
    user = grant(Role.VERIFIKATOR, kantor.instansi if is_akar else None)

    assert names(get_lingkup(user)) == ["Ahmad", "Rina", "Siti", "Udin"]
    assert get_lingkup(user).semua
    assert get_lingkup_kelola(user).semua
    assert get_lingkup(user).get_opd() is None


def test_role_that_does_not_read_gives_no_scope(kantor):
    assert not get_lingkup(grant(Role.PRANATA_KOMPUTER, None))
    reader = grant(Role.AUDITOR, kantor.dinas)
    assert names(get_lingkup(reader)) == ["Ahmad", "Rina", "Siti"]
    assert not get_lingkup_kelola(reader)


def test_two_roles_do_not_widen_each_other(kantor):
    user = grant(Role.AUDITOR, None)
    PemberianPeranFactory(
        user=user, peran=Role.PENGELOLA_OPD.value, unit_kerja=kantor.dinas
    )

    assert get_lingkup(user).semua
    kelola = get_lingkup_kelola(user)
    assert (kelola.semua, kelola.units) == (False, (kantor.dinas,))
    assert kelola.pegawai_id is None


@pytest.mark.parametrize(
    ("geser_mulai", "geser_selesai", "holds"),
    [(0, None, True), (1, None, False), (-9, 1, True), (-9, 0, False)],
)
def test_grant_holds_from_its_first_day_until_its_end(
    kantor, monkeypatch, geser_mulai, geser_selesai, holds
):
    today = dt.date(2026, 6, 1)
    monkeypatch.setattr("simpeg.selectors.akses.timezone.localdate", lambda: today)
    user = grant(
        Role.VERIFIKATOR,
        None,
        today + dt.timedelta(days=geser_mulai),
        None if geser_selesai is None else today + dt.timedelta(days=geser_selesai),
    )

    assert bool(get_lingkup(user)) == holds
    assert (Role.VERIFIKATOR in get_akses(user).roles) == holds


def test_who_leads_reads_the_unit_and_changes_nobody(kantor):
    atasan = kantor.atasan.user

    assert get_akses(atasan).roles == {Role.PEGAWAI, Role.ATASAN}
    assert names(get_lingkup(atasan)) == ["Ahmad", "Siti"]
    assert not get_lingkup_kelola(atasan)
    assert describe_peran(atasan) == ["Atasan langsung, Bidang Contoh", "Pegawai"]


def test_everybody_reads_the_own_record(kantor):
    pegawai = kantor.pegawai.user

    assert get_akses(pegawai).roles == {Role.PEGAWAI}
    assert names(get_lingkup(pegawai)) == ["Siti"]


def test_scope_covers_a_unit_of_its_own_and_those_below(kantor):
    lingkup = Lingkup(units=(kantor.dinas,))

    assert lingkup.covers_unit(kantor.dinas)
    assert lingkup.covers_unit(kantor.bidang)
    assert not Lingkup(units=(kantor.bidang,)).covers_unit(kantor.dinas)
    assert not lingkup.covers_unit(kantor.dinas_lain)
    assert Lingkup(semua=True).covers_unit(kantor.dinas_lain)


def test_scope_in_one_perangkat_daerah_names_it(kantor):
    assert Lingkup(units=(kantor.bidang,)).get_opd() == kantor.dinas
    assert Lingkup(units=(kantor.dinas, kantor.bidang)).get_opd() == kantor.dinas
    assert Lingkup(units=(kantor.bidang, kantor.dinas_lain)).get_opd() is None
    assert Lingkup(semua=True).get_opd() is None
    assert Lingkup().get_opd() is None


def test_scopes_of_different_people_are_kept_apart_in_the_cache(kantor):
    dinas, lain = kantor.dinas, kantor.dinas_lain
    scopes = [
        Lingkup(semua=True),
        Lingkup(),
        Lingkup(pegawai_id=1),
        Lingkup(pegawai_id=2),
        Lingkup(units=(dinas,)),
        Lingkup(units=(lain,)),
        Lingkup(units=(dinas, lain)),
        Lingkup(units=(dinas,), pegawai_id=1),
    ]

    assert len({one.kunci for one in scopes}) == len(scopes)
    turned = Lingkup(units=(lain, dinas))
    assert turned.kunci == Lingkup(units=(dinas, lain)).kunci
