"""The accounts of people, as the officer who prints their codes sees them."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from bkpsdmd.accounts.models import User
from simpeg.models import KeadaanPegawai
from simpeg.selectors.akses import get_lingkup_kelola

# Django writes "!" before the hash of a password that nobody can have.
BELUM_AKTIF = Q(("pegawai__user__password__startswith", "!"))


def list_akun(by: User) -> QuerySet[KeadaanPegawai]:
    """Return the active people with an account in the units `by` manages, not oneself.

    `is_dua_langkah` tells whose account has a second step.
    """
    return (
        KeadaanPegawai.objects.within(get_lingkup_kelola(by))
        .aktif()
        .filter(pegawai__user__isnull=False)
        .exclude(pegawai__user=by)
        .select_related("unit_kerja", "pegawai__user")
        .annotate(
            is_dua_langkah=Exists(
                Authenticator.objects.filter(user=OuterRef("pegawai__user"))
            )
        )
    )
