"""Accounts of people: who has activated theirs, and slips with codes for the others."""

from __future__ import annotations

import io
from typing import Any

import django_filters as filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.views import ListPageMixin
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
    )

    def get_queryset(self) -> QuerySet[KeadaanPegawai]:
        return list_akun(self.request.user)

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
