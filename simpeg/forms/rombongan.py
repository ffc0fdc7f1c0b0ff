"""Shape of the input on an act that wrote many records."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms

from simpeg.models import JejakRombongan


class JejakFilter(filters.FilterSet):
    terhalang = filters.BooleanFilter(
        label="Hanya yang menghalangi pembatalan",
        widget=forms.CheckboxInput(),
        method="with_halangan",
    )

    class Meta:
        model = JejakRombongan
        fields: list[str] = []

    def with_halangan(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.exclude(halangan="") if value else queryset


class BatalForm(forms.Form):
    alasan = forms.CharField(
        label="Alasan pembatalan",
        help_text="Tercatat pada jejak setiap orang, misalnya: berkas instansi lain.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
