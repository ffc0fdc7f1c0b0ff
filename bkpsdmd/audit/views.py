"""The log for auditors: search it, look at one event, take it along, check its seals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from bkpsdmd.accounts.models import User
from bkpsdmd.audit.choices import KeadaanSegel, Saluran
from bkpsdmd.audit.export import export_jejak, export_segel, request_export
from bkpsdmd.audit.filters import JejakFilter, SegelFilter
from bkpsdmd.audit.models import Event, Segel
from bkpsdmd.audit.permissions import Permission
from bkpsdmd.audit.presenters import Isian, describe, list_changes
from bkpsdmd.audit.subjects import get_subject
from bkpsdmd.audit.tasks import JOB_PERIKSA
from bkpsdmd.jobs.services import enqueue
from bkpsdmd.ui.components import ExportLink
from bkpsdmd.ui.pager import COUNT_LIMIT
from bkpsdmd.ui.views import Crumb, ListPageMixin, PageMixin


@dataclass(frozen=True)
class Tentang:
    """The person an event is about, with the address of their page where it may open."""

    label: str
    url: str


def list_tentang(events: Iterable[Event], user: User) -> dict[int, Tentang]:
    """Return whom each event is about: one query per type of person, not per event."""
    wanted: dict[str, dict[int, str]] = {}
    for event in events:
        if event.subject_type:
            wanted.setdefault(event.subject_type, {})[event.pk] = event.subject_id
    found = {}
    for jenis, ids in wanted.items():
        subject = get_subject(jenis)
        if subject is None:
            continue
        labels = subject.list_labels(set(ids.values()))
        for pk, subject_id in ids.items():
            if subject_id in labels:
                url = subject.get_url(subject_id, user)
                found[pk] = Tentang(labels[subject_id], url)
    return found


@dataclass(frozen=True)
class Baris:
    event: Event
    kalimat: str
    perubahan: list[Isian]
    tentang: Tentang | None


def list_baris(events: Sequence[Event], user: User) -> list[Baris]:
    tentang = list_tentang(events, user)
    return [
        Baris(event, describe(event), list_changes(event), tentang.get(event.pk))
        for event in events
    ]


class JejakListView(ListPageMixin, TemplateView):
    permission = Permission.JEJAK_VIEW
    template_name = "audit/list.html"
    fragment_template = "audit/_table.html"
    title = "Jejak Audit"
    satuan = "kejadian"
    sorts = {"waktu": ("-pk",)}
    filterset_class = JejakFilter
    main_filters = ("orang", "pelaku", "kejadian", "dari", "sampai")
    carried_filters = ("objek", "subjek", "rombongan")
    panduan = (
        "Setiap perubahan data di portal tercatat di sini: siapa, kapan, dari mana, apa "
        "yang berubah, dan mengapa. Yang terbaru di atas.",
        "Persempit menurut orang yang datanya berubah atau pelakunya (nama atau NIP), jenis "
        "kejadian, atau tanggal. Untuk pekerjaan otomatis ketik sistem sebagai pelaku.",
        "Tekan waktu sebuah kejadian untuk rinciannya, lalu lihat semua kejadian pada "
        "objek, orang, atau rombongan yang sama.",
        "Unduh Excel mengikuti saringan; pengunduhannya ikut tercatat.",
        "Catatan ini tidak dapat diubah. Segel harian membuktikannya.",
    )

    def get_queryset(self) -> QuerySet[Event]:
        return Event.objects.visible_to(self.request.user).select_related("actor")

    def get_exports(self) -> Sequence[ExportLink]:
        if not self.request.user.has_perm(Permission.JEJAK_EXPORT):
            return ()
        return (
            ExportLink("Unduh Excel", self.export_url("audit:jejak-export"), post=True),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["baris"] = list_baris(context["daftar"].rows, self.request.user)
        return context


class JejakExportView(JejakListView):
    """The list as XLSX: at once up to 10,000 rows, as a job beyond."""

    permission = Permission.JEJAK_EXPORT
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        rows = self.filtered_queryset
        if rows.order_by().values("pk")[: COUNT_LIMIT + 1].count() > COUNT_LIMIT:
            job = request_export(query=request.GET.urlencode(), by=request.user)
            return redirect("jobs:detail", pk=job.pk)
        file = export_jejak(rows=rows, by=request.user)
        name = f"jejak-audit-{timezone.localdate():%Y-%m-%d}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name)


class JejakDetailView(PageMixin, TemplateView):
    permission = Permission.JEJAK_VIEW
    template_name = "audit/detail.html"
    title = "Kejadian"
    active_menu = "audit:jejak-list"
    panduan = (
        "Halaman ini memuat semua yang tercatat tentang satu kejadian.",
        "Nilai NIK, alamat, dan nomor telepon tidak pernah dicatat; yang tercatat hanya "
        "bahwa isian itu berubah.",
        "Tautan di bawahnya membuka kejadian lain pada objek, orang, atau rombongan itu.",
    )

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return (("Jejak Audit", reverse("audit:jejak-list")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event = get_object_or_404(
            Event.objects.visible_to(self.request.user).select_related("actor"),
            pk=self.kwargs["pk"],
        )
        baris = list_baris([event], self.request.user)[0]
        subject = get_subject(event.object_type)
        return super().get_context_data(
            baris=baris,
            event=event,
            lewat=Saluran(event.channel).label,
            objek_url=subject.get_url(event.object_id, self.request.user)
            if subject
            else "",
            terkait=self._list_related(event, baris),
            segel=Segel.objects.filter(
                mulai__lte=event.at, selesai__gt=event.at
            ).first(),
            **kwargs,
        )

    @staticmethod
    def _list_related(event: Event, baris: Baris) -> list[tuple[str, str]]:
        related = [
            (
                "Semua kejadian pada objek ini",
                "objek",
                event.object_type,
                event.object_id,
            )
        ]
        if event.subject_type:
            label = baris.tentang.label if baris.tentang else "orang ini"
            related.append(
                (
                    f"Semua kejadian tentang {label}",
                    "subjek",
                    event.subject_type,
                    event.subject_id,
                )
            )
        daftar = reverse("audit:jejak-list")
        links = [(teks, f"{daftar}?{kunci}={a}:{b}") for teks, kunci, a, b in related]
        if event.batch:
            links.append(
                ("Semua kejadian serombongan", f"{daftar}?rombongan={event.batch}")
            )
        return links


class SegelListView(ListPageMixin, TemplateView):
    permission = Permission.SEGEL_VIEW
    template_name = "audit/segel_list.html"
    fragment_template = "audit/_segel_table.html"
    title = "Segel Harian Jejak Audit"
    satuan = "hari"
    sorts = {"tanggal": ("-tanggal",)}
    filterset_class = SegelFilter
    main_filters = ("keadaan", "tahun")
    panduan = (
        "Setiap malam kejadian hari itu dihitung dan disegel. Segel lama diperiksa ulang "
        "bergiliran setiap malam.",
        "Tidak cocok berarti catatan hari itu hilang, bertambah, atau berubah di luar "
        "portal. Hentikan pekerjaan pada basis data dan hubungi auditor.",
        "Periksa sekarang memeriksa semua hari; halamannya boleh ditinggalkan.",
        "Unduh Excel secara berkala dan simpan di luar kantor: bila basis data dan segel "
        "sama-sama diganti, salinan itulah buktinya.",
    )

    def get_queryset(self) -> QuerySet[Segel]:
        return Segel.objects.all()

    def get_exports(self) -> Sequence[ExportLink]:
        return (
            ExportLink("Unduh Excel", self.export_url("audit:segel-export"), post=True),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rusak=Segel.objects.filter(keadaan=KeadaanSegel.RUSAK).count(),
            **kwargs,
        )


class SegelExportView(SegelListView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        rows = self.filtered_queryset.order_by("-tanggal")
        file = export_segel(rows=rows, by=request.user)
        name = f"segel-jejak-audit-{timezone.localdate():%Y-%m-%d}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name)


class SegelCheckView(PageMixin, View):
    """Ask for a check of every seal; its job tells how far it is."""

    permission = Permission.SEGEL_CHECK
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not Segel.objects.exists():
            messages.info(
                request,
                "Belum ada hari yang disegel; segel pertama dibuat nanti malam.",
            )
            return redirect("audit:segel-list")
        job = enqueue(JOB_PERIKSA, by=request.user)
        return redirect("jobs:detail", pk=job.pk)
