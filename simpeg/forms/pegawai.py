"""Shape of the input on the identity of a person."""

from __future__ import annotations

from typing import Any

from django import forms

from simpeg.choices import JenisASN
from simpeg.forms.isian import TanggalInput
from simpeg.models import Pegawai, Referensi
from simpeg.services.pegawai import KOLOM_DATA_UTAMA, KOLOM_PENGANGKATAN


class DataUtamaForm(forms.ModelForm):
    """`versi` is what the person read: an older one is refused by the service."""

    versi = forms.IntegerField(widget=forms.HiddenInput())
    agama = forms.ChoiceField(label="Agama", required=False)
    status_kawin = forms.ChoiceField(label="Status perkawinan", required=False)

    class Meta:
        model = Pegawai
        fields = KOLOM_DATA_UTAMA
        widgets = {"alamat": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "nama": "Tanpa gelar, sebagaimana tertulis pada SK.",
            "nik": "16 angka pada KTP. Hanya terlihat oleh petugas dan yang bersangkutan.",
            "nomor_hp": "Dipakai untuk menghubungi pegawai, tidak ditampilkan di daftar.",
        }

    field_order = ["versi", *KOLOM_DATA_UTAMA]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists: dict[str, list[tuple[str, str]]] = {"agama": [], "kawin": []}
        for row in Referensi.objects.filter(daftar__in=lists):
            lists[row.daftar].append((row.kode, row.nama))
        for name, daftar in (("agama", "agama"), ("status_kawin", "kawin")):
            self.fields[name].choices = [("", "Belum diketahui"), *lists[daftar]]

    def _post_clean(self) -> None:
        """Leave the instance untouched: the service does the writing."""

    def as_data(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in KOLOM_DATA_UTAMA}


class PengangkatanForm(forms.ModelForm):
    """The decrees of appointment; a PPPK has none of a PNS."""

    versi = forms.IntegerField(widget=forms.HiddenInput())
    alasan = forms.CharField(
        label="Dasar perubahan",
        max_length=500,
        help_text="Mis. dilengkapi dari SK asli. Terbaca di jejak perubahan.",
    )

    class Meta:
        model = Pegawai
        fields = KOLOM_PENGANGKATAN
        widgets = {
            name: TanggalInput()
            for name in KOLOM_PENGANGKATAN
            if not name.endswith("nomor")
        }

    field_order = ["versi", *KOLOM_PENGANGKATAN, "alasan"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.jenis_asn != JenisASN.PNS:
            for name in ("sk_pns_nomor", "sk_pns_tanggal", "tmt_pns"):
                del self.fields[name]

    def _post_clean(self) -> None:
        """Leave the instance untouched: the service does the writing."""

    def as_data(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name]
            for name in KOLOM_PENGANGKATAN
            if name in self.fields
        }
