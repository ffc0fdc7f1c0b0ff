"""The Django admin as a part of the portal: its log-in, its role, its name."""

from typing import Any

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.sites import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bkpsdmd.accounts.roles import Role


class PortalAdminSite(AdminSite):
    site_title = "Admin portal"
    site_header = "Admin portal kepegawaian"
    index_title = "Data acuan dan pengaturan"
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and Role.ADMIN in getattr(
            request.user, "roles", ()
        )

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send everybody through the portal's page, where lock-out and TOTP hold."""
        # Needs models, which do not exist yet when this module is first read.
        from django.contrib.auth.views import redirect_to_login

        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(
            request.GET.get("next", self._index_url()), "account_login"
        )

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def _index_url(self) -> str:
        return f"/{self.name}/"


class PortalAdminConfig(AdminConfig):
    default_site = "bkpsdmd.ui.admin_app.PortalAdminSite"
    verbose_name = "Admin"
