"""What to count by, and whom: the form above the statistics."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_date

from bkpsdmd.accounts.models import User
from simpeg.choices import StatusKepegawaian
from simpeg.forms.isian import TanggalInput
from simpeg.models import UnitKerja
from simpeg.selectors.dimensi import DIMENSI, Dimensi
from simpeg.selectors.statistik import Saringan
from simpeg.selectors.unit_kerja import list_opd_in_scope

AWAL = "golongan"
AWAL_TAHUN = 1970


def check_tanggal(tanggal: dt.date | None) -> dt.date | None:
    """Refuse days to come, and those before anybody's records."""
    if tanggal and tanggal > timezone.localdate():
        raise forms.ValidationError("Isi hari ini atau hari yang sudah lewat.")
    if tanggal and tanggal.year < AWAL_TAHUN:
        raise forms.ValidationError(f"Isi tanggal sejak tahun {AWAL_TAHUN}.")
    return tanggal


class RekapForm(forms.Form):
    """Whose people, and on which day."""

    opd = forms.ModelChoiceField(
        UnitKerja.objects.none(),
        label="Perangkat daerah",
        required=False,
        empty_label="Semua",
    )
    tanggal = forms.DateField(
        label="Keadaan tanggal", required=False, widget=TanggalInput()
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The choice is checked again in `clean`, by the day asked for.
        self.fields["opd"].queryset = list_opd_in_scope(user, self._read_tanggal())
        for name, one in self.fields.items():
            is_tanggal = name == "tanggal"
            one.widget.attrs["class"] = "form-control" if is_tanggal else "form-select"

    def _read_tanggal(self) -> dt.date | None:
        try:
            return parse_date(self.data.get("tanggal", ""))
        except ValueError:  # a day that no calendar has; the field says so
            return None

    def clean_tanggal(self) -> dt.date | None:
        return check_tanggal(self.cleaned_data["tanggal"])

    @property
    def tanggal_lampau(self) -> dt.date | None:
        """Return the past day asked for; None for today."""
        tanggal: dt.date | None = self.cleaned_data.get("tanggal")
        return tanggal if tanggal and tanggal < timezone.localdate() else None


class StatistikForm(RekapForm):
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
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "Semua"), *StatusKepegawaian.choices()],
    )

    field_order = ["baris", "kolom", "opd", "status", "tanggal"]

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
