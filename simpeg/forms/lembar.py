"""Shape of the input on an edited sheet: the file, the rows chosen, the reason."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q

from simpeg.forms.centang import CentangForm
from simpeg.models import BarisMasuk

Hasil = BarisMasuk.Hasil
# Rows of these kinds are never written: nothing to leave out.
TETAP = (Hasil.DITOLAK.value, Hasil.SAMA.value)
DILEWATI = "dilewati"


class LembarForm(forms.Form):
    berkas = forms.FileField(
        label="Lembar kerja yang sudah disunting",
        help_text="Berkas .xlsx yang diunduh dari Daftar Pegawai.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class LembarFilter(filters.FilterSet):
    """Without `hasil` only rows that change something or were refused show."""

    q = filters.CharFilter(label="Nama atau NIP", method="search")
    hasil = filters.ChoiceFilter(
        label="Hasil",
        choices=[
            (Hasil.BERUBAH, "Berubah"),
            (DILEWATI, "Berubah, dilewati"),
            (Hasil.DITOLAK, "Ditolak"),
            (Hasil.SAMA, "Sama"),
        ],
        empty_label="Yang berbeda",
        method="of_hasil",
    )

    class Meta:
        model = BarisMasuk
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        if not self.form.cleaned_data["hasil"]:
            found = found.exclude(hasil=Hasil.SAMA)
        return found

    def search(self, queryset: Any, name: str, value: str) -> Any:
        nip = "".join(value.split())
        return queryset.filter(Q(nama__icontains=value) | Q(nip__contains=nip))

    def of_hasil(self, queryset: Any, name: str, value: str) -> Any:
        if value == DILEWATI:
            return queryset.filter(hasil=Hasil.BERUBAH, is_dilewati=True)
        return queryset.filter(hasil=value)


class PilihForm(CentangForm):
    """Rows to leave out, or to take in again: those ticked, or all of the filter."""

    tindakan = forms.ChoiceField(choices=[("lewati", ""), ("sertakan", "")])
    belum_dipilih = "Centang dahulu baris yang dimaksud."
