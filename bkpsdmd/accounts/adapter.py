"""How allauth logs people in here: every try is written down, nobody signs up."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.attempts import (
    Alasan,
    LockedError,
    begin_attempt,
    claim_attempt,
    close_attempt,
    find_user,
)
from bkpsdmd.accounts.events import CARA_MASUK
from bkpsdmd.accounts.kunci_sandi import why_unavailable
from bkpsdmd.accounts.models import CatatanMasuk, User
from bkpsdmd.accounts.selectors import list_security_changes
from bkpsdmd.accounts.services import change_password
from bkpsdmd.accounts.sessions import describe_device

# The try of the first step, while the second one is waited for.
LANGKAH_PERTAMA = "catatan_langkah_pertama"
# For how long the owner is told, at each log-in, that a way in was added or removed.
DIBERITAHUKAN = dt.timedelta(days=3)


def begin_form_attempt(request: HttpRequest, username: str) -> CatatanMasuk:
    """Begin a try for a form: what refuses it is an error of that form."""
    try:
        return begin_attempt(username=username, ip=request.META.get("REMOTE_ADDR"))
    except LockedError as error:
        raise ValidationError(error.pesan, code=error.kode) from None


def claim_form_attempt(attempt: CatatanMasuk, user: User) -> None:
    """The same for a try that began without a name."""
    try:
        claim_attempt(attempt, user)
    except LockedError as error:
        raise ValidationError(error.pesan, code=error.kode) from None


def begin_login(request: HttpRequest, user: User, attempt: CatatanMasuk) -> None:
    """Remember the try whose name and secret were right; a second step may follow."""
    user.catatan_masuk = attempt
    request.session[LANGKAH_PERTAMA] = attempt.pk


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "NIP (atau nama pengguna) dan kata sandi tidak cocok. Bila akun belum "
            "diaktifkan, pakai kode dari pengelola kepegawaian OPD Anda."
        ),
        "enter_current_password": "Kata sandi sekarang tidak cocok.",
        "incorrect_password": "Kata sandi tidak cocok.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """Check name and password, at log-in and when asked for them once more."""
        username = credentials.get("username", "")
        attempt = begin_form_attempt(request, username)
        user = authenticate(
            request, username=username, password=credentials.get("password")
        )
        if user is None:
            close_attempt(attempt, Alasan.SANDI_SALAH, user=find_user(username))
            return None
        if request.user.is_authenticated:
            close_attempt(attempt, Alasan.DIPASTIKAN, user=user)
        else:
            close_attempt(attempt, Alasan.TERVERIFIKASI, user=user)
            begin_login(request, user, attempt)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session: only now, after every step, the try has succeeded."""
        user.refresh_from_db(fields=["is_active"])
        if not user.is_active:
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        first = request.session.pop(LANGKAH_PERTAMA, None)
        CatatanMasuk.objects.filter(pk=first).update(alasan=Alasan.DIPASTIKAN)
        close_attempt(user.catatan_masuk, Alasan.BERHASIL, user=user)
        super().login(request, user)
        self._tell_changes(request, user)

    def _tell_changes(self, request: HttpRequest, user: User) -> None:
        """Name what happened to the ways into this account lately, at each log-in."""
        since = timezone.now() - DIBERITAHUKAN
        changes = list_security_changes(user, kinds=CARA_MASUK, since=since)
        if changes:
            messages.warning(
                request,
                f"Cara masuk ke akun Anda baru berubah: {'; '.join(map(str, changes))}. "
                "Bukan Anda? Hapus kuncinya di Akun saya dan ganti kata sandi.",
            )

    CARA_MEMASTIKAN: ClassVar = {
        "reauthenticate": "Pakai kata sandi",
        "mfa_reauthenticate": "Pakai kode dari aplikasi atau kode cadangan",
        "mfa_reauthenticate:webauthn": "Pakai kunci sandi",
    }

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return the ways to be asked once more, those that this browser can go."""
        return [
            {**way, "description": self.CARA_MEMASTIKAN[way["id"]]}
            for way in super().get_reauthentication_methods(user)
            if way["id"] != "mfa_reauthenticate:webauthn"
            or not why_unavailable(self.request)
        ]

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return redirect("account_login")

    def set_password(self, user: User, password: str) -> None:
        change_password(user=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("akun-saya")


class MfaAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "Kode tidak cocok, atau sudah dipakai. Tunggu angka berikutnya di aplikasi."
        ),
        "kunci_sandi": (
            "Kunci sandi itu tidak dikenali untuk akun ini. Coba sekali lagi, atau pakai "
            "cara lain."
        ),
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Propose what the passkey is made on, "Chrome di Windows"."""
        return describe_device(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, object]:
        # The device keeps this name, often in somebody's cloud: no NIP.
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": str(user), "display_name": str(user)}
