"""What Beranda says about the report of the last period."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.ui.components import Figure, Nada, Panel, PanelItem, PanelKind
from reporting.choices import JenisLaporan
from reporting.laporan.pasal24 import LaporanPasal24
from reporting.permissions import Permission
from reporting.rendering import describe_hitungan
from reporting.selectors import find_last_closed, find_live, is_dipakai

# What a leader asks first: is it used, is it filled in.
ANGKA = ("R-03", "R-08", "R-09")


def panel_laporan(user: User, per_tanggal: dt.date) -> Panel | None:
    """Return the last closed period's report, or for publishers that it is missing."""
    if not user.has_perm(Permission.LAPORAN_VIEW):
        return None
    zona = timezone.get_default_timezone()
    start_of_day = dt.datetime.combine(per_tanggal, dt.time.min, tzinfo=zona)
    periode = find_last_closed(JenisLaporan.PASAL24, start_of_day, zona)
    laporan = find_live(JenisLaporan.PASAL24, periode)
    daftar = reverse("reporting:laporan-list")
    if laporan is None:
        if not user.has_perm(Permission.LAPORAN_PUBLISH) or not is_dipakai(
            periode, zona
        ):
            return None
        return Panel(
            PanelKind.TUGAS,
            "Laporan berkala",
            items=[
                PanelItem(
                    f"Terbitkan laporan {periode.label}",
                    url=daftar,
                    keterangan="Periodenya sudah berakhir; laporannya belum terbit.",
                    tanggal=periode.selesai,
                    status="Belum terbit",
                    nada=Nada.WARN,
                )
            ],
            url=daftar,
        )
    content = LaporanPasal24.from_data(laporan.dokumen.data)
    figures = [content.get_angka(kode) for kode in ANGKA]
    return Panel(
        PanelKind.ANGKA,
        "Laporan berkala",
        items=[
            PanelItem(
                f"Laporan {periode.label} siap diunduh",
                url=laporan.get_absolute_url(),
                tanggal=timezone.localdate(laporan.published_at),
            )
        ],
        angka=[
            Figure(one.definisi.nama, one.nilai.teks, describe_hitungan(one.nilai))
            for one in figures
        ],
        url=daftar,
    )
