"""What an admin says about a program that may read the records."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from simpeg.choices import CakupanApi
from simpeg.forms.isian import TanggalInput
from simpeg.models import JenisUnit, UnitKerja


class KlienApiForm(forms.Form):
    nama = forms.CharField(
        label="Nama aplikasi", max_length=100, help_text="Mis. “Presensi Dinas Contoh”."
    )
    penanggung_jawab = forms.CharField(
        label="Penanggung jawab", max_length=150, help_text="Nama dan kontaknya."
    )
    cakupan = forms.MultipleChoiceField(
        label="Cakupan",
        choices=CakupanApi.choices,
        widget=forms.CheckboxSelectMultiple(),
        help_text="Centang NIK hanya bila aplikasi itu memang memerlukannya.",
    )
    units = forms.ModelMultipleChoiceField(
        UnitKerja.objects.none(),
        label="Unit kerja",
        help_text="Yang terbaca: pegawai unit-unit ini beserta bagian di bawahnya.",
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    batas_per_menit = forms.IntegerField(
        label="Permintaan per menit", min_value=1, max_value=6000, initial=60
    )
    berlaku_sampai = forms.DateField(
        label="Berlaku sampai",
        widget=TanggalInput(),
        help_text="Paling lama dua tahun.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = (  # type: ignore[attr-defined]
            UnitKerja.objects.aktif()
            .filter(jenis__in=[JenisUnit.INSTANSI, JenisUnit.OPD])
            .order_by("depth", "nama")
        )
        self.fields["berlaku_sampai"].initial = timezone.localdate() + dt.timedelta(365)


class CabutForm(forms.Form):
    alasan = forms.CharField(
        label="Alasan", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
