"""Saved filters of a list, and which of its columns a user sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from bkpsdmd.ui.columns import choose_columns
from bkpsdmd.ui.views import Crumb, FormPageMixin, PageMixin
from simpeg.forms.tampilan import KolomForm, SaringanForm
from simpeg.models import SaringanTersimpan
from simpeg.permissions import Permission
from simpeg.selectors.tampilan import get_tampilan, list_saringan
from simpeg.services import tampilan as services
from simpeg.views.daftar import DAFTAR, keep_filters


class DaftarMixin(PageMixin):
    """A page about the list in the address, for those who may open that list."""

    permission = Permission.TAMPILAN_CHANGE
    kwargs: dict[str, Any]

    def has_permission(self) -> bool:
        return super().has_permission() and bool(self.daftar)

    @cached_property
    def daftar(self) -> type[Any]:
        found = DAFTAR.get(self.kwargs["daftar"])
        if found is None:
            raise Http404
        if not self.request.user.has_perm(found.view.permission):
            raise PermissionDenied
        return found.view

    @property
    def kueri(self) -> str:
        return keep_filters(self.daftar, self.request.GET)

    @property
    def url_daftar(self) -> str:
        url = reverse(DAFTAR[self.kwargs["daftar"]].url_name)
        return f"{url}?{self.kueri}" if self.kueri else url

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [(self.daftar.title, self.url_daftar)]


class SaringanListView(DaftarMixin, FormPageMixin, FormView):
    """The filters one has, and a form that keeps the one in the address."""

    template_name = "simpeg/tampilan/saringan.html"
    form_class = SaringanForm
    title = "Saringan tersimpan"
    submit_label = "Simpan saringan"
    success_message = "Saringan tersimpan."
    keep_draft = False
    panduan = (
        "Saring dahulu daftarnya, lalu tekan Simpan saringan ini dan beri nama.",
        "Saringan dapat dibagikan kepada unit atau peran Anda; yang menerimanya tetap "
        "melihat pegawai dalam lingkupnya sendiri.",
        "Hanya pemilik yang dapat mengganti nama, membagikan, atau menghapusnya.",
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def perform(self, form: Any) -> SaringanTersimpan:
        return services.save_saringan(
            daftar=self.kwargs["daftar"],
            kueri=self.kueri,
            by=self.request.user,
            **form.cleaned_data,
        )

    def get_success_url(self) -> str:
        return self.url_daftar

    def get_cancel_url(self) -> str:
        return self.url_daftar

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view = self.daftar()
        view.setup(self.request)
        return super().get_context_data(
            chips=view.list_chips() if self.kueri else [],
            kueri=self.kueri,
            url_alamat=reverse(DAFTAR[self.kwargs["daftar"]].url_name),
            saringan=list_saringan(self.request.user, self.kwargs["daftar"]),
            **kwargs,
        )


class SaringanMixin(DaftarMixin):
    @cached_property
    def saringan(self) -> SaringanTersimpan:
        return get_object_or_404(
            SaringanTersimpan,
            pk=self.kwargs["pk"],
            daftar=self.kwargs["daftar"],
            pemilik=self.request.user,
        )

    @property
    def url_kelola(self) -> str:
        return reverse("simpeg:saringan-list", args=[self.kwargs["daftar"]])

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [*super().get_breadcrumbs(), ("Saringan tersimpan", self.url_kelola)]


class SaringanUpdateView(SaringanMixin, FormPageMixin, FormView):
    form_class = SaringanForm
    title = "Ubah saringan"
    success_message = "Saringan diubah."
    keep_draft = False
    panduan = (
        "Ganti namanya, atau pilih kepada siapa saringan ini dibagikan.",
        "Pilih Tidak dibagikan untuk menariknya kembali.",
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        saringan = self.saringan
        tujuan = f"unit:{saringan.unit_id}" if saringan.unit_id else ""
        if saringan.peran:
            tujuan = f"peran:{saringan.peran}"
        return {"nama": saringan.nama, "tujuan": tujuan}

    def perform(self, form: Any) -> SaringanTersimpan:
        return services.update_saringan(
            saringan=self.saringan, by=self.request.user, **form.cleaned_data
        )

    def get_success_url(self) -> str:
        return self.url_kelola

    def get_cancel_url(self) -> str:
        return self.url_kelola


class SaringanDeleteView(SaringanMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        services.delete_saringan(saringan=self.saringan, by=request.user)
        messages.success(request, "Saringan dihapus.")
        return redirect(self.url_kelola)


class KolomView(DaftarMixin, FormPageMixin, FormView):
    form_class = KolomForm
    title = "Pilih kolom"
    submit_label = "Pakai kolom ini"
    success_message = "Pilihan kolom tersimpan."
    template_name = "simpeg/tampilan/kolom.html"
    keep_draft = False
    panduan = (
        "Centang kolom yang ingin Anda lihat; nama dan NIP selalu tampak.",
        "Pilihan ini milik Anda sendiri, berlaku untuk tabel dan berkas Excel.",
        "Kembalikan seperti semula memulihkan kolom bawaan.",
    )

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        if not self.daftar.columns:
            raise Http404
        return True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "columns": self.daftar.columns}

    def get_initial(self) -> dict[str, Any]:
        chosen = get_tampilan(self.request.user, self.kwargs["daftar"]).kolom
        shown = choose_columns(self.daftar.columns, chosen)
        return {"kolom": [one.kunci for one in shown]}

    def perform(self, form: Any) -> None:
        if "kembalikan" in self.request.POST:
            services.reset_kolom(daftar=self.kwargs["daftar"], by=self.request.user)
            return
        services.save_kolom(
            daftar=self.kwargs["daftar"],
            kolom=form.cleaned_data["kolom"],
            ada={one.kunci for one in self.daftar.columns},
            by=self.request.user,
        )

    def get_success_url(self) -> str:
        return self.url_daftar

    def get_cancel_url(self) -> str:
        return self.url_daftar
