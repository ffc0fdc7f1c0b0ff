"""Statistics of personnel: sentence, chart, table, and the people behind each number."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from bkpsdmd.ui.components import Tab
from bkpsdmd.ui.views import PageMixin, query_with
from simpeg.forms.statistik import StatistikForm
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.statistik import Nilai, Rekap, Saringan, summarize_statistik
from simpeg.services import statistik

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
        return summarize_statistik(
            get_lingkup(self.request.user),
            baris=self.form.dimensi_baris,
            kolom=self.form.dimensi_kolom,
            saringan=self.saringan,
            per_tanggal=timezone.localdate(),
        )

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
        "Unduh Excel dan PDF mengikuti pilihan yang sedang tampak.",
        "Angkanya keadaan hari ini, dihitung ulang paling lambat tiap sepuluh menit.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rekap = self.rekap
        return super().get_context_data(
            form=self.form,
            tab=self._list_tab(),
            rekap=rekap,
            **(self._describe(rekap) if rekap else {}),
            **kwargs,
        )

    def _list_tab(self) -> list[Tab]:
        query = self.request.GET
        is_pensiun = query.get("baris") == PENSIUN[0]
        rekap = query_with(query, baris=None, kolom=None) if is_pensiun else "?"
        return [
            Tab("Rekapitulasi", rekap, not is_pensiun),
            Tab(
                "Proyeksi pensiun",
                query_with(query, baris=PENSIUN[0], kolom=PENSIUN[1]),
                is_pensiun,
            ),
        ]

    def _describe(self, rekap: Rekap) -> dict[str, Any]:
        return {
            "judul": statistik.describe_judul(rekap),
            "untuk": self.untuk,
            "temuan": statistik.describe_temuan(rekap).replace(" %", "\xa0%"),
            "grafik": statistik.render_grafik(rekap),
            "is_berdampingan": not rekap.kolom
            and len(rekap.nilai_baris) <= BERDAMPINGAN,
            "grafik_catatan": statistik.describe_digambar(rekap),
            "baris": [self._row(rekap, nilai) for nilai in rekap.nilai_baris],
            "jumlah": self._row(rekap, None),
            "catatan": list(statistik.list_catatan(rekap)),
            "kueri": query_with(self.request.GET),
        }

    def _row(self, rekap: Rekap, nilai: Nilai | None) -> dict[str, Any]:
        """Return a row of the table, without `nilai` that of the sums."""
        n = rekap.count(nilai)
        return {
            "label": nilai.label if nilai else "Jumlah",
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
        return f"{self._daftar}?{urlencode(query)}" if query else self._daftar

    @cached_property
    def _daftar(self) -> str:
        return reverse("simpeg:pegawai-list")


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
