"""Reads on accounts: for lists, for one's own page, for the periodic report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from bkpsdmd.accounts.attempts import Alasan, locked_until_by_user
from bkpsdmd.accounts.events import KEAMANAN, Kejadian
from bkpsdmd.accounts.models import CatatanMasuk, KodeAkses, User
from bkpsdmd.audit.models import Event


class StatusAkun(StrEnum):
    """How an account stands; `label` is what people read."""

    AKTIF = "aktif"
    BELUM_AKTIF = "belum_aktif"
    TERKUNCI = "terkunci"
    NONAKTIF = "nonaktif"

    @property
    def label(self) -> str:
        return {
            StatusAkun.AKTIF: "Aktif",
            StatusAkun.BELUM_AKTIF: "Belum diaktifkan",
            StatusAkun.TERKUNCI: "Terkunci",
            StatusAkun.NONAKTIF: "Nonaktif",
        }[self]

    @property
    def warna(self) -> str:
        return {
            StatusAkun.AKTIF: "ok",
            StatusAkun.BELUM_AKTIF: "netral",
            StatusAkun.TERKUNCI: "warn",
            StatusAkun.NONAKTIF: "bad",
        }[self]


@dataclass(frozen=True)
class KeadaanAkun:
    status: StatusAkun
    terkunci_sampai: dt.datetime | None
    # Until when a code that was issued and not yet used is good.
    kode_sampai: dt.datetime | None


def get_account_states(users: Iterable[User]) -> dict[int, KeadaanAkun]:
    """Return how each account stands, by id, in two queries however many they are."""
    users = list(users)
    locked = locked_until_by_user(users)
    codes = dict(
        KodeAkses.objects.berlaku(timezone.now())
        .filter(user__in=users)
        .values_list("user_id", "expires_at")
    )
    return {
        user.pk: KeadaanAkun(
            status=_get_status(user, is_locked=user.pk in locked),
            terkunci_sampai=locked.get(user.pk),
            kode_sampai=codes.get(user.pk),
        )
        for user in users
    }


def _get_status(user: User, *, is_locked: bool) -> StatusAkun:
    if not user.is_active:
        return StatusAkun.NONAKTIF
    if is_locked:
        return StatusAkun.TERKUNCI
    return StatusAkun.AKTIF if user.has_usable_password() else StatusAkun.BELUM_AKTIF


def list_recent_tries(user: User, *, limit: int = 10) -> QuerySet[CatatanMasuk]:
    """Return the last tries to log in to this account, newest first.

    Left out is what somebody already inside did, and the first step of a log-in that
    the second one completed.
    """
    rows = CatatanMasuk.objects.filter(user=user)
    return rows.exclude(alasan=Alasan.DIPASTIKAN).order_by("-at", "-id")[:limit]


def list_security_changes(
    user: User,
    *,
    kinds: Collection[Kejadian] = KEAMANAN,
    since: dt.datetime | None = None,
    limit: int = 5,
) -> list[Event]:
    """Return what last happened to this account's keys and password; one query."""
    rows = Event.objects.filter(
        object_type=User._meta.label_lower, object_id=str(user.pk), kind__in=kinds
    )
    if since is not None:
        rows = rows.filter(at__gt=since)
    return list(rows.select_related("actor").order_by("-id")[:limit])


def active_users(start: dt.datetime, end: dt.datetime) -> QuerySet[User]:
    """Return the people who logged in at least once in `[start, end)`."""
    logins = CatatanMasuk.objects.filter(berhasil=True, at__gte=start, at__lt=end)
    return User.objects.filter(is_layanan=False, pk__in=logins.values("user"))
