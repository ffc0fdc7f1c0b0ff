"""Keeping the papers of a person: filing, proposing, deciding, replacing, withdrawing.

A file is never changed and never deleted: one that no longer holds stays readable with
the reason. Checking and writing the bytes happen before the transaction.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.uploads import CheckedUpload
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.choices import KeadaanBerkas
from simpeg.jenis_riwayat import JENIS
from simpeg.models import BerkasArsip, Pegawai
from simpeg.models.arsip import path_of
from simpeg.permissions import Permission
from simpeg.rules.arsip import JenisArsip, list_jenis_arsip
from simpeg.selectors.arsip import is_tertutup, list_pengutip
from simpeg.services.mutu import refresh_mutu
from simpeg.services.pegawai import lock_for_change

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class BerkasTersimpan:
    """A checked file that lies in private storage, not yet in the archive."""

    path: str
    upload: CheckedUpload


@contextmanager
def stored_proof(
    uploads: Sequence[UploadedFile[bytes]],
) -> Iterator[BerkasTersimpan | None]:
    """Do as `stored_papers` where a paper was sent; None where none was."""
    if not uploads:
        yield None
        return
    with stored_papers(uploads) as stored:
        yield stored


@contextmanager
def stored_papers(uploads: Sequence[UploadedFile[bytes]]) -> Iterator[BerkasTersimpan]:
    """Check one PDF, or photographs that become one, and store it.

    It is taken away again when the work inside fails.
    """
    # Its libraries cost every start of the portal time; few starts see an upload.
    from bkpsdmd.documents.photos import check_papers

    checked = check_papers(uploads)
    with _stored(checked) as stored:
        yield stored


@contextmanager
def _stored(checked: CheckedUpload) -> Iterator[BerkasTersimpan]:
    path = default_storage.save(
        path_of(BerkasArsip(), checked.name), ContentFile(checked.content)
    )
    try:
        yield BerkasTersimpan(path, checked)
    except BaseException:
        default_storage.delete(path)
        raise


def add_berkas(
    berkas: BerkasTersimpan, *, pegawai: Pegawai, jenis: str, by: User, **isian: Any
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
        halaman=berkas.upload.halaman,
        created_by=by,
        **isian,
    )


# -- Filing -----------------------------------------------------------------------------


def file_berkas(
    *,
    pegawai: Pegawai,
    jenis: str,
    uploads: Sequence[UploadedFile[bytes]],
    uraian: str = "",
    untuk: tuple[str, int] | None = None,
    menggantikan: BerkasArsip | None = None,
    alasan: str = "",
    by: User,
    per_tanggal: dt.date,
) -> BerkasArsip:
    """Put a paper into the archive; a person's own one is a proposal until accepted.

    `untuk` is the record (kind, id) it proves. A file that replaces another takes its
    place at every record. Raises DomainError for what may not be filed here.
    """
    with stored_papers(uploads) as stored, transaction.atomic():
        is_own = pegawai.user_id == by.pk
        locked = _lock(pegawai.pk, by=by)
        satu = _check_jenis(jenis, locked, by=by, per_tanggal=per_tanggal)
        if menggantikan:
            menggantikan = _get(
                menggantikan, (KeadaanBerkas.BERLAKU, KeadaanBerkas.DITOLAK)
            )
        if untuk:
            _find_catatan(untuk, locked, satu)
        _refuse_same(stored, locked)
        berkas = add_berkas(
            stored,
            pegawai=locked,
            jenis=jenis,
            by=by,
            uraian=uraian,
            menggantikan=menggantikan,
            untuk_jenis=untuk[0] if untuk else "",
            untuk_id=untuk[1] if untuk else None,
            keadaan=(
                KeadaanBerkas.DIUSULKAN if is_own else KeadaanBerkas.BERLAKU
            ).value,
        )
        _record(
            "usul" if is_own else "unggah",
            berkas,
            by=by,
            subject=locked,
            changes={"jenis": (None, satu.nama)},
            reason=alasan,
        )
        if not is_own:
            _put_in_force(berkas, satu, alasan=alasan, by=by)
            refresh_after(locked, per_tanggal)
    return berkas


def decide_berkas(
    *,
    berkas: BerkasArsip,
    is_diterima: bool,
    alasan: str = "",
    by: User,
    per_tanggal: dt.date,
) -> BerkasArsip:
    """Accept or refuse a proposed file. Nobody decides on the own one.

    Raises StaleDataError when somebody else decided meanwhile.
    """
    with transaction.atomic():
        pegawai = lock_for_change(berkas.pegawai_id, by=by)
        found = _get(berkas, (KeadaanBerkas.DIUSULKAN,))
        satu = _check_jenis(found.jenis, pegawai, by=by, per_tanggal=per_tanggal)
        if found.created_by_id == by.pk:
            raise DomainError(
                "Berkas yang Anda usulkan diputuskan oleh petugas lain.",
                kode="data_sendiri",
            )
        if not is_diterima and not alasan.strip():
            raise DomainError("Tulis alasan penolakannya.", kolom="alasan")
        hasil = KeadaanBerkas.BERLAKU if is_diterima else KeadaanBerkas.DITOLAK
        _close(found, hasil, alasan=alasan, by=by)
        _record(
            "terima" if is_diterima else "tolak",
            found,
            by=by,
            subject=pegawai,
            reason=alasan,
        )
        if is_diterima:
            _put_in_force(found, satu, alasan=alasan, by=by)
            refresh_after(pegawai, per_tanggal)
    return found


def withdraw_berkas(
    *, berkas: BerkasArsip, alasan: str, by: User, per_tanggal: dt.date
) -> BerkasArsip:
    """Take a file out of the archive's force; it stays readable with the reason.

    A person may take back the own proposal. Raises DomainError for a file that a record
    in force cites.
    """
    with transaction.atomic():
        pegawai = _lock(berkas.pegawai_id, by=by)
        is_own = pegawai.user_id == by.pk
        found = _get(
            berkas,
            (KeadaanBerkas.DIUSULKAN,)
            if is_own
            else (KeadaanBerkas.BERLAKU, KeadaanBerkas.DIUSULKAN),
        )
        if cited := list_pengutip(found):
            nama = ", ".join(dict.fromkeys(jenis.nama for jenis, _ in cited))
            raise DomainError(
                f"Berkas ini membuktikan {nama} yang berlaku, jadi tidak dapat ditarik. "
                "Ganti berkasnya, atau koreksi catatannya lebih dahulu.",
                kode="dikutip",
            )
        _close(found, KeadaanBerkas.DITARIK, alasan=alasan, by=by)
        _record("tarik", found, by=by, subject=pegawai, reason=alasan)
        refresh_after(pegawai, per_tanggal)
    return found


def attach_berkas(
    *, berkas: BerkasArsip, untuk: tuple[str, int], by: User, per_tanggal: dt.date
) -> BerkasArsip:
    """Let a record that has no file cite this one."""
    with transaction.atomic():
        pegawai = lock_for_change(berkas.pegawai_id, by=by)
        found = _get(berkas, (KeadaanBerkas.BERLAKU,))
        satu = _check_jenis(found.jenis, pegawai, by=by, per_tanggal=per_tanggal)
        _attach(found, _find_catatan(untuk, pegawai, satu), by=by)
        refresh_after(pegawai, per_tanggal)
    return found


def note_view(berkas: BerkasArsip, *, by: User, is_unduh: bool = False) -> None:
    """Log who opened or fetched a file."""
    _record("unduh" if is_unduh else "buka", berkas, by=by, subject=berkas.pegawai)


def _record(act: str, berkas: BerkasArsip, **rest: Any) -> None:
    """Log an act on a file; a closed kind under a name that few may read."""
    suffix = "_tertutup" if is_tertutup(berkas.jenis, timezone.localdate()) else ""
    audit.record(f"berkas.{act}{suffix}", berkas, **rest)


def refresh_after(pegawai: Pegawai, per_tanggal: dt.date) -> None:
    """Bring up to date what hangs on the archive."""
    refresh_mutu([pegawai.pk], per_tanggal=per_tanggal)


def _lock(pegawai_id: int, *, by: User) -> Pegawai:
    """Return the person locked: oneself, or somebody whose record `by` keeps."""
    if Pegawai.objects.filter(pk=pegawai_id, user=by).exists():
        return Pegawai.objects.select_for_update().get(pk=pegawai_id)
    return lock_for_change(pegawai_id, by=by)


def _check_jenis(
    kode: str, pegawai: Pegawai, *, by: User, per_tanggal: dt.date
) -> JenisArsip:
    satu = list_jenis_arsip(per_tanggal).get(kode)
    if satu is None or not satu.fits(pegawai.status_on(per_tanggal)):
        raise DomainError(
            "Jenis dokumen ini tidak berlaku untuk pegawai ini.", kolom="jenis"
        )
    is_seen = pegawai.user_id == by.pk or by.has_perm(Permission.PEGAWAI_SENSITIVE)
    if is_tertutup(kode, per_tanggal) and not is_seen:
        raise DomainError(
            f"Anda tidak berwenang atas dokumen {satu.nama}.", kode="tertutup"
        )
    return satu


def _find_catatan(untuk: tuple[str, int], pegawai: Pegawai, satu: JenisArsip) -> Any:
    """Return the record in force that a file is meant for, of this person and kind."""
    kunci, pk = untuk
    jenis = JENIS.get(kunci)
    if jenis is None or kunci not in satu.riwayat:
        raise DomainError(
            f"{satu.nama} tidak membuktikan catatan itu. Pilih jenis dokumen yang sesuai.",
            kolom="jenis",
        )
    row = jenis.model.objects.berlaku().filter(pegawai=pegawai, pk=pk).first()
    if row is None:
        raise StaleDataError(
            "Catatan ini baru saja dikoreksi atau dibatalkan petugas lain. Kembali ke "
            "arsip untuk melihat keadaan terakhir."
        )
    return row


def _refuse_same(stored: BerkasTersimpan, pegawai: Pegawai) -> None:
    same = BerkasArsip.objects.filter(
        pegawai=pegawai,
        sha256=stored.upload.sha256,
        keadaan__in=(KeadaanBerkas.BERLAKU.value, KeadaanBerkas.DIUSULKAN.value),
    ).first()
    if same:
        raise DomainError(
            f"Berkas yang sama persis sudah ada dalam arsip: {same.nama_berkas}.",
            kolom="berkas",
            kode="sudah_ada",
        )


def _get(berkas: BerkasArsip, keadaan: Sequence[KeadaanBerkas]) -> BerkasArsip:
    """Read the file's row again under the lock; refuse one that has moved on."""
    found = BerkasArsip.objects.get(pk=berkas.pk)
    if found.keadaan not in keadaan:
        raise StaleDataError(
            f"Berkas ini sekarang {found.get_keadaan_display().lower()}, jadi tidak ada "
            "yang diubah. Kembali ke arsip untuk melihat keadaan terakhir."
        )
    return found


def _close(
    berkas: BerkasArsip, keadaan: KeadaanBerkas, *, alasan: str, by: User
) -> None:
    berkas.keadaan = keadaan.value
    berkas.alasan = alasan
    berkas.diputus_at = timezone.now()
    berkas.diputus_oleh = by
    berkas.save(update_fields=["keadaan", "alasan", "diputus_at", "diputus_oleh"])


def _put_in_force(
    berkas: BerkasArsip, satu: JenisArsip, *, alasan: str, by: User
) -> None:
    """Link a file to its record, and let it take the place of the one it replaces."""
    lama = berkas.menggantikan
    if lama is not None and lama.is_berlaku:
        for jenis, pk in list_pengutip(lama):
            row = jenis.model.objects.get(pk=pk)
            _cite(row, berkas, jenis.kunci, by=by)
        _close(lama, KeadaanBerkas.DIGANTI, alasan=alasan, by=by)
    if berkas.untuk_id is not None:
        row = _find_catatan((berkas.untuk_jenis, berkas.untuk_id), berkas.pegawai, satu)
        if row.berkas_id != berkas.pk:
            _attach(berkas, row, by=by)


def _attach(berkas: BerkasArsip, row: Any, *, by: User) -> None:
    if row.berkas_id is not None:
        raise DomainError(
            "Catatan ini sudah berberkas. Buka berkasnya, lalu pakai Ganti berkas.",
            kode="sudah_berberkas",
        )
    kunci = next(k for k, jenis in JENIS.items() if isinstance(row, jenis.model))
    _cite(row, berkas, kunci, by=by)


def _cite(row: Any, berkas: BerkasArsip, kunci: str, *, by: User) -> None:
    """Let a record cite a file: the one column of it, besides its end, ever set later."""
    before = row.berkas
    row.berkas = berkas
    row.save(update_fields=["berkas"])
    audit.record(
        f"{kunci}.berkas",
        row,
        by=by,
        subject=row.pegawai,
        changes={"berkas": (before and str(before), str(berkas))},
    )
