"""Reference tables, units, posts, grants and signing officials; records only to look at.

Every write goes through a service. People and their histories change on the portal's
own pages; here they can be inspected, without what is restricted to clerks.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.ui.admin import PortalModelAdmin, ReadOnlyModelAdmin
from simpeg.choices import JenisJabatan
from simpeg.models import (
    BerkasMasuk,
    Golongan,
    Jabatan,
    JenisKenaikanPangkat,
    JenisUnit,
    KedudukanHukum,
    Pegawai,
    PejabatPenandatangan,
    PemberianPeran,
    Referensi,
    RiwayatJabatan,
    RiwayatPangkat,
    TingkatPendidikan,
    UnitKerja,
)
from simpeg.services.akses import end_peran, grant_peran
from simpeg.services.jabatan import JabatanSpec, ensure_jabatan, update_jabatan
from simpeg.services.penandatangan import add_penandatangan, end_penandatangan
from simpeg.services.referensi import save_acuan
from simpeg.services.unit_kerja import UnitSpec, add_unit, rename_unit

# -- Reference tables -------------------------------------------------------------------


class AcuanAdmin(PortalModelAdmin):
    """A list of SIASN that BKN extends; the key stays what it was."""

    key: tuple[str, ...] = ("kode",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        return self.key if obj else ()

    def service_save(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> Model:
        return save_acuan(row=obj, by=request.user, per_tanggal=timezone.localdate())


@admin.register(KedudukanHukum)
class KedudukanHukumAdmin(AcuanAdmin):
    list_display = ("kode", "nama", "kelompok")
    list_filter = ("kelompok",)


@admin.register(TingkatPendidikan)
class TingkatPendidikanAdmin(AcuanAdmin):
    list_display = ("kode", "nama", "setara")


@admin.register(JenisKenaikanPangkat)
class JenisKenaikanPangkatAdmin(AcuanAdmin):
    list_display = ("kode", "nama")


@admin.register(Referensi)
class ReferensiAdmin(AcuanAdmin):
    key = ("daftar", "kode")
    list_display = ("daftar", "kode", "nama", "tambahan")
    list_filter = ("daftar",)
    search_fields = ("nama", "=kode")


@admin.register(Golongan)
class GolonganAdmin(ReadOnlyModelAdmin):
    """Set by law, so it comes with the portal."""

    list_display = ("kode", "skala", "urut", "pangkat")
    list_filter = ("skala",)


# -- Units and posts --------------------------------------------------------------------


class UnitKerjaForm(forms.ModelForm):
    """A new unit, or another name for one from a date on."""

    induk = forms.ModelChoiceField(
        UnitKerja.objects.none(), label="Di bawah", required=False
    )
    sejak = forms.DateField(
        label="Berlaku sejak",
        widget=admin.widgets.AdminDateWidget(),
        help_text="Tanggal berlakunya peraturan yang membentuk atau mengubah unit.",
    )
    dasar = forms.CharField(
        label="Dasar", max_length=200, help_text="Nomor Perda, Perbup atau SK."
    )

    class Meta:
        model = UnitKerja
        fields = ("kode", "nama", "jenis", "siasn_id")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "induk" in self.fields:
            self.fields["induk"].queryset = UnitKerja.objects.aktif()


@admin.register(UnitKerja)
class UnitKerjaAdmin(PortalModelAdmin):
    form = UnitKerjaForm
    list_display = ("nama_menjorok", "kode", "jenis", "mulai", "selesai")
    list_filter = ("jenis",)
    search_fields = ("nama", "=kode")
    ordering = ("path",)

    @admin.display(description="nama unit", ordering="path")
    def nama_menjorok(self, obj: UnitKerja) -> str:
        return "\u2003" * (obj.depth - 1) + obj.nama

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj:
            return ("kode", "jenis", "siasn_id", "nama", "sejak", "dasar")
        return ("kode", "nama", "jenis", "induk", "siasn_id", "sejak", "dasar")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        return ("kode", "jenis", "siasn_id") if obj else ()

    def service_save(
        self, request: HttpRequest, obj: UnitKerja, form: ModelForm[Any], change: bool
    ) -> UnitKerja:
        data, today = form.cleaned_data, timezone.localdate()
        if change:
            return rename_unit(
                unit=UnitKerja.objects.get(pk=obj.pk),
                nama=data["nama"],
                mulai=data["sejak"],
                dasar=data["dasar"],
                by=request.user,
                per_tanggal=today,
            )
        spec = UnitSpec(
            kode=data["kode"],
            nama=data["nama"],
            jenis=JenisUnit(data["jenis"]),
            induk_kode=data["induk"].kode if data["induk"] else None,
            siasn_id=data["siasn_id"],
        )
        return add_unit(
            spec=spec, by=request.user, per_tanggal=data["sejak"], dasar=data["dasar"]
        )


@admin.register(Jabatan)
class JabatanAdmin(PortalModelAdmin):
    list_display = ("nama", "jenis", "eselon", "jenjang", "kelas", "is_aktif")
    list_filter = ("jenis", "is_aktif", "eselon", "jenjang")
    list_select_related = ("unit_kerja",)
    search_fields = ("nama", "=kode")
    autocomplete_fields = ("unit_kerja",)
    MUTABLE = ("nama", "kelas", "usia_bup", "is_aktif")
    FIXED = ("kode", "jenis", "eselon", "jenjang", "unit_kerja", "siasn_id")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        shown = self.MUTABLE if obj else self.MUTABLE[:-1]
        return (*self.FIXED[:1], *shown, *self.FIXED[1:])

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        return self.FIXED if obj else ()

    def service_save(
        self, request: HttpRequest, obj: Jabatan, form: ModelForm[Any], change: bool
    ) -> Jabatan:
        data = form.cleaned_data
        if change:
            return update_jabatan(
                jabatan=obj,
                by=request.user,
                per_tanggal=timezone.localdate(),
                **{name: data[name] for name in self.MUTABLE},
            )
        spec = JabatanSpec(
            kode=data["kode"],
            nama=data["nama"],
            jenis=JenisJabatan(data["jenis"]),
            eselon=data["eselon"],
            jenjang=data["jenjang"],
            kelas=data["kelas"],
            usia_bup=data["usia_bup"],
            memimpin=data["unit_kerja"],
            siasn_id=data["siasn_id"],
        )
        return ensure_jabatan([spec], by=request.user)[spec.kode]


# -- Who may do what, who signs what ----------------------------------------------------


class MasaFilter(admin.SimpleListFilter):
    """What holds today, will hold, or held."""

    title = "masa"
    parameter_name = "masa"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("kini", "Berlaku hari ini"), ("lalu", "Sudah berakhir")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        today: dt.date = timezone.localdate()
        match self.value():
            case "kini":
                return queryset.on(today)
            case "lalu":
                return queryset.filter(selesai__lte=today)
        return queryset


class ServiceForm(forms.ModelForm):
    """Leaves the constraints of the model to the service, which refuses in words."""

    def _get_validation_exclusions(self) -> set[str]:
        return {field.name for field in self._meta.model._meta.fields}


class PemberianPeranForm(ServiceForm):
    alasan = forms.CharField(label="Alasan berakhir", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.instance.pk:
            for name in ("selesai", "alasan"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Isi untuk mengakhiri peran ini.")
        return data


@admin.register(PemberianPeran)
class PemberianPeranAdmin(PortalModelAdmin):
    """A grant is made and ended, never rewritten."""

    form = PemberianPeranForm
    list_display = ("user", "peran", "unit_kerja", "mulai", "selesai", "dasar")
    list_filter = (MasaFilter, "peran")
    list_select_related = ("user", "unit_kerja")
    search_fields = ("user__nama", "=user__username")
    autocomplete_fields = ("user", "unit_kerja")
    FIXED = ("user", "peran", "unit_kerja", "mulai", "dasar")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*self.FIXED, "selesai", "alasan") if obj else (*self.FIXED, "selesai")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        return self.FIXED if obj else ()

    def service_save(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> PemberianPeran:
        data = form.cleaned_data
        if change:
            end_peran(
                pemberian=PemberianPeran.objects.get(pk=obj.pk),
                selesai=data["selesai"],
                alasan=data["alasan"],
                by=request.user,
            )
            return obj
        return grant_peran(
            user=data["user"],
            peran=Role(data["peran"]),
            unit_kerja=data["unit_kerja"],
            mulai=data["mulai"],
            selesai=data["selesai"],
            dasar=data["dasar"],
            by=request.user,
        )


@admin.register(PejabatPenandatangan)
class PejabatPenandatanganAdmin(PortalModelAdmin):
    form = ServiceForm
    list_display = (
        "jenis_dokumen", "jabatan", "pegawai", "golongan_dari", "golongan_sampai",
        "mulai", "selesai",
    )  # fmt: skip
    list_filter = (MasaFilter, "jenis_dokumen")
    list_select_related = ("pegawai", "golongan_dari", "golongan_sampai")
    autocomplete_fields = ("pegawai",)
    FIXED = (
        "jenis_dokumen", "pegawai", "atas_nama", "jabatan", "golongan_dari",
        "golongan_sampai", "mulai",
    )  # fmt: skip
    fields = (*FIXED, "selesai")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        return self.FIXED if obj else ()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Any]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "selesai" in form.base_fields:
            form.base_fields["selesai"].required = obj is not None
            form.base_fields["selesai"].help_text = (
                "Tanggal pertama ia tidak menandatangani lagi. Kosongkan bila tetap. Isi "
                "bagi Plh. atau Plt.: yang digantikannya lanjut mulai tanggal itu."
            )
        return form

    def service_save(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> PejabatPenandatangan:
        if change:
            return end_penandatangan(
                pejabat=obj, selesai=form.cleaned_data["selesai"], by=request.user
            )
        return add_penandatangan(pejabat=obj, by=request.user)


# -- Records, to look at ----------------------------------------------------------------


@admin.register(Pegawai)
class PegawaiAdmin(ReadOnlyModelAdmin):
    """Without NIK, address and the like: who runs the system need not read them."""

    list_display = ("nama", "nip", "jenis_asn", "updated_at")
    list_filter = ("jenis_asn",)
    search_fields = ("nama", "=nip")
    ordering = ("nama", "id")
    fields = (
        "nama", "gelar_depan", "gelar_belakang", "nip", "jenis_asn", "user",
        "siasn_id", "tmt_cpns", "tmt_pns", "dikonfirmasi_at", "versi", "created_at",
        "updated_at",
    )  # fmt: skip


class RiwayatAdmin(ReadOnlyModelAdmin):
    list_select_related = ("pegawai",)
    search_fields = ("pegawai__nama", "=pegawai__nip", "=sk_nomor")
    ordering = ("-id",)
    raw_id_fields = ("pegawai", "mengoreksi")


@admin.register(RiwayatPangkat)
class RiwayatPangkatAdmin(RiwayatAdmin):
    list_display = ("pegawai", "golongan", "tmt", "sk_nomor", "sumber", "is_berlaku")

    @admin.display(boolean=True, description="berlaku")
    def is_berlaku(self, obj: RiwayatPangkat) -> bool:
        return obj.dibatalkan_oleh_id is None


@admin.register(RiwayatJabatan)
class RiwayatJabatanAdmin(RiwayatAdmin):
    list_display = ("pegawai", "jabatan", "jenis_penugasan", "tmt", "tmt_selesai")
    list_select_related = ("pegawai", "jabatan")
    list_filter = ("jenis_penugasan",)


@admin.register(BerkasMasuk)
class BerkasMasukAdmin(ReadOnlyModelAdmin):
    list_display = ("nama_berkas", "jenis", "status", "jumlah_baris", "jumlah_ditolak")
    list_filter = ("jenis", "status")
    ordering = ("-id",)
