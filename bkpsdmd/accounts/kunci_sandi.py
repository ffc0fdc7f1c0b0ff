"""Passkeys: where a browser can use them, which ones an account has, taking one away."""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from bkpsdmd.accounts.models import User

LANGKAH_KEDUA = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class KunciSandi:
    """One passkey of an account, as its owner sees it."""

    pk: int
    nama: str
    dibuat: dt.datetime
    terakhir: dt.datetime | None
    # Kept on the device under the person's name: good for a log-in without password.
    is_masuk_langsung: bool


def why_unavailable(request: HttpRequest) -> str:
    """Return why this browser cannot use a passkey on this address; "" where it can.

    A passkey belongs to the name in the address, and browsers use it only where nobody
    on the way can change the page: over HTTPS, or on the machine itself.
    """
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    if settings.KUNCI_SANDI and host == "localhost":
        return ""
    if not settings.KUNCI_SANDI or not request.is_secure():
        return (
            "Kunci sandi hanya dapat dipakai bila portal dibuka lewat https://. Di alamat "
            "ini pakailah aplikasi autentikator."
        )
    if _is_number(host):
        return (
            "Kunci sandi melekat pada nama portal, bukan pada alamat berupa angka. Bukalah "
            "portal lewat namanya."
        )
    return ""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def has_second_step(user: User) -> bool:
    """Tell whether more than a password opens this account; one query."""
    return Authenticator.objects.filter(user=user, type__in=LANGKAH_KEDUA).exists()


def list_kunci_sandi(user: User) -> list[KunciSandi]:
    """Return the passkeys of an account, newest first; one query."""
    rows = Authenticator.objects.filter(
        user=user, type=Authenticator.Type.WEBAUTHN
    ).order_by("-created_at", "-pk")
    return [
        KunciSandi(
            pk=row.pk,
            nama=str(row),
            dibuat=row.created_at,
            terakhir=row.last_used_at,
            is_masuk_langsung=bool(row.wrap().is_passwordless),
        )
        for row in rows
    ]
