"""A paper as people have it: one PDF, or photographs of its pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import Script

ACCEPT = "application/pdf,image/jpeg,image/png"


class PapersInput(forms.ClearableFileInput):
    """Offers a phone's camera; with scripts, pages are turned and straightened first.

    Its style and script come with the form that has it.
    """

    allow_multiple_selected = True

    class Media:
        css = {"all": ["css/foto.css"]}
        js = [Script("js/foto.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPT, "data-foto": "", **(attrs or {})})


class PapersField(forms.FileField):
    """One PDF or one photograph and more, as a list; empty where none is required."""

    widget = PapersInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text",
            "Satu PDF paling besar 2 MB, atau satu sampai 20 foto (JPG, PNG). Foto "
            "disusun menjadi satu PDF sesuai urutan memilihnya.",
        )
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        found = [one for one in data or () if one]
        if self.required and not found:
            raise ValidationError("Pilih berkasnya, atau ambil fotonya.")
        return found
