"""Who signs a kind of paper on a date."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F

from bkpsdmd.documents.shapes import Penandatangan
from bkpsdmd.ui.formats import format_tanggal
from simpeg.models import Golongan, Pegawai, PejabatPenandatangan


def find_pejabat(
    jenis: str,
    *,
    per_tanggal: dt.date,
    golongan: Golongan | None = None,
    tentang: Pegawai | None = None,
) -> PejabatPenandatangan | None:
    """Return who signs a kind of paper on a date, about people of this golongan.

    Who signs for these golongan alone goes before who signs for all; nobody signs
    `tentang` oneself.
    """
    rows = (
        PejabatPenandatangan.objects.on(per_tanggal)
        .filter(jenis_dokumen=jenis)
        .select_related("pegawai__keadaan__golongan", "pegawai__user")
    )
    if tentang is not None:
        rows = rows.exclude(pegawai=tentang)
    if golongan is not None and golongan.skala == "pns":
        ranged = rows.filter(
            golongan_dari__urut__lte=golongan.urut,
            golongan_sampai__urut__gte=golongan.urut,
        )
        # The narrowest range, should two of them hold.
        found = ranged.order_by(
            F("golongan_sampai__urut") - F("golongan_dari__urut"), "-mulai"
        ).first()
        if found is not None:
            return found
    return rows.filter(golongan_dari__isnull=True).order_by("-mulai").first()


def get_penandatangan(
    jenis: str, *, per_tanggal: dt.date, tempat: str
) -> Penandatangan | None:
    """Return who signs a kind of paper on a date, or None where nobody is set."""
    pejabat = find_pejabat(jenis, per_tanggal=per_tanggal)
    if pejabat is None:
        return None
    golongan = pejabat.pegawai.keadaan.golongan
    return {
        "tempat_tanggal": f"{tempat}, {format_tanggal(per_tanggal)}",
        "jabatan": pejabat.jabatan,
        "nama": pejabat.pegawai.nama_lengkap,
        "pangkat": golongan.pangkat if golongan else "",
        "nip": pejabat.pegawai.nip,
    }


def as_penandatangan(pejabat: PejabatPenandatangan) -> dict[str, Any]:
    """Return an official as a paper keeps them (`documents.PenandatanganNaskah`)."""
    golongan = pejabat.pegawai.keadaan.golongan
    return {
        "user": pejabat.pegawai.user,
        "atas_nama": pejabat.atas_nama,
        "jabatan": pejabat.jabatan,
        "nama": pejabat.pegawai.nama_lengkap,
        "pangkat": golongan.pangkat if golongan else "",
        "nip": pejabat.pegawai.nip,
    }
