"""The devices a person is logged in on: named, and sent out one by one.

allauth keeps a row per session. It is brought up to date when the session itself is
written, once a minute at most: nothing else is written when a page is only read.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError

# In this order: every browser also claims to be the ones after it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iPhone atau iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Sesi:
    """One device that is logged in."""

    pk: int
    perangkat: str
    ip: str
    mulai: dt.datetime
    terakhir: dt.datetime
    is_ini: bool


def describe_device(user_agent: str) -> str:
    """Return "Chrome di Windows" for what a browser says of itself."""
    browser = _first(_BROWSERS, user_agent) or "Peramban lain"
    system = _first(_SYSTEMS, user_agent)
    return f"{browser} di {system}" if system else browser


def _first(pairs: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for pattern, name in pairs if re.search(pattern, text)), "")


def list_sesi(user: User, *, key: str | None) -> list[Sesi]:
    """Return where this person is logged in, the present device first; one query."""
    rows = UserSession.objects.filter(user=user, session_key__in=_live_keys()).order_by(
        "-last_seen_at", "-pk"
    )
    found = [
        Sesi(
            row.pk,
            describe_device(row.user_agent),
            row.ip,
            row.created_at,
            row.last_seen_at,
            row.session_key == key,
        )
        for row in rows
    ]
    return sorted(found, key=lambda sesi: not sesi.is_ini)


def _live_keys() -> Any:
    return Session.objects.values("session_key")


def end_sesi(*, user: User, pk: int, key: str | None) -> None:
    """Send one device out, or raise DomainError: gone already, or the present one."""
    with transaction.atomic():
        row = UserSession.objects.filter(user=user, pk=pk).first()
        if row is None:
            raise DomainError("Perangkat itu sudah keluar.", kode="sesi_tidak_ada")
        if row.session_key == key:
            raise DomainError(
                "Ini perangkat yang sedang Anda pakai. Untuk keluar, tekan Keluar di "
                "atas.",
                kode="sesi_ini",
            )
        end_sessions(UserSession.objects.filter(pk=row.pk))
        audit.record(
            Kejadian.AKHIRI_SESI, user, by=user, reason=describe_device(row.user_agent)
        )


def end_other_sesi(*, user: User, key: str | None) -> int:
    """Send all other devices out and return how many there were."""
    with transaction.atomic():
        count = end_sessions(
            UserSession.objects.filter(user=user).exclude(session_key=key or "")
        )
        if count:
            audit.record(Kejadian.AKHIRI_SESI, user, by=user, reason="Semua yang lain")
    return count


def end_sessions(rows: QuerySet[UserSession]) -> int:
    """End these sessions; whoever uses one must log in again. Not audited."""
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.model.objects.filter(session_key__in=keys).delete()
    return len(keys)


def touch_sesi(*, key: str | None, now: dt.datetime) -> None:
    """Note that this device was seen; called when its session is written anyway."""
    UserSession.objects.filter(session_key=key).update(last_seen_at=now)


def clear_ended() -> None:
    """Drop sessions that ended by themselves, and the rows of those that are gone."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=_live_keys()).delete()
