"""Edited sheets and their rows, as pages show them."""

from __future__ import annotations

from django.db.models import QuerySet

from bkpsdmd.accounts.models import User
from simpeg.models import BarisMasuk, BerkasMasuk, JenisMasuk
from simpeg.selectors.siasn import list_berkas

Hasil = BarisMasuk.Hasil


def list_lembar(user: User) -> QuerySet[BerkasMasuk]:
    """Return the sheets this user uploaded: each was judged by its owner's scope."""
    return list_berkas(JenisMasuk.LEMBAR).filter(created_by=user)


def list_baris_lembar(lembar: BerkasMasuk) -> QuerySet[BarisMasuk]:
    """Return the rows of a sheet without the cells they were read from."""
    return BarisMasuk.objects.filter(impor=lembar).only(
        *("impor", "pegawai", "nomor", "hasil", "is_dilewati"),
        *("nama", "nip", "catatan", "perubahan"),
    )


def count_dipilih(lembar: BerkasMasuk) -> int:
    """Return how many rows applying the sheet would write."""
    return lembar.baris_set.filter(hasil=Hasil.BERUBAH, is_dilewati=False).count()
