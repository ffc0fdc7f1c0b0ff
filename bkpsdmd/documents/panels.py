"""What Beranda says about papers: those that wait for one's signature."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, Count, Min, Value, When
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.models import Naskah
from bkpsdmd.documents.naskah.selectors import is_awaited
from bkpsdmd.documents.permissions import Permission
from bkpsdmd.ui.components import Nada, Panel, PanelItem, PanelKind
from bkpsdmd.ui.formats import format_angka

BARIS = 5


def panel_naskah(user: User, per_tanggal: dt.date) -> Panel | None:
    """List what waits for this user's signature: bundles as one line each, then papers."""
    if not user.has_perm(Permission.NASKAH_VIEW) or not is_awaited(user):
        return None
    # One query: a paper of a bundle counts to its bundle, any other stands for itself.
    rows = (
        Naskah.objects.waiting_for(user)
        .annotate(sendiri=Case(When(paket=None, then="pk"), default=Value(0)))
        .order_by()
        .values("paket", "paket__judul", "sendiri")
        .annotate(
            jumlah=Count("pk"),
            judul_satu=Min("judul"),
            nomor_satu=Min("nomor__nomor"),
            sejak=Min("numbered_at"),
        )
        .order_by("sejak")[:BARIS]
    )
    items = [
        PanelItem(
            row["paket__judul"] if row["paket"] else row["judul_satu"],
            url=reverse("documents:paket-detail", args=[row["paket"]])
            if row["paket"]
            else reverse("documents:naskah-detail", args=[row["sendiri"]]),
            keterangan=f"Paket berisi {format_angka(row['jumlah'])} naskah"
            if row["paket"]
            else f"Nomor {row['nomor_satu']}",
            tanggal=timezone.localdate(row["sejak"]),
            status="Menunggu tanda tangan Anda",
            nada=Nada.WARN,
        )
        for row in rows
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
