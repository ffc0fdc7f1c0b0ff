"""Writing of settings that hold from a date on: add, correct, cancel, under audit.

The row of the office is the lock: there is always exactly one, so that two people who
add the first setting of a unit wait for each other too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.db.models import Q

from bkpsdmd.audit import services as audit
from bkpsdmd.documents.models import KANTOR_ID, PengaturanKantor
from bkpsdmd.documents.models.kop import Berjangka
from bkpsdmd.documents.services import ensure_kantor, refuse_invalid
from bkpsdmd.exceptions import DomainError, StaleDataError

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User

Row = TypeVar("Row", bound=Berjangka)
NOT_TYPED = {"id", "versi", "is_batal"}


def _do_nothing(row: Any) -> None:
    """Store no file: most settings have none."""


@transaction.atomic
def add_berjangka(
    row: Row,
    *,
    kata: str,
    by: User | None,
    store_files: Callable[[Row], None] = _do_nothing,
) -> Row:
    """Let `row` hold from its `mulai` until the next one; the one before ends that day.

    `kata` is the first part of the kind of event. Raises DomainError where another
    begins on the same day.
    """
    _lock()
    others = _others(row)
    if others.filter(mulai=row.mulai).exists():
        raise DomainError(
            f"Sudah ada yang berlaku sejak {row.mulai:%d-%m-%Y}. Buka yang itu untuk "
            "mengoreksinya.",
            kolom="mulai",
            kode="sudah_ada",
        )
    later = others.filter(mulai__gt=row.mulai).order_by("mulai").first()
    row.selesai = later.mulai if later else None
    refuse_invalid(row, unique=False)  # said above in plain words
    for before in others.filter(
        Q(selesai__isnull=True) | Q(selesai__gt=row.mulai), mulai__lt=row.mulai
    ):
        _change(before, {"selesai": row.mulai}, kata=kata, by=by)
    store_files(row)
    row.save()
    values = {name: getattr(row, name) for name in list_isian(type(row))}
    audit.record(
        f"{kata}.tambah",
        row,
        by=by,
        changes={name: (None, value) for name, value in values.items() if value},
    )
    return row


@transaction.atomic
def update_berjangka(
    row: Row,
    *,
    versi: int,
    changes: dict[str, Any],
    kata: str,
    by: User | None,
    store_files: Callable[[Row], None] = _do_nothing,
) -> Row:
    """Correct a setting, or end it by `selesai`; `versi` is the one the person saw.

    What it is about and since when stay: cancel it and add another.
    """
    _lock()
    row = type(row).objects.get(pk=row.pk)
    if versi != row.versi:
        raise StaleDataError(
            "Pengaturan ini sudah diubah orang lain sejak halaman ini dibuka. Muat ulang "
            "halaman, lalu ulangi perubahan Anda."
        )
    _refuse_cancelled(row)
    unknown = set(changes) - (set(list_isian(type(row))) - {row.POKOK, "mulai"})
    if unknown:
        raise TypeError(f"Not to be changed: {sorted(unknown)}")
    if "selesai" in changes:
        changes = changes | {"selesai": _check_end(row, changes["selesai"])}
    return _change(row, changes, kata=kata, by=by, store_files=store_files)


@transaction.atomic
def cancel_berjangka(
    row: Row, *, versi: int, alasan: str, kata: str, by: User | None
) -> Row:
    """Take back a mistaken setting; the one it ended goes on in its place."""
    _lock()
    row = type(row).objects.get(pk=row.pk)
    if versi != row.versi:
        raise StaleDataError(
            "Pengaturan ini sudah diubah orang lain sejak halaman ini dibuka. Muat ulang "
            "halaman."
        )
    _refuse_cancelled(row)
    if not alasan.strip():
        raise DomainError("Tulis alasan pembatalannya.", kolom="alasan")
    row.is_batal = True
    row.versi += 1
    row.save(update_fields=["is_batal", "versi"])
    audit.record(f"{kata}.batal", row, by=by, reason=alasan.strip())
    if before := _others(row).filter(selesai=row.mulai).first():
        _change(before, {"selesai": row.selesai}, kata=kata, by=by)
    return row


def list_isian(model: type[Berjangka]) -> list[str]:
    """Return the fields a person fills in, without the emblem, which is a file."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.name not in NOT_TYPED and field.name != "lambang"
    ]


def _lock() -> None:
    ensure_kantor()
    PengaturanKantor.objects.select_for_update().get(pk=KANTOR_ID)


def _others(row: Berjangka) -> Any:
    """Return the settings in force of the same unit or kind, without this one."""
    rows = type(row).objects.berlaku()
    return rows.filter(**{row.POKOK: getattr(row, row.POKOK)}).exclude(pk=row.pk)


def _refuse_cancelled(row: Berjangka) -> None:
    if row.is_batal:
        raise DomainError("Pengaturan ini sudah dibatalkan.", kode="sudah_batal")


def _check_end(row: Berjangka, selesai: Any) -> Any:
    """Return the day it ends, never after the next one began."""
    later = _others(row).filter(mulai__gt=row.mulai).order_by("mulai").first()
    if selesai is None:
        return later.mulai if later else None
    if selesai <= row.mulai:
        raise DomainError("Akhirnya harus sesudah mulainya.", kolom="selesai")
    if later and selesai > later.mulai:
        raise DomainError(
            f"Sudah ada yang berlaku sejak {later.mulai:%d-%m-%Y}; akhiri paling lambat "
            "hari itu.",
            kolom="selesai",
        )
    return selesai


def _change(
    row: Row,
    changes: dict[str, Any],
    *,
    kata: str,
    by: User | None,
    store_files: Callable[[Row], None] = _do_nothing,
) -> Row:
    emblem = getattr(row, "lambang", None)
    before = emblem.name if emblem else ""
    difference = audit.diff(row, changes)
    for name, value in changes.items():
        setattr(row, name, value)
    refuse_invalid(row, unique=False)  # said above in plain words
    store_files(row)
    after = getattr(row, "lambang", None)
    if (after.name if after else "") != before:
        difference["lambang"] = (before, after.name if after else "")
    if difference:
        row.versi += 1
        row.save()
        audit.record(f"{kata}.ubah", row, by=by, changes=difference)
    return row
