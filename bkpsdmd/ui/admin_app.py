"""The Django admin as a part of the portal: its log-in, its role, its name."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.sites import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

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

    def admin_view(
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponse]:
        """Leave a session that has ended to the portal, which says why it did."""
        guarded = super().admin_view(view, cacheable)
        guarded.login_required = True  # type: ignore[attr-defined]
        return guarded

    @method_decorator(never_cache)
    @login_not_required
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send everybody through the portal's page, where lock-out and TOTP hold."""
        index = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return redirect(index)
        if request.user.is_authenticated:
            raise PermissionDenied
        query = urlencode({"next": request.GET.get("next", index)})
        return redirect(f"{reverse('account_login')}?{query}")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")


class PortalAdminConfig(AdminConfig):
    default_site = "bkpsdmd.ui.admin_app.PortalAdminSite"
    verbose_name = "Admin"
