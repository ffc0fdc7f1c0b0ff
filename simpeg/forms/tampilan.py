"""Names of saved filters, whom they are shared with, and which columns show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from bkpsdmd.accounts.models import User
from bkpsdmd.ui.columns import ListColumn
from simpeg.selectors.tampilan import list_tujuan


class SaringanForm(forms.Form):
    nama = forms.CharField(
        label="Nama", max_length=80, help_text="Mis. “Guru golongan III yang pensiun”."
    )
    tujuan = forms.ChoiceField(
        label="Dibagikan kepada",
        required=False,
        help_text="Yang dibagikan hanya saringannya: tiap orang tetap melihat pegawai "
        "dalam lingkupnya sendiri.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tujuan"].choices = [  # type: ignore[attr-defined]
            ("", "Tidak dibagikan"),
            *list_tujuan(user),
        ]


class KolomForm(forms.Form):
    kolom = forms.MultipleChoiceField(
        label="Kolom yang ditampilkan",
        widget=forms.CheckboxSelectMultiple(),
        required=False,
        help_text="Berlaku untuk tabel dan berkas Excel Anda.",
    )

    def __init__(
        self, *args: Any, columns: Sequence[ListColumn], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kolom"].choices = [  # type: ignore[attr-defined]
            (one.kunci, one.label) for one in columns if not one.is_tetap
        ]
