"""Sessions end: after idle time, at a greatest age; the way back in keeps the work."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from bkpsdmd.accounts.kunci_sandi import has_second_step
from bkpsdmd.accounts.roles import get_roles
from bkpsdmd.accounts.sessions import touch_sesi

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User

MULAI, TERAKHIR = "sesi_mulai", "sesi_terakhir"
# Writing the session costs a write transaction, so not at every request.
WRITE_EVERY_SECONDS = 60


class Sebab(StrEnum):
    """Why somebody must log in again; stands in the address of the log-in page."""

    DIAM = "diam"
    USIA = "usia"
    BERAKHIR = "berakhir"


class IdleLogoutMiddleware:
    """Log out whoever did nothing for a while, and every session that grew too old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a session cookie nobody is logged in: nothing is read.
        if not request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            return self.get_response(request)
        if request.user.is_authenticated:
            request.sebab_keluar = self._judge(request)  # type: ignore[attr-defined]
        elif request.session.is_empty():
            request.sebab_keluar = Sebab.BERAKHIR  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # On a shared computer "back" must not show what the last person read.
            response["Cache-Control"] = "private, no-store"
        return response

    def _judge(self, request: HttpRequest) -> Sebab | None:
        now = int(time.time())
        started = request.session.get(MULAI, now)
        last = request.session.get(TERAKHIR, now)
        if now - last > settings.IDLE_LOGOUT_SECONDS:
            logout(request)
            return Sebab.DIAM
        if now - started > settings.SESSION_COOKIE_AGE:
            logout(request)
            return Sebab.USIA
        if MULAI not in request.session:
            request.session[MULAI] = now
        if TERAKHIR not in request.session:
            request.session[TERAKHIR] = now
        elif now - last >= WRITE_EVERY_SECONDS:
            request.session[TERAKHIR] = now
            touch_sesi(key=request.session.session_key, now=timezone.now())
        return None


class RequireSecondStepMiddleware:
    """Send those whose role must have a second step to the page that sets it up.

    MFA_WAJIB names the roles. Until it is set up they reach that page, their own
    account and the way out, nothing else.
    """

    SETUP = "mfa_activate_totp"
    OPEN = frozenset(
        {
            SETUP,
            "mfa_index",
            "mfa_add_webauthn",
            "akun-saya",
            "account_logout",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "akun-masih-di-sini",
            "healthz",
        }
    )
    PUNYA = "punya_dua_langkah"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if (
            not settings.MFA_WAJIB
            or not request.user.is_authenticated
            or match is None
            or match.view_name in self.OPEN
            or not get_roles(request.user) & settings.MFA_WAJIB
            or self._has_second_step(request)
        ):
            return None
        messages.warning(
            request,
            "Peran Anda wajib memakai verifikasi dua langkah. Pasang dahulu, lalu "
            "lanjutkan.",
        )
        return redirect(self.SETUP)

    def _has_second_step(self, request: HttpRequest) -> bool:
        # Kept with the session: taking the last second step away ends all other ones.
        if request.session.get(self.PUNYA):
            return True
        found = has_second_step(cast("User", request.user))
        if found:
            request.session[self.PUNYA] = True
        return found


class PortalLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Send to the log-in page and back to a page that can be opened again."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponse]
    ) -> HttpResponse:
        query = {REDIRECT_FIELD_NAME: _page_to_return_to(request)}
        sebab = getattr(request, "sebab_keluar", None)
        if sebab is not None:
            query["sebab"] = sebab
            match = request.resolver_match
            # Pages of the portal offer again what was typed; those of the admin do not.
            if request.method == "POST" and match and match.app_name != "admin":
                query["isian"] = "1"
        url = f"{resolve_url(self.get_login_url(view_func))}?{urlencode(query)}"
        if "HX-Request" in request.headers:
            # A redirect would be followed by the script and end inside the page.
            return HttpResponse(status=204, headers={"HX-Redirect": url})
        return HttpResponseRedirect(url)


def _page_to_return_to(request: HttpRequest) -> str:
    """Return the page in the browser: a fragment or the target of a form is none."""
    if "HX-Request" in request.headers:
        shown = request.headers.get("HX-Current-URL", "")
    elif request.method == "GET":
        return request.get_full_path()
    else:
        shown = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(shown, {request.get_host()}):
        return reverse(settings.LOGIN_REDIRECT_URL)
    parts = urlsplit(shown)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
