"""Office settings and number books are edited here; numbers and papers only looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

# Registers letterheads and paper settings too.
from bkpsdmd.documents.admin_kop import ContohAdmin, read_lambang_baru
from bkpsdmd.documents.kertas import NilaiNaskah, build_nilai
from bkpsdmd.documents.kop import Kop, build_kop
from bkpsdmd.documents.models import (
    KANTOR_ID,
    BukuNomor,
    DokumenTerbit,
    Naskah,
    NomorDokumen,
    PenandatanganNaskah,
    PengaturanKantor,
    PengaturanNaskah,
    PercobaanTtd,
    SertifikatTte,
)
from bkpsdmd.documents.services import (
    BUKU_FIELDS,
    ensure_kantor,
    open_buku,
    update_buku,
    update_kantor,
)
from bkpsdmd.ui.admin import PortalModelAdmin, ReadOnlyModelAdmin


class PengaturanKantorForm(forms.ModelForm):
    """Carries the version the person saw, so that nobody overwrites another."""

    versi_dilihat = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versi_dilihat"].initial = self.instance.versi


@admin.register(PengaturanKantor)
class PengaturanKantorAdmin(ContohAdmin):
    form = PengaturanKantorForm
    fieldsets = (
        ("Nama", {"fields": ("nama_instansi", "nama_perangkat_daerah", "singkatan")}),
        (
            "Kop surat",
            {
                "fields": (
                    "lambang", "alamat", "kode_pos", "telepon", "surel", "situs", "tempat",
                    "lebar_lambang_mm", "warna_lambang", "ukuran_nama_pt",
                    "ukuran_alamat_pt",
                ),
                "description": (
                    "Kop kantor ini. Perangkat daerah lain mempunyai kopnya sendiri di "
                    "menu Kop surat."
                ),
            },
        ),
        (
            "Kertas",
            {
                "description": (
                    "Berlaku bagi jenis naskah yang tidak diatur sendiri di menu "
                    "Pengaturan naskah. Margin awal 30, 20, 20, dan 25 mm adalah "
                    "kebiasaan, belum dicocokkan dengan naskah peraturannya."
                ),
                "fields": (
                    "kertas", "margin_kiri_mm", "margin_kanan_mm", "margin_atas_mm",
                    "margin_bawah_mm",
                )
            },
        ),
        ("Portal", {"fields": ("is_contoh", "versi_dilihat")}),
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Skip the list: there is exactly one row, made here if a portal lacks it."""
        if self.has_view_permission(request):
            ensure_kantor()
            return redirect(
                reverse("admin:documents_pengaturankantor_change", args=[KANTOR_ID])
            )
        return super().changelist_view(request, extra_context)

    def build_contoh(
        self, obj: Any, form: forms.ModelForm[Any]
    ) -> tuple[Kop, NilaiNaskah]:
        kop = build_kop(obj, lambang=read_lambang_baru(form))
        return kop, build_nilai(obj, PengaturanNaskah(jenis="surat"))

    def service_save(
        self, request: HttpRequest, obj: Any, form: forms.ModelForm[Any], change: bool
    ) -> PengaturanKantor:
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        values.pop("versi_dilihat", None)
        # An upload, or False for "clear"; an untouched emblem is not in changed_data.
        emblem: Any = values.pop("lambang", None)
        return update_kantor(
            by=request.user,  # type: ignore[arg-type]
            lambang=emblem,
            versi=form.cleaned_data["versi_dilihat"],
            **values,
        )


@admin.register(BukuNomor)
class BukuNomorAdmin(PortalModelAdmin):
    list_display = ("nama", "tahun", "kode", "unit", "pola")
    list_filter = ("tahun",)
    fields = ("jenis", "tahun", "nama", "kode", "unit", "pola")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        return ("jenis", "tahun") if obj else ()

    def service_save(
        self, request: HttpRequest, obj: Any, form: forms.ModelForm[Any], change: bool
    ) -> BukuNomor:
        by: Any = request.user
        values = {name: form.cleaned_data[name] for name in BUKU_FIELDS}
        if change:
            return update_buku(buku=obj, by=by, **values)
        return open_buku(jenis=obj.jenis, tahun=obj.tahun, by=by, **values)


@admin.register(NomorDokumen)
class NomorDokumenAdmin(ReadOnlyModelAdmin):
    list_display = ("nomor", "buku", "tanggal", "perihal", "status", "taken_by")
    list_filter = ("status", "buku")
    list_select_related = ("buku", "taken_by")
    search_fields = ("nomor", "perihal")


@admin.register(DokumenTerbit)
class DokumenTerbitAdmin(ReadOnlyModelAdmin):
    list_display = ("judul", "jenis", "nomor", "created_at", "created_by")
    list_filter = ("jenis",)
    list_select_related = ("nomor", "created_by")
    search_fields = ("judul", "nomor__nomor")
    # The snapshot and the file belong to the pages that know who may read them.
    exclude = ("data", "berkas")


class PenandatanganInline(admin.TabularInline):  # type: ignore[type-arg]
    model = PenandatanganNaskah
    fields = ("urutan", "atas_nama", "jabatan", "nama", "signed_at")
    readonly_fields = fields
    extra = 0
    can_delete = False


@admin.register(Naskah)
class NaskahAdmin(ReadOnlyModelAdmin):
    list_display = ("judul", "jenis", "status", "nomor", "created_at", "created_by")
    list_filter = ("status", "jenis")
    list_select_related = ("nomor", "created_by")
    search_fields = ("judul", "nomor__nomor")
    inlines = (PenandatanganInline,)
    # What it says and its file belong to the pages that know who may read them.
    exclude = ("data", "berkas")


@admin.register(PercobaanTtd)
class PercobaanTtdAdmin(ReadOnlyModelAdmin):
    list_display = ("penandatangan", "hasil", "keterangan", "started_at", "by")
    list_filter = ("hasil",)
    list_select_related = ("penandatangan", "by")


@admin.register(SertifikatTte)
class SertifikatTteAdmin(ReadOnlyModelAdmin):
    list_display = ("subjek", "mulai", "selesai", "sidik")
