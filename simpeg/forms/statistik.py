"""What to count by, and whom: the form above the statistics."""

from __future__ import annotations

from typing import Any

from django import forms

from bkpsdmd.accounts.models import User
from simpeg.choices import StatusKepegawaian
from simpeg.models import UnitKerja
from simpeg.selectors.statistik import DIMENSI, Dimensi, Saringan
from simpeg.selectors.unit_kerja import list_opd_in_scope

AWAL = "golongan"


class StatistikForm(forms.Form):
    baris = forms.ChoiceField(
        label="Rekap menurut",
        required=False,
        choices=[(one.kunci, one.judul) for one in DIMENSI.values()],
    )
    kolom = forms.ChoiceField(
        label="Dirinci menurut",
        required=False,
        choices=[
            ("", "Tanpa rincian"),
            *((one.kunci, one.judul) for one in DIMENSI.values() if not one.is_panjang),
        ],
    )
    opd = forms.ModelChoiceField(
        UnitKerja.objects.none(),
        label="Perangkat daerah",
        required=False,
        empty_label="Semua",
    )
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "Semua"), *StatusKepegawaian.choices()],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opd"].queryset = list_opd_in_scope(user)
        for one in self.fields.values():
            one.widget.attrs["class"] = "form-select"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kolom") and data["kolom"] == (data.get("baris") or AWAL):
            self.add_error("kolom", "Pilih rincian yang berbeda dari rekapnya.")
        return data

    @property
    def dimensi_baris(self) -> Dimensi:
        return DIMENSI[self.cleaned_data["baris"] or AWAL]

    @property
    def dimensi_kolom(self) -> Dimensi | None:
        return DIMENSI.get(self.cleaned_data["kolom"])

    @property
    def saringan(self) -> Saringan:
        status = self.cleaned_data["status"]
        return Saringan(
            opd=self.cleaned_data["opd"],
            status=StatusKepegawaian(status) if status else None,
        )
