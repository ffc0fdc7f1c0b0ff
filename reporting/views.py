"""The list of reports, one report, its files, and the buttons of those who publish."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.ui.components import Figure, Tab, TimelineItem
from bkpsdmd.ui.views import ActionView, Crumb, FormPageMixin, PageMixin
from reporting import rendering
from reporting.choices import JenisLaporan
from reporting.forms import PerbaikanForm
from reporting.laporan.angka import Angka
from reporting.laporan.pasal24 import LaporanPasal24
from reporting.models import LaporanTerbit
from reporting.periode import Periode
from reporting.permissions import Permission
from reporting.selectors import find_live, list_status, list_versi
from reporting.services import (
    draft_pengantar,
    fetch_json,
    fetch_pdf,
    request_correction,
    request_publish,
)
from simpeg.permissions import Permission as SimpegPermission

# The key figures in the two groups that the page shows, each with its table.
PEMAKAIAN = ("R-01", "R-02", "R-03", "R-04")
DATA_PEGAWAI = ("R-08", "R-09", "R-10")


class LaporanMixin(PageMixin):
    """A page about the reports; the address names kind, period and perhaps version."""

    permission = Permission.LAPORAN_VIEW
    active_menu = "reporting:laporan-list"
    kwargs: dict[str, Any]

    def get_breadcrumbs(self) -> list[Crumb]:
        return [("Laporan berkala", reverse("reporting:laporan-list"))]

    @cached_property
    def jenis(self) -> JenisLaporan:
        try:
            return JenisLaporan(self.kwargs["jenis"])
        except ValueError:
            raise Http404 from None

    @cached_property
    def periode(self) -> Periode:
        try:
            return Periode.parse(self.kwargs["periode"])
        except DomainError:
            raise Http404 from None

    @cached_property
    def laporan(self) -> LaporanTerbit:
        """The version the address names, without one the live one; else 404."""
        versi = self.kwargs.get("versi")
        if versi is None:
            laporan = find_live(self.jenis, self.periode)
        else:
            laporan = (
                list_versi(self.jenis, self.periode.kode)
                .filter(versi=versi)
                .select_related("dokumen")
                .first()
            )
        if laporan is None:
            raise Http404
        return laporan


class LaporanListView(LaporanMixin, TemplateView):
    template_name = "reporting/laporan/list.html"
    title = "Laporan berkala"
    panduan = (
        "Laporan terbit dengan sendirinya pada hari setelah periodenya berakhir.",
        "Tekan nama laporan untuk melihat angkanya, atau unduh PDF-nya langsung.",
        "Sidik membedakan satu berkas dari berkas lain: samakan dengan yang tercetak di "
        "kaki halaman PDF.",
    )

    def get_breadcrumbs(self) -> list[Crumb]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            status=list_status(timezone.now(), timezone.get_default_timezone()),
            can_publish=user.has_perm(Permission.LAPORAN_PUBLISH),
            **kwargs,
        )


class LaporanDetailView(LaporanMixin, TemplateView):
    """One version, drawn from what was stored; `?bagian=` chooses the part."""

    template_name = "reporting/laporan/detail.html"
    panduan = (
        "Ringkasan memuat angka kunci dan perbandingannya dengan periode sebelumnya.",
        "Rincian menurut perangkat daerah ada di bagian Pemakaian dan Kelengkapan.",
        "Cara setiap angka dihitung dan sumbernya ada di bagian Arti dan sumber.",
        "Tekan Unduh PDF untuk berkas yang dicetak atau dikirim.",
        "Laporan yang terbit tidak berubah lagi. Bila keliru, terbitkan perbaikannya.",
    )
    bagian = {
        "ringkasan": "Ringkasan",
        "pemakaian": "Pemakaian",
        "kelengkapan": "Kelengkapan",
        "belum-ada": "Belum ada data",
        "arti": "Arti dan sumber",
    }

    def get_title(self) -> str:
        return f"{self.laporan.judul} {self.laporan.span.label}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content = LaporanPasal24.from_data(self.laporan.dokumen.data)
        wanted = self.request.GET.get("bagian", "")
        bagian = wanted if wanted in self.bagian else "ringkasan"
        parts = {
            "ringkasan": self._get_ringkasan,
            "pemakaian": self._get_pemakaian,
            "kelengkapan": self._get_kelengkapan,
            "belum-ada": self._get_belum_ada,
            "arti": self._get_arti,
        }
        return super().get_context_data(
            laporan=self.laporan,
            content=content,
            tab=self._list_tab(bagian, content),
            bagian_template=f"reporting/laporan/bagian/{bagian}.html",
            can_write=self.laporan.is_live
            and self.request.user.has_perm(SimpegPermission.SURAT_DINAS_DRAFT),
            can_correct=self.laporan.is_live
            and self.request.user.has_perm(Permission.LAPORAN_PUBLISH),
            **parts[bagian](content),
            **kwargs,
        )

    def _list_tab(self, bagian: str, content: LaporanPasal24) -> list[Tab]:
        counts = {"belum-ada": len(rendering.list_belum_ada(content))}
        return [
            Tab(label, f"?bagian={key}", key == bagian, counts.get(key))
            for key, label in self.bagian.items()
        ]

    def _get_ringkasan(self, content: LaporanPasal24) -> dict[str, Any]:
        return {
            "perbaikan_judul": f"Perbaikan ke-{self.laporan.perbaikan_ke}",
            "temuan": [_glue(one) for one in rendering.list_temuan(content)],
            "kelompok": [
                ("Pemakaian portal", _figures(content, PEMAKAIAN)),
                ("Data pegawai", _figures(content, DATA_PEGAWAI)),
            ],
            "grafik_judul": _glue(rendering.describe_grafik(content)),
            "grafik_catatan": rendering.CATATAN_GRAFIK,
            "waktu": rendering.describe_waktu(content),
        }

    def _get_pemakaian(self, content: LaporanPasal24) -> dict[str, Any]:
        return {"catatan_pemakaian": rendering.describe_pemakaian(content)}

    def _get_kelengkapan(self, content: LaporanPasal24) -> dict[str, Any]:
        return {"catatan_kelengkapan": rendering.describe_kelengkapan(content)}

    def _get_belum_ada(self, content: LaporanPasal24) -> dict[str, Any]:
        rows = rendering.list_belum_ada(content)
        return {
            "belum_ada": [
                (row, rendering.describe_belum_ada(content, row)) for row in rows
            ]
        }

    def _get_arti(self, content: LaporanPasal24) -> dict[str, Any]:
        versions = list_versi(self.jenis, self.periode.kode)
        return {
            "keterangan": list(rendering.list_keterangan(content)),
            "riwayat": [
                TimelineItem(
                    timezone.localdate(one.published_at),
                    f"Versi {one.versi}{one.imbuhan_versi}",
                    one.alasan or f"Diterbitkan oleh {one.published_by or 'sistem'}.",
                    "" if one.pk == self.laporan.pk else one.get_absolute_url(),
                )
                for one in versions
            ],
        }


def _figures(content: LaporanPasal24, kode: tuple[str, ...]) -> list[Figure]:
    return [_figure(content.get_angka(one)) for one in kode]


def _figure(angka: Angka) -> Figure:
    notes = [rendering.describe_hitungan(angka.nilai), angka.catatan]
    if angka.sebelumnya:
        notes.append(f"sebelumnya {angka.sebelumnya_teks} ({angka.selisih_teks})")
    note = "; ".join(filter(None, notes))
    return Figure(angka.definisi.nama, _glue(angka.nilai.teks), _glue(note))


def _glue(teks: str) -> str:
    """Keep a number and its unit on one line of the page."""
    return teks.replace(" %", "\xa0%").replace(" poin", "\xa0poin")


class LaporanPdfView(LaporanMixin, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return _download(
            request, self.laporan, fetch_pdf, suffix="pdf", kind="application/pdf"
        )


class LaporanJsonView(LaporanMixin, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return _download(
            request, self.laporan, fetch_json, suffix="json", kind="application/json"
        )


def _download(
    request: HttpRequest, laporan: LaporanTerbit, fetch: Any, *, suffix: str, kind: str
) -> HttpResponse:
    try:
        content = fetch(laporan=laporan, by=request.user)
    except DomainError as error:
        messages.error(request, error.pesan)
        return redirect(laporan)
    name = f"{laporan.nama_berkas}.{suffix}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


class LaporanLetterView(LaporanMixin, ActionView):
    """Draft the letter that goes with the report; its own page is where it goes on."""

    permission = SimpegPermission.SURAT_DINAS_DRAFT

    def act(self) -> HttpResponse:
        if not self.request.user.has_perm(Permission.LAPORAN_VIEW):
            raise PermissionDenied
        naskah = draft_pengantar(
            laporan=self.laporan, by=self.request.user, per_tanggal=timezone.localdate()
        )
        messages.success(
            self.request,
            "Draf surat pengantar dibuat. Ubah bila perlu, lalu beri nomor.",
        )
        return redirect(naskah)

    def get_back_url(self) -> str:
        return self.laporan.get_absolute_url()


class LaporanPublishView(LaporanMixin, View):
    permission = Permission.LAPORAN_PUBLISH
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if laporan := find_live(self.jenis, self.periode):
            messages.info(request, "Laporan ini sudah terbit.")
            return redirect(laporan)
        try:
            job = request_publish(
                jenis=self.jenis,
                periode=self.periode,
                by=request.user,
                per_saat=timezone.now(),
            )
        except DomainError as error:
            messages.warning(request, error.pesan)
            return redirect("reporting:laporan-list")
        if Job.objects.visible_to(request.user).filter(pk=job.pk).exists():
            return redirect(job)
        messages.info(request, "Laporan ini sedang dibuat; tunggu beberapa saat.")
        return redirect("reporting:laporan-list")


class LaporanCorrectView(LaporanMixin, FormPageMixin, FormView):
    permission = Permission.LAPORAN_PUBLISH
    template_name = "reporting/laporan/correct.html"
    form_class = PerbaikanForm
    submit_label = "Terbitkan perbaikan"
    panduan = (
        "Tulis apa yang keliru atau kurang pada laporan yang terbit.",
        "Angkanya dihitung ulang dari data saat ini dan terbit sebagai versi baru.",
        "Versi lama tetap tersimpan dan dapat dibaca, dengan tanda sudah diganti.",
    )

    def get_title(self) -> str:
        return f"Perbaiki laporan {self.periode.label}"

    def get_breadcrumbs(self) -> list[Crumb]:
        return [
            *super().get_breadcrumbs(),
            (self.periode.label, self.laporan.get_absolute_url()),
        ]

    def get_initial(self) -> dict[str, Any]:
        return {"versi": self.laporan.versi}

    def perform(self, form: PerbaikanForm) -> Job:
        shown = list_versi(self.jenis, self.periode.kode).filter(
            versi=form.cleaned_data["versi"]
        )
        return request_correction(
            laporan=shown.first() or self.laporan,
            alasan=form.cleaned_data["alasan"],
            by=self.request.user,
        )

    def get_success_url_for(self, hasil: Job) -> str:
        return hasil.get_absolute_url()

    def get_cancel_url(self) -> str:
        return self.laporan.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(laporan=self.laporan, **kwargs)
