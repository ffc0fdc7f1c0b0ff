"""An act on many people: which one, why, and with what value."""

from __future__ import annotations

from typing import Any

from django import forms

from bkpsdmd.accounts.models import User
from simpeg.services.aksi_massal import IZIN, list_isian


class AksiForm(forms.Form):
    aksi = forms.ChoiceField(label="Tindakan", widget=forms.RadioSelect())
    isian = forms.ChoiceField(
        label="Data yang diisikan",
        required=False,
        help_text="Hanya untuk Isi data; orang yang datanya sudah terisi dilewati.",
    )
    alasan = forms.CharField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Untuk tanda tindak lanjut: apa yang harus dikerjakan.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [jenis for jenis, izin in IZIN.items() if user.has_perm(izin)]
        self.fields["aksi"].choices = [  # type: ignore[attr-defined]
            (jenis.value, jenis.label) for jenis in allowed
        ]
        if any(jenis.value == "isi" for jenis in allowed):
            self.fields["isian"].choices = [("", "Pilih"), *list_isian()]  # type: ignore[attr-defined]
        else:
            del self.fields["isian"]
