"""The factories and actors are the ground of all other tests."""

import datetime as dt

import pytest
from django.db import models
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from simpeg.models import KeadaanPegawai, Pegawai, UnitKerja
from simpeg.rules.nip import FaktaNip, check_nip
from simpeg.selectors.akses import get_akses, get_lingkup
from simpeg.tests import factories


@pytest.mark.django_db
@pytest.mark.parametrize("name", factories.__all__)
def test_every_factory_makes_a_row_that_passes_its_own_checks(name, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = getattr(factories, name)()
    row.full_clean(
        # What may be empty in the database a form may still require.
        exclude=[
            field.name
            for field in row._meta.fields
            if field.null or isinstance(field, models.JSONField)
        ]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("trait", ["perempuan", "cpns", "pppk", "menjelang_pensiun"])
def test_people_have_valid_numbers(trait):
    pegawai = factories.PegawaiFactory(**{trait: True})
    hasil = check_nip(FaktaNip(pegawai.nip), per_tanggal=timezone.localdate())
    assert hasil.sah


@pytest.mark.django_db
def test_state_follows_what_is_recorded():
    unit = factories.UnitKerjaFactory()
    pegawai = factories.PegawaiFactory(di=unit, di__golongan="II/c")
    assert pegawai.keadaan.opd == unit
    assert pegawai.keadaan.golongan_id == "II/c"

    factories.RiwayatPangkatFactory(
        pegawai=pegawai, golongan_id="II/d", tmt=dt.date(2015, 4, 1)
    )

    assert KeadaanPegawai.objects.get(pk=pegawai.pk).golongan_id == "II/d"


@pytest.mark.django_db
def test_a_person_near_pension_is_pensioned_within_the_year():
    pegawai = factories.PegawaiFactory(
        menjelang_pensiun=True, di=factories.UnitKerjaFactory()
    )
    today = timezone.localdate()
    assert today < pegawai.keadaan.tmt_pensiun < today + dt.timedelta(days=366)


@pytest.mark.django_db
def test_tree_is_sound():
    dinas = factories.UnitKerjaFactory()
    seksi = factories.UnitKerjaFactory(induk=factories.UnitKerjaFactory(induk=dinas))
    assert seksi.opd == dinas
    assert UnitKerja.objects.find_problems() == ([], [], [], [], [])


def test_actors_hold_the_roles_they_stand_for(kantor):
    assert get_akses(kantor.pegawai.user).roles == {Role.PEGAWAI}
    assert get_akses(kantor.atasan.user).roles == {Role.PEGAWAI, Role.ATASAN}
    assert get_akses(kantor.pengelola.user).roles == {Role.PEGAWAI, Role.PENGELOLA_OPD}
    seen = Pegawai.objects.within(get_lingkup(kantor.pengelola.user))
    assert kantor.orang_luar not in seen
    assert kantor.pegawai in seen


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_browser(client_for, role):
    client = client_for(role)
    assert "_auth_user_id" in client.session


@pytest.mark.django_db(transaction=True)
def test_reference_data_survives_a_test_that_commits():
    assert factories.RiwayatPangkatFactory().golongan.pangkat == "Penata Muda"


@pytest.mark.django_db(transaction=True)
def test_reference_data_is_there_again_after_the_flush():
    assert factories.RiwayatPangkatFactory().golongan.pangkat == "Penata Muda"
