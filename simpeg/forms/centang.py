"""Rows ticked in a list, or all that its filter leaves."""

from __future__ import annotations

from typing import Any

from django import forms


class CentangForm(forms.Form):
    """Which of the rows exist and may be acted on is the service's to say."""

    pilih = forms.TypedMultipleChoiceField(coerce=int, required=False)
    semua = forms.BooleanField(required=False)
    belum_dipilih = "Centang dahulu yang dimaksud."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dipilih = [v for v in self.data.getlist("pilih") if v.isascii() and v.isdigit()]
        self.fields["pilih"].choices = [(v, v) for v in dipilih]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("semua") and not data.get("pilih"):
            raise forms.ValidationError(self.belum_dipilih)
        return data
