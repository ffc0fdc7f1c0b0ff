"""Input on who a person is: another NIP, and two records of one person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from simpeg.forms.isian import TanggalInput
from simpeg.models import Pegawai, PerubahanNip


class KoreksiNipForm(forms.ModelForm):
    """The NIP as the decree writes it, and the decree."""

    nip = forms.CharField(
        label="NIP baru",
        max_length=30,
        help_text="18 angka; spasi dan titik boleh tertulis.",
    )
    is_diperiksa = forms.BooleanField(
        label="Sudah saya periksa, NIP di atas sesuai SK",
        required=False,
        widget=forms.HiddenInput(),
    )
    field_order = [
        "nip",
        "berlaku",
        "sk_nomor",
        "sk_tanggal",
        "sk_pejabat",
        "alasan",
        "is_diperiksa",
    ]

    class Meta:
        model = PerubahanNip
        fields = ["berlaku", "sk_nomor", "sk_tanggal", "sk_pejabat", "alasan"]
        widgets = {
            "berlaku": TanggalInput(),
            "sk_tanggal": TanggalInput(),
            "alasan": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only a file of SIASN changes a NIP without one.
        self.fields["sk_nomor"].required = self.fields["sk_tanggal"].required = True

    def ask_confirmation(self) -> None:
        """Show the box that a person ticks after looking at the warnings."""
        self.fields["is_diperiksa"].widget = forms.CheckboxInput()

    def _post_clean(self) -> None:
        """Leave the instance untouched: the service does the writing."""


class UsulTautanForm(forms.Form):
    """Two records by their NIP; filled in from the list of candidates."""

    satu = forms.CharField(label="NIP data pertama", max_length=30)
    dua = forms.CharField(label="NIP data kedua", max_length=30)
    alasan = forms.CharField(
        label="Dasar",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bukti bahwa keduanya satu orang, mis. KTP, SK pengangkatan CPNS.",
    )

    def _clean_nip(self, name: str) -> Pegawai:
        nip = "".join(c for c in self.cleaned_data[name] if c.isdigit())
        found = Pegawai.objects.filter(nip=nip).first()
        if found is None:
            raise ValidationError("Tidak ada pegawai dengan NIP ini.")
        return found

    def clean_satu(self) -> Pegawai:
        return self._clean_nip("satu")

    def clean_dua(self) -> Pegawai:
        return self._clean_nip("dua")


class PutusanForm(forms.Form):
    putusan = forms.ChoiceField(
        label="Putusan",
        choices=[("setuju", "Ya, satu orang"), ("tolak", "Bukan, orang yang berbeda")],
        widget=forms.RadioSelect(),
    )
    catatan = forms.CharField(
        label="Catatan",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wajib bila ditolak.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("putusan") == "tolak" and not data.get("catatan"):
            self.add_error("catatan", "Tulis alasan penolakannya.")
        return data


class LepasForm(forms.Form):
    alasan = forms.CharField(
        label="Alasan", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
