"""From a paper's row to what its template sets, and to the one numbered file."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from bkpsdmd.documents.models import CaraTtd, Naskah, get_kantor
from bkpsdmd.documents.rendering import render_many_apart, render_pdf
from bkpsdmd.documents.verification import build_periksa
from bkpsdmd.ui.formats import format_tanggal

NOMOR_DRAF = "diisi saat dinomori"
# The sentence public templates print for papers signed with the national certificate.
KALIMAT_BSRE = (
    "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat "
    "elektronik yang diterbitkan oleh Balai Besar Sertifikasi Elektronik (BSrE), Badan "
    "Siber dan Sandi Negara."
)


def build_data(naskah: Naskah, *, draf: bool, now: dt.datetime) -> dict[str, Any]:
    """Return all that the template sets; the same numbered paper gives the same data."""
    kantor = get_kantor()
    nomor = naskah.nomor
    tanggal = nomor.tanggal if nomor else timezone.localdate(now)
    cara = CaraTtd(naskah.cara) if naskah.cara else None
    return {
        **naskah.data,
        "dibuat": (naskah.numbered_at or now).isoformat(),
        "nomor": nomor.nomor if nomor else NOMOR_DRAF,
        "tempat_tanggal": f"{kantor.tempat}, {format_tanggal(tanggal)}",
        "penandatangan": [
            {
                "atas_nama": satu.atas_nama,
                "jabatan": satu.jabatan,
                "nama": satu.nama,
                "pangkat": satu.pangkat,
                "nip": satu.nip,
            }
            for satu in naskah.penandatangan_set.all()
        ],
        "elektronik": bool(cara and cara.is_elektronik),
        "kalimat_tte": KALIMAT_BSRE if cara is CaraTtd.BSRE else "",
        "periksa": build_periksa(naskah.kode_periksa) if naskah.kode_periksa else None,
        "draf": draf,
    }


def render_draf(naskah: Naskah, *, now: dt.datetime) -> bytes:
    """Return the paper with the watermark DRAF: to be read, never to be handed out."""
    return render_pdf(naskah.templat, build_data(naskah, draf=True, now=now))


def ensure_berkas(papers: Sequence[Naskah], *, now: dt.datetime) -> None:
    """Make the numbered file of each of these papers that has none; once and for all.

    Run again, or twice at once, there is one file: whoever stored first wins.
    """
    waiting = [naskah for naskah in papers if not naskah.berkas]
    if not waiting:
        return
    datas = [build_data(naskah, draf=False, now=now) for naskah in waiting]
    if len(waiting) == 1:
        pdfs = [render_pdf(waiting[0].templat, datas[0])]
    else:
        pdfs = render_many_apart(waiting[0].templat, datas, tagged=True)
    for naskah, pdf in zip(waiting, pdfs, strict=True):
        _store(naskah, pdf)


def _store(naskah: Naskah, pdf: bytes) -> None:
    naskah.berkas.save("naskah.pdf", ContentFile(pdf), save=False)
    naskah.sha256 = hashlib.sha256(pdf).hexdigest()
    stored = Naskah.objects.filter(pk=naskah.pk, berkas="").update(
        berkas=naskah.berkas.name, sha256=naskah.sha256
    )
    if not stored:
        naskah.berkas.delete(save=False)
        naskah.refresh_from_db(fields=["berkas", "sha256"])
