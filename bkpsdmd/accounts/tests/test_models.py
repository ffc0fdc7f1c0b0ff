import pytest
from django.db import IntegrityError

from bkpsdmd.accounts.models import CatatanMasuk, User
from bkpsdmd.accounts.tests.factories import UserFactory


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("198504122010011001", "198504122010011001"),
        ("19850412 201001 1 001", "198504122010011001"),
        (" 19850412.201001.1.001 ", "198504122010011001"),
        ("19850412-201001-1-001\u00a0", "198504122010011001"),
        ("\uff11985 0412", "19850412"),
        ("Admin.Utama", "admin.utama"),
        ("  siti  ", "siti"),
        ("", ""),
    ],
)
def test_username_is_stored_in_one_form(typed: str, stored: str):
    assert User.normalize_username(typed) == stored


def test_account_is_found_however_its_nip_is_typed(db):
    user = UserFactory(username="19850412 201001 1 001")

    assert User.objects.get_by_natural_key("19850412.201001.1.001") == user


def test_two_accounts_cannot_differ_by_case_alone(db):
    UserFactory(username="Siti")

    with pytest.raises(IntegrityError):
        UserFactory(username="SITI")


def test_try_cannot_succeed_for_nobody(db):
    with pytest.raises(IntegrityError):
        CatatanMasuk.objects.create(nama_hash="x", berhasil=True, alasan="berhasil")


def test_try_cannot_say_it_succeeded_without_the_flag(pegawai):
    with pytest.raises(IntegrityError):
        CatatanMasuk.objects.create(user=pegawai, nama_hash="x", alasan="berhasil")
