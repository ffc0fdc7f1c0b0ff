"""Programs that may read the records: issue a token, look at its use, revoke it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.views import Crumb, FormPageMixin, ListPageMixin, PageMixin
from simpeg.forms.api import CabutForm, KlienApiForm
from simpeg.models import CatatanApi, KlienApi
from simpeg.permissions import Permission
from simpeg.services.api import create_klien, revoke_klien


class KlienApiListView(ListPageMixin, TemplateView):
    permission = Permission.API_MANAGE
    template_name = "simpeg/api/list.html"
    fragment_template = "simpeg/api/_table.html"
    title = "Klien API"
    satuan = "klien"
    sorts = {"nama": ("nama",), "terakhir": ("-terakhir_at",)}
    panduan = (
        "Klien adalah aplikasi lain yang boleh membaca data pegawai lewat API.",
        "Tekan Tambah klien untuk memberi token; token hanya tampil sekali.",
        "Tekan nama klien untuk melihat pemakaiannya atau mencabutnya.",
    )

    def get_queryset(self) -> QuerySet[KlienApi]:
        return KlienApi.objects.prefetch_related("unit_set")


class KlienApiCreateView(FormPageMixin, FormView):
    permission = Permission.API_MANAGE
    form_class = KlienApiForm
    title = "Tambah klien API"
    submit_label = "Buat token"
    active_menu = "simpeg:api-klien-list"
    keep_draft = False
    panduan = (
        "Isi nama aplikasi dan siapa penanggung jawabnya.",
        "Beri cakupan dan unit sesempit mungkin; NIK hanya bila perlu.",
        "Salin token di halaman berikut: sesudah ditutup tidak dapat dilihat lagi.",
    )

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [("Klien API", self.get_cancel_url())]

    def get_cancel_url(self) -> str:
        return reverse("simpeg:api-klien-list")

    def form_valid(self, form: Any) -> HttpResponse:
        """Answer with the token itself: it stands nowhere a second page could read it."""
        try:
            klien, token = create_klien(
                by=self.request.user,
                per_tanggal=timezone.localdate(),
                **form.cleaned_data,
            )
        except DomainError as error:
            form.add_error(
                error.kolom if error.kolom in form.fields else None, error.pesan
            )
            return self.form_invalid(form)
        response = TemplateResponse(
            self.request,
            "simpeg/api/token.html",
            self.get_context_data(form=form, klien=klien, token=token),
        )
        response["Cache-Control"] = "private, no-store"
        return response


class KlienApiMixin(PageMixin):
    permission = Permission.API_MANAGE
    active_menu = "simpeg:api-klien-list"
    kwargs: dict[str, Any]

    @cached_property
    def klien(self) -> KlienApi:
        return get_object_or_404(
            KlienApi.objects.select_related("created_by", "dicabut_by"),
            pk=self.kwargs["pk"],
        )

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [("Klien API", reverse("simpeg:api-klien-list"))]


class KlienApiDetailView(KlienApiMixin, ListPageMixin, TemplateView):
    """One client with the requests it made, newest first."""

    template_name = "simpeg/api/detail.html"
    fragment_template = "simpeg/api/_catatan.html"
    satuan = "permintaan"
    sorts = {"terbaru": ("-id",)}
    panduan = (
        "Tabel di bawah mencatat setiap permintaan: kapan, apa, berapa baris, dari mana.",
        "Cabut bila token bocor atau aplikasi itu tidak dipakai lagi; berlaku seketika.",
    )

    def get_title(self) -> str:
        return self.klien.nama

    def get_queryset(self) -> QuerySet[CatatanApi]:
        return CatatanApi.objects.filter(klien=self.klien)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            klien=self.klien,
            status=self.klien.status,
            units=list(self.klien.unit_set.all()),
            **kwargs,
        )


class KlienApiRevokeView(KlienApiMixin, FormPageMixin, FormView):
    form_class = CabutForm
    title = "Cabut klien API"
    submit_label = "Cabut sekarang"
    success_message = "Klien dicabut; tokennya tidak berlaku lagi."
    keep_draft = False
    panduan = (
        "Tuliskan alasannya, lalu tekan Cabut sekarang.",
        "Pencabutan berlaku seketika dan tidak dapat dibatalkan; buat klien baru bila "
        "perlu.",
    )

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [*super().get_breadcrumbs(), (self.klien.nama, self.get_cancel_url())]

    def perform(self, form: Any) -> None:
        revoke_klien(klien=self.klien, by=self.request.user, **form.cleaned_data)

    def get_success_url(self) -> str:
        return self.klien.get_absolute_url()

    def get_cancel_url(self) -> str:
        return self.klien.get_absolute_url()


# -- Documentation ----------------------------------------------------------------------


class ApiDocsView(PageMixin, TemplateView):
    """What the API answers, drawn from its own description; no other host is asked."""

    permission = Permission.API_DOCS
    template_name = "simpeg/api/dokumentasi.html"
    title = "Dokumentasi API"
    panduan = (
        "Mintalah token kepada admin portal, lalu kirim di kepala Authorization.",
        "Cari alamat yang diperlukan; isian dan jawabannya tertulis di bawahnya.",
        "Unduh OpenAPI untuk membuat program kliennya dengan alat Anda sendiri.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        skema = _get_skema()
        return super().get_context_data(
            alamat=list(_list_alamat(skema)),
            bentuk=list(_list_bentuk(skema)),
            galat=list(_GALAT.items()),
            dasar=self.request.build_absolute_uri("/api/v1"),
            uraian=skema["info"]["description"],
            **kwargs,
        )


class ApiSchemaView(PageMixin, View):
    """The OpenAPI document as a file."""

    permission = Permission.API_DOCS
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(
            json.dumps(_get_skema(), ensure_ascii=False, indent=1),
            content_type="application/json",
            headers={"Content-Disposition": 'attachment; filename="openapi.json"'},
        )


def _get_skema() -> dict[str, Any]:
    """Return the description of the API."""
    # Slow to load, and needed on these two pages alone.
    from simpeg.views.api.dasar import api

    return api.get_openapi_schema()


_GALAT = {
    400: "Permintaan salah, mis. token ditulis di alamat.",
    401: "Tidak ada token, atau token tidak berlaku lagi.",
    403: "Di luar cakupan klien.",
    404: "Tidak ada, atau di luar unit klien.",
    422: "Isian salah atau kurang; pesannya menyebut isian mana.",
    429: "Terlalu sering; tunggu sebanyak detik di kepala Retry-After.",
}


def _list_alamat(skema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, operations in skema["paths"].items():
        for method, one in operations.items():
            body = one.get("requestBody", {}).get("content", {})
            yield {
                "metode": method.upper(),
                "alamat": path,
                "judul": one.get("summary", ""),
                "uraian": one.get("description", ""),
                "isian": [
                    {
                        "nama": isian["name"],
                        "wajib": isian.get("required", False),
                        "uraian": isian["schema"].get("description", "")
                        or isian.get("description", ""),
                    }
                    for isian in one.get("parameters", ())
                ],
                "badan": _name_of(body),
                "jawaban": _name_of(one["responses"][200].get("content", {})),
            }


def _name_of(content: dict[str, Any]) -> str:
    schema = content.get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rsplit("/", 1)[-1]


def _list_bentuk(skema: dict[str, Any]) -> Iterator[tuple[str, str, list[Any]]]:
    for name, one in sorted(skema["components"]["schemas"].items()):
        yield (
            name,
            one.get("description", ""),
            [
                (field, _type_of(spec), spec.get("description", ""))
                for field, spec in one.get("properties", {}).items()
            ],
        )


def _type_of(spec: dict[str, Any]) -> str:
    if "$ref" in spec:
        return str(spec["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in spec:
        return " atau ".join(_type_of(one) for one in spec["anyOf"])
    kind = str(spec.get("type", ""))
    if kind == "array":
        return f"daftar {_type_of(spec.get('items', {}))}"
    words = {"string": "teks", "integer": "bilangan bulat", "number": "bilangan"}
    formats = {"date": "tanggal", "date-time": "waktu"}
    return formats.get(spec.get("format", ""), words.get(kind, kind))
