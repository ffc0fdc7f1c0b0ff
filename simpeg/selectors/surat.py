"""Papers of the office about people: who may see them, whom they are about."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.models import Naskah, StatusNaskah
from bkpsdmd.documents.naskah.selectors import list_naskah
from simpeg.models import Pegawai
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.identitas import get_data_sendiri


def visible_surat(user: User) -> Q:
    """Return which papers about people a user may see: the own, those of their units."""
    own = Q(
        surat_pegawai__pegawai__in=get_data_sendiri(user),
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


def list_naskah_pegawai(pegawai: Pegawai, user: User) -> QuerySet[Naskah]:
    """Return the papers about a person that this user may see, newest first."""
    return (
        list_naskah(user)
        .filter(surat_pegawai__pegawai=pegawai)
        .select_related("nomor", "dokumen__akhir", "created_by")
        .order_by("-pk")
    )


def find_subjek(naskah: Naskah) -> Pegawai | None:
    """Return whom a letter is about; loaded for many by `JenisNaskah.muat`."""
    surat = getattr(naskah, "surat_pegawai", None)
    return surat.pegawai if surat else None


def is_tentang(naskah: Naskah, user: User) -> bool:
    """Tell whether a paper is about this user, by whichever of their records."""
    pegawai = find_subjek(naskah)
    return pegawai is not None and pegawai.pk in get_data_sendiri(user)


def find_nik(user: User) -> str:
    """Return the NIK by which BSrE knows a signer; "" where it is not recorded."""
    return Pegawai.objects.filter(user=user).values_list("nik", flat=True).first() or ""
