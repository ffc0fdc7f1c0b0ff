"""The kinds of official papers that simpeg knows."""

from __future__ import annotations

from django.urls import reverse

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.jenis import JenisNaskah, register, register_nik
from bkpsdmd.documents.models import Naskah
from simpeg.permissions import Permission
from simpeg.selectors.surat import (
    find_nik,
    find_subjek,
    is_tentang,
    visible_berita_acara,
    visible_surat,
    visible_surat_dinas,
)
from simpeg.services.surat import BERITA_ACARA, SURAT_KETERANGAN
from simpeg.services.surat_dinas import SURAT_DINAS


def register_all() -> None:
    register(
        JenisNaskah(
            kunci=SURAT_KETERANGAN,
            nama="Surat keterangan",
            templat="naskah_dinas",
            versi=1,
            buku="surat",
            penyusun=Permission.SURAT_DRAFT,
            visible=visible_surat,
            subjek=find_subjek,
            is_tentang=is_tentang,
            muat=("surat_pegawai__pegawai__keadaan",),
            asal=_asal,
            ubah=lambda naskah: reverse("simpeg:surat-update", args=[naskah.pk]),
            ganti=_ganti_surat,
        )
    )
    register(
        JenisNaskah(
            kunci=BERITA_ACARA,
            nama="Berita acara",
            templat="naskah_dinas",
            versi=1,
            buku="berita_acara",
            penyusun=Permission.BERITA_ACARA_DRAFT,
            visible=visible_berita_acara,
            buat="simpeg:berita-acara-create",
            ubah=lambda naskah: reverse("simpeg:berita-acara-update", args=[naskah.pk]),
            ganti=lambda naskah: (
                f"{reverse('simpeg:berita-acara-create')}?ganti={naskah.pk}"
            ),
        )
    )
    register(
        JenisNaskah(
            kunci=SURAT_DINAS,
            nama="Surat dinas",
            templat="surat",
            versi=1,
            buku="surat",
            penyusun=Permission.SURAT_DINAS_DRAFT,
            visible=visible_surat_dinas,
            buat="simpeg:surat-dinas-create",
            ubah=lambda naskah: reverse("simpeg:surat-dinas-update", args=[naskah.pk]),
            ganti=lambda naskah: (
                f"{reverse('simpeg:surat-dinas-create')}?ganti={naskah.pk}"
            ),
        )
    )
    register_nik(find_nik)


def _asal(naskah: Naskah, user: User) -> tuple[str, str] | None:
    pegawai = find_subjek(naskah)
    return (pegawai.nama_lengkap, pegawai.get_absolute_url()) if pegawai else None


def _ganti_surat(naskah: Naskah) -> str:
    pegawai = find_subjek(naskah)
    if pegawai is None:
        return ""
    return f"{reverse('simpeg:surat-create', args=[pegawai.pk])}?ganti={naskah.pk}"
