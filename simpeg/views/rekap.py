"""Rekaps that are no dimension of people, each with the rows behind its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from bkpsdmd.ui.components import Tab
from bkpsdmd.ui.views import Crumb, ListPageMixin, PageMixin, query_with
from simpeg.choices import Eselon, TingkatHukuman
from simpeg.forms.statistik import RekapForm
from simpeg.models import Pegawai, Potret
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.potret import find_potret
from simpeg.selectors.rekap import (
    BarisLembar,
    JenisRekap,
    Lembar,
    Tanya,
    build_lembar,
    list_hukuman,
    list_jabatan_eselon,
    list_penghargaan,
    tingkat_q,
)
from simpeg.selectors.statistik import Saringan
from simpeg.services import rekap as services
from simpeg.services.statistik import describe_saringan

# So many rows stand on the page; the files hold all.
TAMPIL = 300
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_tab(request: HttpRequest, aktif: str) -> list[Tab]:
    """Return the pages of the statistics that this user may open."""
    user = request.user
    return [
        Tab("Rekapitulasi", reverse("simpeg:statistik-list"), aktif == "rekapitulasi"),
        Tab(
            "Proyeksi pensiun",
            reverse("simpeg:statistik-list") + "?baris=pensiun&kolom=kelompok_jabatan",
            aktif == "pensiun",
        ),
        *(
            Tab(
                one.label,
                reverse("simpeg:rekap-detail", args=[one.value]),
                aktif == one.value,
            )
            for one in JenisRekap
            if not one.is_tertutup or user.has_perm(Permission.PEGAWAI_SENSITIVE)
        ),
    ]


class RekapMixin(PageMixin):
    """A rekap in the scope of the person who asks, of today or of a derived day."""

    permission = Permission.STATISTIK_VIEW
    active_menu = "simpeg:statistik-list"
    kwargs: dict[str, Any]

    def has_permission(self) -> bool:
        return super().has_permission() and (
            not self.jenis.is_tertutup
            or self.request.user.has_perm(Permission.PEGAWAI_SENSITIVE)
        )

    @cached_property
    def jenis(self) -> JenisRekap:
        try:
            return JenisRekap(self.kwargs["jenis"])  # type: ignore[call-arg]
        except ValueError:
            raise Http404 from None

    @cached_property
    def form(self) -> RekapForm:
        return RekapForm(self.request.GET, user=self.request.user)

    @cached_property
    def potret(self) -> Potret | None:
        lampau = self.form.tanggal_lampau
        return find_potret(lampau) if lampau else None

    @cached_property
    def tanya(self) -> Tanya | None:
        """Return the question; None where it cannot be answered yet."""
        if not self.form.is_valid():
            return None
        lampau = self.form.tanggal_lampau
        if lampau and not (self.potret and self.potret.selesai_at):
            return None
        return Tanya(
            get_lingkup(self.request.user),
            lampau or timezone.localdate(),
            self.form.cleaned_data["opd"],
            self.potret,
        )

    @cached_property
    def lembar(self) -> Lembar | None:
        return build_lembar(self.jenis, self.tanya) if self.tanya else None

    @property
    def untuk(self) -> str:
        opd = self.form.cleaned_data.get("opd")
        return describe_saringan(Saringan(opd), get_lingkup(self.request.user))


class RekapView(RekapMixin, TemplateView):
    template_name = "simpeg/statistik/rekap.html"
    panduan = (
        "Pilih perangkat daerah atau tanggal keadaan, lalu tekan Terapkan.",
        "Tekan sebuah angka untuk membuka yang dihitungnya.",
        "Unduh Excel dan PDF mengikuti pilihan yang sedang tampak.",
    )

    def get_title(self) -> str:
        return "Statistik Pegawai"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lembar = self.lembar
        return super().get_context_data(
            form=self.form,
            tab=list_tab(self.request, self.jenis.value),
            lembar=lembar,
            untuk=self.untuk if lembar else "",
            grafik=services.render_grafik(lembar) if lembar else "",
            grafik_catatan=services.describe_digambar(lembar) if lembar else "",
            baris=[self._row(one) for one in lembar.baris[:TAMPIL]] if lembar else [],
            sisa=max(0, len(lembar.baris) - TAMPIL) if lembar else 0,
            jumlah=self._row(lembar.jumlah) if lembar and lembar.jumlah else None,
            lampau=self.form.tanggal_lampau if not self.form.errors else None,
            potret=self.potret,
            kueri=query_with(self.request.GET),
            **kwargs,
        )

    def _row(self, baris: BarisLembar) -> dict[str, Any]:
        return {
            "label": baris.label,
            "sel": [(sel, self._url(sel.kueri)) for sel in baris.sel],
        }

    def _url(self, kueri: tuple[tuple[str, str], ...]) -> str:
        kept = {
            name: self.request.GET[name]
            for name in ("opd", "tanggal")
            if self.request.GET.get(name)
        }
        query = urlencode({**kept, **dict(kueri)})
        address = reverse("simpeg:rekap-rincian", args=[self.jenis.value])
        return f"{address}?{query}"


class RekapXlsxView(RekapMixin, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, jenis: str) -> HttpResponse:
        if self.lembar is None:
            return self.go_back()
        content = services.write_rekap_xlsx(self.lembar, untuk=self.untuk)
        return self.download(content, "xlsx", XLSX)

    def go_back(self) -> HttpResponse:
        """Show the page, which says what is wrong with the question."""
        address = reverse("simpeg:rekap-detail", args=[self.jenis.value])
        return redirect(address + query_with(self.request.GET))

    def download(self, content: bytes, suffix: str, kind: str) -> HttpResponse:
        day = self.tanya.per_tanggal if self.tanya else ""
        name = f"rekap-{self.jenis.value}-{day}.{suffix}"
        return HttpResponse(
            content,
            content_type=kind,
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "private, no-store",
                "X-Content-Type-Options": "nosniff",
            },
        )


class RekapPdfView(RekapXlsxView):
    def get(self, request: HttpRequest, jenis: str) -> HttpResponse:
        if self.lembar is None:
            return self.go_back()
        content = services.write_rekap_pdf(
            self.lembar, untuk=self.untuk, dibuat=timezone.now()
        )
        return self.download(content, "pdf", "application/pdf")


# -- The rows behind a number -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BarisRincian:
    judul: str
    kecil: str
    url: str
    sel: tuple[str, ...]
    # Where the last cell leads, if it is somebody.
    url_akhir: str = ""


@dataclass(frozen=True)
class Rincian:
    """What stands behind the numbers of one rekap, and how its list is drawn."""

    kolom: tuple[str, ...]
    urut: tuple[str, ...]
    satuan: str
    rows: Callable[[Tanya, Mapping[str, str]], QuerySet[Any]]
    show: Callable[[Sequence[Any]], list[BarisRincian]]


def _rows_eselon(tanya: Tanya, asked: Mapping[str, str]) -> QuerySet[Any]:
    rows = list_jabatan_eselon(tanya).select_related("unit_kerja")
    if asked.get("eselon") in set(Eselon):
        rows = rows.filter(eselon=asked["eselon"])
    if asked.get("isi") in {"terisi", "kosong"}:
        rows = rows.filter(pemangku__isnull=asked["isi"] == "kosong")
    return rows


def _show_eselon(rows: Sequence[Any]) -> list[BarisRincian]:
    people = Pegawai.objects.in_bulk([row.pemangku for row in rows if row.pemangku])
    shown = []
    for row in rows:
        orang = people.get(row.pemangku)
        shown.append(
            BarisRincian(
                row.nama,
                row.unit_kerja.nama,
                "",
                (row.eselon, orang.nama_lengkap if orang else "kosong"),
                orang.get_absolute_url() if orang else "",
            )
        )
    return shown


def _rows_bezetting(tanya: Tanya, asked: Mapping[str, str]) -> QuerySet[Any]:
    rows = tanya.orang.filter(jabatan__isnull=False)
    if (asked.get("jabatan") or "").isdecimal():
        rows = rows.filter(jabatan=asked["jabatan"])
    if asked.get("jenis") == "pns":
        rows = rows.filter(status__in=["pns", "cpns"])
    elif asked.get("jenis") == "pppk":
        rows = rows.exclude(status__in=["pns", "cpns"])
    return rows.select_related("pegawai", "jabatan", "unit_kerja")


def _show_bezetting(rows: Sequence[Any]) -> list[BarisRincian]:
    return [
        BarisRincian(
            row.pegawai.nama_lengkap,
            row.pegawai.nip,
            row.pegawai.get_absolute_url(),
            (row.jabatan.nama, row.unit_kerja.nama if row.unit_kerja else "–"),
        )
        for row in rows
    ]


def _tahun_q(asked: Mapping[str, str], field: str) -> Q:
    condition = Q()
    if (asked.get("tahun") or "").isdecimal():
        condition &= Q(**{field: int(asked["tahun"])})
    if (asked.get("sebelum") or "").isdecimal():
        condition &= Q(**{f"{field}__lt": int(asked["sebelum"])})
    return condition


def _rows_hukuman(tanya: Tanya, asked: Mapping[str, str]) -> QuerySet[Any]:
    rows = list_hukuman(tanya).filter(_tahun_q(asked, "tmt__year"))
    if asked.get("tingkat") in set(TingkatHukuman):
        rows = rows.filter(tingkat_q(asked["tingkat"]))
    return rows.select_related("pegawai", "jenis")


def _rows_penghargaan(tanya: Tanya, asked: Mapping[str, str]) -> QuerySet[Any]:
    rows = list_penghargaan(tanya).filter(_tahun_q(asked, "tahun"))
    if (asked.get("jenis") or "").isdecimal():
        rows = rows.filter(jenis=asked["jenis"])
    return rows.select_related("pegawai", "jenis")


def _show_catatan(rows: Sequence[Any]) -> list[BarisRincian]:
    return [
        BarisRincian(
            row.pegawai.nama_lengkap,
            row.pegawai.nip,
            row.pegawai.get_absolute_url(),
            (row.jenis.nama, str(getattr(row, "tahun", "") or row.tmt.year)),
        )
        for row in rows
    ]


RINCIAN: Mapping[JenisRekap, Rincian] = {
    JenisRekap.ESELON: Rincian(
        ("Jabatan dan unit", "Eselon", "Pemangku"),
        ("eselon", "nama"),
        "jabatan",
        _rows_eselon,
        _show_eselon,
    ),
    JenisRekap.BEZETTING: Rincian(
        ("Nama dan NIP", "Jabatan", "Unit kerja"),
        ("nama_urut",),
        "pegawai",
        _rows_bezetting,
        _show_bezetting,
    ),
    JenisRekap.HUKUMAN: Rincian(
        ("Nama dan NIP", "Hukuman", "Tahun"),
        ("-tmt",),
        "hukuman",
        _rows_hukuman,
        _show_catatan,
    ),
    JenisRekap.PENGHARGAAN: Rincian(
        ("Nama dan NIP", "Penghargaan", "Tahun"),
        ("-tahun",),
        "penghargaan",
        _rows_penghargaan,
        _show_catatan,
    ),
}


class RekapRincianView(RekapMixin, ListPageMixin, TemplateView):
    template_name = "simpeg/statistik/rincian.html"
    fragment_template = "simpeg/statistik/_rincian.html"
    panduan = (
        "Daftar ini memuat yang dihitung oleh angka yang Anda tekan.",
        "Kembali ke rekapnya lewat tautan di atas judul untuk angka lain.",
        "Tekan nama untuk membuka datanya.",
    )

    @property
    def rincian(self) -> Rincian:
        return RINCIAN[self.jenis]

    @property
    def sorts(self) -> Mapping[str, Sequence[str]]:  # type: ignore[override]
        return {"baku": self.rincian.urut}

    @property
    def satuan(self) -> str:  # type: ignore[override]
        return self.rincian.satuan

    def get_title(self) -> str:
        return self.jenis.label

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        address = reverse("simpeg:rekap-detail", args=[self.jenis.value])
        above: list[Crumb] = [("Statistik Pegawai", address)]
        return above

    def get_queryset(self) -> QuerySet[Any]:
        if self.tanya is None:
            empty = Tanya(get_lingkup(self.request.user), timezone.localdate())
            return self.rincian.rows(empty, {}).none()
        return self.rincian.rows(self.tanya, self.request.GET.dict())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(kolom=self.rincian.kolom, **kwargs)
        context["baris"] = self.rincian.show(context["daftar"].rows)
        return context
