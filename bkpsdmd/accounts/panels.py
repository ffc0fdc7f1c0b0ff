"""What Beranda says about accounts: a second step taken away, a request to decide."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.models import PemulihanMfa, User
from bkpsdmd.accounts.permissions import Permission
from bkpsdmd.accounts.recovery import list_unread
from bkpsdmd.ui.components import Nada, Panel, PanelItem, PanelKind
from bkpsdmd.ui.formats import format_waktu


def panel_pemulihan(user: User, per_tanggal: dt.date) -> Panel | None:
    """Tell the person that their second step was taken away, until they say so."""
    items = [
        PanelItem(
            "Verifikasi dua langkah akun Anda dihapus",
            url=reverse("akun-saya"),
            keterangan=f"Diminta {row.diminta_oleh}, disetujui {row.diputuskan_oleh}, "
            f"{format_waktu(row.diputuskan_at)}. Bila bukan Anda yang meminta, segera "
            "ganti kata sandi dan laporkan.",
            status="Pasang lagi",
            nada=Nada.WARN,
        )
        for row in list_unread(user)
    ]
    if not items:
        return None
    return Panel(PanelKind.TUGAS, "Keamanan akun", items=items)


def panel_keputusan(user: User, per_tanggal: dt.date) -> Panel | None:
    """List the lost second steps that wait for a second officer."""
    if not user.has_perm(Permission.PEMULIHAN_DECIDE):
        return None
    waiting = (
        PemulihanMfa.objects.menunggu(timezone.now())
        .exclude(diminta_oleh=user)
        .exclude(user=user)
        .select_related("user", "diminta_oleh")
        .order_by("diminta_at")
    )
    items = [
        PanelItem(
            f"Akun {row.user}: ponsel hilang",
            url=reverse("pemulihan-detail", args=[row.pk]),
            keterangan=f"Diminta {row.diminta_oleh}. Pastikan orangnya sebelum menyetujui.",
            tanggal=timezone.localdate(row.berlaku_sampai),
            status="Menunggu petugas kedua",
            nada=Nada.WARN,
        )
        for row in waiting[:5]
    ]
    if not items:
        return None
    return Panel(
        PanelKind.TUGAS, "Pemulihan akun", items=items, url=reverse("pemulihan-list")
    )
