"""Settings of the reports, and a look at what went out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from bkpsdmd.ui.admin import PortalModelAdmin, ReadOnlyModelAdmin
from reporting.choices import JenisLaporan
from reporting.models import LaporanTerbit, PengaturanLaporan
from reporting.selectors import get_pengaturan
from reporting.services import save_pengaturan


@admin.register(PengaturanLaporan)
class PengaturanLaporanAdmin(PortalModelAdmin):
    list_display = ("jenis", "berlaku", "jenis_periode", "kepada")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Start a new row from what holds today, so that only the change is typed."""
        now = get_pengaturan(JenisLaporan.PASAL24, timezone.localdate())
        return {
            "jenis_periode": now.jenis_periode.value,
            "dasar": now.dasar,
            "catatan": now.catatan,
            "kepada": now.kepada,
            "tembusan": "\n".join(now.tembusan),
        }

    def service_save(
        self,
        request: HttpRequest,
        obj: PengaturanLaporan,
        form: ModelForm[PengaturanLaporan],
        change: bool,
    ) -> PengaturanLaporan:
        return save_pengaturan(pengaturan=obj, by=request.user)


@admin.register(LaporanTerbit)
class LaporanTerbitAdmin(ReadOnlyModelAdmin):
    list_display = (
        "__str__",
        "is_live",
        "published_at",
        "published_by",
        "sidik_singkat",
    )
    list_filter = ("jenis", "is_live")
    exclude = ("grafik",)
