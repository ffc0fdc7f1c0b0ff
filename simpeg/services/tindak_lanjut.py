"""Marks on people that something is to be done for them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError
from simpeg.models import Pegawai, TindakLanjut
from simpeg.selectors.akses import get_lingkup


def mark_pegawai(*, pegawai_id: int, catatan: str, by: User) -> TindakLanjut:
    """Mark a person; raises DomainError when a mark is open or out of scope."""
    with transaction.atomic():
        pegawai = _lock(pegawai_id, by)
        if pegawai.tindak_lanjut_set.filter(selesai_at__isnull=True).exists():
            raise DomainError(
                "Sudah ditandai; selesaikan tanda itu lebih dahulu.",
                kode="sudah_ditandai",
            )
        tanda = TindakLanjut.objects.create(
            pegawai=pegawai, catatan=catatan, created_by=by
        )
        audit.record(
            "tindak_lanjut.tandai", pegawai, by=by, subject=pegawai, reason=catatan
        )
    return tanda


def finish_tindak_lanjut(*, pegawai_id: int, by: User, alasan: str = "") -> None:
    """Close the open mark of a person; raises DomainError where there is none."""
    with transaction.atomic():
        pegawai = _lock(pegawai_id, by)
        closed = pegawai.tindak_lanjut_set.filter(selesai_at__isnull=True).update(
            selesai_at=timezone.now(), selesai_by=by
        )
        if not closed:
            raise DomainError("Tidak ada tanda yang terbuka.", kode="tidak_ditandai")
        audit.record(
            "tindak_lanjut.selesai", pegawai, by=by, subject=pegawai, reason=alasan
        )


def _lock(pegawai_id: int, by: User) -> Pegawai:
    found = (
        Pegawai.objects.select_for_update(of=("self",))
        .within(get_lingkup(by))
        .filter(pk=pegawai_id)
        .first()
    )
    if found is None:
        raise DomainError(
            "Di luar unit kerja yang boleh Anda lihat sekarang.", kode="luar_lingkup"
        )
    return found
