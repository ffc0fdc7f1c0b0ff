"""Writes to accounts: made, opened by a code, closed, unlocked; each one audited.

`by=None` is the portal itself (an import, the first start). A person may only touch
accounts that `may_manage` allows, and never open their own by a code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from bkpsdmd.accounts import codes
from bkpsdmd.accounts.attempts import (
    Alasan,
    begin_attempt,
    close_attempt,
    find_user,
    hash_nama,
)
from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.accounts.models import CatatanMasuk, KodeAkses, User
from bkpsdmd.accounts.permissions import may_manage
from bkpsdmd.accounts.roles import fetch_roles
from bkpsdmd.accounts.sessions import end_sessions
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError

Tujuan = KodeAkses.Tujuan
BATCH_SIZE = 500


@dataclass(frozen=True)
class AkunBaru:
    """What an account is made from."""

    username: str
    nama: str
    email: str = ""
    is_layanan: bool = False


# -- Accounts -----------------------------------------------------------------------


def create_account(
    *,
    username: str,
    nama: str,
    by: User | None,
    email: str = "",
    is_layanan: bool = False,
) -> User:
    """Make an account without a password: only a code opens it."""
    (user,) = create_accounts([AkunBaru(username, nama, email, is_layanan)], by=by)
    return user


def build_account(account: AkunBaru) -> User:
    """Return an account that is not stored yet and that only a code will open."""
    user = User(
        username=User.normalize_username(account.username),
        nama=account.nama,
        email=account.email,
        is_layanan=account.is_layanan,
    )
    user.set_unusable_password()
    return user


def create_accounts(
    accounts: Iterable[AkunBaru], *, by: User | None, batch: str = ""
) -> list[User]:
    """Make many accounts in the order given; a name that exists refuses them all."""
    users = [build_account(account) for account in accounts]
    with transaction.atomic():
        _refuse_taken_names([user.username for user in users])
        User.objects.bulk_create(users, batch_size=BATCH_SIZE)
        audit.record_many(
            audit.build(Kejadian.BUAT, user, by=by, batch=batch) for user in users
        )
    return users


def update_account(
    *,
    user: User,
    username: str,
    nama: str,
    email: str,
    is_layanan: bool,
    by: User | None,
) -> User:
    """Correct what an account is called; with a new NIP its owner logs in by that."""
    new: dict[str, Any] = {
        "username": User.normalize_username(username),
        "nama": nama,
        "email": email,
        "is_layanan": is_layanan,
    }
    with transaction.atomic():
        user = _lock(user)
        _check_may_manage(user, by=by)
        changes = audit.diff(user, new)
        if "username" in changes:
            _refuse_taken_names([new["username"]])
        for name, value in new.items():
            setattr(user, name, value)
        if changes:
            user.save(update_fields=list(changes))
            audit.record(Kejadian.UBAH, user, by=by, changes=changes)
    return user


def deactivate_account(*, user: User, by: User | None, reason: str) -> User:
    """Close an account: its sessions and codes end at once, its history stays."""
    with transaction.atomic():
        user = _lock(user)
        _check_may_manage(user, by=by)
        if not user.is_active:
            raise DomainError("Akun ini sudah nonaktif.", kode="akun_nonaktif")
        user.is_active = False
        user.deactivated_at = timezone.now()
        user.save(update_fields=["is_active", "deactivated_at"])
        _revoke_open_codes([user])
        end_sessions(UserSession.objects.filter(user=user))
        audit.record(Kejadian.NONAKTIFKAN, user, by=by, reason=reason)
    return user


def reactivate_account(*, user: User, by: User | None, reason: str) -> User:
    """Open a closed account again, with the password it had."""
    with transaction.atomic():
        user = _lock(user)
        _check_may_manage(user, by=by)
        if user.is_active:
            raise DomainError("Akun ini sudah aktif.", kode="akun_aktif")
        user.is_active = True
        user.deactivated_at = None
        user.save(update_fields=["is_active", "deactivated_at"])
        audit.record(Kejadian.AKTIFKAN, user, by=by, reason=reason)
    return user


def unlock_account(*, user: User, by: User | None) -> None:
    """Let the count of failed tries start again."""
    with transaction.atomic():
        _check_may_manage(user, by=by)
        _lift_lock([user])
        audit.record(Kejadian.BUKA_KUNCI, user, by=by)


def change_password(*, user: User, password: str) -> None:
    """Store a password its owner chose; all their other sessions end."""
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        _revoke_open_codes([user])
        audit.record(Kejadian.GANTI_SANDI, user, by=user)


# -- One-time codes -----------------------------------------------------------------


def issue_kode(*, user: User, by: User | None, tujuan: Tujuan | None = None) -> str:
    """Return a new code, the only time it can be read; an older one ends.

    Without `tujuan` it follows from the account: activation until it has a password.
    """
    return issue_kode_many([user], tujuan=tujuan, by=by)[user]


def issue_kode_many(
    users: Iterable[User],
    *,
    by: User | None,
    tujuan: Tujuan | None = None,
    batch: str = "",
) -> dict[User, str]:
    """Return a code per account; one account that may not have one refuses them all.

    Asks for the roles of each account: some three queries a person.
    """
    drawn = draw_kode(users, by=by, tujuan=tujuan, now=timezone.now())
    store_kode(drawn, by=by, batch=batch)
    return {one.user: one.kode for one in drawn}


@dataclass(frozen=True)
class KodeBaru:
    """A code that was drawn; it opens nothing until it is stored."""

    user: User
    kode: str
    row: KodeAkses


def draw_kode(
    users: Iterable[User],
    *,
    by: User | None,
    now: dt.datetime,
    tujuan: Tujuan | None = None,
) -> list[KodeBaru]:
    """Draw a code per account and write nothing: a paper is made before it counts."""
    drawn = []
    for user in users:
        check_may_have_kode(user, by=by)
        kode = codes.generate_kode()
        purpose = tujuan or _suitable_tujuan(user)
        row = KodeAkses(
            user=user,
            tujuan=purpose,
            kode_hash=codes.hash_kode(user.pk, kode),
            created_at=now,
            created_by=by,
            expires_at=now + _lifetime(purpose),
        )
        drawn.append(KodeBaru(user, kode, row))
    return drawn


def store_kode(drawn: Sequence[KodeBaru], *, by: User | None, batch: str = "") -> None:
    """Let these codes open their accounts; older ones end."""
    rows = [one.row for one in drawn]
    users = [one.user for one in drawn]
    with transaction.atomic():
        # Two officers at once: the second waits here, then revokes the first one's.
        list(
            User.objects.select_for_update()
            .filter(pk__in=[user.pk for user in users])
            .order_by("pk")
            .values_list("pk")
        )
        _revoke_open_codes(users)
        KodeAkses.objects.bulk_create(rows, batch_size=BATCH_SIZE)
        _lift_lock(users)
        audit.record_many(
            audit.build(
                Kejadian.TERBITKAN_KODE,
                row.user,
                by=by,
                changes={"tujuan": (None, row.get_tujuan_display())},
                batch=batch,
            )
            for row in rows
        )


def activate(*, username: str, kode: str, password: str, ip: str | None) -> User:
    """Set the password of the account that this code was issued for.

    Raises LockedError, or a DomainError that tells only the holder of a real code why
    it no longer works. The other sessions of the account end; a second step stays.
    """
    attempt = begin_attempt(username=username, ip=ip)
    user = find_user(username)
    row = _find_kode(user, kode)
    now = timezone.now()
    if user is None or row is None or not user.is_active:
        close_attempt(attempt, Alasan.KODE_SALAH, user=user)
        raise DomainError(
            "NIP atau kode tidak cocok. Periksa lagi kertas kode Anda.",
            kode="kode_salah",
        )
    close_attempt(attempt, Alasan.TERVERIFIKASI, user=user)
    _check_still_good(row, at=now)
    _check_password(password, user=user, kode=kode)
    user.set_password(password)  # slow on purpose, so outside the transaction
    with transaction.atomic():
        used = KodeAkses.objects.berlaku(now).filter(pk=row.pk).update(used_at=now)
        if not used:  # by another request, since it was read
            raise _spent_error("Kode ini baru saja dipakai atau dicabut.")
        user.save(update_fields=["password"])
        kind = (
            Kejadian.AKTIVASI if row.tujuan == Tujuan.AKTIVASI else Kejadian.ATUR_ULANG
        )
        audit.record(kind, user, by=user)
    user.catatan_masuk = attempt
    return user


# -- What several of them need ------------------------------------------------------


def _suitable_tujuan(user: User) -> Tujuan:
    return Tujuan.RESET if user.has_usable_password() else Tujuan.AKTIVASI


def _lifetime(tujuan: str) -> dt.timedelta:
    if tujuan == Tujuan.AKTIVASI:
        return dt.timedelta(days=settings.ACTIVATION_CODE_DAYS)
    return dt.timedelta(days=settings.RESET_CODE_DAYS)


def _lock(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _check_may_manage(user: User, *, by: User | None) -> None:
    if by is None:
        return
    if by.pk == user.pk:
        raise DomainError(
            "Anda tidak dapat melakukan ini pada akun sendiri.", kode="akun_sendiri"
        )
    if not may_manage(by.roles, fetch_roles(user)):
        raise DomainError(
            "Akun ini memegang peran yang tidak boleh Anda kelola. Mintalah admin.",
            kode="di_luar_wewenang",
        )


def check_may_have_kode(user: User, *, by: User | None) -> None:
    """Refuse a code for an account out of reach, one's own or a closed one."""
    _check_may_manage(user, by=by)
    if not user.is_active:
        raise DomainError(
            f"Akun {user} nonaktif; aktifkan kembali lebih dahulu.",
            kode="akun_nonaktif",
        )


def _refuse_taken_names(usernames: list[str]) -> None:
    if len(set(usernames)) < len(usernames):
        raise DomainError("Ada nama pengguna yang kembar.", kode="nama_kembar")
    for start in range(0, len(usernames), BATCH_SIZE):
        names = usernames[start : start + BATCH_SIZE]
        if taken := User.objects.filter(username__in=names).first():
            raise DomainError(
                f"NIP atau nama pengguna ini sudah dipakai akun {taken}.",
                kolom="username",
                kode="nama_dipakai",
            )


def _revoke_open_codes(users: list[User]) -> None:
    KodeAkses.objects.belum_selesai().filter(user__in=users).update(
        revoked_at=timezone.now()
    )


def _lift_lock(users: list[User]) -> None:
    CatatanMasuk.objects.bulk_create(
        [
            CatatanMasuk(
                user=user, nama_hash=hash_nama(user.username), alasan=Alasan.DIBUKA
            )
            for user in users
        ],
        batch_size=BATCH_SIZE,
    )


def _find_kode(user: User | None, typed: str) -> KodeAkses | None:
    """Return the code row that the typed code belongs to, good or spent."""
    rows = user.kode_akses.order_by("-id") if user else ()
    return next((r for r in rows if codes.is_kode(r.user_id, typed, r.kode_hash)), None)


def _check_still_good(row: KodeAkses, *, at: dt.datetime) -> None:
    if row.used_at:
        raise _spent_error("Kode ini sudah pernah dipakai.")
    if row.revoked_at:
        raise _spent_error("Kode ini sudah diganti kode yang lebih baru, atau dicabut.")
    if row.expires_at <= at:
        raise _spent_error("Masa berlaku kode ini sudah habis.")


def _spent_error(pesan: str) -> DomainError:
    return DomainError(
        f"{pesan} Mintalah kode baru kepada pengelola kepegawaian OPD Anda.",
        kolom="kode",
        kode="kode_tidak_berlaku",
    )


def _check_password(password: str, *, user: User, kode: str) -> None:
    if codes.normalize_kode(password) == codes.normalize_kode(kode):
        raise DomainError(
            "Kode di kertas tidak boleh menjadi kata sandi.",
            kolom="password1",
            kode="sandi_lemah",
        )
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise DomainError(
            " ".join(error.messages), kolom="password1", kode="sandi_lemah"
        ) from None
