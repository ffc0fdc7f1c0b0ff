"""Writes of this app: office settings, number books, issued papers. All are audited."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils import timezone

from bkpsdmd.audit import services as audit
from bkpsdmd.documents.emblems import check_lambang
from bkpsdmd.documents.initial import read_initial
from bkpsdmd.documents.models import (
    KANTOR_CACHE_KEY,
    KANTOR_ID,
    AkhirDokumen,
    BukuNomor,
    DokumenTerbit,
    NomorDokumen,
    PengaturanKantor,
    StatusNomor,
)
from bkpsdmd.exceptions import DomainError, StaleDataError

if TYPE_CHECKING:
    from django.core.files import File

    from bkpsdmd.accounts.models import User

BUKU_FIELDS = ("nama", "kode", "unit", "pola")


# -- Office settings --------------------------------------------------------------------


@transaction.atomic
def ensure_kantor() -> PengaturanKantor:
    """Store the first values where there are none yet; never overwrite the office's."""
    initial = read_initial()
    kantor, created = PengaturanKantor.objects.get_or_create(
        pk=KANTOR_ID, defaults=initial["kantor"]
    )
    if created:
        audit.record("kantor.mulai", kantor, by=None)
    year = timezone.localdate().year
    for book in initial["buku_nomor"]:
        if not BukuNomor.objects.filter(jenis=book["jenis"]).exists():
            open_buku(tahun=year, by=None, **book)
    return kantor


@transaction.atomic
def update_kantor(
    *,
    by: User | None,
    lambang: File[Any] | Literal[False] | None = None,
    versi: int | None = None,
    **changes: Any,
) -> PengaturanKantor:
    """Change office settings; the next paper and page show them.

    `lambang` is a new emblem, or False to take it away. `versi`, where given, must be
    the one the person saw. Raises DomainError for a value that does not fit.
    """
    ensure_kantor()
    kantor = PengaturanKantor.objects.select_for_update().get(pk=KANTOR_ID)
    if versi is not None and versi != kantor.versi:
        raise StaleDataError(
            "Pengaturan kantor sudah diubah orang lain sejak halaman ini dibuka. "
            "Muat ulang halaman, lalu ulangi perubahan Anda."
        )
    unknown = set(changes) - _editable_fields()
    if unknown:
        raise TypeError(f"Not office settings: {sorted(unknown)}")
    difference = audit.diff(kantor, changes)
    for name, value in changes.items():
        setattr(kantor, name, value)
    if lambang is not None:
        before = kantor.lambang.name
        if lambang:
            content, suffix = check_lambang(lambang)
            kantor.lambang.save(f"lambang{suffix}", ContentFile(content), save=False)
        else:
            kantor.lambang = ""
        difference["lambang"] = (before, kantor.lambang.name)
    if not difference:
        return kantor
    refuse_invalid(kantor)
    kantor.versi += 1
    kantor.save()
    audit.record("kantor.ubah", kantor, by=by, changes=difference)
    # Again after the commit: until then another process may put the old row back.
    transaction.on_commit(_forget_kantor)
    _forget_kantor()
    return kantor


def _forget_kantor() -> None:
    cache.delete(KANTOR_CACHE_KEY)


def _editable_fields() -> set[str]:
    return {
        field.name for field in PengaturanKantor._meta.concrete_fields if field.editable
    } - {"id", "lambang"}


# -- Number books -----------------------------------------------------------------------


@transaction.atomic
def open_buku(
    *,
    jenis: str,
    tahun: int,
    nama: str,
    pola: str,
    by: User | None,
    kode: str = "",
    unit: str = "",
) -> BukuNomor:
    """Open the book of a kind and year. Raises DomainError where it is open already."""
    buku = BukuNomor(
        jenis=jenis, tahun=tahun, nama=nama, kode=kode, unit=unit, pola=pola
    )
    if BukuNomor.objects.filter(jenis=jenis, tahun=tahun).exists():
        raise DomainError(f"Buku nomor {jenis} tahun {tahun} sudah ada.", kolom="jenis")
    refuse_invalid(buku)
    buku.save()
    audit.record("buku_nomor.buka", buku, by=by)
    return buku


@transaction.atomic
def update_buku(*, buku: BukuNomor, by: User | None, **changes: str) -> BukuNomor:
    """Change how numbers to come are written; those given out stay as they are."""
    if not set(changes) <= set(BUKU_FIELDS):
        raise TypeError(f"Not fields of a number book: {sorted(changes)}")
    buku = BukuNomor.objects.select_for_update().get(pk=buku.pk)
    difference = audit.diff(buku, changes)
    if difference:
        for name, value in changes.items():
            setattr(buku, name, value)
        refuse_invalid(buku)
        buku.save()
        audit.record("buku_nomor.ubah", buku, by=by, changes=difference)
    return buku


@transaction.atomic
def take_many(
    *,
    jenis: str,
    tanggal: dt.date,
    perihal: Sequence[str],
    by: User | None,
    kode: str = "",
) -> list[NomorDokumen]:
    """Give out the next numbers of a book, one for each `perihal`, in that order.

    Two at once wait for each other: the row of the book is locked (on SQLite the
    IMMEDIATE transaction is the lock). `kode` replaces the book's classification. A new
    year continues with last year's pattern.
    """
    buku = _lock_buku(jenis, tanggal.year, by=by)
    last = buku.nomor.aggregate(last=Max("urut"))["last"] or 0
    numbers = [
        NomorDokumen(
            buku=buku,
            urut=urut,
            nomor=buku.format(urut, bulan=tanggal.month, kode=kode),
            tanggal=tanggal,
            perihal=satu,
            taken_by=by,
        )
        for urut, satu in enumerate(perihal, last + 1)
    ]
    for nomor in numbers:
        # Book and user were read just now: asking for them again is a query each.
        refuse_invalid(nomor, unique=False, exclude=("buku", "taken_by"))
    try:
        with transaction.atomic():
            numbers = NomorDokumen.objects.bulk_create(numbers)
    except IntegrityError as error:
        used = NomorDokumen.objects.filter(nomor__in=[n.nomor for n in numbers])
        raise DomainError(
            f"Nomor {used.order_by('urut').first()} sudah dipakai buku lain. Minta admin "
            f"mengubah pola {buku} supaya nomornya berbeda.",
            kode="nomor_kembar",
        ) from error
    audit.record_many(audit.build("nomor.ambil", nomor, by=by) for nomor in numbers)
    return numbers


@transaction.atomic
def cancel_nomor(*, nomor: NomorDokumen, alasan: str, by: User | None) -> NomorDokumen:
    """Mark a number as cancelled, with the reason; it stays in the book for good."""
    if not alasan.strip():
        raise DomainError("Tulis alasan pembatalan nomor.", kolom="alasan")
    nomor = NomorDokumen.objects.select_for_update().get(pk=nomor.pk)
    if nomor.status == StatusNomor.BATAL:
        raise DomainError(f"Nomor {nomor} sudah dibatalkan.", kode="sudah_batal")
    nomor.status = StatusNomor.BATAL
    nomor.cancelled_at = timezone.now()
    nomor.alasan_batal = alasan.strip()
    refuse_invalid(nomor)
    nomor.save(update_fields=["status", "cancelled_at", "alasan_batal"])
    audit.record("nomor.batal", nomor, by=by, reason=nomor.alasan_batal)
    return nomor


def _lock_buku(jenis: str, tahun: int, *, by: User | None) -> BukuNomor:
    books = BukuNomor.objects.select_for_update()
    buku = books.filter(jenis=jenis, tahun=tahun).first()
    if buku is not None:
        return buku
    # The newest book of the kind is the lock under which the year's own is opened.
    newest = books.filter(jenis=jenis).order_by("-tahun").first()
    if newest is None:
        raise DomainError(
            f"Buku nomor untuk {jenis} belum dibuat. Admin membuatnya di menu Admin, "
            "Buku nomor.",
            kode="buku_belum_ada",
        )
    buku = books.filter(jenis=jenis, tahun=tahun).first()
    if buku is not None:
        return buku
    values = {name: getattr(newest, name) for name in BUKU_FIELDS}
    return open_buku(jenis=jenis, tahun=tahun, by=by, **values)


# -- Issued papers ----------------------------------------------------------------------


@transaction.atomic
def store_dokumen(
    *,
    jenis: str,
    judul: str,
    pdf: bytes,
    data: dict[str, Any],
    by: User | None,
    nomor: NomorDokumen | None = None,
    kode_periksa: str = "",
    perihal_umum: str = "",
    pejabat: str = "",
) -> DokumenTerbit:
    """Keep a paper for good, with its checksum and the data behind it.

    `kode_periksa` is what the paper prints (`verification.make_periksa`). `perihal_umum`,
    told to whoever has the paper, names no person.
    """
    if nomor is not None and nomor.status == StatusNomor.BATAL:
        raise DomainError(
            f"Nomor {nomor} sudah dibatalkan; ambil nomor baru.", kode="sudah_batal"
        )
    dokumen = DokumenTerbit(
        jenis=jenis,
        judul=judul,
        nomor=nomor,
        sha256=hashlib.sha256(pdf).hexdigest(),
        ukuran_byte=len(pdf),
        data=data,
        kode_periksa=kode_periksa,
        perihal_umum=perihal_umum,
        pejabat=pejabat,
        created_by=by,
    )
    dokumen.berkas.save("dokumen.pdf", ContentFile(pdf), save=False)
    try:
        refuse_invalid(dokumen)
        dokumen.save()
    except BaseException:
        dokumen.berkas.delete(save=False)
        raise
    audit.record("dokumen.terbit", dokumen, by=by)
    return dokumen


@transaction.atomic
def revoke_dokumen(
    *, dokumen: DokumenTerbit, alasan: str, by: User | None
) -> AkhirDokumen:
    """End a paper's validity; whoever checks it is told. It stays stored."""
    return _end_dokumen(
        dokumen, AkhirDokumen.Jenis.DICABUT, alasan, by, kind="dokumen.cabut"
    )


@transaction.atomic
def replace_dokumen(
    *,
    dokumen: DokumenTerbit,
    pengganti: DokumenTerbit,
    alasan: str,
    by: User | None,
) -> AkhirDokumen:
    """Let another paper take this one's place; whoever checks the old one is led there."""
    if pengganti.pk == dokumen.pk:
        raise DomainError("Dokumen tidak dapat menggantikan dirinya sendiri.")
    return _end_dokumen(
        dokumen,
        AkhirDokumen.Jenis.DIGANTI,
        alasan,
        by,
        kind="dokumen.ganti",
        pengganti=pengganti,
    )


def _end_dokumen(
    dokumen: DokumenTerbit,
    jenis: str,
    alasan: str,
    by: User | None,
    *,
    kind: str,
    pengganti: DokumenTerbit | None = None,
) -> AkhirDokumen:
    if not alasan.strip():
        raise DomainError("Tulis alasannya.", kolom="alasan")
    DokumenTerbit.objects.select_for_update().get(pk=dokumen.pk)
    if AkhirDokumen.objects.filter(dokumen=dokumen).exists():
        raise DomainError(
            "Dokumen ini sudah dicabut atau diganti.", kode="sudah_berakhir"
        )
    akhir = AkhirDokumen.objects.create(
        dokumen=dokumen,
        jenis=jenis,
        pengganti=pengganti,
        alasan=alasan.strip(),
        created_by=by,
    )
    audit.record(kind, dokumen, by=by, reason=akhir.alasan)
    return akhir


def refuse_invalid(
    instance: models.Model, *, unique: bool = True, exclude: Sequence[str] = ()
) -> None:
    """Check every field and constraint, refusing in the words a form can show."""
    try:
        instance.full_clean(
            exclude=exclude, validate_unique=unique, validate_constraints=unique
        )
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        kolom = None if field == "__all__" else field
        raise DomainError(" ".join(messages), kolom=kolom) from error
