"""The import of an export of SIASN: uploaded, examined, mended, applied or dropped.

The page goes step by step with jobs between; the command runs the same steps at once.
A killed job leaves the file as it was before and may be run again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.documents.spreadsheets import Column, read_table, write_xlsx
from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.jobs.choices import ACTIVE
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from simpeg.models import BarisMasuk, BerkasMasuk, JenisMasuk, Pegawai, Rombongan
from simpeg.rules.nip import normalize_nip
from simpeg.selectors.akses import get_lingkup_kelola
from simpeg.selectors.siasn import batched
from simpeg.services.massal import Sisipan, collector_paused
from simpeg.services.rencana import Progress
from simpeg.services.rombongan_terap import prepare, seal, stale, write
from simpeg.services.siasn_periksa import (
    BarisBerkas,
    BarisDiperiksa,
    Hasil,
    Pemeriksaan,
    check_baris,
    read_berkas,
)
from simpeg.siasn.kolom import KETERANGAN, KOLOM, WAJIB, get_judul, map_judul
from simpeg.siasn.perbaikan import list_kolom_salah
from simpeg.siasn.sel import clean_sel

Status = BerkasMasuk.Status
JOB_PERIKSA = "simpeg.impor_siasn"
JOB_TERAP = "simpeg.terapkan_siasn"
# Rows stored per transaction: other people's writes pass in between.
BATCH_BARIS = 2000
# In memory up to this size, then in a file of its own.
SPOOL_BYTES = 5_000_000
# Of the older form some columns say the same as others of the present one.
KOLOM_TEMPLAT = [
    nama for nama in KOLOM if not nama.startswith(("eselon", "jft", "jfu"))
]
PERCOBAAN = 3


# -- Step by step, from the page ------------------------------------------------------


def upload_impor(
    *, berkas: File[bytes], nama: str, by: User, is_ke_contoh: bool = False
) -> BerkasMasuk:
    """Keep an uploaded file privately and ask for its examination."""
    check_scope(by)
    check_contoh(is_ke_contoh)
    content = berkas.read()
    map_judul(read_table(content).header)  # what is no export is refused at once
    return keep_berkas(
        content,
        nama=nama,
        jenis=JenisMasuk.IMPOR,
        kejadian="siasn.unggah",
        job=JOB_PERIKSA,
        label="Periksa ekspor SIASN",
        by=by,
    )


def keep_berkas(
    content: bytes,
    *,
    nama: str,
    jenis: JenisMasuk,
    kejadian: str,
    job: str,
    label: str,
    by: User,
) -> BerkasMasuk:
    """Store a file that was looked at, and ask for the job that judges its rows."""
    impor = BerkasMasuk(
        jenis=jenis,
        nama_berkas=nama[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        created_by=by,
    )
    impor.berkas.save(nama, ContentFile(content), save=False)
    try:
        with transaction.atomic():
            impor.save()
            audit.record(kejadian, impor, by=by)
            enqueue_for(impor, job, label, by=by)
    except BaseException:
        impor.berkas.delete(save=False)
        raise
    return impor


def request_periksa(*, impor: BerkasMasuk, by: User) -> Job:
    """Ask again for an examination that broke off."""
    check_scope(by)
    with transaction.atomic():
        impor = BerkasMasuk.objects.select_for_update().get(pk=impor.pk)
        if impor.status != Status.DIUNGGAH or is_working(impor):
            raise DomainError("Berkas ini tidak perlu diperiksa ulang.")
        return enqueue_for(impor, JOB_PERIKSA, "Periksa ekspor SIASN", by=by)


def reject(impor: BerkasMasuk, error: DomainError) -> BerkasMasuk:
    """End a file that cannot be read, with the reason."""
    impor.status, impor.pesan = Status.DITOLAK, error.pesan
    impor.save(update_fields=["status", "pesan"])
    return impor


@collector_paused()
def examine_impor(
    *, impor_id: int, per_tanggal: dt.date, progress: Progress | None = None
) -> BerkasMasuk:
    """Read the file of an import and store the verdict on every row.

    Runs again without harm. An unreadable file ends the import with the reason.
    """
    impor = BerkasMasuk.objects.get(pk=impor_id)
    if impor.status != Status.DIUNGGAH:
        return impor
    try:
        with impor.berkas.open("rb") as handle:
            rows = read_berkas(handle.read())
    except DomainError as error:
        return reject(impor, error)
    pemeriksaan = check_baris(rows, per_tanggal=per_tanggal, progress=progress)
    store_baris(impor, pemeriksaan)
    finish_periksa(impor)
    return impor


def mend_baris(
    *,
    baris: BarisMasuk,
    sidik: str,
    sel: Mapping[str, str],
    by: User,
    per_tanggal: dt.date,
) -> BarisMasuk:
    """Correct cells of a refused row and judge it again.

    Raises StaleDataError when somebody mended the row after `sidik` was read.
    """
    check_scope(by)
    with transaction.atomic():
        impor = lock_siap(baris.impor_id)
        baris = BarisMasuk.objects.select_for_update().get(pk=baris.pk)
        if baris.hasil != Hasil.DITOLAK or fingerprint(baris) != sidik:
            raise StaleDataError(
                "Baris ini baru saja diperbaiki petugas lain. Muat ulang halamannya."
            )
        if unknown := set(sel) - set(list_kolom_salah(baris.catatan)):
            raise KeyError(f"not a column to mend: {sorted(unknown)}")
        baru = {kolom: clean_sel(teks) for kolom, teks in sel.items()}
        perubahan = {
            kolom: (baris.data.get(kolom, ""), teks)
            for kolom, teks in baru.items()
            if teks != baris.data.get(kolom, "")
        }
        satu = BarisBerkas(baris.nomor, {**baris.data, **baru})
        hasil = check_baris(
            [satu], per_tanggal=per_tanggal, terpakai=_find_terpakai(baris, satu.sel)
        )
        baris = as_baris(impor, hasil.baris[0], pk=baris.pk)
        baris.save()
        count_again(impor)
        audit.record(
            "siasn.perbaiki",
            impor,
            by=by,
            changes=perubahan,
            reason=f"Baris {baris.nomor}",
            batch=str(impor.pk),
        )
    return baris


def request_terap(*, impor: BerkasMasuk, by: User) -> Job:
    """Ask for the differences to be applied; a second person is told of the first."""
    check_scope(by)
    with transaction.atomic():
        impor = lock_siap(impor.pk)
        if not impor.jumlah_baru and not impor.jumlah_berubah:
            raise DomainError("Tidak ada perubahan yang perlu diterapkan.")
        return enqueue_for(impor, JOB_TERAP, "Terapkan ekspor SIASN", by=by)


@collector_paused()
def apply_impor(
    *,
    impor_id: int,
    by: User | None,
    per_tanggal: dt.date,
    progress: Progress | None = None,
) -> BerkasMasuk:
    """Write what the stored rows would change, in one transaction.

    The differences are worked out again. Where they are no longer those that were
    looked at, nothing is written: the new ones are stored and a DomainError says so.
    Applied once, a second run changes nothing.
    """
    impor = BerkasMasuk.objects.get(pk=impor_id)
    if impor.status == Status.DITERAPKAN:
        return impor
    if impor.status != Status.SIAP:
        raise DomainError(f"Impor ini {impor.get_status_display().lower()}.")
    if by is not None:
        check_scope(by)
    diterima = impor.baris_set.exclude(hasil=Hasil.DITOLAK).order_by("nomor")
    for percobaan in range(PERCOBAAN):
        tersimpan = {baris.nomor: baris for baris in diterima}
        rows = [BarisBerkas(baris.nomor, baris.data) for baris in tersimpan.values()]
        pemeriksaan = check_baris(rows, per_tanggal=per_tanggal, progress=progress)
        berbeda = [
            satu
            for satu in pemeriksaan.baris
            if _verdict(satu) != _verdict(tersimpan[satu.nomor])
        ]
        if berbeda:
            _store_again(impor, berbeda, tersimpan)
        try:
            _apply(
                impor, pemeriksaan, by=by, per_tanggal=per_tanggal, progress=progress
            )
        except StaleDataError:
            if percobaan == PERCOBAAN - 1:
                raise
        else:
            break
    return impor


def cancel_impor(*, impor: BerkasMasuk, by: User) -> None:
    """Drop an import that was not applied; its rows go with the next purge."""
    check_scope(by)
    with transaction.atomic():
        impor = BerkasMasuk.objects.select_for_update().get(pk=impor.pk)
        if impor.status not in (Status.DIUNGGAH, Status.SIAP):
            raise DomainError(f"Impor ini {impor.get_status_display().lower()}.")
        if impor.status == Status.SIAP:
            refuse_working(impor)
        impor.status = Status.DIBATALKAN
        impor.save(update_fields=["status"])
        audit.record("siasn.batal", impor, by=by)


def purge_impor(*, before: dt.datetime) -> int:
    """Delete file and rows of imports uploaded before this time; the figures stay."""
    lama = BerkasMasuk.objects.filter(created_at__lt=before).filter(
        Q(baris_set__isnull=False) | ~Q(berkas="")
    )
    jumlah = 0
    for impor in lama.distinct():
        delete_baris(impor)
        impor.berkas.delete(save=False)
        if impor.status in (Status.DIUNGGAH, Status.SIAP):
            impor.status = Status.DIBATALKAN
            impor.pesan = "Masa simpannya habis sebelum diterapkan."
        impor.save(update_fields=["berkas", "status", "pesan"])
        jumlah += 1
    return jumlah


def export_ditolak(*, impor: BerkasMasuk, by: User) -> IO[bytes]:
    """Return the refused rows as an open XLSX that can be mended and uploaded again.

    What is wrong stands behind the columns of the export, which are read back as they
    are; the log keeps who took the rows.
    """
    check_scope(by)
    ditolak = impor.baris_set.filter(hasil=Hasil.DITOLAK).order_by("nomor")
    rows = list(ditolak)
    if not rows:
        raise DomainError("Tidak ada baris yang ditolak.")
    kolom = [nama for nama in KOLOM if any(baris.data.get(nama) for baris in rows)]
    kolom += [
        nama for pilihan in WAJIB if not set(pilihan) & {*kolom} for nama in pilihan[:1]
    ]
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(
        file,
        title=f"Baris yang ditolak dari {impor.nama_berkas}",
        columns=[
            *(Column(get_judul(nama), width=20) for nama in kolom),
            Column("BARIS", "int", 8),
            Column("YANG HARUS DIPERBAIKI", width=80),
        ],
        rows=(
            [
                *(baris.data.get(nama, "") for nama in kolom),
                baris.nomor,
                " ".join(satu["pesan"] for satu in baris.catatan),
            ]
            for baris in rows
        ),
        sheet="Ditolak",
        notes=(
            "Perbaiki selnya di lembar Ditolak, simpan, lalu unggah berkas ini sebagai "
            "impor baru.",
            "Kolom BARIS dan YANG HARUS DIPERBAIKI hanya keterangan dan tidak dibaca.",
        ),
    )
    audit.record("siasn.unduh", impor, by=by)
    file.seek(0)
    return file


def write_templat() -> IO[bytes]:
    """Return an open XLSX with the headings of an export and not a single person."""
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(
        file,
        title="Templat impor SIASN",
        columns=[Column(get_judul(nama), width=20) for nama in KOLOM_TEMPLAT],
        rows=(),
        sheet="Pegawai",
        notes=[
            f"{judul}{' (wajib)' if is_wajib else ''}: {arti}."
            for judul, is_wajib, arti in KETERANGAN
        ],
    )
    file.seek(0)
    return file


# -- At once, from the command --------------------------------------------------------


@collector_paused()
def import_file(
    path: Path,
    *,
    per_tanggal: dt.date,
    is_coba: bool = False,
    is_ke_contoh: bool = False,
) -> dict[str, Any]:
    """Examine a file and apply it unless `is_coba`; return the outcome as JSON data.

    A file that changes nothing leaves nothing behind, not even a row of its own.
    Raises DomainError when the file cannot be read.
    """
    check_contoh(is_ke_contoh or is_coba)
    content = path.read_bytes()
    rows = read_berkas(content)
    for percobaan in range(PERCOBAAN):
        pemeriksaan = check_baris(rows, per_tanggal=per_tanggal)
        hasil = pemeriksaan.as_dict()
        if is_coba or not pemeriksaan.akan_ditulis:
            break
        impor = BerkasMasuk(
            nama_berkas=path.name[-200:], sha256=hashlib.sha256(content).hexdigest()
        )
        impor.save()
        store_baris(impor, pemeriksaan)
        finish_periksa(impor)
        try:
            _apply(impor, pemeriksaan, by=None, per_tanggal=per_tanggal)
        except StaleDataError:
            delete_baris(impor)
            impor.delete()
            if percobaan == PERCOBAAN - 1:
                raise
        else:
            break
    return hasil


# -- What several of them need --------------------------------------------------------


def fingerprint(baris: BarisMasuk) -> str:
    """Return a word that changes with the cells of a row."""
    cells = json.dumps(baris.data, sort_keys=True)
    return hashlib.sha256(cells.encode()).hexdigest()[:16]


def is_working(impor: BerkasMasuk) -> bool:
    """Tell whether a job examines or applies this import, or waits to."""
    return (
        impor.job_id is not None
        and Job.objects.filter(pk=impor.job_id, state__in=ACTIVE).exists()
    )


def enqueue_for(impor: BerkasMasuk, kind: str, label: str, *, by: User) -> Job:
    job = enqueue(kind, by=by, params={"impor": impor.pk}, label=label)
    impor.job_id, impor.pesan = job.pk, ""
    impor.save(update_fields=["job_id", "pesan"])
    return job


def check_scope(by: User) -> None:
    if not get_lingkup_kelola(by).semua:
        raise DomainError(
            "Impor menyangkut seluruh instansi, sedangkan kewenangan Anda hanya "
            "sebagian unit kerja.",
            kode="luar_lingkup",
        )


def check_contoh(is_ke_contoh: bool) -> None:
    if get_kantor().is_contoh and not is_ke_contoh:
        raise DomainError(
            "Portal ini berisi data contoh. Berkas kantor sebaiknya tidak masuk ke sini; "
            "bila memang dikehendaki, nyatakan secara tegas.",
            kolom="is_ke_contoh",
            kode="portal_contoh",
        )


def lock_siap(impor_id: int) -> BerkasMasuk:
    """Return the import, locked, if it still waits for a decision."""
    impor = BerkasMasuk.objects.select_for_update().get(pk=impor_id)
    if impor.status != Status.SIAP:
        raise DomainError(
            f"Impor ini {impor.get_status_display().lower()}; muat ulang halamannya.",
            kode="bukan_siap",
        )
    refuse_working(impor)
    return impor


def refuse_working(impor: BerkasMasuk) -> None:
    if is_working(impor):
        raise DomainError(
            "Berkas ini sedang dikerjakan petugas lain. Tunggu sampai selesai.",
            kode="sedang_diterapkan",
        )


def store_baris(impor: BerkasMasuk, pemeriksaan: Pemeriksaan) -> None:
    """Keep every row with its verdict."""
    delete_baris(impor)
    for some in batched(pemeriksaan.baris, BATCH_BARIS):
        Sisipan(BarisMasuk, [as_baris(impor, satu) for satu in some]).write()
    impor.jumlah_tidak_ada = pemeriksaan.tidak_ada


def finish_periksa(impor: BerkasMasuk) -> None:
    """Let a file wait for a decision, once the last row is in."""
    with transaction.atomic():
        still = BerkasMasuk.objects.select_for_update().get(pk=impor.pk)
        if still.status != Status.DIUNGGAH:  # dropped while it was examined
            impor.status = still.status
            return
        impor.status, impor.job_id = Status.SIAP, None
        count_again(impor)


def as_baris(
    impor: BerkasMasuk, satu: BarisDiperiksa, *, pk: int | None = None
) -> BarisMasuk:
    return BarisMasuk(
        pk=pk,
        impor=impor,
        nomor=satu.nomor,
        hasil=satu.hasil.value,
        ada_peringatan=satu.ada_peringatan,
        nama=satu.bacaan.nama[:200],
        nip=satu.bacaan.nip[:32],
        data=dict(satu.sel),
        catatan=[catatan.as_dict() for catatan in satu.catatan],
        perubahan=satu.perubahan,
        pegawai_id=satu.pegawai_id,
    )


def count_again(impor: BerkasMasuk) -> None:
    hitung = {hasil.value: Count("pk", filter=Q(hasil=hasil)) for hasil in Hasil}
    jumlah = impor.baris_set.aggregate(
        baris=Count("pk"),
        peringatan=Count("pk", filter=Q(ada_peringatan=True)),
        **hitung,
    )
    for name, value in jumlah.items():
        setattr(impor, f"jumlah_{name}", value)
    impor.save()


def delete_baris(impor: BerkasMasuk) -> None:
    for some in batched(
        list(impor.baris_set.values_list("pk", flat=True)), BATCH_BARIS
    ):
        BarisMasuk.objects.filter(pk__in=some).delete()


def _find_terpakai(baris: BarisMasuk, sel: Mapping[str, str]) -> dict[str, int]:
    """Return NIP and PNS ID of this row that an accepted row of the file already has."""
    nip, pns_id = sel.get("nip_baru", ""), sel.get("pns_id", "")
    lain = BarisMasuk.objects.filter(impor=baris.impor_id).exclude(hasil=Hasil.DITOLAK)
    found: dict[str, int] = {}
    for nilai, syarat in (
        (normalize_nip(nip), Q(nip=normalize_nip(nip))),
        (pns_id, Q(data__pns_id=pns_id)),
    ):
        if nilai and (
            nomor := lain.filter(syarat).values_list("nomor", flat=True).first()
        ):
            found[nilai] = nomor
    return found


def _verdict(baris: BarisMasuk | BarisDiperiksa) -> tuple[str, Any]:
    return str(baris.hasil), baris.perubahan


def _store_again(
    impor: BerkasMasuk,
    berbeda: Sequence[BarisDiperiksa],
    tersimpan: Mapping[int, BarisMasuk],
) -> None:
    """Keep the new verdicts and refuse: nobody has looked at them yet."""
    rows = [as_baris(impor, satu, pk=tersimpan[satu.nomor].pk) for satu in berbeda]
    with transaction.atomic():
        BarisMasuk.objects.bulk_update(
            rows, ["hasil", "ada_peringatan", "catatan", "perubahan", "pegawai"]
        )
        impor.pesan = (
            f"Catatan portal berubah sejak berkas ini diperiksa: perbedaan pada "
            f"{len(rows)} baris dihitung ulang. Lihat lagi, lalu terapkan."
        )
        count_again(impor)
    raise DomainError(impor.pesan, kode="perbedaan_berubah")


def _apply(
    impor: BerkasMasuk,
    pemeriksaan: Pemeriksaan,
    *,
    by: User | None,
    per_tanggal: dt.date,
    progress: Progress | None = None,
) -> None:
    """Write an examined file; the transaction holds nothing but the writing."""
    jumlah = {hasil.value: pemeriksaan.count(hasil) for hasil in Hasil}
    rombongan = Rombongan(
        berkas_masuk=impor, nama=f"Impor {impor.nama_berkas}"[:200], created_by=by
    )
    siap = prepare(
        [satu.rencana for satu in pemeriksaan.akan_ditulis if satu.rencana],
        rombongan=rombongan,
        kejadian="pegawai.impor",
        by=by,
        per_tanggal=per_tanggal,
        progress=progress,
    )
    try:
        with transaction.atomic():
            still = BerkasMasuk.objects.select_for_update().get(pk=impor.pk)
            if still.status != Status.SIAP:
                raise DomainError(f"Impor ini {still.get_status_display().lower()}.")
            write(
                siap,
                by=by,
                unit_baru=pemeriksaan.unit.baru,
                jabatan_baru=pemeriksaan.jabatan.baru,
            )
            _link_baru(impor)
            impor.status, impor.diterapkan_at = Status.DITERAPKAN, timezone.now()
            impor.save(update_fields=["status", "diterapkan_at"])
            event = audit.record(
                "siasn.terapkan",
                impor,
                by=by,
                changes={name: (None, value) for name, value in jumlah.items()},
                batch=str(rombongan.pk),
            )
            seal(rombongan, event)
    except IntegrityError as error:
        # Somebody made one of these people, accounts, units or posts meanwhile.
        raise stale() from error


def _link_baru(impor: BerkasMasuk) -> None:
    """Let the rows of new people lead to them."""
    orang = Pegawai.objects.filter(nip=OuterRef("nip")).values("pk")[:1]
    impor.baris_set.filter(hasil=Hasil.BARU).update(pegawai=Subquery(orang))
