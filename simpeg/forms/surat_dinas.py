"""What a letter of the office says, and to whom."""

from __future__ import annotations

from django import forms

from bkpsdmd.documents.models import Sifat
from simpeg.forms.surat import GantiForm, IsiField, TembusanField


class SuratDinasForm(GantiForm):
    hal = forms.CharField(
        label="Hal",
        max_length=200,
        help_text="Singkat, tanpa titik. Dibaca siapa pun yang memeriksa kode suratnya: "
        "jangan menyebut nama orang.",
    )
    kepada = forms.CharField(
        label="Kepada",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Jabatannya, tanpa “Yth.”. Satu baris satu penerima.",
    )
    di = forms.CharField(
        label="Tempat penerima",
        max_length=100,
        required=False,
        help_text="Mis. Barabai.",
    )
    sifat = forms.ChoiceField(label="Sifat", choices=Sifat.choices)
    lampiran = forms.CharField(
        label="Lampiran",
        max_length=60,
        required=False,
        help_text="Mis. 1 (satu) berkas. Kosong berarti tidak ada.",
    )
    isi = IsiField()
    tembusan = TembusanField()

    def clean_hal(self) -> str:
        return " ".join(self.cleaned_data["hal"].split()).rstrip(".")

    def clean_kepada(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["kepada"].splitlines())
        return [line.removeprefix("Yth.").strip() for line in lines if line]

    def clean_sifat(self) -> str:
        return str(Sifat(self.cleaned_data["sifat"]).label)
