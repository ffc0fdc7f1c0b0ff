"""Filters of the list of papers; each is answered by an index."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils import timezone

from bkpsdmd.documents.jenis import list_choices
from bkpsdmd.documents.models import AkhirDokumen, BukuNomor, Naskah, StatusNaskah

# Of a number as people call it: "surat nomor 12".
LONGEST_URUT = 6
AKHIR = list(AkhirDokumen.Jenis.choices)


class NaskahFilter(filters.FilterSet):
    """`status` knows the ends of issued papers too; `menunggu` is one's own turn."""

    q = filters.CharFilter(
        label="Nomor, nomor urut, atau judul",
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    jenis = filters.ChoiceFilter(
        label="Jenis", choices=list_choices, empty_label="Semua"
    )
    status = filters.ChoiceFilter(
        label="Keadaan",
        choices=[*StatusNaskah.choices, *AKHIR],
        empty_label="Semua",
        method="by_status",
    )
    tahun = filters.ChoiceFilter(
        label="Tahun nomor",
        choices=lambda: (
            [
                (str(tahun), str(tahun))
                for tahun in BukuNomor.objects.order_by("-tahun")
                .values_list("tahun", flat=True)
                .distinct()
            ]
            or [(str(timezone.localdate().year),) * 2]
        ),
        empty_label="Semua",
        field_name="nomor__buku__tahun",
    )
    menunggu = filters.BooleanFilter(
        label="Menunggu saya",
        method="by_turn",
        widget=forms.CheckboxInput,
    )
    paket = filters.NumberFilter(label="Paket", field_name="paket")

    class Meta:
        model = Naskah
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> Any:
        word = value.strip()
        condition = Q(judul__icontains=word) | Q(nomor__nomor__istartswith=word)
        if word.isdecimal() and len(word) <= LONGEST_URUT:
            condition |= Q(nomor__urut=int(word))
        return queryset.filter(condition)

    def by_status(self, queryset: Any, name: str, value: str) -> Any:
        if value in AkhirDokumen.Jenis.values:
            return queryset.filter(dokumen__akhir__jenis=value)
        if value == StatusNaskah.DITANDATANGANI:
            return queryset.filter(status=value, dokumen__akhir__isnull=True)
        return queryset.filter(status=value)

    def by_turn(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.waiting_for(self.request.user) if value else queryset
