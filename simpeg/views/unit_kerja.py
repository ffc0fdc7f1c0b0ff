"""The tree of units on a date: names, who leads, and today how many people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from bkpsdmd.ui.views import PageMixin
from simpeg.forms.isian import TanggalInput
from simpeg.models import JenisUnit, UnitKerja
from simpeg.permissions import Permission
from simpeg.selectors.unit_kerja import list_bagan, list_opd_in_scope


class BaganForm(forms.Form):
    opd = forms.ModelChoiceField(
        UnitKerja.objects.none(),
        label="Perangkat daerah",
        required=False,
        empty_label="Semua",
    )
    tanggal = forms.DateField(
        label="Keadaan tanggal", required=False, widget=TanggalInput()
    )


class UnitKerjaListView(PageMixin, TemplateView):
    permission = Permission.UNIT_VIEW
    template_name = "simpeg/unit_kerja/list.html"
    title = "Unit Kerja"
    panduan = (
        "Pilih perangkat daerah untuk melihat bagian-bagiannya.",
        "Tekan jumlah pegawai untuk melihat daftarnya.",
        "Isi tanggal untuk melihat susunan pada hari itu; jumlah pegawai hanya untuk "
        "keadaan hari ini.",
        "Unit berubah lewat Penataan Organisasi, menurut peraturannya.",
    )

    @cached_property
    def form(self) -> BaganForm:
        form = BaganForm(self.request.GET or None)
        try:
            asked = parse_date(self.request.GET.get("tanggal", ""))
        except ValueError:  # a day that no calendar has; the form says so
            asked = None
        form.fields["opd"].queryset = list_opd_in_scope(self.request.user, asked)
        form.fields["opd"].widget.attrs["class"] = "form-select"
        form.fields["tanggal"].widget.attrs["class"] = "form-control"
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hari_ini = timezone.localdate()
        opd, tanggal = self._read(hari_ini)
        return super().get_context_data(
            form=self.form,
            opd=opd,
            tanggal=tanggal,
            is_hari_ini=tanggal == hari_ini,
            baris=list_bagan(
                self.request.user, tanggal, opd=opd, is_hari_ini=tanggal == hari_ini
            ),
            bagian=JenisUnit.BAGIAN,
            **kwargs,
        )

    def _read(self, hari_ini: dt.date) -> tuple[UnitKerja | None, dt.date]:
        """Return what was asked for, and today where the question cannot be read."""
        if not self.form.is_bound or not self.form.is_valid():
            return None, hari_ini
        asked = self.form.cleaned_data
        return asked["opd"], asked["tanggal"] or hari_ini
