"""What Beranda says about papers: those that wait for one's signature."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.models import Naskah
from bkpsdmd.documents.permissions import Permission
from bkpsdmd.ui.components import Nada, Panel, PanelItem, PanelKind
from bkpsdmd.ui.formats import format_angka

BARIS = 5


def panel_naskah(user: User, per_tanggal: dt.date) -> Panel | None:
    """List what waits for this user's signature: bundles as one line each, then papers."""
    if not user.has_perm(Permission.NASKAH_VIEW):
        return None
    waiting = Naskah.objects.waiting_for(user)
    bundles = (
        waiting.filter(paket__isnull=False)
        .order_by("paket")
        .values_list("paket", "paket__judul")
        .annotate(jumlah=Count("pk"))[:BARIS]
    )
    items = [
        PanelItem(
            judul,
            url=reverse("documents:paket-detail", args=[pk]),
            keterangan=f"Paket berisi {format_angka(jumlah)} naskah",
            status="Menunggu tanda tangan Anda",
            nada=Nada.WARN,
        )
        for pk, judul, jumlah in bundles
    ]
    single = waiting.filter(paket__isnull=True).select_related("nomor").order_by("pk")
    items += [
        PanelItem(
            naskah.judul,
            url=naskah.get_absolute_url(),
            keterangan=f"Nomor {naskah.nomor}",
            tanggal=timezone.localdate(naskah.numbered_at),
            status="Menunggu tanda tangan Anda",
            nada=Nada.WARN,
        )
        for naskah in single[:BARIS]
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
