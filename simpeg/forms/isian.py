"""Inputs that several forms of simpeg share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bkpsdmd.ui.formats import format_angka
from simpeg.selectors.pilihan import DAFTAR, find_pilihan, get_pilihan, tulis_pilihan


class TanggalInput(forms.DateInput):
    """The browser's own date picker, typed or picked."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class RupiahField(forms.IntegerField):
    """Whole rupiah, typed with or without thousands points."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def prepare_value(self, value: Any) -> Any:
        return format_angka(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = value.strip().removeprefix("Rp").replace(".", "").strip()
        return super().to_python(value)


class CariInput(forms.TextInput):
    """A text input whose suggestions come while typing; without scripts it is typed."""

    def __init__(self, daftar: str) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.daftar = daftar

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        id_saran = f"saran-{name}"
        suggest = {
            "list": id_saran,
            "hx-get": reverse("simpeg:pilihan", args=[self.daftar]),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#{id_saran}",
            "hx-params": name,
        }
        html = super().render(name, value, {**(attrs or {}), **suggest}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', html, id_saran)


class CariField(forms.CharField):
    """One row of a list too long for a `<select>`, named by its words."""

    def __init__(self, daftar: str, **kwargs: Any) -> None:
        super().__init__(widget=CariInput(daftar), max_length=400, **kwargs)
        self.daftar = daftar

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            row = DAFTAR[self.daftar].model.objects.filter(pk=value).first()
            return tulis_pilihan(self.daftar, row) if row else ""
        return value

    def clean(self, value: Any) -> Model | None:
        teks = super().clean(value)
        if not teks:
            return None
        rows = get_pilihan(self.daftar, teks)
        if len(rows) == 1:
            return rows[0]
        near = rows or find_pilihan(self.daftar, teks)
        if not near:
            raise ValidationError(
                "Tidak ada yang bernama demikian. Ketik sebagian namanya, lalu pilih."
            )
        names = "; ".join(tulis_pilihan(self.daftar, row) for row in near[:8])
        raise ValidationError(f"Tulis lengkap salah satu dari: {names}.")
