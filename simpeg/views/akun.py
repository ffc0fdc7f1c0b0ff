"""Accounts of people: who has activated theirs, and slips with codes for the others."""

from __future__ import annotations

import io
from typing import Any

import django_filters as filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from bkpsdmd.accounts.forms import PemulihanForm
from bkpsdmd.accounts.models import PemulihanMfa
from bkpsdmd.accounts.recovery import request_recovery
from bkpsdmd.accounts.selectors import get_account_states
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.views import Crumb, FormPageMixin, ListPageMixin
from simpeg.models import KeadaanPegawai
from simpeg.permissions import Permission
from simpeg.selectors.akun import BELUM_AKTIF, list_akun
from simpeg.selectors.unit_kerja import list_opd_in_scope
from simpeg.services.akun import print_kode


class AkunFilter(filters.FilterSet):
    q = filters.CharFilter(label="Nama atau NIP", method="search")
    opd = filters.ModelChoiceFilter(
        label="Perangkat daerah",
        queryset=lambda request: list_opd_in_scope(request.user),
        empty_label="Semua",
    )
    akun = filters.ChoiceFilter(
        label="Keadaan akun",
        choices=[("belum", "Belum aktif"), ("aktif", "Sudah aktif")],
        empty_label="Semua",
        method="of_akun",
    )

    class Meta:
        model = KeadaanPegawai
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.search(value)

    def of_akun(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(BELUM_AKTIF if value == "belum" else ~BELUM_AKTIF)


class AkunListView(ListPageMixin, TemplateView):
    """GET lists, POST prints the slips of the people ticked."""

    permission = Permission.AKUN_MANAGE
    template_name = "simpeg/akun/list.html"
    fragment_template = "simpeg/akun/_table.html"
    title = "Akun Pegawai"
    satuan = "akun"
    sorts = {"nama": ("nama_urut",)}
    filterset_class = AkunFilter
    main_filters = ("q", "opd", "akun")
    panduan = (
        "Saring yang belum aktif, lalu beri tanda pada nama yang akan diberi kode.",
        "Tekan Cetak kode: portal membuat PDF berisi potongan kertas per orang.",
        "Serahkan langsung kepada orangnya. Kode lama orang itu tidak berlaku lagi.",
        "Yang lupa kata sandi juga diberi kode dari sini.",
        "Yang kehilangan ponsel dan kode cadangan: tekan Pulihkan. Petugas kedua di "
        "BKPSDMD menyetujuinya.",
    )

    def get_queryset(self) -> QuerySet[KeadaanPegawai]:
        return list_akun(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = context["daftar"].rows
        states = get_account_states(row.pegawai.user for row in rows)
        context["baris"] = [(row, states[row.pegawai.user_id]) for row in rows]
        return context

    def post(self, request: HttpRequest) -> HttpResponseBase:
        ids = [int(pk) for pk in request.POST.getlist("pegawai") if pk.isdigit()]
        alamat = request.build_absolute_uri(reverse("akun-aktivasi"))
        try:
            pdf = print_kode(pegawai_ids=ids, alamat=alamat, by=request.user)
        except DomainError as error:
            messages.error(request, error.pesan)
            return redirect("simpeg:akun-list")
        response = FileResponse(
            io.BytesIO(pdf), as_attachment=True, filename="kode-aktivasi.pdf"
        )
        response["Cache-Control"] = "private, no-store"
        return response


class PemulihanCreateView(FormPageMixin, FormView):
    """Ask for a person of one's units that the lost second step be taken away."""

    permission = Permission.AKUN_MANAGE
    form_class = PemulihanForm
    title = "Minta pemulihan akun"
    active_menu = "simpeg:akun-list"
    submit_label = "Minta pemulihan"
    success_message = (
        "Permintaan tersimpan. Petugas kedua di BKPSDMD sudah melihatnya di Beranda."
    )
    keep_draft = False
    panduan = (
        "Pastikan sendiri bahwa yang meminta memang orangnya: temui, atau cocokkan "
        "KTP atau kartu ASN-nya.",
        "Tulis alasannya. Petugas kedua di BKPSDMD memutuskan.",
        "Sesudah disetujui orang itu masuk dengan kata sandi saja, lalu memasang "
        "verifikasi dua langkah lagi.",
    )

    @cached_property
    def orang(self) -> KeadaanPegawai:
        return get_object_or_404(list_akun(self.request.user), pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return f"Minta pemulihan akun {self.orang.nama_lengkap}"

    def get_breadcrumbs(self) -> list[Crumb]:
        return [("Akun Pegawai", reverse("simpeg:akun-list"))]

    def get_cancel_url(self) -> str:
        return reverse("simpeg:akun-list")

    def get_success_url(self) -> str:
        return reverse("simpeg:akun-list")

    def perform(self, form: Any) -> PemulihanMfa:
        return request_recovery(
            user=self.orang.pegawai.user,
            cara=form.cleaned_data["cara"],
            alasan=form.cleaned_data["alasan"],
            by=self.request.user,
            now=timezone.now(),
        )
