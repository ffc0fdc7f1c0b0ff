"""Rearranging the organisation: drafting an act, deciding on it, applying it, undoing it.

Who drafts never approves. An act is applied in one transaction, on its day or as soon as
it is approved after it; applied once, asking again changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from simpeg.choices import (
    JenisLangkah,
    StatusPenataan,
)
from simpeg.models import (
    LangkahPenataan,
    PenataanUnit,
)
from simpeg.permissions import Permission
from simpeg.rules.penataan import Langkah
from simpeg.selectors.akses import get_akses
from simpeg.selectors.penataan import (
    RencanaPenataan,
    build_rencana,
)

BATCH = 500
JOB_TERAP = "simpeg.terapkan_penataan"
JOB_BATAL = "simpeg.batalkan_penataan"
KOLOM = ("nomor", "tanggal", "tentang", "pejabat", "berlaku")


# -- Drafting ---------------------------------------------------------------------------


def add_penataan(*, data: Mapping[str, Any], by: User) -> PenataanUnit:
    """Begin a draft. Raises DomainError for somebody who may not draft."""
    _check_perancang(by)
    with transaction.atomic():
        penataan = PenataanUnit.objects.create(
            **{name: data[name] for name in KOLOM}, created_by=by
        )
        audit.record("penataan.tambah", penataan, by=by)
    return penataan


def update_penataan(
    *, penataan: PenataanUnit, versi: int, data: Mapping[str, Any], by: User
) -> PenataanUnit:
    """Change what a draft cites and when it takes effect."""
    _check_perancang(by)
    with transaction.atomic():
        locked = lock_penataan(penataan, StatusPenataan.KONSEP, versi=versi)
        values = {name: data[name] for name in KOLOM}
        changes = audit.diff(locked, values)
        if not changes:
            return locked
        for name, value in values.items():
            setattr(locked, name, value)
        locked.versi += 1
        locked.save(update_fields=[*KOLOM, "versi"])
        audit.record("penataan.ubah", locked, by=by, changes=changes)
    return locked


def add_langkah(
    *,
    penataan: PenataanUnit,
    langkah: Sequence[tuple[JenisLangkah, Mapping[str, Any]]],
    by: User,
) -> list[LangkahPenataan]:
    """Add steps at the end of a draft.

    Raises DomainError for a step that cannot be taken on the tree the steps before it
    make; what only the whole act shows (people without a place) is told by its preview.
    """
    _check_perancang(by)
    with transaction.atomic():
        locked = lock_penataan(penataan, StatusPenataan.KONSEP)
        last = locked.langkah_set.order_by("-urut").values_list("urut", flat=True)
        first = (last.first() or 0) + 1
        planned = [
            Langkah(n, jenis, isi) for n, (jenis, isi) in enumerate(langkah, first)
        ]
        for masalah in build_rencana(locked, planned).galat:
            if masalah.urut >= first:
                raise DomainError(masalah.pesan, kode="langkah_ditolak")
        rows = [
            LangkahPenataan.objects.create(
                penataan=locked,
                urut=one.urut,
                jenis=one.jenis.value,
                isi=dict(one.isi),
                created_by=by,
            )
            for one in planned
        ]
        _touch(locked)
        for row in rows:
            audit.record("penataan.langkah", locked, by=by, reason=str(row))
    return rows


def remove_langkah(*, langkah: LangkahPenataan, by: User) -> None:
    """Take a step out of a draft; the steps after it stay and may then be at fault."""
    _check_perancang(by)
    with transaction.atomic():
        locked = lock_penataan(langkah.penataan, StatusPenataan.KONSEP)
        audit.record("penataan.hapus_langkah", locked, by=by, reason=str(langkah))
        locked.langkah_set.filter(pk=langkah.pk).delete()
        _touch(locked)


def submit_penataan(
    *, penataan: PenataanUnit, versi: int, by: User, now: dt.datetime
) -> PenataanUnit:
    """Ask for approval. Raises DomainError while the plan has a fault."""
    _check_perancang(by)
    with transaction.atomic():
        locked = lock_penataan(penataan, StatusPenataan.KONSEP, versi=versi)
        refuse_galat(build_rencana(locked))
        locked.status = StatusPenataan.DIAJUKAN.value
        locked.diajukan_by, locked.diajukan_at, locked.catatan = by, now, ""
        locked.save(update_fields=["status", "diajukan_by", "diajukan_at", "catatan"])
        audit.record("penataan.ajukan", locked, by=by)
    return locked


# -- Deciding ---------------------------------------------------------------------------


def can_approve(penataan: PenataanUnit, user: User) -> bool:
    """Tell whether this user may decide: allowed to, and had no hand in the draft."""
    if not user.has_perm(Permission.PENATAAN_APPROVE) or not is_seluruh(user):
        return False
    hands = {penataan.created_by_id, penataan.diajukan_by_id}
    hands |= set(penataan.langkah_set.values_list("created_by", flat=True))
    return user.pk not in hands


def approve_penataan(
    *,
    penataan: PenataanUnit,
    versi: int,
    by: User,
    per_tanggal: dt.date,
    now: dt.datetime,
) -> PenataanUnit:
    """Approve what was seen at `versi`; an act whose day has come is applied by a job.

    Raises DomainError for who drafted it, and while the plan has a fault.
    """
    with transaction.atomic():
        locked = lock_penataan(penataan, StatusPenataan.DIAJUKAN, versi=versi)
        _refuse_perancang(locked, by)
        refuse_galat(build_rencana(locked))
        locked.status = StatusPenataan.DISETUJUI.value
        locked.disetujui_by, locked.disetujui_at, locked.galat = by, now, ""
        locked.save(update_fields=["status", "disetujui_by", "disetujui_at", "galat"])
        audit.record("penataan.setujui", locked, by=by)
        if locked.berlaku <= per_tanggal:
            enqueue_penataan(locked, JOB_TERAP, by, f"Terapkan penataan {locked.nomor}")
    return locked


def return_penataan(*, penataan: PenataanUnit, catatan: str, by: User) -> PenataanUnit:
    """Send a submitted act back to its drafter with what is to be mended."""
    with transaction.atomic():
        locked = lock_penataan(penataan, StatusPenataan.DIAJUKAN)
        _refuse_perancang(locked, by)
        locked.status, locked.catatan = StatusPenataan.KONSEP.value, catatan
        locked.versi += 1
        locked.save(update_fields=["status", "catatan", "versi"])
        audit.record("penataan.kembalikan", locked, by=by, reason=catatan)
    return locked


def request_terap(*, penataan: PenataanUnit, by: User, per_tanggal: dt.date) -> Job:
    """Ask once more for the application of an act whose day has come."""
    with transaction.atomic():
        locked = lock_penataan(penataan, StatusPenataan.DISETUJUI)
        if not (by.has_perm(Permission.PENATAAN_APPROVE) and is_seluruh(by)):
            raise DomainError("Anda tidak berwenang menerapkan penataan.")
        if locked.berlaku > per_tanggal:
            raise DomainError(tulis_belum_tiba(locked))
        return enqueue_penataan(
            locked, JOB_TERAP, by, f"Terapkan penataan {locked.nomor}"
        )


def cancel_penataan(
    *, penataan: PenataanUnit, alasan: str, by: User, now: dt.datetime
) -> PenataanUnit:
    """Give up an act that is not applied yet: nothing has changed, nothing will.

    A draft by its drafters, an approved one only by those who may approve.
    """
    with transaction.atomic():
        locked = PenataanUnit.objects.select_for_update().get(pk=penataan.pk)
        if locked.status == StatusPenataan.DITERAPKAN:
            raise StaleDataError("Penataan ini sudah diterapkan; muat ulang halaman.")
        if locked.status == StatusPenataan.DIBATALKAN:
            raise StaleDataError("Penataan ini sudah dibatalkan.")
        if locked.status == StatusPenataan.DISETUJUI:
            allowed = by.has_perm(Permission.PENATAAN_APPROVE) and is_seluruh(by)
        else:
            allowed = by.has_perm(Permission.PENATAAN_DRAFT) and is_seluruh(by)
        if not allowed:
            raise DomainError("Anda tidak berwenang membatalkan penataan ini.")
        close_penataan(locked, alasan, by, now)
    return locked


def close_penataan(
    penataan: PenataanUnit, alasan: str, by: User | None, now: dt.datetime
) -> None:
    penataan.status = StatusPenataan.DIBATALKAN.value
    penataan.dibatalkan_by, penataan.dibatalkan_at = by, now
    penataan.alasan_batal = alasan
    penataan.save(
        update_fields=[
            "status", "dibatalkan_by", "dibatalkan_at", "alasan_batal", "jejak",
        ]
    )  # fmt: skip
    audit.record("penataan.batal", penataan, by=by, reason=alasan)


def enqueue_penataan(penataan: PenataanUnit, kind: str, by: User, label: str) -> Job:
    job = enqueue(kind, by=by, params={"penataan": penataan.pk}, label=label[:200])
    penataan.job_id = job.pk
    penataan.save(update_fields=["job_id"])
    return job


# -- Shared -----------------------------------------------------------------------------


def is_seluruh(user: User) -> bool:
    """Tell whether the grants of this user reach the whole office: a tree is for all."""
    return any(
        unit is None and role in _PELAKU for role, unit in get_akses(user).pemberian
    )


_PELAKU = {Role.VERIFIKATOR, Role.KEPALA_BIDANG, Role.SEKRETARIS, Role.KEPALA_BADAN}


def _check_perancang(by: User) -> None:
    if not by.has_perm(Permission.PENATAAN_DRAFT) or not is_seluruh(by):
        raise DomainError(
            "Penataan disusun oleh verifikator atau kepala bidang BKPSDMD.",
            kode="tidak_berwenang",
        )


def _refuse_perancang(penataan: PenataanUnit, by: User) -> None:
    if not by.has_perm(Permission.PENATAAN_APPROVE) or not is_seluruh(by):
        raise DomainError(
            "Penataan diputus oleh kepala bidang, sekretaris, atau kepala badan.",
            kode="tidak_berwenang",
        )
    if not can_approve(penataan, by):
        raise DomainError(
            "Anda ikut menyusun penataan ini; mintalah pejabat lain memutusnya.",
            kode="penyusun_sendiri",
        )


def refuse_galat(rencana: RencanaPenataan) -> None:
    if rencana.galat:
        raise DomainError(
            " ".join(one.pesan for one in rencana.galat[:3]), kode="rencana_salah"
        )


def lock_penataan(
    penataan: PenataanUnit, status: StatusPenataan, *, versi: int | None = None
) -> PenataanUnit:
    """Return the act locked, if it is still in this state and as it was seen."""
    locked = PenataanUnit.objects.select_for_update().get(pk=penataan.pk)
    if locked.status != status or (versi is not None and locked.versi != versi):
        raise StaleDataError(
            "Penataan ini baru saja diubah orang lain. Muat ulang halaman, periksa "
            "lagi, lalu ulangi; belum ada yang berubah."
        )
    return locked


def _touch(penataan: PenataanUnit) -> None:
    penataan.versi += 1
    penataan.save(update_fields=["versi"])


def tulis_dasar(penataan: PenataanUnit) -> str:
    return f"{penataan.nomor} tanggal {penataan.tanggal:%d-%m-%Y}"[:200]


def tulis_belum_tiba(penataan: PenataanUnit) -> str:
    return (
        f"Penataan ini berlaku {penataan.berlaku:%d-%m-%Y} dan diterapkan sendiri pada "
        "hari itu."
    )
