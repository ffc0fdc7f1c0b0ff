"""The yearly review of roles: open it, decide on each, close it, print it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from bkpsdmd.ui.views import ActionView, Crumb, PageMixin
from simpeg.models import BarisTinjauan, PutusanTinjauan, TinjauanAkses
from simpeg.permissions import Permission
from simpeg.services.tinjauan import (
    close_tinjauan,
    decide_baris,
    open_tinjauan,
    print_tinjauan,
)


class TinjauanListView(PageMixin, TemplateView):
    """GET lists the reviews; POST opens this year's."""

    permission = Permission.TINJAUAN_VIEW
    template_name = "simpeg/tinjauan/list.html"
    title = "Tinjauan Akses"
    panduan = (
        "Sekali setahun setiap peran yang diberikan diperiksa: masih perlu, atau dicabut.",
        "Tinjauan terbuka sendiri pada bulan Januari, atau lebih awal dengan tombol Buka.",
        "Tidak ada yang memutuskan perannya sendiri.",
        "Bila semua sudah diputuskan, tutup tinjauannya dan unduh laporannya.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tahun = timezone.localdate().year
        semua = list(TinjauanAkses.objects.select_related("ditutup_oleh"))
        return super().get_context_data(
            tinjauan=semua,
            tahun=tahun,
            can_open=self.request.user.has_perm(Permission.TINJAUAN_MANAGE)
            and all(satu.tahun != tahun for satu in semua),
            **kwargs,
        )


class TinjauanOpenView(PageMixin, View):
    permission = Permission.TINJAUAN_MANAGE
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        hari_ini = timezone.localdate()
        return redirect(
            open_tinjauan(
                tahun=hari_ini.year,
                by=request.user,
                per_tanggal=hari_ini,
                now=timezone.now(),
            )
        )


class TinjauanMixin(PageMixin):
    permission = Permission.TINJAUAN_VIEW
    active_menu = "simpeg:tinjauan-list"
    kwargs: dict[str, Any]

    @cached_property
    def tinjauan(self) -> TinjauanAkses:
        return get_object_or_404(
            TinjauanAkses.objects.select_related("dibuka_oleh", "ditutup_oleh"),
            tahun=self.kwargs["tahun"],
        )

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return (("Tinjauan Akses", reverse("simpeg:tinjauan-list")),)


class TinjauanDetailView(TinjauanMixin, TemplateView):
    template_name = "simpeg/tinjauan/detail.html"
    panduan = (
        "Baca tiap baris: siapa, peran apa, untuk unit mana, kapan terakhir masuk.",
        "Tekan Tetap bila masih perlu. Untuk mencabut, tulis alasannya lalu tekan Cabut; "
        "perannya berakhir hari ini juga.",
        "Setelah semua diputuskan, tekan Tutup tinjauan. Sesudah itu tidak berubah lagi.",
    )

    def get_title(self) -> str:
        return f"Tinjauan akses {self.tinjauan.tahun}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(
            self.tinjauan.baris_set.select_related("user", "diputuskan_oleh").order_by(
                "peran", "user__nama", "pk"
            )
        )
        is_open = self.tinjauan.ditutup_at is None
        can_manage = is_open and self.request.user.has_perm(Permission.TINJAUAN_MANAGE)
        belum = sum(row.putusan == PutusanTinjauan.BELUM for row in rows)
        return super().get_context_data(
            tinjauan=self.tinjauan,
            baris=[
                (
                    row,
                    can_manage
                    and row.user_id != self.request.user.pk
                    and row.putusan != PutusanTinjauan.CABUT,
                )
                for row in rows
            ],
            belum=belum,
            selesai=len(rows) - belum,
            jumlah=len(rows),
            can_close=can_manage and not belum,
            **kwargs,
        )


class TinjauanDecideView(TinjauanMixin, ActionView):
    permission = Permission.TINJAUAN_MANAGE

    def act(self) -> None:
        baris = get_object_or_404(
            BarisTinjauan, tinjauan=self.tinjauan, pk=self.kwargs["pk"]
        )
        decide_baris(
            baris=baris,
            putusan=self.request.POST.get("putusan", ""),
            alasan=self.request.POST.get("alasan", "")[:200],
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            now=timezone.now(),
        )
        messages.success(self.request, f"Putusan untuk {baris.user} tersimpan.")

    def get_back_url(self) -> str:
        return f"{self.tinjauan.get_absolute_url()}#baris-{self.kwargs['pk']}"


class TinjauanCloseView(TinjauanMixin, ActionView):
    permission = Permission.TINJAUAN_MANAGE

    def act(self) -> None:
        close_tinjauan(tinjauan=self.tinjauan, by=self.request.user, now=timezone.now())
        messages.success(self.request, "Tinjauan ditutup.")

    def get_back_url(self) -> str:
        return self.tinjauan.get_absolute_url()


class TinjauanPrintView(TinjauanMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, tahun: int) -> HttpResponse:
        content = print_tinjauan(
            tinjauan=self.tinjauan,
            by=request.user,
            per_tanggal=timezone.localdate(),
            dibuat=timezone.now(),
        )
        name = f"tinjauan-akses-{self.tinjauan.tahun}.pdf"
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "private, no-store",
            },
        )
