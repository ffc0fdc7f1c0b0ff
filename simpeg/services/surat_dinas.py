"""Drafting a letter of the office: to whom, about what, signed by its official."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.kertas import get_pengaturan_naskah
from bkpsdmd.documents.models import DokumenTerbit, Naskah
from bkpsdmd.documents.naskah.services import draft_naskah, record_draft, update_draft
from bkpsdmd.exceptions import DomainError
from simpeg.selectors.penandatangan import as_penandatangan, find_pejabat
from simpeg.services.surat import parse_isi

SURAT_DINAS = "surat_dinas"


@transaction.atomic
def draft_surat_dinas(
    *,
    hal: str,
    kepada: Sequence[str],
    isi: str,
    by: User,
    per_tanggal: dt.date,
    di: str = "",
    lampiran: str = "-",
    sifat: str = "",
    tembusan: Sequence[str] = (),
    menggantikan: DokumenTerbit | None = None,
    alasan_ganti: str = "",
) -> Naskah:
    """Draft a letter; `isi` is plain text (`surat.parse_isi`).

    The signing official is that of the kind on `per_tanggal`; without a `sifat` that of
    the paper settings. Raises DomainError without text, recipient or official.
    """
    naskah = draft_naskah(
        jenis=SURAT_DINAS,
        judul=hal,
        perihal_umum=hal,
        data=_build(hal, kepada, di, lampiran, sifat, isi, tembusan, per_tanggal),
        penandatangan=_find_signers(per_tanggal),
        by=by,
        menggantikan=menggantikan,
        alasan_ganti=alasan_ganti,
    )
    record_draft(naskah, by=by)
    return naskah


def update_surat_dinas(
    *,
    naskah: Naskah,
    hal: str,
    kepada: Sequence[str],
    isi: str,
    by: User,
    per_tanggal: dt.date,
    di: str = "",
    lampiran: str = "-",
    sifat: str = "",
    tembusan: Sequence[str] = (),
) -> Naskah:
    """Write the draft of a letter anew."""
    return update_draft(
        naskah=naskah,
        judul=hal,
        perihal_umum=hal,
        data=_build(hal, kepada, di, lampiran, sifat, isi, tembusan, per_tanggal),
        penandatangan=_find_signers(per_tanggal),
        by=by,
    )


def _find_signers(per_tanggal: dt.date) -> list[dict[str, Any]]:
    pejabat = find_pejabat(SURAT_DINAS, per_tanggal=per_tanggal)
    return [as_penandatangan(pejabat)] if pejabat else []


def _build(
    hal: str,
    kepada: Sequence[str],
    di: str,
    lampiran: str,
    sifat: str,
    isi: str,
    tembusan: Sequence[str],
    per_tanggal: dt.date,
) -> dict[str, Any]:
    if not kepada:
        raise DomainError("Tulis penerima suratnya.", kolom="kepada")
    blok = parse_isi(isi)
    if not blok:
        raise DomainError("Tulis isi suratnya.", kolom="isi")
    return {
        "judul": hal,
        "judul_pendek": "Surat dinas",
        "hal": hal,
        "kepada": list(kepada),
        "di": di,
        "lampiran": lampiran or "-",
        "sifat": sifat or get_pengaturan_naskah(SURAT_DINAS, per_tanggal).nama_sifat,
        "isi": blok,
        "tembusan": list(tembusan),
        # Not printed: what the form shows again.
        "teks": isi,
    }
