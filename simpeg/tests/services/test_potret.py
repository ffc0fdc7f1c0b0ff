"""A past day derived set-wise equals what each person's riwayat says of it."""

import datetime as dt

import pytest

from bkpsdmd.accounts.roles import Role
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from simpeg.choices import JenisPenugasan
from simpeg.models import KeadaanLampau, Pegawai, Potret
from simpeg.selectors.keadaan import load_himpunan
from simpeg.selectors.potret import is_usang
from simpeg.services import potret as services
from simpeg.services.demo import seed_demo
from simpeg.services.keadaan import build_keadaan
from simpeg.tests.actors import make_user
from simpeg.tests.factories import (
    PegawaiFactory,
    RiwayatDiklatFactory,
    RiwayatJabatanFactory,
    RiwayatKedudukanFactory,
    RiwayatPangkatFactory,
    RiwayatPemberhentianFactory,
    RiwayatPindahInstansiFactory,
)

HARI_INI = dt.date(2026, 11, 25)
LALU = dt.date(2024, 6, 30)
KOLOM = [
    field.attname
    for field in KeadaanLampau._meta.concrete_fields
    if field.name not in {"id", "potret", "pegawai"}
]


def snap(tanggal=LALU):
    potret = Potret.objects.get_or_create(tanggal=tanggal)[0]
    return services.build_potret(potret_id=potret.pk)


def ids(potret):
    return set(potret.baris_set.values_list("pegawai", flat=True))


def compare(tanggal):
    """Hold every row of a day equal to its derivation; return how many there are."""
    potret = snap(tanggal)
    rows = {row.pegawai_id: row for row in potret.baris_set.all()}
    people = load_himpunan(list(Pegawai.objects.values_list("pk", flat=True)))
    there = 0
    for himpunan in people:
        made = build_keadaan(himpunan, tanggal)
        first = himpunan.pegawai.tmt_cpns
        later = himpunan.pegawai.riwayatpindahinstansi_set.berlaku().filter(
            arah="masuk", tmt__gt=tanggal
        )
        if not made.is_aktif or first is None or first > tanggal or later.exists():
            assert made.pegawai_id not in rows
            continue
        there += 1
        row = rows[made.pegawai_id]
        assert {n: getattr(row, n) for n in KOLOM} == {
            n: getattr(made, n) for n in KOLOM
        }
    assert there == len(rows)
    return there


@pytest.mark.django_db
@pytest.mark.parametrize("tahun", [2005, 2015, 2023, 2026])
def test_every_row_equals_its_derivation(tahun, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    seed_demo(banyak=150, seed=7, per_tanggal=HARI_INI, progress=lambda n: None)
    assert compare(dt.date(tahun, 3, 31)) > 5


@pytest.mark.django_db
def test_edges_equal_their_derivation(kantor):
    one, two, three = kantor.pegawai, kantor.atasan, kantor.orang_luar
    RiwayatPangkatFactory(pegawai=one, golongan_id="III/b", tmt=LALU)
    RiwayatJabatanFactory(pegawai=two, unit_kerja=kantor.dinas, tmt=LALU)
    RiwayatJabatanFactory(
        pegawai=two, unit_kerja=kantor.dinas_lain, tmt=dt.date(2023, 1, 1),
        jenis_penugasan=JenisPenugasan.PLT.value, tmt_selesai=dt.date(2025, 1, 1),
    )  # fmt: skip
    RiwayatDiklatFactory(pegawai=two, tingkat=3, tanggal_selesai=LALU)
    RiwayatKedudukanFactory(pegawai=three, pensiun=True, tmt=LALU)
    for day in (LALU - dt.timedelta(days=1), LALU, LALU + dt.timedelta(days=1)):
        compare(day)
    assert three.pk not in ids(snap(LALU + dt.timedelta(days=1)))


@pytest.mark.django_db
def test_standing_follows_decrees_too(kantor):
    keluar = kantor.pegawai
    RiwayatPemberhentianFactory(pegawai=keluar, tmt=LALU)
    assert keluar.pk in ids(snap(LALU - dt.timedelta(days=1)))
    compare(LALU)
    if keluar.riwayatpemberhentian_set.get().kedudukan_id:
        assert keluar.pk not in ids(snap(LALU))


@pytest.mark.django_db
def test_who_came_later_is_not_counted_before(kantor):
    baru = PegawaiFactory(cpns=True, di=kantor.dinas)
    pindah = PegawaiFactory(di=kantor.dinas)
    RiwayatPindahInstansiFactory(pegawai=pindah, arah="masuk", tmt=dt.date(2025, 1, 1))
    found = ids(snap(LALU))
    assert baru.pk not in found
    assert pindah.pk not in found
    assert pindah.pk in ids(snap(dt.date(2025, 1, 1)))


@pytest.mark.django_db
def test_a_killed_run_goes_on_and_a_second_changes_nothing(kantor, monkeypatch):
    monkeypatch.setattr(services, "RENTANG", 2)
    potret = Potret.objects.create(tanggal=LALU)
    seen = []

    def die(done, total, pesan):
        seen.append(done)
        if len(seen) == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        services.build_potret(potret_id=potret.pk, progress=die)
    services.build_potret(potret_id=potret.pk)
    assert potret.baris_set.count() == 4
    services.build_potret(potret_id=potret.pk)
    assert potret.baris_set.count() == 4


@pytest.mark.django_db
def test_a_large_office_is_derived_by_a_job(kantor, monkeypatch):
    user = make_user(Role.KEPALA_BADAN)
    assert services.request_potret(tanggal=LALU, by=user, per_tanggal=HARI_INI) is None
    assert Potret.objects.get().selesai_at
    monkeypatch.setattr(services, "RENTANG", 2)
    job = services.request_potret(tanggal=LALU, by=user, per_tanggal=HARI_INI)
    assert Job.objects.get() == job
    assert Potret.objects.get().selesai_at is None
    with pytest.raises(DomainError, match="sudah lewat"):
        services.request_potret(tanggal=HARI_INI, by=user, per_tanggal=HARI_INI)


@pytest.mark.django_db
def test_only_so_many_days_are_kept(kantor, monkeypatch):
    monkeypatch.setattr(services, "BANYAK", 2)
    user = make_user(Role.KEPALA_BADAN)
    days = [dt.date(2024, 1, n) for n in (1, 2, 3)]
    for day in days:
        services.request_potret(tanggal=day, by=user, per_tanggal=HARI_INI)
    assert set(Potret.objects.values_list("tanggal", flat=True)) == set(days[1:])
    assert KeadaanLampau.objects.count() == 8


@pytest.mark.django_db
def test_a_changed_record_makes_the_day_stale(kantor):
    from simpeg.services.pegawai import update_pegawai

    potret = snap()
    assert not is_usang(potret)
    one = kantor.pegawai
    update_pegawai(
        pegawai=one, versi=one.versi, data={"agama": "2"},
        by=kantor.pengelola.user, per_tanggal=HARI_INI,
    )  # fmt: skip
    assert is_usang(potret)


@pytest.mark.django_db
def test_old_days_are_dropped(kantor):
    potret = snap()
    later = potret.selesai_at + dt.timedelta(days=1)
    assert services.purge_potret(before=potret.created_at) == 0
    assert services.purge_potret(before=later) == 1
    assert not KeadaanLampau.objects.exists()
