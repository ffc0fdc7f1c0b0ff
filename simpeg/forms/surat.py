"""What a paper of the office is to say, and who signs it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.naskah.services import MOST_SIGNERS
from simpeg.models import Pegawai


class TembusanField(forms.CharField):
    """One recipient a line."""

    def __init__(self) -> None:
        super().__init__(
            label="Tembusan",
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Satu baris satu penerima. Boleh dikosongkan.",
        )

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]


class IsiField(forms.CharField):
    """The body of a paper as plain text (`services.surat.parse_isi`)."""

    def __init__(self) -> None:
        super().__init__(
            label="Isi",
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 12}),
            help_text="Pisahkan paragraf dengan baris kosong. Baris yang diawali tanda - "
            "menjadi daftar bernomor.",
        )


class GantiForm(forms.Form):
    """A form whose paper may take the place of another, which asks for the reason."""

    alasan_ganti = forms.CharField(
        label="Alasan penggantian",
        max_length=300,
        help_text="Dibaca siapa pun yang memeriksa kode naskah lama. Jangan menulis data "
        "pribadi.",
    )

    def __init__(self, *args: Any, is_ganti: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_ganti:
            # Asked last, after what the paper says.
            self.order_fields([name for name in self.fields if name != "alasan_ganti"])
        else:
            del self.fields["alasan_ganti"]


class SuratKeteranganForm(GantiForm):
    keperluan = forms.CharField(
        label="Untuk keperluan",
        max_length=200,
        help_text="Misalnya: pengajuan kredit perumahan; pengurusan paspor.",
    )
    tembusan = TembusanField()

    def clean_keperluan(self) -> str:
        # The sentence ends with its own full stop.
        return " ".join(self.cleaned_data["keperluan"].split()).rstrip(".")


class BeritaAcaraForm(GantiForm):
    """Up to three signers, each by NIP with the post that is printed."""

    judul = forms.CharField(label="Judul", max_length=300)
    perihal_umum = forms.CharField(
        label="Perihal bagi umum",
        max_length=300,
        help_text="Dibaca siapa pun yang memeriksa kodenya. Jangan menyebut nama orang.",
    )
    isi = IsiField()
    tembusan = TembusanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nomor in range(1, MOST_SIGNERS + 1):
            is_first = nomor == 1
            self.fields[f"nip_{nomor}"] = forms.CharField(
                label=f"NIP penanda tangan {nomor}",
                max_length=30,
                required=is_first,
                help_text="18 angka. Cari orangnya di kotak cari paling atas bila lupa."
                if is_first
                else "Boleh dikosongkan.",
            )
            self.fields[f"jabatan_{nomor}"] = forms.CharField(
                label=f"Jabatan tercetak {nomor}",
                max_length=255,
                required=False,
                help_text="Bila kosong, jabatannya sekarang.",
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        found: list[tuple[Pegawai, str]] = []
        for nomor in range(1, MOST_SIGNERS + 1):
            typed = data.get(f"nip_{nomor}") or ""
            if not typed:
                continue
            pegawai = (
                Pegawai.objects.filter(nip=User.normalize_username(typed))
                .select_related("keadaan__golongan", "user")
                .first()
            )
            if pegawai is None:
                self.add_error(f"nip_{nomor}", "Tidak ada pegawai dengan NIP itu.")
            elif any(pegawai.pk == satu.pk for satu, _ in found):
                self.add_error(f"nip_{nomor}", "Orang ini sudah disebut di atas.")
            else:
                jabatan = data.get(f"jabatan_{nomor}") or pegawai.keadaan.jabatan_nama
                if not jabatan:
                    self.add_error(f"jabatan_{nomor}", "Isi jabatannya.")
                found.append((pegawai, jabatan))
        data["penandatangan"] = found
        if not found and not self.errors:
            raise ValidationError("Isi paling sedikit satu penanda tangan.")
        return data
