"""Papers of the office about people: who may see them, whom they are about."""

from __future__ import annotations

from django.db.models import Q

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.models import Naskah, StatusNaskah
from simpeg.models import Pegawai
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_akses, get_lingkup


def visible_surat(user: User) -> Q:
    """Return which papers about people a user may see: the own, those of their units."""
    own = Q(
        surat_pegawai__pegawai=get_akses(user).pegawai_id or 0,
        status=StatusNaskah.DITANDATANGANI,
    )
    if not user.has_perm(Permission.SURAT_READ):
        return own
    lingkup = get_lingkup(user)
    # An empty condition would vanish beside another one.
    return (
        Q()
        if lingkup.semua
        else own | lingkup.as_q("surat_pegawai__pegawai__keadaan__")
    )


def visible_berita_acara(user: User) -> Q:
    return Q() if user.has_perm(Permission.BERITA_ACARA_READ) else Q(pk__in=[])


def visible_surat_dinas(user: User) -> Q:
    return Q() if user.has_perm(Permission.SURAT_DINAS_READ) else Q(pk__in=[])


def find_subjek(naskah: Naskah) -> Pegawai | None:
    """Return whom a letter is about; loaded for many by `JenisNaskah.muat`."""
    surat = getattr(naskah, "surat_pegawai", None)
    return surat.pegawai if surat else None


def find_akun_subjek(naskah: Naskah) -> int | None:
    pegawai = find_subjek(naskah)
    return pegawai.user_id if pegawai else None


def find_nik(user: User) -> str:
    """Return the NIK by which BSrE knows a signer; "" where it is not recorded."""
    return Pegawai.objects.filter(user=user).values_list("nik", flat=True).first() or ""
