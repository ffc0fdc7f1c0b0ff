import pytest
from django.contrib.auth.models import AnonymousUser

from bkpsdmd.accounts.permissions import Permission, may_manage
from bkpsdmd.accounts.roles import (
    Role,
    describe_roles,
    fetch_roles,
    get_roles,
)
from bkpsdmd.accounts.tests.factories import UserFactory

STAFF = {Role.PEGAWAI, Role.ATASAN}


@pytest.mark.parametrize("target", [{Role.PEGAWAI}, STAFF, set()])
@pytest.mark.parametrize(
    "actor",
    [Role.PENGELOLA_OPD, Role.VERIFIKATOR, Role.PRANATA_KOMPUTER, Role.ADMIN],
)
def test_staff_are_managed_by_every_managing_role(actor, target):
    assert may_manage({actor}, target)


@pytest.mark.parametrize("actor", sorted(set(Role) - {Role.ADMIN}))
def test_only_an_admin_manages_an_admin(actor):
    assert not may_manage({actor, Role.PEGAWAI}, {Role.PEGAWAI, Role.ADMIN})
    assert may_manage({Role.ADMIN}, {Role.ADMIN})


@pytest.mark.parametrize("target", sorted(set(Role) - STAFF))
def test_opd_officer_manages_staff_alone(target):
    assert not may_manage({Role.PENGELOLA_OPD}, {Role.PEGAWAI, target})


def test_verifikator_also_manages_opd_officers_but_not_peers():
    assert may_manage({Role.VERIFIKATOR}, STAFF | {Role.PENGELOLA_OPD})
    assert not may_manage({Role.VERIFIKATOR}, {Role.VERIFIKATOR})


@pytest.mark.parametrize(
    "actor",
    [
        Role.PEGAWAI,
        Role.ATASAN,
        Role.KEPALA_BIDANG,
        Role.SEKRETARIS,
        Role.KEPALA_BADAN,
        Role.DISKOMINFO,
        Role.AUDITOR,
    ],
)
def test_other_roles_manage_nobody(actor):
    assert not may_manage({actor}, set())
    assert not may_manage({actor}, {Role.PEGAWAI})


def test_nobody_without_a_role_manages():
    assert not may_manage(set(), set())


def test_rights_follow_the_role(pengelola, admin):
    assert admin.has_perm(Permission.PEMULIHAN_DECIDE)
    assert not pengelola.has_perm(Permission.PEMULIHAN_DECIDE)


def test_own_account_needs_no_role(db):
    assert UserFactory(roles=()).has_perm(Permission.AKUN_SAYA)
    assert not AnonymousUser().has_perm(Permission.AKUN_SAYA)


def test_right_that_nobody_declared_is_nobodys(admin):
    assert not admin.has_perm("accounts.change_user")
    assert not admin.has_perm("mfa.view_authenticator")


def test_deactivated_account_has_no_roles_but_its_grants_are_known(admin):
    admin.is_active = False

    assert get_roles(admin) == frozenset()
    assert not admin.has_perm(Permission.PEMULIHAN_DECIDE)
    assert fetch_roles(admin) == {Role.ADMIN}


def test_roles_are_said_in_words_by_the_app_that_knows_units(pengelola, settings):
    assert describe_roles(pengelola) == ["Pengelola kepegawaian OPD", "Pegawai"]

    settings.ROLE_WORDS = f"{__name__}.say_units"
    assert describe_roles(pengelola) == ["Rina Contoh, Dinas Contoh"]


def say_units(user):
    return [f"{user.nama}, Dinas Contoh"]
