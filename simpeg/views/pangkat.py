"""Adding, correcting and cancelling a riwayat pangkat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView

from bkpsdmd.ui.views import Crumb, FormPageMixin
from simpeg.exceptions import NeedsConfirmationError
from simpeg.forms.pangkat import (
    BatalRiwayatForm,
    KoreksiPangkatForm,
    RiwayatPangkatForm,
)
from simpeg.models import RiwayatPangkat
from simpeg.permissions import Permission
from simpeg.services.pangkat import (
    add_riwayat_pangkat,
    cancel_riwayat_pangkat,
    correct_riwayat_pangkat,
)
from simpeg.views.pegawai import PegawaiMixin


class PangkatFormMixin(PegawaiMixin, FormPageMixin):
    """What the three forms share: who may, where it leads back, odd data asked about."""

    permission = Permission.PANGKAT_CHANGE
    template_name = "simpeg/pangkat/form.html"
    peringatan: Sequence[Any] = ()

    def has_permission(self) -> bool:
        return super().has_permission() and self.can_change

    @cached_property
    def riwayat(self) -> RiwayatPangkat:
        rows = RiwayatPangkat.objects.select_related("golongan", "jenis", "berkas")
        row = rows.filter(pegawai=self.pegawai, pk=self.kwargs["riwayat_pk"]).first()
        if row is None:
            raise Http404
        return row

    def perform(self, form: BaseForm) -> Any:
        try:
            return self.save(form)
        except NeedsConfirmationError as error:
            self.peringatan = error.peringatan
            form.ask_confirmation()  # type: ignore[attr-defined]
            raise

    def save(self, form: Any) -> Any:
        """Call the service with the cleaned form."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(peringatan=self.peringatan, **kwargs)

    def get_success_url(self) -> str:
        return reverse("simpeg:pegawai-bagian", args=[self.pegawai.pk, "pangkat"])

    def get_cancel_url(self) -> str:
        return self.get_success_url()

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [
            *super().get_breadcrumbs(),
            (self.pegawai.nama_lengkap, self.pegawai.get_absolute_url()),
            ("Pangkat", self.get_success_url()),
        ]


class RiwayatPangkatCreateView(PangkatFormMixin, FormView):
    form_class = RiwayatPangkatForm
    title = "Tambah riwayat pangkat"
    success_message = "Riwayat pangkat tersimpan."
    panduan = (
        "Siapkan SK-nya; isi kolom menurut urutan pada SK.",
        "Unggah pindaian atau foto SK agar catatan ini dapat dibuktikan.",
        "Bila ada yang tidak biasa, portal meminta Anda memeriksa sekali lagi.",
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "pegawai": self.pegawai}

    def save(self, form: Any) -> RiwayatPangkat:
        return add_riwayat_pangkat(
            pegawai=self.pegawai,
            data=form.as_data(),
            berkas=form.cleaned_data["berkas"],
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            is_diperiksa=form.cleaned_data["is_diperiksa"],
        )


class RiwayatPangkatCorrectView(PangkatFormMixin, FormView):
    form_class = KoreksiPangkatForm
    title = "Koreksi riwayat pangkat"
    submit_label = "Simpan koreksi"
    success_message = (
        "Koreksi tersimpan; catatan lama tetap terbaca sebagai dibatalkan."
    )
    panduan = (
        "Tulis dulu apa yang salah pada catatan lama.",
        "Perbaiki kolomnya. Berkas SK lama tetap dipakai bila tidak diganti.",
        "Catatan lama tidak hilang: ia bertanda dibatalkan dan digantikan yang baru.",
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "pegawai": self.pegawai}

    def get_initial(self) -> dict[str, Any]:
        return KoreksiPangkatForm.initial_of(self.riwayat)

    def save(self, form: Any) -> RiwayatPangkat:
        return correct_riwayat_pangkat(
            riwayat=self.riwayat,
            data=form.as_data(),
            alasan=form.cleaned_data["alasan"],
            berkas=form.cleaned_data["berkas"],
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            is_diperiksa=form.cleaned_data["is_diperiksa"],
        )


class RiwayatPangkatCancelView(PangkatFormMixin, FormView):
    form_class = BatalRiwayatForm
    title = "Batalkan riwayat pangkat"
    submit_label = "Batalkan riwayat ini"
    success_message = "Riwayat pangkat dibatalkan; catatannya tetap terbaca."
    panduan = (
        "Batalkan hanya bila catatan ini seharusnya tidak ada.",
        "Bila hanya ada kolom yang salah, pakai Koreksi.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(dibatalkan=self.riwayat, **kwargs)

    def save(self, form: Any) -> Any:
        clean = form.cleaned_data
        return cancel_riwayat_pangkat(
            riwayat=self.riwayat,
            alasan=clean["alasan"],
            sk_nomor=clean["sk_nomor"],
            sk_tanggal=clean["sk_tanggal"],
            by=self.request.user,
            per_tanggal=timezone.localdate(),
        )
