"""How allauth logs people in here: every try is written down, nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bkpsdmd.accounts.attempts import (
    Alasan,
    LockedError,
    begin_attempt,
    close_attempt,
    find_user,
)
from bkpsdmd.accounts.models import CatatanMasuk, User
from bkpsdmd.accounts.services import change_password

# The try of the first step, while the second one is waited for.
LANGKAH_PERTAMA = "catatan_langkah_pertama"


def begin_form_attempt(request: HttpRequest, username: str) -> CatatanMasuk:
    """Begin a try for a form: what refuses it is an error of that form."""
    try:
        return begin_attempt(username=username, ip=request.META.get("REMOTE_ADDR"))
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
    }

    def get_totp_label(self, user: User) -> str:
        return user.username
