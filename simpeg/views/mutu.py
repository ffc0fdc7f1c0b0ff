"""Data quality: the units, their points and months, and the people to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import TemplateView, View

from bkpsdmd.documents.models import get_kantor
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.components import ExportLink, Figure
from bkpsdmd.ui.formats import format_angka, format_persen
from bkpsdmd.ui.views import Crumb, ListPageMixin, PageMixin
from simpeg.choices import DimensiMutu
from simpeg.models import MutuPegawai, TemuanMutu, UnitKerja
from simpeg.models.mutu import PENUH
from simpeg.permissions import Permission
from simpeg.rules.mutu import describe_kode, list_kode
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.mutu import (
    UKURAN,
    BarisTemuan,
    BarisUnit,
    TitikTren,
    list_kurang,
    list_orang,
    list_temuan,
    list_tren,
    list_unit,
    summarize_unit,
)
from simpeg.selectors.unit_kerja import list_opd_in_scope
from simpeg.services.mutu import note_diperiksa
from simpeg.services.mutu_ekspor import (
    CATATAN,
    describe_tren,
    describe_unit,
    export_orang,
    print_orang,
    render_tren,
    write_unit_xlsx,
)
from simpeg.views.daftar import TampilanMixin, register_daftar
from simpeg.views.pegawai import PegawaiMixin

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The whole office is counted at most so often; one perangkat daerah each time.
SIMPAN_DETIK = 300


class MutuMixin(PageMixin):
    """The figures of the perangkat daerah in scope, or of the one in the address."""

    permission = Permission.MUTU_VIEW
    active_menu = "simpeg:mutu"

    @cached_property
    def opd(self) -> UnitKerja | None:
        """Return the perangkat daerah asked for, or the only one in scope."""
        wanted = self.request.GET.get("opd", "")
        if not wanted:
            return get_lingkup(self.request.user).get_opd()
        opd = (
            list_opd_in_scope(self.request.user).filter(pk=wanted).first()
            if wanted.isascii() and wanted.isdigit() and len(wanted) < 19
            else None
        )
        if opd is None:
            raise Http404
        return opd

    @cached_property
    def rekap(self) -> tuple[list[BarisUnit], list[BarisTemuan], list[TitikTren]]:
        lingkup, hari_ini = get_lingkup(self.request.user), timezone.localdate()
        if not lingkup:
            raise PermissionDenied
        opd = self.opd

        def count() -> Any:
            units = [
                one
                for one in list_unit(lingkup)
                if opd is None or (one.opd and one.opd.pk == opd.pk)
            ]
            return (
                units,
                list_temuan(lingkup, hari_ini, opd=opd),
                list_tren(lingkup, opd=opd) if lingkup.semua or opd else [],
            )

        if lingkup.semua and opd is None:
            key = f"mutu:{hari_ini}"
            found = cache.get(key)
            if found is None:
                found = count()
                cache.set(key, found, SIMPAN_DETIK)
            return found  # type: ignore[no-any-return]
        return count()  # type: ignore[no-any-return]

    @property
    def untuk(self) -> str:
        if self.opd:
            return self.opd.nama
        lingkup = get_lingkup(self.request.user)
        if lingkup.semua:
            return get_kantor().nama_instansi
        return ", ".join(dict.fromkeys(unit.nama for unit in lingkup.units))


class MutuView(MutuMixin, TemplateView):
    template_name = "simpeg/mutu/list.html"
    title = "Mutu Data"
    # How many points are shown before "the rest".
    BUTIR = 12
    panduan = (
        "Nilai memuat empat dimensi: kelengkapan, ketepatan waktu, akurasi, konsistensi.",
        "Tekan nama perangkat daerah untuk melihat butir terlemah dan perkembangannya.",
        "Tekan jumlah orang pada sebuah butir untuk membuka daftar yang perlu dihubungi.",
        "Pada halaman orangnya, setiap kekurangan menunjuk formulir yang memperbaikinya.",
    )

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        if self.opd and get_lingkup(self.request.user).get_opd() is None:
            return [("Mutu Data", reverse("simpeg:mutu"))]
        return []

    def get_title(self) -> str:
        return f"Mutu Data {self.opd.nama}" if self.opd else self.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        units, temuan, tren = self.rekap
        jumlah = summarize_unit(units, self.untuk)
        kueri = {"opd": self.opd.pk} if self.opd else {}
        orang = reverse("simpeg:mutu-orang")
        return super().get_context_data(
            opd=self.opd,
            untuk=self.untuk,
            units=units if self.opd is None else [],
            jumlah=jumlah,
            temuan_kalimat=describe_unit(jumlah, temuan) if jumlah else "",
            angka=self._list_angka(jumlah, f"{orang}?{urlencode(kueri)}")
            if jumlah
            else [],
            dimensi=list(DimensiMutu),
            temuan=[
                (one, f"{orang}?{urlencode({**kueri, 'kode': one.kode})}")
                for one in temuan[: self.BUTIR]
            ],
            sisa=len(temuan) - self.BUTIR,
            tren=tren,
            tren_baris=[(titik, [titik.nilai[n] for n in UKURAN]) for titik in tren],
            unit_baris=[(one, [one.nilai[n] for n in UKURAN]) for one in units],
            tren_judul=describe_tren(tren) if len(tren) > 1 else "",
            tren_gambar=render_tren(tren),
            kueri=f"?{urlencode(kueri)}" if kueri else "",
            catatan=CATATAN,
            **kwargs,
        )

    def _list_angka(self, jumlah: BarisUnit, orang: str) -> list[Figure]:
        return [
            Figure(
                "Mutu data",
                format_persen(jumlah.skor),
                f"{format_angka(jumlah.orang)} pegawai aktif",
            ),
            *(
                Figure(satu.label, format_persen(jumlah.nilai[satu.value]))
                for satu in DimensiMutu
            ),
            Figure(
                "Tanpa kekurangan",
                format_angka(jumlah.lengkap),
                "orang; yang lain perlu dilengkapi",
                url=orang,
            ),
        ]


class MutuXlsxView(MutuMixin, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        units, temuan, _ = self.rekap
        hari_ini = timezone.localdate()
        content = write_unit_xlsx(
            units,
            temuan,
            judul=f"Mutu data {self.untuk}",
            per_tanggal=hari_ini,
        )
        return _download(content, f"mutu-data-{hari_ini}.xlsx", XLSX)


def _list_kode() -> list[tuple[str, list[tuple[str, str]]]]:
    hari_ini = timezone.localdate()
    groups: dict[str, list[tuple[str, str]]] = {d.label: [] for d in DimensiMutu}
    for kode, dimensi in list_kode(per_tanggal=hari_ini):
        groups[dimensi.label].append((kode, describe_kode(kode, per_tanggal=hari_ini)))
    return list(groups.items())


def _list_opd(request: Any) -> QuerySet[UnitKerja]:
    return list_opd_in_scope(request.user)


class MutuFilter(filters.FilterSet):
    """`kode` is one point, `dimensi` whatever lowers one of the four."""

    opd = filters.ModelChoiceFilter(
        label="Perangkat daerah", queryset=_list_opd, empty_label="Semua"
    )
    kode = filters.ChoiceFilter(
        label="Yang kurang",
        choices=_list_kode,
        empty_label="Apa saja",
        method="of_kode",
    )
    dimensi = filters.ChoiceFilter(
        label="Dimensi",
        choices=DimensiMutu.choices(),
        empty_label="Semua",
        method="of_dimensi",
    )

    class Meta:
        model = MutuPegawai
        fields: list[str] = []

    def of_kode(self, queryset: Any, name: str, value: str) -> Any:
        rows = TemuanMutu.objects.filter(pegawai=OuterRef("pk"), kode=value)
        return queryset.filter(Exists(rows))

    def of_dimensi(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(**{f"{value}__lt": PENUH})


@register_daftar("mutu-orang", "simpeg:mutu-orang")
class MutuOrangView(TampilanMixin, ListPageMixin, TemplateView):
    """The people whose data miss something: whom to ask, and for what."""

    permission = Permission.MUTU_VIEW
    active_menu = "simpeg:mutu"
    template_name = "simpeg/mutu/orang.html"
    fragment_template = "simpeg/mutu/_orang.html"
    title = "Orang yang Perlu Dihubungi"
    satuan = "orang"
    sorts = {"mutu": ("skor",)}
    filterset_class = MutuFilter
    main_filters = ("opd", "kode", "dimensi")
    breadcrumbs = (("Mutu Data", "/simpeg/mutu/"),)
    panduan = (
        "Daftar ini memuat pegawai aktif yang datanya masih kurang, terburuk di atas.",
        "Pilih satu butir untuk mengumpulkan satu hal dari banyak orang sekaligus.",
        "Cetak daftarnya sebagai pegangan, atau unduh Excel.",
    )

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [("Mutu Data", reverse("simpeg:mutu"))]

    def get_queryset(self) -> QuerySet[MutuPegawai]:
        return list_orang(get_lingkup(self.request.user))

    def get_exports(self) -> Sequence[ExportLink]:
        if not self.request.user.has_perm(Permission.PEGAWAI_EXPORT):
            return ()
        url = self.export_url("simpeg:mutu-ekspor")
        joint = "&" if "?" in url and not url.endswith("?") else ""
        base = url if "?" in url else f"{url}?"
        return (
            ExportLink("Cetak", f"{base}{joint}bentuk=pdf", "printer", post=True),
            ExportLink("Unduh Excel", f"{base}{joint}bentuk=xlsx", post=True),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = self.request.user
        context["baris"] = list_kurang(context["daftar"].rows, timezone.localdate())
        context["can_hp"] = user.has_perm(Permission.PEGAWAI_SENSITIVE)
        return context


class MutuEksporView(MutuOrangView):
    """The list as paper or workbook, with the filter that was set."""

    permission = Permission.PEGAWAI_EXPORT
    http_method_names = ["post"]

    def has_permission(self) -> bool:
        return super().has_permission() and self.request.user.has_perm(
            Permission.MUTU_VIEW
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        hari_ini = timezone.localdate()
        rows = self.filtered_queryset.order_by("skor", "pk")
        kode = request.GET.get("kode", "")
        judul = "Orang yang perlu dihubungi"
        if kode and self.filterset.is_valid():
            judul += f": {describe_kode(kode, per_tanggal=hari_ini)}"
        try:
            if request.GET.get("bentuk") == "pdf":
                content = print_orang(
                    rows,
                    judul=judul,
                    untuk=self._untuk(),
                    by=request.user,
                    per_tanggal=hari_ini,
                    dibuat=timezone.now(),
                )
                return _download(
                    content, f"mutu-data-orang-{hari_ini}.pdf", "application/pdf"
                )
            content = export_orang(
                rows, judul=judul, by=request.user, per_tanggal=hari_ini
            )
        except DomainError as error:
            messages.error(request, error.pesan)
            return redirect(self.export_url("simpeg:mutu-orang"))
        return _download(content, f"mutu-data-orang-{hari_ini}.xlsx", XLSX)

    def _untuk(self) -> str:
        opd = (
            self.filterset.form.cleaned_data.get("opd")
            if self.filterset.is_valid()
            else None
        )
        lingkup = get_lingkup(self.request.user)
        if opd:
            return str(opd.nama)
        if lingkup.semua:
            return get_kantor().nama_instansi
        return ", ".join(dict.fromkeys(unit.nama for unit in lingkup.units))


class PegawaiCheckView(PegawaiMixin, View):
    """An officer's word that a whole record was gone through with its papers."""

    permission = Permission.PEGAWAI_CHANGE
    http_method_names = ["post"]

    def has_permission(self) -> bool:
        return super().has_permission() and self.can_change

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        note_diperiksa(
            pegawai=self.pegawai, by=request.user, per_tanggal=timezone.localdate()
        )
        messages.success(request, "Tercatat: data ini diperiksa hari ini.")
        return redirect(self.pegawai)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
