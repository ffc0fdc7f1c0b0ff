"""Forms of a letter of the office; what follows is the shared pages'."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView

from bkpsdmd.documents.models import Naskah, Sifat, StatusNaskah
from bkpsdmd.documents.naskah.selectors import get_naskah
from bkpsdmd.ui.views import FormPageMixin
from simpeg.forms.surat_dinas import SuratDinasForm
from simpeg.permissions import Permission
from simpeg.services.surat_dinas import (
    SURAT_DINAS,
    draft_surat_dinas,
    update_surat_dinas,
)
from simpeg.views.surat import DAFTAR, GantiMixin

PANDUAN = (
    "Tulis hal, penerima, dan isinya. Baris kosong memisahkan paragraf; baris yang diawali "
    "tanda - menjadi daftar bernomor.",
    "Nomor, tanggal, dan penanda tangannya diisi portal: menurut buku nomor dan daftar "
    "Pejabat penandatangan.",
    "Periksa drafnya sebagai PDF di halaman berikutnya sebelum memberi nomor.",
)


class SuratDinasFormView(FormPageMixin, FormView):
    permission = Permission.SURAT_DINAS_DRAFT
    form_class = SuratDinasForm
    template_name = "simpeg/surat/surat_dinas.html"
    active_menu = DAFTAR
    panduan = PANDUAN

    def get_breadcrumbs(self) -> Any:
        return (("Naskah Dinas", reverse(DAFTAR)),)

    def get_cancel_url(self) -> str:
        return reverse(DAFTAR)

    def get_success_url_for(self, hasil: Naskah) -> str:
        return hasil.get_absolute_url()


class SuratDinasCreateView(GantiMixin, SuratDinasFormView):
    jenis = SURAT_DINAS
    title = "Surat dinas"
    submit_label = "Buat draf"
    success_message = "Draf dibuat."

    def get_initial(self) -> dict[str, Any]:
        return _isi_lagi(self.diganti.naskah) if self.diganti else {}

    def perform(self, form: SuratDinasForm) -> Naskah:
        return draft_surat_dinas(
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            menggantikan=self.diganti,
            **form.cleaned_data,
        )


class SuratDinasUpdateView(SuratDinasFormView):
    title = "Ubah draf surat dinas"
    success_message = "Draf disimpan."

    @cached_property
    def naskah(self) -> Naskah:
        naskah = get_naskah(self.request.user, self.kwargs["pk"])
        if (
            naskah is None
            or naskah.jenis != SURAT_DINAS
            or naskah.status != StatusNaskah.DRAF
        ):
            raise Http404
        return naskah

    def get_breadcrumbs(self) -> Any:
        return (
            *super().get_breadcrumbs(),
            (self.naskah.judul, self.naskah.get_absolute_url()),
        )

    def get_cancel_url(self) -> str:
        return self.naskah.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        return _isi_lagi(self.naskah)

    def perform(self, form: SuratDinasForm) -> Naskah:
        return update_surat_dinas(
            naskah=self.naskah,
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            **form.cleaned_data,
        )


def _isi_lagi(naskah: Naskah) -> dict[str, Any]:
    """Return what the form of a letter was filled with."""
    data = naskah.data
    sifat = {label: value for value, label in Sifat.choices}
    return {
        "hal": data["hal"],
        "kepada": "\n".join(data["kepada"]),
        "di": data["di"],
        "sifat": sifat.get(data["sifat"], Sifat.BIASA),
        "lampiran": "" if data["lampiran"] == "-" else data["lampiran"],
        "isi": data.get("teks", ""),
        "tembusan": "\n".join(data["tembusan"]),
    }
