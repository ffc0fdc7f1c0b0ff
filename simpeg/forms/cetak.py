"""What one chooses before papers of many people are made."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from bkpsdmd.accounts.models import User
from simpeg.forms.isian import TanggalInput
from simpeg.forms.statistik import check_tanggal
from simpeg.permissions import Permission
from simpeg.services.cetak import BENTUK
from simpeg.services.dokumen import DOKUMEN
from simpeg.services.nominatif import TAMBAHAN, TERTUTUP, URUTAN


class NominatifForm(forms.Form):
    bentuk = forms.ChoiceField(
        label="Bentuk berkas",
        choices=[("pdf", "PDF untuk dicetak"), ("xlsx", "Excel untuk diolah")],
        widget=forms.RadioSelect(),
        initial="pdf",
    )
    urutan = forms.ChoiceField(
        label="Urutan", choices=list(URUTAN.items()), initial="unit"
    )
    tanggal = forms.DateField(
        label="Keadaan tanggal",
        required=False,
        widget=TanggalInput(),
        help_text="Kosongkan untuk hari ini. Untuk hari yang sudah lewat daftarnya "
        "memuat pegawai, pangkat, jabatan, dan unit menurut riwayat hari itu.",
    )
    tambahan = forms.MultipleChoiceField(
        label="Kolom tambahan",
        choices=list(TAMBAHAN.items()),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
        help_text="Di PDF, kolom tambahan mempersempit kolom lainnya.",
    )

    def clean_tanggal(self) -> dt.date | None:
        return check_tanggal(self.cleaned_data["tanggal"])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not user.has_perm(Permission.PEGAWAI_SENSITIVE):
            self.fields["tambahan"].choices = [  # type: ignore[attr-defined]
                pair for pair in TAMBAHAN.items() if pair[0] not in TERTUTUP
            ]


class CetakForm(forms.Form):
    dokumen = forms.ChoiceField(label="Dokumen", initial="drh")
    bentuk = forms.ChoiceField(
        label="Bentuk berkas",
        choices=list(BENTUK.items()),
        widget=forms.RadioSelect(),
        initial="gabung",
        help_text="Paling banyak 10.000 orang. PDF gabungan lebih dari 1.000 orang menjadi beberapa jilid dalam satu ZIP.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terbuka = user.has_perm(Permission.PEGAWAI_SENSITIVE)
        self.fields["dokumen"].choices = [  # type: ignore[attr-defined]
            (dokumen.kunci, dokumen.nama)
            for dokumen in DOKUMEN.values()
            if terbuka or not dokumen.is_tertutup
        ]
