"""Lending one's role for a while: leave, official travel, a course."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from bkpsdmd.ui.views import ActionView, Crumb, FormPageMixin, PageMixin
from simpeg.forms.delegasi import DelegasiForm
from simpeg.models import PemberianPeran
from simpeg.permissions import Permission
from simpeg.selectors.delegasi import (
    describe_pemberian,
    get_delegasi,
    list_dapat_didelegasikan,
    list_delegasi,
)
from simpeg.services.akses import delegate_peran, end_delegasi


class DelegasiListView(PageMixin, TemplateView):
    permission = Permission.DELEGASI_MANAGE
    template_name = "simpeg/delegasi/list.html"
    title = "Delegasi Peran"
    panduan = (
        "Bila Anda cuti atau bertugas ke luar, delegasikan peran Anda kepada pegawai "
        "lain untuk beberapa hari.",
        "Anda tetap memegang peran itu; penerima memegangnya juga sampai hari terakhir.",
        "Delegasi berakhir sendiri, dapat diakhiri lebih awal, dan tidak dapat "
        "diteruskan oleh penerima.",
        "Semua yang dikerjakan penerima tercatat atas namanya sendiri.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hari_ini, user = timezone.localdate(), self.request.user
        return super().get_context_data(
            delegasi=list_delegasi(user, hari_ini),
            can_lend=list_dapat_didelegasikan(user, hari_ini).exists(),
            **kwargs,
        )


class DelegasiCreateView(FormPageMixin, FormView):
    permission = Permission.DELEGASI_MANAGE
    form_class = DelegasiForm
    title = "Delegasikan peran"
    active_menu = "simpeg:delegasi-list"
    submit_label = "Delegasikan"
    cancel_url = reverse_lazy("simpeg:delegasi-list")
    success_url = reverse_lazy("simpeg:delegasi-list")
    panduan = (
        "Pilih perannya, ketik NIP penerima, lalu hari pertama dan terakhirnya.",
        "Penerima melihat peran itu begitu harinya tiba; tidak perlu akun baru.",
        "Akhiri lebih awal dari halaman Delegasi Peran bila Anda sudah kembali.",
    )

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return (("Delegasi Peran", reverse("simpeg:delegasi-list")),)

    def get_form_kwargs(self) -> dict[str, Any]:
        peran = list_dapat_didelegasikan(self.request.user, timezone.localdate())
        return {
            **super().get_form_kwargs(),
            "peran": [(one.pk, describe_pemberian(one)) for one in peran],
        }

    def get_initial(self) -> dict[str, Any]:
        return {"mulai": timezone.localdate()}

    def perform(self, form: DelegasiForm) -> PemberianPeran:
        data = form.cleaned_data
        return delegate_peran(
            pemberian=PemberianPeran.objects.get(pk=data["pemberian"]),
            penerima=data["penerima"],
            mulai=data["mulai"],
            selesai=data["selesai"],
            alasan=data["alasan"],
            by=self.request.user,
            per_tanggal=timezone.localdate(),
        )

    def get_success_message(self, hasil: PemberianPeran) -> str:
        return f"Peran {describe_pemberian(hasil)} didelegasikan kepada {hasil.user}."


class DelegasiEndView(ActionView):
    """Take a lent role back, or give it back, from today on."""

    permission = Permission.DELEGASI_MANAGE

    def act(self) -> None:
        user = self.request.user
        delegasi = get_delegasi(user, self.kwargs["pk"])
        if delegasi is None:
            raise Http404
        end_delegasi(delegasi=delegasi, by=user, per_tanggal=timezone.localdate())
        messages.success(self.request, "Delegasi diakhiri.")

    def get_back_url(self) -> str:
        return reverse("simpeg:delegasi-list")
