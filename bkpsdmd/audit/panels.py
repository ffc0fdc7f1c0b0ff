"""What Beranda says about the log: nothing, unless a seal does not fit."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from bkpsdmd.accounts.models import User
from bkpsdmd.audit.choices import KeadaanSegel
from bkpsdmd.audit.models import Segel
from bkpsdmd.audit.permissions import Permission
from bkpsdmd.ui.components import Nada, Panel, PanelItem, PanelKind
from bkpsdmd.ui.formats import format_tanggal

# How many days the panel names; the page has them all.
BARIS = 3


def panel_segel(user: User, per_tanggal: dt.date) -> Panel | None:
    """Warn of days whose events no longer fit their seal."""
    if not user.has_perm(Permission.SEGEL_VIEW):
        return None
    url = f"{reverse('audit:segel-list')}?keadaan={KeadaanSegel.RUSAK}"
    rusak = Segel.objects.filter(keadaan=KeadaanSegel.RUSAK).order_by("-tanggal")
    items = [
        PanelItem(
            f"Jejak audit {format_tanggal(segel.tanggal)} tidak cocok dengan segelnya",
            url=url,
            keterangan=segel.temuan,
            status="Tidak cocok",
            nada=Nada.BAD,
        )
        for segel in rusak[:BARIS]
    ]
    return (
        Panel(PanelKind.TUGAS, "Jejak audit", items=items, url=url) if items else None
    )
