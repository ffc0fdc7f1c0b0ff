"""What the acts on a paper ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from bkpsdmd.documents.models import CaraTtd


class AlasanForm(forms.Form):
    alasan = forms.CharField(
        label="Alasan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tercatat pada naskah dan di jejak audit.",
    )


class CaraForm(AlasanForm):
    cara = forms.ChoiceField(label="Ditandatangani secara", choices=CaraTtd.choices)
    field_order = ("cara", "alasan")


class PindaianForm(forms.Form):
    berkas = forms.FileField(
        label="Pindaian yang sudah ditandatangani (PDF)",
        help_text="Semua halaman dalam satu PDF. Berkas inilah yang menjadi dokumen terbit.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
    )


class TandaTanganForm(forms.Form):
    """The passphrase is asked where BSrE signs; it is handed on and kept nowhere."""

    setuju = forms.BooleanField(
        label="Saya sudah membaca naskah ini dan menandatanganinya"
    )
    frasa_sandi = forms.CharField(
        label="Frasa sandi BSrE",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Dikirim ke layanan BSrE untuk tanda tangan ini saja, tidak disimpan.",
    )

    def __init__(
        self, *args: Any, is_bsre: bool, banyak: int = 1, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not is_bsre:
            del self.fields["frasa_sandi"]
        if banyak > 1:
            self.fields[
                "setuju"
            ].label = (
                f"Saya sudah memeriksa {banyak} naskah ini dan menandatangani semuanya"
            )
