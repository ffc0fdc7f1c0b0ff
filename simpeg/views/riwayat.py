"""Adding, correcting and cancelling a riwayat of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from bkpsdmd.ui.views import Crumb, FormPageMixin, PageMixin
from simpeg.exceptions import NeedsConfirmationError
from simpeg.forms.riwayat import BatalRiwayatForm, build_form, initial_of
from simpeg.jenis_riwayat import JENIS, JenisRiwayat, get_bagian
from simpeg.models.riwayat import Riwayat
from simpeg.permissions import Permission
from simpeg.selectors.pilihan import DAFTAR, list_saran
from simpeg.selectors.riwayat import list_riwayat
from simpeg.services.riwayat import add_riwayat, cancel_riwayat, correct_riwayat
from simpeg.views.pegawai import PegawaiMixin


class RiwayatFormMixin(PegawaiMixin, FormPageMixin):
    """What the three forms share: which kind, who may, odd data asked about."""

    permission = Permission.RIWAYAT_CHANGE
    template_name = "simpeg/riwayat/form.html"
    peringatan: Sequence[Any] = ()

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        return (
            self.request.user.has_perm(self.jenis.izin)
            and self.can_change
            and self.can_see(self.jenis)
        )

    @cached_property
    def jenis(self) -> JenisRiwayat:
        jenis = JENIS.get(self.kwargs["jenis"])
        if jenis is None or self.pegawai.jenis_asn not in jenis.untuk:
            raise Http404
        return jenis

    @cached_property
    def riwayat(self) -> Riwayat:
        rows = list_riwayat(self.pegawai, self.jenis)
        row = rows.filter(pk=self.kwargs["riwayat_pk"]).first()
        if row is None:
            raise Http404
        return row

    def get_title(self) -> str:
        return f"{self.title} {self.jenis.nama}"

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
        return super().get_context_data(
            jenis=self.jenis, peringatan=self.peringatan, **kwargs
        )

    def get_success_url(self) -> str:
        bagian = get_bagian(self.jenis)
        return reverse("simpeg:pegawai-bagian", args=[self.pegawai.pk, bagian.kunci])

    def get_cancel_url(self) -> str:
        return self.get_success_url()

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [
            *super().get_breadcrumbs(),
            (self.pegawai.nama_lengkap, self.pegawai.get_absolute_url()),
            (get_bagian(self.jenis).label, self.get_success_url()),
        ]


class RiwayatCreateView(RiwayatFormMixin, FormView):
    title = "Tambah"
    panduan = (
        "Siapkan buktinya (SK, ijazah, sertifikat, atau akta); isi kolom menurut "
        "urutan padanya.",
        "Unggah pindaian atau foto buktinya; foto dapat diluruskan dan beberapa halaman "
        "menjadi satu PDF.",
        "Bila ada yang tidak biasa, portal meminta Anda memeriksa sekali lagi.",
    )

    def get_form_class(self) -> Any:
        return build_form(self.jenis.kunci)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "pegawai": self.pegawai}

    def save(self, form: Any) -> Any:
        return add_riwayat(
            jenis=self.jenis,
            pegawai=self.pegawai,
            data=form.as_data(),
            berkas=form.cleaned_data["berkas"],
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            is_diperiksa=form.cleaned_data["is_diperiksa"],
        )

    def get_success_message(self, hasil: Any) -> str:
        return f"{self.jenis.judul} tersimpan."


class RiwayatCorrectView(RiwayatFormMixin, FormView):
    title = "Koreksi"
    submit_label = "Simpan koreksi"
    success_message = (
        "Koreksi tersimpan; catatan lama tetap terbaca sebagai dibatalkan."
    )
    panduan = (
        "Tulis dulu apa yang salah pada catatan lama.",
        "Perbaiki kolomnya. Berkas lama tetap dipakai bila tidak diganti.",
        "Catatan lama tidak hilang: ia bertanda dibatalkan dan digantikan yang baru.",
    )

    def get_form_class(self) -> Any:
        return build_form(self.jenis.kunci, is_koreksi=True)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "pegawai": self.pegawai}

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.jenis, self.riwayat)

    def save(self, form: Any) -> Any:
        return correct_riwayat(
            jenis=self.jenis,
            riwayat=self.riwayat,
            data=form.as_data(),
            alasan=form.cleaned_data["alasan"],
            berkas=form.cleaned_data["berkas"],
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            is_diperiksa=form.cleaned_data["is_diperiksa"],
        )


class RiwayatCancelView(RiwayatFormMixin, FormView):
    form_class = BatalRiwayatForm
    title = "Batalkan"
    submit_label = "Batalkan catatan ini"
    cancel_label = "Kembali"
    panduan = (
        "Batalkan hanya bila catatan ini seharusnya tidak ada.",
        "Bila hanya ada kolom yang salah, pakai Koreksi.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            dibatalkan=self.riwayat,
            label_sk=self.jenis.label.get("sk_nomor", "SK"),
            **kwargs,
        )

    def save(self, form: Any) -> Any:
        clean = form.cleaned_data
        return cancel_riwayat(
            jenis=self.jenis,
            riwayat=self.riwayat,
            alasan=clean["alasan"],
            sk_nomor=clean["sk_nomor"],
            sk_tanggal=clean["sk_tanggal"],
            by=self.request.user,
            per_tanggal=timezone.localdate(),
        )

    def get_success_message(self, hasil: Any) -> str:
        return f"{self.jenis.judul} dibatalkan; catatannya tetap terbaca."


class PilihanView(PageMixin, TemplateView):
    """Suggestions for an input while somebody types in it."""

    # Names of posts and units, which forms of several roles ask for.
    permission = Permission.PILIHAN_VIEW
    template_name = "simpeg/riwayat/_saran.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        daftar = self.kwargs["daftar"]
        if daftar not in DAFTAR:
            raise Http404
        teks = next(iter(self.request.GET.values()), "")
        return super().get_context_data(saran=list_saran(daftar, teks[:200]), **kwargs)
