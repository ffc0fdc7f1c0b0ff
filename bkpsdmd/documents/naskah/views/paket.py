"""Pages of bundles: how far one is, and what is done to all its papers at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from bkpsdmd.documents.jenis import get_jenis
from bkpsdmd.documents.models import CaraTtd, Naskah, PaketNaskah, StatusNaskah
from bkpsdmd.documents.naskah.forms import NomorForm, TandaTanganForm
from bkpsdmd.documents.naskah.paket import (
    BENTUK,
    list_waiting,
    request_nomor,
    request_ttd,
    request_unduh,
)
from bkpsdmd.documents.naskah.selectors import count_status, get_paket
from bkpsdmd.documents.naskah.services import list_cara
from bkpsdmd.documents.naskah.views.naskah import (
    DAFTAR,
    SUDAH_BERUBAH,
    FreshPasswordMixin,
    NaskahNumberView,
)
from bkpsdmd.documents.permissions import Permission
from bkpsdmd.jobs.models import Job
from bkpsdmd.ui.views import ActionView, Crumb, FormPageMixin, PageMixin


class PaketMixin(PageMixin):
    permission = Permission.NASKAH_VIEW
    active_menu = DAFTAR
    kwargs: dict[str, Any]

    @cached_property
    def paket(self) -> PaketNaskah:
        paket = get_paket(self.request.user, self.kwargs["pk"])
        if paket is None:
            raise Http404
        return paket

    @cached_property
    def waiting(self) -> QuerySet[Naskah]:
        return list_waiting(self.paket, self.request.user)

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        above: list[Crumb] = [("Naskah Dinas", reverse(DAFTAR))]
        if type(self) is not PaketDetailView:
            above.append((self.paket.judul, self.paket.get_absolute_url()))
        return above


class PaketDetailView(PaketMixin, TemplateView):
    template_name = "documents/naskah/paket.html"
    panduan = (
        "Paket memuat naskah yang disusun bersama. Beri nomor sekaligus, tanda tangani "
        "sekaligus, lalu unduh sebagai satu berkas.",
        "Pekerjaan yang terhenti dapat diulang; yang sudah selesai tidak dikerjakan lagi.",
        "Satu naskah yang keliru dapat dibatalkan dari halamannya sendiri.",
    )

    def get_title(self) -> str:
        return self.paket.judul

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        status = count_status(self.paket)
        jumlah = sum(status.values()) - status[StatusNaskah.BATAL]
        menunggu = self.waiting.count()
        return super().get_context_data(
            paket=self.paket,
            status=status,
            jumlah=jumlah,
            menunggu=menunggu,
            can_number=bool(status[StatusNaskah.DRAF])
            and self.request.user.has_perm(Permission.NASKAH_NUMBER),
            menunggu_nomor=bool(status[StatusNaskah.DRAF]),
            bentuk=self._list_bentuk(bool(status[StatusNaskah.DITANDATANGANI])),
            url_daftar=f"{reverse(DAFTAR)}?paket={self.paket.pk}",
            **kwargs,
        )

    def _list_bentuk(self, is_any_signed: bool) -> list[tuple[str, str]]:
        """Return the forms of a file there is something for; by hand is printed first."""
        wet = self.paket.naskah_set.filter(
            status=StatusNaskah.BERNOMOR, cara=CaraTtd.BASAH
        )
        if is_any_signed:
            return list(BENTUK.items())
        return [("gabung", BENTUK["gabung"])] if wet.exists() else []


class PaketNumberView(PaketMixin, FormPageMixin, FormView):
    permission = Permission.NASKAH_NUMBER
    template_name = "documents/naskah/nomor.html"
    form_class = NomorForm
    title = "Beri nomor paket"
    submit_label = "Beri nomor semua"
    keep_draft = False
    panduan = NaskahNumberView.panduan

    @cached_property
    def draf(self) -> QuerySet[Naskah]:
        return self.paket.naskah_set.filter(status=StatusNaskah.DRAF)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "pilihan": list_cara(self.draf)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            jumlah=self.draf.count(),
            jenis=get_jenis(self.paket.jenis).nama,
            tanggal=timezone.localdate(),
            **kwargs,
        )

    def get_cancel_url(self) -> str:
        return self.paket.get_absolute_url()

    def perform(self, form: NomorForm) -> Job:
        return request_nomor(
            paket=self.paket, by=self.request.user, cara=form.cleaned_data["cara"]
        )

    def get_success_url_for(self, hasil: Job) -> str:
        return reverse("jobs:detail", args=[hasil.pk])


class PaketDownloadView(PaketMixin, ActionView):
    def act(self) -> HttpResponseBase:
        bentuk = self.request.POST.get("bentuk", "")
        job = request_unduh(paket=self.paket, bentuk=bentuk, by=self.request.user)
        return redirect("jobs:detail", pk=job.pk)

    def get_back_url(self) -> str:
        return self.paket.get_absolute_url()


class PaketSignView(FreshPasswordMixin, PaketMixin, FormPageMixin, FormView):
    """Sign all of a bundle that waits for this user."""

    template_name = "documents/naskah/tandatangani.html"
    form_class = TandaTanganForm
    title = "Tanda tangani paket"
    submit_label = "Tanda tangani semua"
    keep_draft = False
    panduan = (
        "Periksa beberapa naskah lebih dahulu; contoh di bawah adalah yang pertama.",
        "Semua yang menunggu Anda ditandatangani di belakang layar; halaman berikutnya "
        "menampilkan kemajuannya.",
    )

    def may_act(self) -> bool:
        return self.waiting.exists()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.has_permission():
            raise PermissionDenied
        if not self.may_act():
            # Pressed twice, or signed meanwhile in another window.
            messages.warning(request, SUDAH_BERUBAH)
            return HttpResponseRedirect(self.paket.get_absolute_url())
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def pertama(self) -> Naskah:
        return self.waiting.order_by("pk")[0]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "is_bsre": self.waiting.filter(cara=CaraTtd.BSRE).exists(),
            "banyak": self.waiting.count(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            url_pdf=reverse("documents:naskah-pdf", args=[self.pertama.pk]), **kwargs
        )

    def get_cancel_url(self) -> str:
        return self.paket.get_absolute_url()

    def perform(self, form: TandaTanganForm) -> Job:
        return request_ttd(
            paket=self.paket,
            by=self.request.user,
            frasa_sandi=form.cleaned_data.get("frasa_sandi", ""),
        )

    def get_success_url_for(self, hasil: Job) -> str:
        return reverse("jobs:detail", args=[hasil.pk])
