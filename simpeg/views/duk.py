"""Today's daftar urut kepangkatan on a page; the official one as a file of any date."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from bkpsdmd.ui.views import FormPageMixin, ListPageMixin
from simpeg.forms.isian import TanggalInput
from simpeg.models import KeadaanPegawai, UnitKerja
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.unit_kerja import list_unit_duk
from simpeg.services.duk import request_duk
from simpeg.views.daftar import TampilanMixin, register_daftar


class DukFilter(filters.FilterSet):
    opd = filters.ModelChoiceFilter(
        label="Perangkat daerah",
        queryset=lambda request: list_unit_duk(request.user).opd(),
        empty_label="Semua",
    )

    class Meta:
        model = KeadaanPegawai
        fields: list[str] = []


@register_daftar("duk", "simpeg:duk-list")
class DukListView(TampilanMixin, ListPageMixin, TemplateView):
    permission = Permission.DUK_VIEW
    template_name = "simpeg/duk/list.html"
    fragment_template = "simpeg/duk/_table.html"
    title = "Daftar Urut Kepangkatan"
    satuan = "PNS"
    sorts = {"duk": ("kunci_duk",)}
    filterset_class = DukFilter
    main_filters = ("opd",)
    panduan = (
        "Daftar ini mengikuti keadaan hari ini; pilih perangkat daerah bila perlu.",
        "Untuk DUK resmi tekan Cetak, pilih unit dan tanggal keadaannya.",
        "Berkasnya dibuat di belakang layar; halaman boleh ditinggalkan.",
    )

    def get_queryset(self) -> QuerySet[KeadaanPegawai]:
        return (
            KeadaanPegawai.objects.within(get_lingkup(self.request.user))
            .aktif()
            .filter(kunci_duk__gt="")
            .select_related("unit_kerja", "pendidikan")
        )


class DukPrintForm(forms.Form):
    unit = forms.ModelChoiceField(
        UnitKerja.objects.none(), label="Unit kerja", empty_label="Pilih unit"
    )
    per_tanggal = forms.DateField(
        label="Keadaan per tanggal",
        widget=TanggalInput(),
        help_text="DUK tahunan memakai keadaan 31 Desember.",
    )
    bentuk = forms.ChoiceField(
        label="Bentuk berkas",
        choices=[("pdf", "PDF untuk dicetak"), ("xlsx", "Excel untuk diolah")],
        widget=forms.RadioSelect(),
        initial="pdf",
    )


class DukPrintView(FormPageMixin, FormView):
    permission = Permission.DUK_VIEW
    form_class = DukPrintForm
    title = "Cetak daftar urut kepangkatan"
    submit_label = "Buat berkas"
    active_menu = "simpeg:duk-list"
    keep_draft = False
    panduan = (
        "Pilih unit kerja dan tanggal keadaan.",
        "Tekan Buat berkas; kemajuannya tampak di halaman berikut.",
        "Setelah selesai, unduh berkasnya dari halaman yang sama.",
    )

    def get_breadcrumbs(self) -> list[tuple[str, str | None]]:
        return [("Daftar Urut Kepangkatan", reverse("simpeg:duk-list"))]

    def get_form(self, form_class: Any = None) -> DukPrintForm:
        form: DukPrintForm = super().get_form(form_class)
        form.fields["unit"].queryset = list_unit_duk(self.request.user)
        return form

    def get_initial(self) -> dict[str, Any]:
        hari_ini: dt.date = timezone.localdate()
        return {
            "per_tanggal": hari_ini,
            "unit": self.request.GET.get("opd"),
            "bentuk": "pdf",
        }

    def perform(self, form: DukPrintForm) -> Any:
        return request_duk(**form.cleaned_data, by=self.request.user)

    def get_success_url_for(self, hasil: Any) -> str:
        return reverse("jobs:detail", args=[hasil.pk])

    def get_cancel_url(self) -> str:
        return reverse("simpeg:duk-list")
