"""Statistics of personnel: sentence, chart, table, and the people behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from bkpsdmd.ui.components import ExportLink, Tab
from bkpsdmd.ui.formats import format_tanggal
from bkpsdmd.ui.views import Crumb, ListPageMixin, PageMixin, query_with
from simpeg.filters import KeadaanLampauFilter, read_tanggal
from simpeg.forms.statistik import StatistikForm
from simpeg.kolom_lampau import KOLOM_LAMPAU
from simpeg.models import KeadaanLampau, Potret
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.dimensi import Nilai
from simpeg.selectors.potret import find_potret, is_usang, list_lampau
from simpeg.selectors.rekap import JenisRekap
from simpeg.selectors.statistik import Rekap, Saringan, summarize_statistik
from simpeg.services import statistik
from simpeg.services.potret import request_potret
from simpeg.views.daftar import TampilanMixin, register_daftar
from simpeg.views.rekap import list_tab

PENSIUN = ("pensiun", "kelompok_jabatan")
# A longer table stands below its chart, not beside it.
BERDAMPINGAN = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class StatistikMixin(PageMixin):
    """Counts what the query asks for, in the scope of the person who asks."""

    permission = Permission.STATISTIK_VIEW
    active_menu = "simpeg:statistik-list"

    @cached_property
    def form(self) -> StatistikForm:
        return StatistikForm(self.request.GET, user=self.request.user)

    @cached_property
    def saringan(self) -> Saringan:
        """Return the filters; units of one perangkat daerah when there is but one."""
        saringan = self.form.saringan
        if self.form.dimensi_baris.kunci == "unit" and not saringan.opd:
            opd = get_lingkup(self.request.user).get_opd()
            return Saringan(opd, saringan.status)
        return saringan

    @cached_property
    def rekap(self) -> Rekap | None:
        """Return the figures; None where the question cannot be answered yet."""
        if not self.form.is_valid():
            return None
        if self.form.dimensi_baris.kunci == "unit" and not self.saringan.opd:
            self.form.add_error("opd", "Pilih satu perangkat daerah lebih dahulu.")
            return None
        lampau = self.form.tanggal_lampau
        if lampau and not (self.potret and self.potret.selesai_at):
            return None
        return summarize_statistik(
            get_lingkup(self.request.user),
            baris=self.form.dimensi_baris,
            kolom=self.form.dimensi_kolom,
            saringan=self.saringan,
            per_tanggal=lampau or timezone.localdate(),
            potret=self.potret,
        )

    @cached_property
    def potret(self) -> Potret | None:
        """Return the past day asked for, if it was derived or is being derived."""
        lampau = self.form.tanggal_lampau if self.form.is_valid() else None
        return find_potret(lampau) if lampau else None

    @property
    def untuk(self) -> str:
        return statistik.describe_saringan(
            self.saringan, get_lingkup(self.request.user)
        )


class StatistikView(StatistikMixin, TemplateView):
    template_name = "simpeg/statistik/list.html"
    title = "Statistik Pegawai"
    panduan = (
        "Pilih apa yang direkap; isi Dirinci menurut untuk tabel silang.",
        "Persempit menurut perangkat daerah atau status, lalu tekan Terapkan.",
        "Tekan sebuah angka untuk membuka daftar orangnya.",
        "Isi Keadaan tanggal untuk hari yang sudah lewat, lalu tekan Hitung sekali.",
        "Unduh Excel dan PDF mengikuti pilihan yang sedang tampak.",
        "Keadaan hari ini dihitung ulang paling lambat tiap sepuluh menit.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rekap = self.rekap
        return super().get_context_data(
            form=self.form,
            tab=self._list_tab(),
            rekap=rekap,
            lampau=self.form.tanggal_lampau if not self.form.errors else None,
            potret=self.potret,
            kueri_hitung=query_with(self.request.GET),
            is_usang=bool(rekap and self.potret and is_usang(self.potret)),
            **(self._describe(rekap) if rekap else {}),
            **kwargs,
        )

    def _list_tab(self) -> list[Tab]:
        is_pensiun = self.request.GET.get("baris") == PENSIUN[0]
        return list_tab(self.request, "pensiun" if is_pensiun else "rekapitulasi")

    def _describe(self, rekap: Rekap) -> dict[str, Any]:
        return {
            "judul": statistik.describe_judul(rekap),
            "untuk": self.untuk,
            "temuan": statistik.describe_temuan(rekap).replace(" %", "\xa0%"),
            "grafik": statistik.render_grafik(rekap),
            "is_berdampingan": not rekap.kolom
            and len(rekap.nilai_baris) <= BERDAMPINGAN,
            "grafik_catatan": statistik.describe_digambar(rekap),
            "baris": [self._row(rekap, nilai) for nilai in rekap.list_tabel()],
            "jumlah": self._row(rekap, None),
            "catatan": list(statistik.list_catatan(rekap)),
            "kueri": query_with(self.request.GET),
        }

    def _row(self, rekap: Rekap, nilai: Nilai | None) -> dict[str, Any]:
        """Return a row of the table, without `nilai` that of the sums."""
        n = rekap.count(nilai)
        return {
            "label": nilai.label if nilai else "Jumlah",
            "is_jumlah": bool(nilai and nilai.anggota),
            "sel": [
                (rekap.count(nilai, kolom), self._list_url(nilai, kolom))
                for kolom in rekap.nilai_kolom
            ],
            "jumlah": n,
            "url": self._list_url(nilai),
            "persen": statistik.compute_persen(n, rekap.total),
        }

    def _list_url(self, *values: Nilai | None) -> str:
        """Return the list of exactly these people."""
        query = dict(self.saringan.kueri)
        for nilai in values:
            query.update(nilai.kueri if nilai else ())
        if "unit" in query:
            # A unit says which perangkat daerah; one that has ended is in none.
            query.pop("opd", None)
        if self.form.tanggal_lampau:
            query["tanggal"] = self.form.tanggal_lampau.isoformat()
        return f"{self._daftar}?{urlencode(query)}" if query else self._daftar

    @cached_property
    def _daftar(self) -> str:
        if self.form.tanggal_lampau:
            return reverse("simpeg:statistik-orang")
        return reverse("simpeg:pegawai-list")


class StatistikHitungView(StatistikMixin, View):
    """Derives the past day that the query asks for, at once or by a job."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        lampau = self.form.tanggal_lampau if self.form.is_valid() else None
        if lampau is None:
            return _back(request)
        job = request_potret(
            tanggal=lampau, by=request.user, per_tanggal=timezone.localdate()
        )
        if job:
            return redirect(job)
        jenis = request.GET.get("rekap", "")
        if jenis in set(JenisRekap):
            address = reverse("simpeg:rekap-detail", args=[jenis])
            return redirect(f"{address}?tanggal={lampau}")
        return _back(request)


@register_daftar("orang-lampau", "simpeg:statistik-orang")
class StatistikOrangView(TampilanMixin, ListPageMixin, TemplateView):
    """The people behind a number of a past day, as they stood that day."""

    title = "Pegawai pada satu tanggal"
    columns = KOLOM_LAMPAU

    permission = Permission.STATISTIK_VIEW
    active_menu = "simpeg:statistik-list"
    template_name = "simpeg/statistik/orang.html"
    fragment_template = "simpeg/statistik/_orang.html"
    satuan = "pegawai"
    sorts = {"nama": ("nama_urut",)}
    filterset_class = KeadaanLampauFilter
    main_filters = ("q", "tanggal", "opd", "status")
    panduan = (
        "Daftar ini memuat orang menurut keadaan pada tanggal itu, bukan sekarang.",
        "Persempit dengan saringan; kembali ke Statistik untuk angka lain.",
        "Tekan nama untuk membuka datanya yang sekarang.",
    )

    @cached_property
    def potret(self) -> Potret | None:
        asked = read_tanggal(self.request.GET)
        found = find_potret(asked) if asked else None
        return found if found and found.selesai_at else None

    def get_title(self) -> str:
        if self.potret is None:
            return self.title
        return f"Pegawai per {format_tanggal(self.potret.tanggal)}"

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        above: list[Crumb] = [("Statistik Pegawai", reverse("simpeg:statistik-list"))]
        return above

    def get_exports(self) -> Sequence[ExportLink]:
        if self.potret is None or not self.request.user.has_perm(
            Permission.PEGAWAI_EXPORT
        ):
            return ()
        url = self.export_url("simpeg:nominatif-print")
        return (ExportLink("Daftar nominatif", url, "printer"),)

    def get_queryset(self) -> QuerySet[KeadaanLampau]:
        if self.potret is None:
            return KeadaanLampau.objects.none()
        return list_lampau(self.request.user, self.potret)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(potret=self.potret, **kwargs)


class StatistikXlsxView(StatistikMixin, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.rekap is None:
            return _back(request)
        content = statistik.write_statistik_xlsx(self.rekap, untuk=self.untuk)
        return _download(content, self.rekap, "xlsx", XLSX)


class StatistikPdfView(StatistikMixin, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.rekap is None:
            return _back(request)
        content = statistik.write_statistik_pdf(
            self.rekap, untuk=self.untuk, dibuat=timezone.now()
        )
        return _download(content, self.rekap, "pdf", "application/pdf")


def _back(request: HttpRequest) -> HttpResponse:
    """Show the page, which says what is wrong with the question."""
    return redirect(reverse("simpeg:statistik-list") + query_with(request.GET))


def _download(content: bytes, rekap: Rekap, suffix: str, kind: str) -> HttpResponse:
    names = [rekap.baris.kunci, *([rekap.kolom.kunci] if rekap.kolom else [])]
    name = f"statistik-{'-'.join(names)}-{rekap.per_tanggal}.{suffix}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
