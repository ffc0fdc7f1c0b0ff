"""What contradicts in the records of the people a user may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView

from bkpsdmd.ui.components import ExportLink
from bkpsdmd.ui.pager import COUNT_LIMIT
from bkpsdmd.ui.views import ListPageMixin
from simpeg.filters import RadarFilter
from simpeg.models import TemuanData
from simpeg.permissions import Permission
from simpeg.selectors.radar import find_url, list_temuan
from simpeg.services.radar import export_temuan, request_export
from simpeg.views.daftar import TampilanMixin, register_daftar


@register_daftar("radar", "simpeg:radar-list")
class RadarListView(TampilanMixin, ListPageMixin, TemplateView):
    permission = Permission.RADAR_VIEW
    template_name = "simpeg/radar/list.html"
    fragment_template = "simpeg/radar/_table.html"
    title = "Radar Data"
    satuan = "temuan"
    sorts = {"nama": ("nama_urut",)}
    filterset_class = RadarFilter
    main_filters = ("q", "kode", "opd")
    live_filters = ("unit",)
    panduan = (
        "Radar membandingkan riwayat tiap pegawai aktif satu sama lain dan dengan "
        "peraturan, setiap malam dan setiap kali datanya berubah.",
        "Saring menurut temuan, tingkat, perangkat daerah, atau unit kerja.",
        "Tekan Buka riwayatnya untuk memperbaiki catatan yang disebut. Temuan hilang "
        "sendiri setelah datanya benar.",
        "Perlu diperiksa belum tentu salah; Bertentangan berarti salah satu catatan keliru.",
    )

    def get_queryset(self) -> QuerySet[TemuanData]:
        return list_temuan(self.request.user)

    def get_exports(self) -> Sequence[ExportLink]:
        if not self.request.user.has_perm(Permission.PEGAWAI_EXPORT):
            return ()
        url = self.export_url("simpeg:radar-export")
        return (ExportLink("Unduh Excel", url, post=True),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_sensitive_visible = self.request.user.has_perm(Permission.PEGAWAI_SENSITIVE)
        context["temuan"] = [
            (row, find_url(row, is_sensitive_visible=is_sensitive_visible))
            for row in context["daftar"].rows
        ]
        return context


class RadarExportView(RadarListView):
    """The list as XLSX: at once up to 10,000 rows, as a job beyond."""

    permission = Permission.PEGAWAI_EXPORT
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        rows = self.filtered_queryset.order_by(*self.get_order(), "pk")
        if rows.order_by().values("pk")[: COUNT_LIMIT + 1].count() > COUNT_LIMIT:
            job = request_export(query=request.GET.urlencode(), by=request.user)
            return redirect("jobs:detail", pk=job.pk)
        hari_ini = timezone.localdate()
        file = export_temuan(rows=rows, by=request.user, per_tanggal=hari_ini)
        return FileResponse(
            file, as_attachment=True, filename=f"radar-{hari_ini:%Y-%m-%d}.xlsx"
        )
