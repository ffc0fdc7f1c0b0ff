"""Accounts in the admin site: corrected, unlocked and given codes through services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.template.response import TemplateResponse

from bkpsdmd.accounts import services
from bkpsdmd.accounts.models import CatatanMasuk, KodeAkses, User
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.admin import PortalModelAdmin, ReadOnlyModelAdmin


class UserForm(forms.ModelForm):
    """What an admin may correct; closing and opening need a reason."""

    alasan = forms.CharField(
        label="Alasan",
        required=False,
        max_length=200,
        help_text="Wajib bila akun ditutup atau dibuka.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needs_reason = "is_active" in self.changed_data
        if self.instance.pk and needs_reason and not data.get("alasan"):
            self.add_error("alasan", "Tuliskan alasannya.")
        return data


@admin.register(User)
class UserAdmin(PortalModelAdmin):
    """No password here: an account is opened by a one-time code."""

    form = UserForm
    list_display = ("nama", "username", "is_active", "is_layanan", "last_login")
    list_filter = ("is_active", "is_layanan")
    search_fields = ("nama", "=username")
    ordering = ("nama",)
    readonly_fields = ("created_at", "deactivated_at", "last_login")
    actions = ("issue_kode", "unlock")
    IDENTITY = ("username", "nama", "email", "is_layanan")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        identity = (None, {"fields": self.IDENTITY})
        if obj is None:
            return [identity]
        access = ("is_active", "alasan")
        return [
            identity,
            ("Boleh masuk", {"fields": access}),
            ("Riwayat", {"fields": self.readonly_fields}),
        ]

    def service_save(
        self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool
    ) -> Model:
        data = form.cleaned_data
        identity = {name: data[name] for name in self.IDENTITY}
        if not change:
            return services.create_account(by=request.user, **identity)
        user = services.update_account(user=obj, by=request.user, **identity)
        because = {"by": request.user, "reason": data["alasan"]}
        if data["is_active"] and not user.is_active:
            user = services.reactivate_account(user=user, **because)
        elif user.is_active and not data["is_active"]:
            user = services.deactivate_account(user=user, **because)
        return user

    @admin.action(description="Terbitkan kode untuk masuk")
    def issue_kode(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> TemplateResponse | None:
        """Show the codes at once: kept for a next page, they would be stored."""
        try:
            codes = services.issue_kode_many(queryset, by=request.user)
        except DomainError as error:
            messages.error(request, error.pesan)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Kode untuk masuk",
            "codes": codes.items(),
        }
        return TemplateResponse(request, "admin/accounts/kode.html", context)

    @admin.action(description="Buka kunci")
    def unlock(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            try:
                services.unlock_account(user=user, by=request.user)
            except DomainError as error:
                messages.error(request, f"{user}: {error.pesan}")
            else:
                messages.success(request, f"Kunci akun {user} dibuka.")


@admin.register(CatatanMasuk)
class CatatanMasukAdmin(ReadOnlyModelAdmin):
    list_display = ("at", "user", "alasan", "ip")
    list_filter = ("alasan",)
    list_select_related = ("user",)
    search_fields = ("=user__username", "user__nama", "=ip")
    ordering = ("-id",)
    fields = ("at", "user", "berhasil", "alasan", "ip")


@admin.register(KodeAkses)
class KodeAksesAdmin(ReadOnlyModelAdmin):
    list_display = ("created_at", "user", "tujuan", "created_by", "keadaan")
    list_filter = ("tujuan",)
    list_select_related = ("user", "created_by")
    search_fields = ("=user__username", "user__nama")
    ordering = ("-id",)
    fields = (
        "user",
        "tujuan",
        "created_at",
        "created_by",
        "expires_at",
        "used_at",
        "revoked_at",
    )

    @admin.display(description="keadaan")
    def keadaan(self, kode: KodeAkses) -> str:
        return kode.keadaan
