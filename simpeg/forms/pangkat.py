"""Shape of the input on a riwayat pangkat; whether it may be is the service's matter."""

from __future__ import annotations

from typing import Any

from django import forms

from simpeg.choices import JenisASN
from simpeg.models import Golongan, JenisKenaikanPangkat, Pegawai, RiwayatPangkat
from simpeg.services.pangkat import DataPangkat


class TanggalInput(forms.DateInput):
    """The browser's own date picker, typed or picked."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class RiwayatPangkatForm(forms.Form):
    """Fields in the order a decree names them."""

    golongan = forms.ModelChoiceField(
        Golongan.objects.none(), label="Golongan", empty_label="Pilih golongan"
    )
    jenis = forms.ModelChoiceField(
        JenisKenaikanPangkat.objects.all(),
        label="Jenis kenaikan pangkat",
        required=False,
        empty_label="Pilih jenis",
    )
    tmt = forms.DateField(
        label="TMT",
        widget=TanggalInput(),
        help_text="Terhitung mulai tanggal menurut SK, selalu tanggal 1.",
    )
    masa_kerja_tahun = forms.IntegerField(
        label="Masa kerja golongan (tahun)", min_value=0, max_value=50
    )
    masa_kerja_sisa = forms.IntegerField(
        label="dan bulan", min_value=0, max_value=11, initial=0
    )
    sk_nomor = forms.CharField(label="Nomor SK", max_length=100)
    sk_tanggal = forms.DateField(label="Tanggal SK", widget=TanggalInput())
    sk_pejabat = forms.CharField(
        label="Pejabat penetap",
        max_length=200,
        required=False,
        help_text="Mis. Bupati Hulu Sungai Tengah.",
    )
    berkas = forms.FileField(
        label="Berkas SK",
        required=False,
        widget=forms.ClearableFileInput(
            attrs={"accept": "application/pdf,image/jpeg,image/png"}
        ),
        help_text="PDF atau foto (JPG, PNG), paling besar 2 MB.",
    )
    is_diperiksa = forms.BooleanField(
        label="Sudah saya periksa, data di atas sesuai SK",
        required=False,
        widget=forms.HiddenInput(),
    )

    def __init__(self, *args: Any, pegawai: Pegawai, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        skala = JenisASN.PNS if pegawai.jenis_asn == JenisASN.PNS else JenisASN.PPPK
        self.fields["golongan"].queryset = Golongan.objects.filter(skala=skala)
        if skala is JenisASN.PPPK:
            del self.fields["jenis"]

    def ask_confirmation(self) -> None:
        """Show the box that a person ticks after looking at the warnings."""
        self.fields["is_diperiksa"].widget = forms.CheckboxInput()

    def as_data(self) -> DataPangkat:
        """Return the cleaned input as the service takes it."""
        clean = self.cleaned_data
        return DataPangkat(
            golongan=clean["golongan"],
            tmt=clean["tmt"],
            masa_kerja_bulan=clean["masa_kerja_tahun"] * 12 + clean["masa_kerja_sisa"],
            sk_nomor=clean["sk_nomor"],
            sk_tanggal=clean["sk_tanggal"],
            sk_pejabat=clean["sk_pejabat"],
            jenis=clean.get("jenis"),
        )


class KoreksiPangkatForm(RiwayatPangkatForm):
    alasan = forms.CharField(
        label="Alasan koreksi",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Apa yang salah pada catatan lama. Terbaca di jejak perubahan.",
    )
    field_order = ["alasan"]

    @staticmethod
    def initial_of(riwayat: RiwayatPangkat) -> dict[str, Any]:
        """Return the form's values as the row has them."""
        tahun, bulan = riwayat.masa_kerja
        return {
            "golongan": riwayat.golongan_id,
            "jenis": riwayat.jenis_id,
            "tmt": riwayat.tmt,
            "masa_kerja_tahun": tahun,
            "masa_kerja_sisa": bulan,
            "sk_nomor": riwayat.sk_nomor,
            "sk_tanggal": riwayat.sk_tanggal,
            "sk_pejabat": riwayat.sk_pejabat,
        }


class BatalRiwayatForm(forms.Form):
    """Why a riwayat is taken out of force, and by which decree if there is one."""

    alasan = forms.CharField(
        label="Alasan pembatalan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sk_nomor = forms.CharField(
        label="Nomor SK pembatalan", max_length=100, required=False
    )
    sk_tanggal = forms.DateField(
        label="Tanggal SK pembatalan", required=False, widget=TanggalInput()
    )
