"""What Beranda says about papers: those that wait for one's number or signature."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, Count, F, Min, Value, When
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.jenis import get_jenis
from bkpsdmd.documents.models import Naskah, NaskahQuerySet, StatusNaskah
from bkpsdmd.documents.naskah.selectors import has_drafts, is_awaited, list_drafts
from bkpsdmd.documents.permissions import Permission
from bkpsdmd.ui.components import Nada, Panel, PanelItem, PanelKind
from bkpsdmd.ui.formats import format_angka

BARIS = 5


def panel_naskah(user: User, per_tanggal: dt.date) -> Panel | None:
    """List what waits for this user's signature: bundles as one line each, then papers."""
    if not user.has_perm(Permission.NASKAH_VIEW) or not is_awaited(user):
        return None
    papers = Naskah.objects.waiting_for(user).annotate(saat=F("numbered_at"))
    items = [
        _item(
            row, f"Nomor {row['nomor_satu']}", "Menunggu tanda tangan Anda", Nada.WARN
        )
        for row in _group(papers)
    ]
    if not items:
        return None
    return Panel(
        PanelKind.TUGAS,
        "Naskah untuk ditandatangani",
        items=items,
        url=f"{reverse('documents:naskah-list')}?menunggu=on",
        url_label="Lihat semua",
    )


def panel_draf(user: User, per_tanggal: dt.date) -> Panel | None:
    """List the drafts that this user may give a number, in the same way."""
    if not user.has_perm(Permission.NASKAH_NUMBER) or not has_drafts():
        return None
    papers = list_drafts(user).annotate(saat=F("created_at"))
    items = [
        _item(row, get_jenis(row["jenis_satu"]).nama, "Menunggu nomor", Nada.INFO)
        for row in _group(papers)
    ]
    if not items:
        return None
    return Panel(
        PanelKind.TUGAS,
        "Naskah untuk diperiksa dan dinomori",
        items=items,
        url=f"{reverse('documents:naskah-list')}?status={StatusNaskah.DRAF}",
        url_label="Lihat semua",
    )


def _group(papers: NaskahQuerySet) -> Any:
    """Return the longest waiting first, by `saat`, a bundle as one row. One query."""
    return (
        # A paper of a bundle counts to its bundle, any other stands for itself.
        papers.annotate(sendiri=Case(When(paket=None, then="pk"), default=Value(0)))
        .order_by()
        .values("paket", "paket__judul", "sendiri")
        .annotate(
            jumlah=Count("pk"),
            judul_satu=Min("judul"),
            jenis_satu=Min("jenis"),
            nomor_satu=Min("nomor__nomor"),
            sejak=Min("saat"),
        )
        .order_by("sejak")[:BARIS]
    )


def _item(row: dict[str, Any], keterangan: str, status: str, nada: Nada) -> PanelItem:
    return PanelItem(
        row["paket__judul"] if row["paket"] else row["judul_satu"],
        url=reverse("documents:paket-detail", args=[row["paket"]])
        if row["paket"]
        else reverse("documents:naskah-detail", args=[row["sendiri"]]),
        keterangan=f"Paket berisi {format_angka(row['jumlah'])} naskah"
        if row["paket"]
        else keterangan,
        tanggal=timezone.localdate(row["sejak"]),
        status=status,
        nada=nada,
    )
