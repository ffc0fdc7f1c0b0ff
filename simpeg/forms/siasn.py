"""Shape of the input on an import: the file, the cells to correct, the filters."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q

from simpeg.models import BarisMasuk
from simpeg.siasn.kolom import TANGGAL, get_label
from simpeg.siasn.perbaikan import list_kolom_salah

PERINGATAN = "peringatan"


class UnggahForm(forms.Form):
    berkas = forms.FileField(
        label="Berkas ekspor SIASN",
        help_text="CSV atau Excel (.xlsx), sebagaimana diunduh dari SIASN.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    is_ke_contoh = forms.BooleanField(
        label="Ya, masukkan berkas ini ke portal contoh",
        help_text="Portal ini berisi orang rekaan. Data orang sungguhan tidak "
        "sepatutnya bercampur dengannya.",
        error_messages={
            "required": "Centang kotak ini bila berkasnya memang boleh masuk ke portal "
            "contoh, lalu pilih lagi berkasnya."
        },
    )

    def __init__(self, *args: Any, is_contoh: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_contoh:
            del self.fields["is_ke_contoh"]


class PerbaikanForm(forms.Form):
    """The faulty cells of a refused row, each with what is wrong with it.

    `sidik` tells the cells this form was drawn from: see `services.siasn.mend_baris`.
    """

    sidik = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, baris: BarisMasuk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kolom = list_kolom_salah(baris.catatan)
        for kolom in self.kolom:
            self.fields[kolom] = forms.CharField(
                label=get_label(kolom),
                required=False,
                initial=baris.data.get(kolom, ""),
                help_text="Hari-bulan-tahun." if kolom in TANGGAL else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def as_sel(self) -> dict[str, str]:
        """Return the cells as the service takes them."""
        return {kolom: self.cleaned_data[kolom] for kolom in self.kolom}


class BarisFilter(filters.FilterSet):
    q = filters.CharFilter(label="Nama atau NIP", method="search")
    hasil = filters.ChoiceFilter(
        label="Hasil",
        choices=[*BarisMasuk.Hasil.choices, (PERINGATAN, "Dengan peringatan")],
        empty_label="Semua",
        method="of_hasil",
    )

    class Meta:
        model = BarisMasuk
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> Any:
        nip = "".join(value.split())
        return queryset.filter(Q(nama__icontains=value) | Q(nip__contains=nip))

    def of_hasil(self, queryset: Any, name: str, value: str) -> Any:
        if value == PERINGATAN:
            return queryset.filter(ada_peringatan=True)
        return queryset.filter(hasil=value)
