"""Forms that draft papers; what follows is the shared pages' (`documents:naskah-*`)."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView

from bkpsdmd.documents.models import DokumenTerbit, Naskah, StatusNaskah
from bkpsdmd.documents.naskah.selectors import get_naskah
from bkpsdmd.ui.views import FormPageMixin, PageMixin
from simpeg.forms.surat import BeritaAcaraForm, SuratKeteranganForm
from simpeg.models import Pegawai, TindakanMassal
from simpeg.permissions import Permission
from simpeg.selectors.pegawai import can_change
from simpeg.selectors.surat import find_subjek
from simpeg.services.surat import (
    BERITA_ACARA,
    SURAT_KETERANGAN,
    draft_berita_acara,
    draft_surat_keterangan,
    request_surat_massal,
    update_berita_acara,
    update_surat_keterangan,
)
from simpeg.views.pegawai import PegawaiMixin
from simpeg.views.tindakan import PilihanMixin

DAFTAR = "documents:naskah-list"


class GantiMixin(PageMixin):
    """A form that may draft what replaces the issued paper named by `?ganti=`."""

    jenis = ""

    @cached_property
    def diganti(self) -> DokumenTerbit | None:
        pk = self.request.GET.get("ganti", "")
        if not pk:
            return None
        naskah = get_naskah(self.request.user, int(pk)) if pk.isdecimal() else None
        if naskah is None or naskah.jenis != self.jenis or naskah.dokumen is None:
            raise Http404
        return naskah.dokumen

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return {**kwargs, "is_ganti": self.diganti is not None}

    def get_success_url_for(self, hasil: Naskah) -> str:
        return hasil.get_absolute_url()


class SuratCreateView(GantiMixin, PegawaiMixin, FormPageMixin, FormView):
    permission = Permission.SURAT_DRAFT
    form_class = SuratKeteranganForm
    jenis = SURAT_KETERANGAN
    title = "Surat keterangan"
    submit_label = "Buat draf"
    success_message = "Draf dibuat."
    panduan = (
        "Tulis keperluannya; nama, pangkat, jabatan, dan unit diambil dari data hari ini.",
        "Penanda tangannya mengikuti golongan, menurut daftar Pejabat penandatangan.",
        "Draf belum bernomor; di halaman berikutnya Anda masih dapat membatalkannya.",
    )

    def get_cancel_url(self) -> str:
        return self.pegawai.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        return _isi_surat(self.diganti.naskah) if self.diganti else {}

    def has_permission(self) -> bool:
        return super().has_permission() and self.can_change

    def perform(self, form: SuratKeteranganForm) -> Naskah:
        return draft_surat_keterangan(
            pegawai=self.pegawai,
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            menggantikan=self.diganti,
            **form.cleaned_data,
        )

    def get_breadcrumbs(self) -> Any:
        return (
            *super().get_breadcrumbs(),
            (self.pegawai.nama_lengkap, self.pegawai.get_absolute_url()),
        )


class DrafMixin(PageMixin):
    """A form that writes the draft in the address anew."""

    jenis = ""
    submit_label = "Simpan draf"
    success_message = "Draf disimpan."
    active_menu = DAFTAR
    kwargs: dict[str, Any]

    @cached_property
    def naskah(self) -> Naskah:
        naskah = get_naskah(self.request.user, self.kwargs["pk"])
        if (
            naskah is None
            or naskah.jenis != self.jenis
            or naskah.status != StatusNaskah.DRAF
        ):
            raise Http404
        return naskah

    def get_breadcrumbs(self) -> Any:
        return (
            ("Naskah Dinas", reverse(DAFTAR)),
            (self.naskah.judul, self.naskah.get_absolute_url()),
        )

    def get_cancel_url(self) -> str:
        return self.naskah.get_absolute_url()

    def get_success_url_for(self, hasil: Naskah) -> str:
        return hasil.get_absolute_url()


class SuratUpdateView(DrafMixin, FormPageMixin, FormView):
    """Purpose and copies are typed; the rest is taken anew from the data of today."""

    permission = Permission.SURAT_DRAFT
    form_class = SuratKeteranganForm
    jenis = SURAT_KETERANGAN
    title = "Ubah draf surat keterangan"
    panduan = (
        "Perbaiki keperluan atau tembusannya, lalu simpan.",
        "Nama, pangkat, jabatan, unit, dan penanda tangannya diambil lagi dari data hari "
        "ini: simpan ulang bila datanya baru dibetulkan atau pejabatnya berganti.",
    )

    @cached_property
    def pegawai(self) -> Pegawai:
        pegawai = find_subjek(self.naskah)
        if pegawai is None or not can_change(self.request.user, pegawai):
            raise Http404
        return pegawai

    def get_initial(self) -> dict[str, Any]:
        return _isi_surat(self.naskah)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(pegawai=self.pegawai, **kwargs)

    def perform(self, form: SuratKeteranganForm) -> Naskah:
        return update_surat_keterangan(
            naskah=self.naskah,
            pegawai=self.pegawai,
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            **form.cleaned_data,
        )


class SuratMassalView(PilihanMixin, FormView):
    """The letter for everybody who was ticked, or whom the filter leaves."""

    permission = Permission.SURAT_DRAFT
    form_class = SuratKeteranganForm
    title = "Surat keterangan untuk banyak orang"
    submit_label = "Susun draf"
    panduan = (
        "Tiap orang yang sedang tampak di Daftar Pegawai mendapat satu draf surat.",
        "Drafnya menjadi satu paket: nomori, tanda tangani, dan unduh sekaligus.",
        "Halaman hasil mencatat siapa yang ditolak dan mengapa.",
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        del kwargs["user"]
        return kwargs

    def perform(self, form: SuratKeteranganForm) -> TindakanMassal:
        return request_surat_massal(
            rows=self.rows.order_by("nama_urut", "pk"),
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            **form.cleaned_data,
        )

    def get_success_url_for(self, hasil: TindakanMassal) -> str:
        return reverse("jobs:detail", args=[hasil.job_id])


class BeritaAcaraCreateView(GantiMixin, FormPageMixin, FormView):
    permission = Permission.BERITA_ACARA_DRAFT
    form_class = BeritaAcaraForm
    template_name = "simpeg/surat/berita_acara.html"
    jenis = BERITA_ACARA
    title = "Berita acara"
    submit_label = "Buat draf"
    success_message = "Draf dibuat."
    active_menu = DAFTAR
    panduan = (
        "Tulis judul dan isinya. Baris kosong memisahkan paragraf; baris yang diawali "
        "tanda - menjadi daftar bernomor.",
        "Isi NIP penanda tangan menurut urutan mereka menandatangani, paling banyak tiga.",
        "Sesudah dinomori, setiap penanda tangan mendapat giliran di Berandanya.",
    )

    def get_breadcrumbs(self) -> Any:
        return (("Naskah Dinas", reverse(DAFTAR)),)

    def get_cancel_url(self) -> str:
        return reverse(DAFTAR)

    def get_initial(self) -> dict[str, Any]:
        return _isi_lagi(self.diganti.naskah) if self.diganti else {}

    def perform(self, form: BeritaAcaraForm) -> Naskah:
        return draft_berita_acara(
            by=self.request.user, menggantikan=self.diganti, **_pick(form)
        )


class BeritaAcaraUpdateView(DrafMixin, FormPageMixin, FormView):
    permission = Permission.BERITA_ACARA_DRAFT
    form_class = BeritaAcaraForm
    template_name = "simpeg/surat/berita_acara.html"
    jenis = BERITA_ACARA
    title = "Ubah draf berita acara"
    panduan = BeritaAcaraCreateView.panduan

    def get_initial(self) -> dict[str, Any]:
        return _isi_lagi(self.naskah)

    def perform(self, form: BeritaAcaraForm) -> Naskah:
        return update_berita_acara(
            naskah=self.naskah, by=self.request.user, **_pick(form)
        )


def _isi_surat(naskah: Naskah) -> dict[str, Any]:
    """Return what the form of a letter was filled with."""
    return {
        "keperluan": naskah.data.get("keperluan", ""),
        "tembusan": "\n".join(naskah.data.get("tembusan", [])),
    }


def _pick(form: BeritaAcaraForm) -> dict[str, Any]:
    names = (
        "judul",
        "perihal_umum",
        "isi",
        "tembusan",
        "penandatangan",
        "alasan_ganti",
    )
    return {
        name: form.cleaned_data[name] for name in names if name in form.cleaned_data
    }


def _isi_lagi(naskah: Naskah) -> dict[str, Any]:
    """Return what the form of a berita acara was filled with."""
    data = naskah.data
    initial = {
        "judul": naskah.judul,
        "perihal_umum": naskah.perihal_umum,
        "isi": data.get("teks", ""),
        "tembusan": "\n".join(data.get("tembusan", [])),
    }
    for satu in naskah.penandatangan_set.all():
        initial[f"nip_{satu.urutan}"] = satu.nip
        initial[f"jabatan_{satu.urutan}"] = satu.jabatan
    return initial
