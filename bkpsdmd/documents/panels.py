"""What Beranda says about papers: those that wait for one's signature."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.models import Naskah
from bkpsdmd.documents.permissions import Permission
from bkpsdmd.ui.components import Nada, Panel, PanelItem, PanelKind

BARIS = 5


def panel_naskah(user: User, per_tanggal: dt.date) -> Panel | None:
    """List the papers whose turn it is to be signed by this user."""
    if not user.has_perm(Permission.NASKAH_VIEW):
        return None
    waiting = list(
        Naskah.objects.waiting_for(user)
        .select_related("nomor")
        .order_by("pk")[: BARIS + 1]
    )
    if not waiting:
        return None
    items = [
        PanelItem(
            naskah.judul,
            url=naskah.get_absolute_url(),
            keterangan=f"Nomor {naskah.nomor}",
            tanggal=timezone.localdate(naskah.numbered_at),
            status="Menunggu tanda tangan Anda",
            nada=Nada.WARN,
        )
        for naskah in waiting[:BARIS]
    ]
    return Panel(
        PanelKind.TUGAS,
        "Naskah untuk ditandatangani",
        items=items,
        url=f"{reverse('documents:naskah-list')}?menunggu=on",
        url_label="Lihat semua",
    )
