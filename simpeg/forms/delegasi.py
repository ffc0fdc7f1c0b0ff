"""Lending a role: which, to whom, from when to when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bkpsdmd.accounts.models import User
from simpeg.forms.isian import TanggalInput


class DelegasiForm(forms.Form):
    """`sampai` is the last day; the service takes the first day after."""

    pemberian = forms.TypedChoiceField(label="Peran yang didelegasikan", coerce=int)
    penerima = forms.CharField(
        label="NIP penerima",
        max_length=30,
        help_text="Pegawai aktif yang menggantikan Anda.",
    )
    mulai = forms.DateField(label="Mulai", widget=TanggalInput())
    sampai = forms.DateField(
        label="Hari terakhir",
        widget=TanggalInput(),
        help_text="Sesudah hari ini peran itu kembali hanya pada Anda.",
    )
    alasan = forms.CharField(
        label="Alasan atau nomor surat tugas",
        max_length=200,
        help_text="Misalnya: cuti tahunan, surat tugas 800/123/BKPSDMD.",
    )

    def __init__(self, *args: Any, peran: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pemberian"].choices = peran  # type: ignore[attr-defined]

    def clean_penerima(self) -> User:
        username = User.normalize_username(self.cleaned_data["penerima"])
        user = User.objects.filter(username=username).first()
        if user is None:
            raise ValidationError("Tidak ada akun dengan NIP itu.")
        return user

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("sampai"):
            data["selesai"] = data["sampai"] + dt.timedelta(days=1)
        return data
