"""Letterheads and the paper of each kind, each with a sample letter to look at first."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from bkpsdmd.documents.contoh import render_contoh
from bkpsdmd.documents.emblems import check_lambang
from bkpsdmd.documents.jenis import list_choices
from bkpsdmd.documents.kertas import (
    NilaiNaskah,
    add_pengaturan_naskah,
    build_nilai,
    cancel_pengaturan_naskah,
    get_pengaturan_naskah,
    list_jenis,
    update_pengaturan_naskah,
)
from bkpsdmd.documents.kop import (
    Emblem,
    Kop,
    add_kop,
    build_kop,
    cancel_kop,
    get_kop,
    list_kop_choices,
    update_kop,
)
from bkpsdmd.documents.models import (
    BukuNomor,
    Kertas,
    KopSurat,
    PengaturanNaskah,
    get_kantor,
)
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.admin import PortalModelAdmin

# -- Looking before storing ----------------------------------------------------------------


def read_lambang_baru(form: forms.ModelForm[Any]) -> Emblem | Any:
    """Return the emblem in the form: checked, False for "clear", None where untouched."""
    if "lambang" not in form.changed_data:
        return None
    upload = form.cleaned_data["lambang"]
    return check_lambang(upload) if upload else upload


class LambangInput(AdminFileWidget):
    """Shows the stored emblem itself; no address leads to the file of a letterhead."""

    template_name = "admin/documents/lambang_input.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        stored = value if isinstance(value, FieldFile) and value else None
        context["gambar"] = _as_data_url(stored) if stored else ""
        return context

    def _render(self, template_name: str, context: Any, renderer: Any = None) -> str:
        # The templates of the project, which those of forms are not.
        return mark_safe(render_to_string(template_name, context))  # noqa: S308


def _as_data_url(lambang: FieldFile) -> str:
    kind = "svg+xml" if str(lambang.name).endswith(".svg") else "png"
    with lambang.open("rb") as file:
        content = base64.b64encode(file.read()).decode()
    return f"data:image/{kind};base64,{content}"


class ContohAdmin(PortalModelAdmin):
    """A form with the button "Lihat contoh": a sample letter with what is typed in it.

    The button posts the form to an address of its own and stores nothing, so it works
    before the first saving and without scripts.
    """

    change_form_template = "admin/documents/contoh_form.html"
    formfield_overrides = {models.FileField: {"widget": LambangInput}}

    def build_contoh(
        self, obj: Any, form: forms.ModelForm[Any]
    ) -> tuple[Kop, NilaiNaskah]:
        """Return letterhead and paper of the sample from an object that is not stored."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.contoh_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_contoh"
        return [
            path("contoh/", view, name=f"{name}_baru"),
            path("<int:pk>/contoh/", view, name=name),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def contoh_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        obj = self.get_object(request, str(pk)) if pk else None
        if pk and obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        form_class = self.get_form(request, obj, change=pk is not None)
        form = form_class(request.POST, request.FILES, instance=obj)
        errors = _list_errors(form)
        if not errors:
            try:
                kop, nilai = self.build_contoh(form.instance, form)
            except DomainError as error:
                errors = [error.pesan]
        if errors:
            context = {
                **self.admin_site.each_context(request),
                "title": "Contoh belum dapat dibuat",
                "opts": self.opts,
                "galat": errors,
            }
            return TemplateResponse(
                request, "admin/documents/contoh_galat.html", context, status=422
            )
        pdf = render_contoh(
            kop=kop,
            nilai=nilai,
            dibuat=timezone.localtime(),
            is_bertiga=request.POST.get("contoh") == "3",
        )
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = 'inline; filename="contoh.pdf"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _list_errors(form: forms.ModelForm[Any]) -> list[str]:
    return [
        f"{form.fields[name].label}: {message}" if name in form.fields else str(message)
        for name, messages in form.errors.items()
        for message in messages
    ]


# -- Settings with a date -------------------------------------------------------------------


class MasaFilter(admin.SimpleListFilter):
    """What holds today, will hold, held, or was a mistake."""

    title = "masa"
    parameter_name = "masa"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("kini", "Berlaku hari ini"),
            ("nanti", "Akan berlaku"),
            ("lalu", "Sudah berakhir"),
            ("batal", "Dibatalkan"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        match self.value():
            case "kini":
                return queryset.on(today)
            case "nanti":
                return queryset.berlaku().filter(mulai__gt=today)
            case "lalu":
                return queryset.berlaku().filter(selesai__lte=today)
            case "batal":
                return queryset.filter(is_batal=True)
        return queryset


class BerjangkaForm(forms.ModelForm):
    """Leaves constraints to the service, which refuses in words; can cancel a row."""

    versi_dilihat = forms.IntegerField(widget=forms.HiddenInput, required=False)
    batalkan = forms.BooleanField(
        label="Batalkan",
        required=False,
        help_text="Untuk yang keliru dicatat. Yang sebelumnya berlaku kembali.",
    )
    alasan = forms.CharField(
        label="Alasan pembatalan",
        required=False,
        max_length=300,
        widget=AdminTextInputWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "versi_dilihat" in self.fields:
            self.fields["versi_dilihat"].initial = self.instance.versi

    def validate_unique(self) -> None:
        """Leave it to the service, which knows what was cancelled."""

    def validate_constraints(self) -> None:
        """Leave it to the service, which refuses in plain words."""


class BerjangkaAdmin(ContohAdmin):
    """What a row is about and since when are fixed once stored."""

    form = BerjangkaForm
    FIXED: tuple[str, ...] = ()
    # The same once stored, in words.
    SHOWN: tuple[str, ...] = ()
    BAGIAN: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        masa = (*self.SHOWN, "selesai", "versi_dilihat") if obj else self.FIXED
        sets: list[Any] = [(None, {"fields": masa})]
        sets += [(title, {"fields": fields}) for title, fields in self.BAGIAN]
        if obj and not obj.is_batal:
            fields = ("batalkan", "alasan")
            sets.append(("Pembatalan", {"fields": fields, "classes": ("collapse",)}))
        return sets

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        return self.SHOWN if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_batal:
            return False
        return super().has_change_permission(request, obj)

    @admin.display(description="keadaan")
    def keadaan(self, obj: Any) -> str:
        today = timezone.localdate()
        if obj.is_batal:
            return "Dibatalkan"
        if obj.mulai > today:
            return "Akan berlaku"
        return "Berakhir" if obj.selesai and obj.selesai <= today else "Berlaku"

    def list_changes(self, form: forms.ModelForm[Any]) -> dict[str, Any]:
        own = {"versi_dilihat", "batalkan", "alasan", "lambang"}
        return {
            name: form.cleaned_data[name]
            for name in form.changed_data
            if name not in own
        }


# -- Letterheads ---------------------------------------------------------------------------


class KopSuratForm(BerjangkaForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = list_kop_choices(timezone.localdate())
        if "kunci" in self.fields and self.choices:
            self.fields["kunci"] = forms.ChoiceField(
                label="Perangkat daerah", choices=[("", "Pilih…"), *self.choices]
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kunci = data.get("kunci") or self.instance.kunci
        if not data.get("nama_perangkat_daerah"):
            data["nama_perangkat_daerah"] = dict(self.choices).get(kunci, "")
        return data


@admin.register(KopSurat)
class KopSuratAdmin(BerjangkaAdmin):
    form = KopSuratForm
    list_display = ("nama_perangkat_daerah", "kode", "mulai", "selesai", "keadaan")
    list_filter = (MasaFilter,)
    search_fields = ("nama_perangkat_daerah", "=kunci")
    FIXED = ("kunci", "mulai")
    SHOWN = ("unit", "mulai")
    BAGIAN = (
        (
            "Isi kop",
            (
                "nama_perangkat_daerah", "nama_bagian", "alamat", "kode_pos", "telepon",
                "surel", "situs", "tempat",
            ),
        ),
        (
            "Lambang dan huruf",
            (
                "lambang", "lebar_lambang_mm", "warna_lambang", "ukuran_nama_pt",
                "ukuran_alamat_pt",
            ),
        ),
    )  # fmt: skip

    @admin.display(description="perangkat daerah")
    def unit(self, obj: KopSurat) -> str:
        nama = dict(list_kop_choices(timezone.localdate())).get(obj.kunci)
        return f"{nama} ({obj.kunci})" if nama else obj.kunci

    @admin.display(description="kode", ordering="kunci")
    def kode(self, obj: KopSurat) -> str:
        return obj.kunci

    def build_contoh(
        self, obj: Any, form: forms.ModelForm[Any]
    ) -> tuple[Kop, NilaiNaskah]:
        kop = build_kop(get_kantor(), obj, lambang=read_lambang_baru(form))
        return kop, get_pengaturan_naskah("surat", timezone.localdate())

    def service_save(
        self, request: HttpRequest, obj: Any, form: forms.ModelForm[Any], change: bool
    ) -> models.Model:
        data: dict[str, Any] = form.cleaned_data
        by: Any = request.user
        if not change:
            today: dt.date = timezone.localdate()
            upload = data.get("lambang")
            obj.lambang = ""
            return add_kop(kop=obj, per_tanggal=today, lambang=upload, by=by)
        versi = data["versi_dilihat"] or 0
        if data["batalkan"]:
            return cancel_kop(kop=obj, versi=versi, alasan=data["alasan"], by=by)
        upload = data["lambang"] if "lambang" in form.changed_data else None
        return update_kop(
            kop=obj, versi=versi, lambang=upload, by=by, **self.list_changes(form)
        )


# -- Paper of each kind --------------------------------------------------------------------


class PengaturanNaskahForm(BerjangkaForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "jenis" in self.fields:
            self.fields["jenis"] = forms.ChoiceField(
                label="Jenis naskah", choices=[("", "Pilih…"), *list_jenis()]
            )
        if "kertas" in self.fields:
            choices = [("", "Menurut Pengaturan Kantor"), *Kertas.choices]
            self.fields["kertas"].choices = choices  # type: ignore[attr-defined]


@admin.register(PengaturanNaskah)
class PengaturanNaskahAdmin(BerjangkaAdmin):
    form = PengaturanNaskahForm
    list_display = ("nama_jenis", "kertas", "mulai", "selesai", "keadaan")
    list_filter = (MasaFilter, "jenis")
    FIXED = ("jenis", "mulai")
    SHOWN = ("nama_jenis", "mulai")
    BAGIAN = (
        (
            "Kertas",
            (
                "kertas", "margin_kiri_mm", "margin_kanan_mm", "margin_atas_mm",
                "margin_bawah_mm",
            ),
        ),
        ("Huruf", ("huruf", "ukuran_huruf_pt", "spasi")),
        (
            "Kepala dan kaki surat",
            ("kelas_keamanan", "is_kelas_di_nomor", "sifat", "tembusan"),
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[PengaturanNaskah]:
        buku = BukuNomor.objects.filter(jenis=OuterRef("jenis")).order_by("-tahun")
        rows: QuerySet[PengaturanNaskah] = super().get_queryset(request)
        return rows.annotate(nama_buku=Subquery(buku.values("nama")[:1]))

    @admin.display(description="jenis naskah", ordering="jenis")
    def nama_jenis(self, obj: Any) -> str:
        return dict(list_choices()).get(obj.jenis) or obj.nama_buku or obj.jenis

    def build_contoh(
        self, obj: Any, form: forms.ModelForm[Any]
    ) -> tuple[Kop, NilaiNaskah]:
        return get_kop("", timezone.localdate()), build_nilai(get_kantor(), obj)

    def service_save(
        self, request: HttpRequest, obj: Any, form: forms.ModelForm[Any], change: bool
    ) -> models.Model:
        data: dict[str, Any] = form.cleaned_data
        by: Any = request.user
        if not change:
            return add_pengaturan_naskah(pengaturan=obj, by=by)
        versi = data["versi_dilihat"] or 0
        if data["batalkan"]:
            return cancel_pengaturan_naskah(
                pengaturan=obj, versi=versi, alasan=data["alasan"], by=by
            )
        return update_pengaturan_naskah(
            pengaturan=obj, versi=versi, by=by, **self.list_changes(form)
        )
