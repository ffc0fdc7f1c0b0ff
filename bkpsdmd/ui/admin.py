"""Base classes of every admin page: no delete, no write around a service."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from bkpsdmd.accounts.roles import Role
from bkpsdmd.exceptions import DomainError


def _is_admin(request: HttpRequest) -> bool:
    return Role.ADMIN in getattr(request.user, "roles", ())


class PortalModelAdmin(admin.ModelAdmin):
    """View, add and change for the role admin; nothing is ever deleted here.

    A subclass writes in `service_save()`, through a service that checks and audits.
    What the service refuses appears as an error of the form, the typing kept.
    """

    list_per_page = 50
    show_full_result_count = False

    def service_save(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> Model | None:
        """Call the service; return the stored object where it is not `obj` itself."""
        raise NotImplementedError

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_admin(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_admin(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> None:
        stored = self.service_save(request, obj, form, change)
        if stored is not None and stored is not obj:
            obj.__dict__.update(stored.__dict__)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Write nothing: related rows are part of what the service stored."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as error:
            # The transaction is undone; show the form again with the refusal in it.
            request.refusal = error  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Any]]:
        form_class = super().get_form(request, obj, change=change, **kwargs)
        refusal: DomainError | None = getattr(request, "refusal", None)
        if refusal is None:
            return form_class

        class RefusedForm(form_class):  # type: ignore[misc, valid-type]
            def clean(self) -> Any:
                cleaned = super().clean()
                kolom = refusal.kolom if refusal.kolom in self.fields else None
                self.add_error(kolom, ValidationError(refusal.pesan))
                return cleaned

        return RefusedForm


class ReadOnlyModelAdmin(PortalModelAdmin):
    """To look at records; they change on the portal's own pages."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
