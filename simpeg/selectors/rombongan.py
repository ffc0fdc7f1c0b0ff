"""Acts that wrote many records, and what each did to whom."""

from __future__ import annotations

from django.db.models import QuerySet

from bkpsdmd.accounts.models import User
from simpeg.models import BerkasMasuk, JejakRombongan, JenisMasuk, Rombongan
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup_kelola


def list_rombongan(user: User) -> QuerySet[Rombongan]:
    """Return the acts this user may look at and undo.

    An import concerns the whole office; a sheet is also its owner's.
    """
    rows = Rombongan.objects.select_related(
        "berkas_masuk", "created_by", "dibatalkan_by"
    )
    if not get_lingkup_kelola(user).semua:
        return rows.filter(
            berkas_masuk__jenis=JenisMasuk.LEMBAR, berkas_masuk__created_by=user
        )
    if not user.has_perm(Permission.SIASN_IMPORT):
        return rows.filter(berkas_masuk__jenis=JenisMasuk.LEMBAR)
    return rows


def list_jejak(rombongan: Rombongan) -> QuerySet[JejakRombongan]:
    """Return whom an act touched, without the values it overwrote."""
    return rombongan.jejak_set.only(
        *("rombongan", "pegawai", "nomor", "nama"),
        *("is_baru", "sebelum", "riwayat", "halangan"),
    )


def find_rombongan(berkas: BerkasMasuk) -> Rombongan | None:
    """Return the act that wrote a file as a whole; None before it was applied."""
    return berkas.rombongan_set.exclude(status=Rombongan.Status.DIMINTA).first()
