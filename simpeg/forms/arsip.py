"""Shape of the input on archive files; what may be filed is the service's matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from bkpsdmd.documents.forms import PapersField
from simpeg.rules.arsip import FaktaCatatan, JenisArsip


class _ArsipForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        # The page puts style and script of the widgets into its head.
        self.helper.include_media = False


class UnggahForm(_ArsipForm):
    """`untuk` is "kind-id" of the record a paper proves."""

    jenis = forms.ChoiceField(label="Jenis dokumen")
    untuk = forms.CharField(required=False, widget=forms.HiddenInput())
    ganti = forms.IntegerField(required=False, widget=forms.HiddenInput())
    berkas = PapersField(label="Berkas")
    uraian = forms.CharField(
        label="Keterangan",
        max_length=200,
        required=False,
        help_text="Bila perlu, mis. nomor dan tahun SK.",
    )
    alasan = forms.CharField(
        label="Alasan mengganti",
        max_length=500,
        help_text="Mis. pindaian lama tidak terbaca. Berkas lama tetap disimpan.",
    )

    def __init__(
        self,
        *args: Any,
        jenis: Iterable[JenisArsip],
        is_tetap: bool = False,
        is_ganti: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for satu in jenis:
            groups.setdefault(satu.kelompok, []).append((satu.kode, satu.nama))
        self.fields["jenis"].choices = [("", "Pilih"), *groups.items()]
        if is_tetap:
            self.fields["jenis"].widget = forms.HiddenInput()
        if not is_ganti:
            del self.fields["alasan"]

    def clean_untuk(self) -> tuple[str, int] | None:
        kunci, _, pk = self.cleaned_data["untuk"].rpartition("-")
        if not kunci:
            return None
        if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
            raise ValidationError(
                "Catatan yang dituju tidak dikenal; buka lagi arsipnya."
            )
        return kunci, int(pk)


class AlasanForm(_ArsipForm):
    """Why a file is withdrawn."""

    alasan = forms.CharField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Terbaca pada arsip dan jejak perubahan.",
    )


class PutusanForm(_ArsipForm):
    alasan = forms.CharField(
        label="Alasan menolak",
        max_length=500,
        required=False,
        help_text="Wajib bila ditolak; terbaca oleh yang mengusulkan.",
    )


class PasangForm(_ArsipForm):
    """Which record without a file a paper proves."""

    untuk = forms.ChoiceField(label="Catatan yang dibuktikan")

    def __init__(
        self, *args: Any, kosong: Sequence[FaktaCatatan], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["untuk"].choices = [
            ("", "Pilih"),
            *((f"{c.kunci}-{c.pk}", c.label) for c in kosong),
        ]

    def clean_untuk(self) -> tuple[str, int]:
        kunci, _, pk = self.cleaned_data["untuk"].rpartition("-")
        return kunci, int(pk)
