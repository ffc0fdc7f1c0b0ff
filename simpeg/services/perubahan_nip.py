"""The trail that every change of a NIP leaves, whatever makes it.

A row that lets the old number find the person, an event with both numbers, and a log-in
name that follows. The correction by decree, an import and a reconciliation all come here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from simpeg.choices import Sumber
from simpeg.models import Pegawai, PerubahanNip, Rombongan

if TYPE_CHECKING:
    from bkpsdmd.audit.services import Changes


def build_perubahan_nip(
    *,
    pegawai: Pegawai,
    nip_lama: str,
    nip_baru: str,
    berlaku: dt.date,
    alasan: str,
    by: User | None,
    sk_nomor: str = "",
    sk_tanggal: dt.date | None = None,
    sk_pejabat: str = "",
    rombongan: Rombongan | None = None,
) -> tuple[PerubahanNip, Event]:
    """Return the row and the event of a change, both unsaved.

    An act on many (`rombongan`) knows no decree: the file it came from is the reason.
    """
    row = PerubahanNip(
        pegawai=pegawai,
        nip_lama=nip_lama,
        nip_baru=nip_baru,
        berlaku=berlaku,
        sk_nomor=sk_nomor,
        sk_tanggal=sk_tanggal,
        sk_pejabat=sk_pejabat,
        alasan=alasan,
        sumber=(Sumber.SIASN if rombongan else Sumber.MANUAL).value,
        rombongan=rombongan,
        created_by=by,
    )
    told: Changes = {
        "berlaku": (None, berlaku),
        **({"sk_nomor": (None, sk_nomor)} if sk_nomor else {}),
        **({"sk_tanggal": (None, sk_tanggal)} if sk_tanggal else {}),
    }
    return row, build_kejadian_nip(
        pegawai,
        nip_lama,
        nip_baru,
        alasan=alasan,
        by=by,
        changes=told,
        batch=str(rombongan.pk) if rombongan else "",
    )


def build_kejadian_nip(
    pegawai: Pegawai,
    nip_lama: str,
    nip_baru: str,
    *,
    alasan: str,
    by: User | None,
    changes: Changes | None = None,
    batch: str = "",
) -> Event:
    return audit.build(
        "pegawai.nip",
        pegawai,
        by=by,
        subject=pegawai,
        changes={"nip": (nip_lama, nip_baru), **(changes or {})},
        reason=alasan,
        batch=batch,
    )


def rename_accounts(
    nama: Mapping[int, str], *, by: User | None, batch: str = ""
) -> None:
    """Let these accounts log in by another name; call it inside a transaction.

    Raises DomainError where an account outside of them has one of the names.
    """
    if not nama:
        return
    users = {
        user.pk: user
        for user in User.objects.filter(pk__in=nama)
        if user.username != nama[user.pk]
    }
    wanted = {nama[pk] for pk in users}
    if User.objects.filter(username__in=wanted).exclude(pk__in=users).exists():
        raise DomainError(
            "NIP ini sudah menjadi nama masuk akun lain."
            if len(nama) == 1
            else "Sebagian NIP baru sudah menjadi nama masuk akun lain.",
            kolom="nip",
            kode="nama_dipakai",
        )
    if wanted & {user.username for user in users.values()}:
        # One takes the name another one gives up: each name is unique at every moment.
        _write({pk: f"~{pk}" for pk in users})
    kejadian = [
        audit.build(
            Kejadian.UBAH,
            user,
            by=by,
            changes={"username": (user.username, nama[pk])},
            batch=batch,
        )
        for pk, user in users.items()
    ]
    _write({pk: nama[pk] for pk in users})
    audit.record_many(kejadian)


def _write(nama: Mapping[int, str]) -> None:
    User.objects.bulk_update(
        [User(pk=pk, username=username) for pk, username in nama.items()],
        ["username"],
        batch_size=500,
    )
