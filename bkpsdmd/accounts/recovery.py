"""A lost phone without the vendor: one officer asks, another one lets it happen.

Both make sure who asks, neither is that person, and everything is in the log. The
sessions of the account end, and the person is told at the next log-in.
"""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.accounts.models import PemulihanMfa, User
from bkpsdmd.accounts.permissions import may_decide_recovery, may_request_recovery
from bkpsdmd.accounts.roles import fetch_roles
from bkpsdmd.accounts.sessions import end_sessions
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError

Keadaan = PemulihanMfa.Keadaan


def has_mfa(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exists()


def request_recovery(
    *, user: User, cara: str, alasan: str, by: User, now: dt.datetime
) -> PemulihanMfa:
    """Ask that this person's second step be taken away; another officer decides.

    A request that nobody decided in time gives way to a new one. Raises DomainError for
    one's own account, for an account out of reach or without a second step, and while
    another request waits.
    """
    _check_not_self(user, by)
    if not may_request_recovery(by.roles, fetch_roles(user)):
        raise DomainError(
            "Akun ini memegang peran yang tidak boleh Anda kelola. Mintalah admin atau "
            "pranata komputer.",
            kode="di_luar_wewenang",
        )
    if not has_mfa(user):
        raise DomainError(
            "Akun ini tidak memakai verifikasi dua langkah.", kode="tanpa_mfa"
        )
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        open_rows = PemulihanMfa.objects.filter(user=user, keadaan=Keadaan.DIMINTA)
        if open_rows.menunggu(now).exists():
            raise DomainError(
                "Pemulihan akun ini sudah diminta dan menunggu petugas kedua.",
                kode="sudah_diminta",
            )
        open_rows.update(keadaan=Keadaan.LEWAT)
        pemulihan = PemulihanMfa.objects.create(
            user=user,
            cara=cara,
            alasan=alasan,
            diminta_oleh=by,
            diminta_at=now,
            berlaku_sampai=now + dt.timedelta(hours=settings.PEMULIHAN_JAM),
        )
        audit.record(
            Kejadian.MINTA_PEMULIHAN,
            user,
            by=by,
            changes={"cara": (None, pemulihan.get_cara_display())},
            reason=alasan,
        )
    return pemulihan


def approve_recovery(
    *, pemulihan: PemulihanMfa, by: User, catatan: str, now: dt.datetime
) -> None:
    """Take the second step away: the account is then open by its password alone.

    Its sessions end, for whoever found the phone may be using one.
    """
    with transaction.atomic():
        row = _lock_open(pemulihan, by=by, now=now)
        Authenticator.objects.filter(user=row.user).delete()
        end_sessions(UserSession.objects.filter(user=row.user))
        _decide(row, Keadaan.DISETUJUI, by=by, catatan=catatan, now=now)
        audit.record(
            Kejadian.HAPUS_DUA_LANGKAH,
            row.user,
            by=by,
            changes={"diminta_oleh": (None, str(row.diminta_oleh))},
            reason=row.alasan,
        )


def refuse_recovery(
    *, pemulihan: PemulihanMfa, by: User, catatan: str, now: dt.datetime
) -> None:
    """Leave the account as it is; the note says why."""
    if not catatan.strip():
        raise DomainError("Tuliskan alasan penolakan.", kolom="catatan")
    with transaction.atomic():
        row = _lock_open(pemulihan, by=by, now=now)
        _decide(row, Keadaan.DITOLAK, by=by, catatan=catatan, now=now)
        audit.record(Kejadian.TOLAK_PEMULIHAN, row.user, by=by, reason=catatan)


def acknowledge_recovery(*, user: User, now: dt.datetime) -> None:
    """Note that the person read that their second step was taken away."""
    PemulihanMfa.objects.filter(user=user, dibaca_at=None).exclude(
        keadaan=Keadaan.DIMINTA
    ).update(dibaca_at=now)


def list_unread(user: User) -> list[PemulihanMfa]:
    """Return what the person must be told: recoveries that happened to their account."""
    return list(
        PemulihanMfa.objects.filter(
            user=user, keadaan=Keadaan.DISETUJUI, dibaca_at=None
        )
        .select_related("diminta_oleh", "diputuskan_oleh")
        .only(
            *("alasan", "diputuskan_at"),
            *("diminta_oleh__nama", "diminta_oleh__username"),
            *("diputuskan_oleh__nama", "diputuskan_oleh__username"),
        )
    )


def can_decide(pemulihan: PemulihanMfa, *, by: User) -> bool:
    """Tell whether this person may be the second officer of this request."""
    return by.pk not in {pemulihan.user_id, pemulihan.diminta_oleh_id} and (
        may_decide_recovery(by.roles, fetch_roles(pemulihan.user))
    )


def _lock_open(pemulihan: PemulihanMfa, *, by: User, now: dt.datetime) -> PemulihanMfa:
    row = PemulihanMfa.objects.select_for_update(of=("self",)).get(pk=pemulihan.pk)
    _check_not_self(row.user, by)
    if row.diminta_oleh_id == by.pk:
        raise DomainError(
            "Yang meminta tidak dapat menyetujui. Mintalah petugas lain.",
            kode="petugas_sama",
        )
    if not can_decide(row, by=by):
        raise DomainError(
            "Anda tidak berwenang memutuskan pemulihan akun ini.",
            kode="di_luar_wewenang",
        )
    if row.keadaan != Keadaan.DIMINTA:
        raise DomainError(
            "Permintaan ini sudah diputuskan petugas lain.", kode="sudah_diputuskan"
        )
    if row.berlaku_sampai <= now:
        raise DomainError(
            "Permintaan ini sudah lewat waktu. Mintalah dibuat lagi.", kode="lewat"
        )
    return row


def _decide(
    row: PemulihanMfa, keadaan: str, *, by: User, catatan: str, now: dt.datetime
) -> None:
    row.keadaan = keadaan
    row.diputuskan_oleh = by
    row.diputuskan_at = now
    row.catatan = catatan
    row.save(update_fields=["keadaan", "diputuskan_oleh", "diputuskan_at", "catatan"])


def _check_not_self(user: User, by: User) -> None:
    if by.pk == user.pk:
        raise DomainError(
            "Anda tidak dapat melakukan ini pada akun sendiri.", kode="akun_sendiri"
        )
