"""Shape of the input on a reconciliation: filters, decisions, answers."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from bkpsdmd.documents.forms import PapersField
from simpeg.forms.centang import CentangForm
from simpeg.models import SelisihSiasn, UnitKerja
from simpeg.selectors.rekonsiliasi import KOLOM, PERLU_DIPUTUS
from simpeg.selectors.siasn import label_isian

SEMUA = "semua"
TANPA = "-"


def _opd_choices(request: Any) -> QuerySet[UnitKerja]:
    return UnitKerja.objects.opd().order_by("nama")


class SelisihFilter(filters.FilterSet):
    """Without `keadaan` only what the officer has to decide shows."""

    q = filters.CharFilter(label="Nama atau NIP", method="search")
    kolom = filters.ChoiceFilter(
        label="Isian",
        empty_label="Semua",
        choices=[(nama, label_isian(nama)) for nama in KOLOM],
    )
    opd = filters.ModelChoiceFilter(
        label="Perangkat daerah",
        queryset=_opd_choices,
        empty_label="Semua",
        null_label="Tanpa perangkat daerah",
        null_value=TANPA,
    )
    keadaan = filters.ChoiceFilter(
        label="Keadaan",
        choices=[*SelisihSiasn.Keadaan.choices, (SEMUA, "Semua")],
        empty_label="Perlu diputuskan",
        method="of_keadaan",
    )

    class Meta:
        model = SelisihSiasn
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter_queryset(queryset)
        if not self.form.cleaned_data["keadaan"]:
            found = found.filter(keadaan__in=PERLU_DIPUTUS)
        return found

    def search(self, queryset: Any, name: str, value: str) -> Any:
        for word in value.upper().split():
            queryset = queryset.filter(pegawai__keadaan__kunci_cari__contains=word)
        return queryset

    def of_keadaan(self, queryset: Any, name: str, value: str) -> Any:
        return queryset if value == SEMUA else queryset.filter(keadaan=value)


class PutusanForm(CentangForm):
    """One act on the differences that were ticked, or on all the filter leaves."""

    TINDAKAN = ("terima", "pertahankan", "tanya")

    tindakan = forms.ChoiceField(choices=[(t, t) for t in TINDAKAN])
    alasan = forms.CharField(max_length=500, required=False)
    belum_dipilih = "Centang dahulu selisih yang dimaksud."


class JawabanForm(forms.Form):
    jawaban = forms.ChoiceField(
        label="Yang benar",
        choices=SelisihSiasn.Jawaban.choices,
        widget=forms.RadioSelect,
    )
    catatan = forms.CharField(
        label="Keterangan",
        required=False,
        max_length=1000,
        help_text="Wajib bila keduanya keliru: tulis nilai yang benar.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    berkas = PapersField(
        label="Bukti",
        required=False,
        help_text="Boleh dikosongkan. PDF atau foto SK, KTP, atau ijazah.",
    )

    def __init__(self, *args: Any, kita: str, siasn: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jawaban"].choices = [
            ("kita", f"Portal: {kita or '(kosong)'}"),
            ("siasn", f"SIASN: {siasn or '(kosong)'}"),
            ("lain", "Keduanya keliru"),
        ]


class KeluarForm(forms.Form):
    jenis = forms.ChoiceField(label="Jenis data")
    is_petugas = forms.BooleanField(
        label="Hanya yang dicatat petugas",
        help_text="Tanpa riwayat yang berasal dari impor SIASN. Tidak berlaku bagi data "
        "utama.",
        required=False,
    )

    def __init__(self, *args: Any, jenis: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jenis"].choices = jenis
