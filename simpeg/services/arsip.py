"""Keeping the file of a decree."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.uploads import CheckedUpload, check_upload
from simpeg.jenis_riwayat import ARSIP_TERTUTUP
from simpeg.models import BerkasArsip, Pegawai
from simpeg.models.arsip import path_of

logger = logging.getLogger(__name__)
JENIS_BERKAS = frozenset({"pdf", "jpeg", "png"})


@dataclass(frozen=True)
class BerkasTersimpan:
    """A checked file that lies in private storage, not yet in the archive."""

    path: str
    upload: CheckedUpload


@contextmanager
def stored_upload(
    upload: UploadedFile[bytes] | None,
) -> Iterator[BerkasTersimpan | None]:
    """Check a file and store it; take it away again when the work inside fails.

    Checking and writing happen before the transaction, which so stays short.
    """
    if upload is None:
        yield None
        return
    checked = check_upload(
        upload, kinds=JENIS_BERKAS, max_bytes=settings.UPLOAD_MAX_BYTES
    )
    path = default_storage.save(
        path_of(BerkasArsip(), checked.name), ContentFile(checked.content)
    )
    try:
        yield BerkasTersimpan(path, checked)
    except BaseException:
        default_storage.delete(path)
        raise


def add_berkas(
    berkas: BerkasTersimpan, *, pegawai: Pegawai, jenis: str, by: User
) -> BerkasArsip:
    """Put a stored file into the archive; call it inside the caller's transaction."""
    return BerkasArsip.objects.create(
        pegawai=pegawai,
        jenis=jenis,
        berkas=berkas.path,
        nama_berkas=berkas.upload.name,
        content_type=berkas.upload.content_type,
        ukuran_byte=len(berkas.upload.content),
        sha256=berkas.upload.sha256,
        created_by=by,
    )


def note_view(berkas: BerkasArsip, *, by: User) -> None:
    """Log who opened a file."""
    is_tertutup = berkas.jenis in ARSIP_TERTUTUP
    kind = "berkas.buka_tertutup" if is_tertutup else "berkas.buka"
    audit.record(kind, berkas, by=by, subject=berkas.pegawai)
