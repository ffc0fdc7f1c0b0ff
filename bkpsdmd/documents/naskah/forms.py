"""What the acts on a paper ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from bkpsdmd.documents.forms import PapersField
from bkpsdmd.documents.models import CaraTtd


class AlasanForm(forms.Form):
    alasan = forms.CharField(
        label="Alasan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tercatat pada naskah dan di jejak audit.",
    )


class CabutForm(AlasanForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "alasan"
        ].help_text = "Dibaca siapa pun yang memeriksa kode dokumen ini. Jangan menulis data pribadi."


class NomorForm(forms.Form):
    """How it will be signed; without a word, as this office usually does."""

    cara = forms.ChoiceField(
        label="Ditandatangani secara", required=False, widget=forms.RadioSelect
    )
    # Where all ways are asked for, by hand alone means that a signer has no account.
    warns_of_accounts = True

    def __init__(self, *args: Any, pilihan: Sequence[CaraTtd], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cara: Any = self.fields["cara"]
        cara.choices = [(one.value, one.label) for one in pilihan]
        cara.initial = cara.choices[0][0] if cara.choices else None
        cara.help_text = (
            "Elektronik: pejabatnya menandatangani di portal ini. Basah: dicetak, "
            "ditandatangani, dicap, lalu dipindai atau difoto."
        )
        if self.warns_of_accounts and not any(one.is_elektronik for one in pilihan):
            cara.help_text = (
                "Ada penanda tangan yang belum mempunyai akun portal, jadi hanya tanda "
                "tangan basah. Aktifkan akunnya dahulu bila ingin secara elektronik."
            )


class CaraForm(NomorForm, AlasanForm):
    warns_of_accounts = False
    field_order = ("cara", "alasan")


class PindaianForm(forms.Form):
    berkas = PapersField(label="Pindaian atau foto yang sudah ditandatangani")
    sesuai = forms.BooleanField(
        label="Semua halaman ada, terbaca, dan sudah ditandatangani serta dicap",
        help_text="Berkas inilah yang menjadi dokumen terbit dan tidak dapat diganti lagi.",
        error_messages={"required": "Centang setelah Anda memeriksa berkasnya."},
    )


class TandaTanganForm(forms.Form):
    """The passphrase is asked where BSrE signs; it is handed on and kept nowhere."""

    setuju = forms.BooleanField(
        label="Saya sudah membaca naskah ini dan menandatanganinya",
        error_messages={"required": "Centang untuk menandatangani."},
    )
    frasa_sandi = forms.CharField(
        label="Frasa sandi BSrE",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Dikirim ke layanan BSrE untuk tanda tangan ini saja, tidak disimpan.",
    )

    def __init__(
        self, *args: Any, is_bsre: bool, banyak: int = 1, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not is_bsre:
            del self.fields["frasa_sandi"]
        if banyak > 1:
            self.fields[
                "setuju"
            ].label = (
                f"Saya sudah memeriksa {banyak} naskah ini dan menandatangani semuanya"
            )
