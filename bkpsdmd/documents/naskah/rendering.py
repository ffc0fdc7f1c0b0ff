"""From a paper's row to what its template sets, and to the one numbered file."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from bkpsdmd.documents.kertas import NilaiNaskah, get_pengaturan_naskah
from bkpsdmd.documents.kop import Kop, get_kop
from bkpsdmd.documents.models import CaraTtd, Naskah, StatusNaskah
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


@dataclass(frozen=True, slots=True)
class Lembar:
    """Whose letterhead and which paper a naskah is printed with, on its day."""

    kop: Kop
    nilai: NilaiNaskah


def get_lembar(naskah: Naskah, *, now: dt.datetime) -> Lembar:
    """Return letterhead and paper of the day of the number; of today for a draft.

    Two queries. Raises DomainError for a unit that has no letterhead.
    """
    tanggal = _get_tanggal(naskah, now)
    return Lembar(
        kop=get_kop(naskah.data.get("kop_kunci", ""), tanggal),
        nilai=get_pengaturan_naskah(naskah.jenis, tanggal),
    )


def _get_tanggal(naskah: Naskah, now: dt.datetime) -> dt.date:
    return naskah.nomor.tanggal if naskah.nomor else timezone.localdate(now)


def build_data(
    naskah: Naskah, *, draf: bool, now: dt.datetime, lembar: Lembar | None = None
) -> dict[str, Any]:
    """Return all that the template sets; the same numbered paper gives the same data."""
    lembar = lembar or get_lembar(naskah, now=now)
    nomor = naskah.nomor
    tanggal = _get_tanggal(naskah, now)
    cara = CaraTtd(naskah.cara) if naskah.cara else None
    return {
        # The standing copies of the kind, unless the draft names its own or none.
        "tembusan": list(lembar.nilai.tembusan),
        **naskah.data,
        "dibuat": (naskah.numbered_at or now).isoformat(),
        "nomor": nomor.nomor if nomor else NOMOR_DRAF,
        "tempat_tanggal": f"{lembar.kop.tempat}, {format_tanggal(tanggal)}",
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
        "batal": naskah.status == StatusNaskah.BATAL,
    }


def render_draf(naskah: Naskah, *, now: dt.datetime) -> bytes:
    """Return the paper with the watermark DRAF, or BATAL: to be read, not handed out."""
    lembar = get_lembar(naskah, now=now)
    data = build_data(naskah, draf=True, now=now, lembar=lembar)
    return render_pdf(naskah.templat, data, kop=lembar.kop, pengaturan=lembar.nilai)


def ensure_berkas(papers: Sequence[Naskah], *, now: dt.datetime) -> None:
    """Make the numbered file of each of these papers that has none; once and for all.

    Run again, or twice at once, there is one file: whoever stored first wins.
    """
    waiting = [naskah for naskah in papers if not naskah.berkas]
    if not waiting:
        return
    # One process for all that have letterhead, paper and template in common.
    groups: dict[tuple[Any, ...], list[Naskah]] = defaultdict(list)
    for naskah in waiting:
        kunci = naskah.data.get("kop_kunci", "")
        tanggal = _get_tanggal(naskah, now)
        groups[naskah.templat, naskah.jenis, kunci, tanggal].append(naskah)
    prefetch_related_objects(waiting, "penandatangan_set")
    for group in groups.values():
        lembar = get_lembar(group[0], now=now)
        _store(group, _render(group, lembar, now))


def _render(papers: Sequence[Naskah], lembar: Lembar, now: dt.datetime) -> list[bytes]:
    datas = [
        build_data(naskah, draf=False, now=now, lembar=lembar) for naskah in papers
    ]
    templat, kop, nilai = papers[0].templat, lembar.kop, lembar.nilai
    if len(papers) == 1:
        return [render_pdf(templat, datas[0], kop=kop, pengaturan=nilai)]
    return render_many_apart(templat, datas, tagged=True, kop=kop, pengaturan=nilai)


def _store(papers: Sequence[Naskah], pdfs: Sequence[bytes]) -> None:
    for naskah, pdf in zip(papers, pdfs, strict=True):
        naskah.berkas.save("naskah.pdf", ContentFile(pdf), save=False)
        naskah.sha256 = hashlib.sha256(pdf).hexdigest()
    with transaction.atomic():
        late = [
            naskah
            for naskah in papers
            if not Naskah.objects.filter(pk=naskah.pk, berkas="").update(
                berkas=naskah.berkas.name, sha256=naskah.sha256
            )
        ]
    for naskah in late:
        naskah.berkas.delete(save=False)
        naskah.refresh_from_db(fields=["berkas", "sha256"])
