"""Every try to log in: written down before it is judged, refused when there are too many.

The row comes first and counts as a failure until it is closed. Whoever sends many tries
at once, to many processes, therefore gets no more than the allowed number checked.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from bkpsdmd.accounts.models import CatatanMasuk, User
from bkpsdmd.exceptions import DomainError

Alasan = CatatanMasuk.Alasan
Try = tuple[dt.datetime, str]


class LockedError(DomainError):
    """Too many failures; says for how many minutes more."""

    kode = "akun_terkunci"

    def __init__(self, until: dt.datetime) -> None:
        seconds = (until - timezone.now()).total_seconds()
        self.menit = max(1, math.ceil(seconds / 60))
        super().__init__(
            "Terlalu banyak percobaan yang gagal. "
            f"Coba lagi {self.menit} menit lagi. Bila lupa kata sandi, mintalah kode "
            "atur ulang kepada pengelola kepegawaian OPD Anda."
        )


def hash_nama(username: str) -> str:
    """Return the keyed hash under which tries with this name are counted."""
    value = User.normalize_username(username)
    return salted_hmac("bkpsdmd.accounts.nama", value, algorithm="sha256").hexdigest()


def begin_attempt(*, username: str, ip: str | None) -> CatatanMasuk:
    """Write a try down and return it to be closed; raises LockedError when locked."""
    attempt = CatatanMasuk.objects.create(nama_hash=hash_nama(username), ip=ip or None)
    until = _locked_until(attempt)
    if until is not None:
        close_attempt(attempt, Alasan.TERKUNCI, user=find_user(username))
        raise LockedError(until)
    return attempt


def claim_attempt(attempt: CatatanMasuk, user: User) -> None:
    """Count a try under the account that it proved to be; raises LockedError when locked.

    A passkey names nobody before its signature was checked.
    """
    attempt.user = user
    attempt.nama_hash = hash_nama(user.username)
    attempt.save(update_fields=["user", "nama_hash"])
    until = _locked_until(attempt)
    if until is not None:
        close_attempt(attempt, Alasan.TERKUNCI, user=user)
        raise LockedError(until)


def close_attempt(
    attempt: CatatanMasuk, alasan: CatatanMasuk.Alasan, *, user: User | None
) -> None:
    """Note how a try ended; `user` is the account that bears the name, if any."""
    attempt.user = user
    attempt.alasan = alasan
    attempt.berhasil = alasan == Alasan.BERHASIL
    attempt.save(update_fields=["user", "alasan", "berhasil"])


def find_user(username: str) -> User | None:
    """Return the account of this name, active or not."""
    return User.objects.filter(username=User.normalize_username(username)).first()


def locked_until_by_user(users: Iterable[User]) -> dict[int, dt.datetime]:
    """Return, by account id, until when the locked ones among these are locked."""
    id_by_hash = {hash_nama(user.username): user.pk for user in users}
    rows: dict[str, list[Try]] = {}
    tries = _recent(CatatanMasuk.objects.filter(nama_hash__in=id_by_hash))
    for nama_hash, at, alasan in tries.values_list("nama_hash", "at", "alasan"):
        rows.setdefault(nama_hash, []).append((at, alasan))
    limit = settings.LOGIN_ATTEMPTS_PER_ACCOUNT
    ends = {id_by_hash[h]: _lock_end(row[:limit], limit) for h, row in rows.items()}
    return {pk: end for pk, end in ends.items() if end is not None}


def _locked_until(attempt: CatatanMasuk) -> dt.datetime | None:
    """Return the later end of the locks on this name and this address."""
    others = CatatanMasuk.objects.exclude(pk=attempt.pk)
    limits = [
        (
            others.filter(nama_hash=attempt.nama_hash),
            settings.LOGIN_ATTEMPTS_PER_ACCOUNT,
        )
    ]
    if attempt.ip:
        # No success lifts this one: an attacker may own an account.
        failures = others.filter(ip=attempt.ip, alasan__in=CatatanMasuk.DIHITUNG)
        limits.append((failures, settings.LOGIN_ATTEMPTS_PER_ADDRESS))
    ends = [
        _lock_end(_recent(rows).values_list("at", "alasan")[:limit], limit)
        for rows, limit in limits
    ]
    return max((end for end in ends if end is not None), default=None)


def _recent(rows: QuerySet[CatatanMasuk]) -> QuerySet[CatatanMasuk]:
    """Keep, newest first, the rows from which a lock of this moment can follow."""
    return rows.filter(
        at__gt=timezone.now() - 2 * _lock_length(),
        alasan__in=(*CatatanMasuk.DIHITUNG, *CatatanMasuk.PEMUTUS),
    ).order_by("-at", "-id")


def _lock_end(latest: Iterable[Try], limit: int) -> dt.datetime | None:
    """Return when the lock that follows from the last `limit` tries ends, if any.

    It runs from the last failure of a series that is no longer than the lock itself.
    Tries made while locked are not among them, so it always ends.
    """
    latest = list(latest)
    if len(latest) < limit or any(a in CatatanMasuk.PEMUTUS for _, a in latest):
        return None
    newest, oldest = latest[0][0], latest[-1][0]
    end = newest + _lock_length()
    is_series = newest - oldest <= _lock_length()
    return end if is_series and end > timezone.now() else None


def _lock_length() -> dt.timedelta:
    return dt.timedelta(minutes=settings.LOGIN_LOCK_MINUTES)
