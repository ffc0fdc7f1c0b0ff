"""Reconciling with SIASN: differences found, decided one by one or many at once.

An export is compared as for an import, but nothing in it is taken for granted. Each
difference is followed (through the writing of the import), kept as ours and remembered,
or put to the person or their clerk. Asked again, the comparison only adds what is new and
drops what no longer differs; decisions stay.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO
from uuid import UUID

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.spreadsheets import Column, read_table, write_xlsx
from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from simpeg.models import (
    BarisMasuk,
    BerkasMasuk,
    JenisMasuk,
    KeadaanPegawai,
    Pegawai,
    PutusanSelisih,
    Rombongan,
    SelisihSiasn,
)
from simpeg.selectors.rekonsiliasi import EXPORT_COLUMNS, iter_export
from simpeg.selectors.siasn import BATCH, batched
from simpeg.services.arsip import add_berkas, stored_proof
from simpeg.services.massal import Sisipan, collector_paused
from simpeg.services.pembukaan import note_unduhan
from simpeg.services.rencana import Progress
from simpeg.services.rombongan_terap import TOPIK, prepare, seal, stale, write
from simpeg.services.siasn import (
    SPOOL_BYTES,
    check_contoh,
    check_scope,
    enqueue_for,
    finish_periksa,
    keep_berkas,
    lock_siap,
    refuse_working,
    reject,
    store_baris,
)
from simpeg.services.siasn_banding import RencanaSiasn
from simpeg.services.siasn_periksa import (
    BarisBerkas,
    Pemeriksaan,
    check_baris,
    read_berkas,
)
from simpeg.siasn.kolom import map_judul

Keadaan = SelisihSiasn.Keadaan
Jawaban = SelisihSiasn.Jawaban
Status = BerkasMasuk.Status
JOB_BANDING = "simpeg.banding_siasn"
JOB_ULANG = "simpeg.banding_ulang_siasn"
JOB_TERIMA = "simpeg.terima_selisih"
# Decided by nobody yet: these can still be decided.
TERBUKA = (Keadaan.TERBUKA, Keadaan.DITANYA, Keadaan.DIJAWAB)
# So many are followed at once while the officer waits; more are a job.
LANGSUNG = 50
PERCOBAAN = 3
# So many differences are stored at once; others can write in between.
BATCH_SELISIH = 2000
ARSIP_BUKTI = "bukti_rekonsiliasi"
LEBAR = {"Nama": 32, "Perangkat daerah": 40, "Catatan kita": 48, "SIASN": 48}


@dataclass
class HasilTerima:
    """What became of differences that were to be followed."""

    diterima: list[SelisihSiasn] = field(default_factory=list)
    gugur: list[SelisihSiasn] = field(default_factory=list)
    berubah: list[SelisihSiasn] = field(default_factory=list)


# -- Comparing ------------------------------------------------------------------------


def upload_rekonsiliasi(
    *, berkas: File[bytes], nama: str, by: User, is_ke_contoh: bool = False
) -> BerkasMasuk:
    """Keep an export and ask for the comparison. One reconciliation is open at a time."""
    check_scope(by)
    check_contoh(is_ke_contoh)
    buka = BerkasMasuk.objects.filter(
        jenis=JenisMasuk.REKONSILIASI, status__in=(Status.DIUNGGAH, Status.SIAP)
    )
    if buka.exists():
        raise DomainError(
            "Masih ada rekonsiliasi yang berjalan. Selesaikan atau tutup dahulu, agar "
            "satu perbedaan tidak diputuskan di dua tempat.",
            kolom="berkas",
            kode="masih_berjalan",
        )
    content = berkas.read()
    map_judul(read_table(content).header)
    return keep_berkas(
        content,
        nama=nama,
        jenis=JenisMasuk.REKONSILIASI,
        kejadian="rekonsiliasi.unggah",
        job=JOB_BANDING,
        label="Bandingkan dengan SIASN",
        by=by,
    )


@collector_paused()
def compare_rekonsiliasi(
    *, impor_id: int, per_tanggal: dt.date, progress: Progress | None = None
) -> BerkasMasuk:
    """Store every row of the file and every difference. Runs again without harm."""
    impor = BerkasMasuk.objects.get(pk=impor_id)
    if impor.status != Status.DIUNGGAH:
        return impor
    try:
        with impor.berkas.open("rb") as handle:
            rows = read_berkas(handle.read())
    except DomainError as error:
        return reject(impor, error)
    pemeriksaan = check_baris(
        rows, per_tanggal=per_tanggal, is_cocok_nik=True, progress=progress
    )
    store_baris(impor, pemeriksaan)
    _sync(impor, pemeriksaan)
    finish_periksa(impor)
    return impor


def request_banding(*, impor: BerkasMasuk, by: User) -> Job:
    """Ask again for a comparison: one that broke off, or with what we hold by now."""
    check_scope(by)
    with transaction.atomic():
        impor = BerkasMasuk.objects.select_for_update().get(pk=impor.pk)
        if impor.status == Status.DIUNGGAH:
            refuse_working(impor)
            return enqueue_for(impor, JOB_BANDING, "Bandingkan dengan SIASN", by=by)
        release_abandoned()
        impor = lock_siap(impor.pk)
        return enqueue_for(impor, JOB_ULANG, "Bandingkan ulang dengan SIASN", by=by)


@collector_paused()
def compare_again(
    *, impor_id: int, per_tanggal: dt.date, progress: Progress | None = None
) -> BerkasMasuk:
    """Work the differences out again from the rows kept; decisions stay."""
    impor = BerkasMasuk.objects.get(pk=impor_id)
    if impor.status != Status.SIAP:
        return impor
    pemeriksaan = _examine(impor.baris_set.all(), per_tanggal, progress)
    _sync(impor, pemeriksaan)
    return impor


def close_rekonsiliasi(*, impor: BerkasMasuk, by: User) -> None:
    """End a reconciliation; what is undecided comes back with the next export."""
    check_scope(by)
    with transaction.atomic():
        impor = lock_siap(impor.pk)
        rows = SelisihSiasn.objects.filter(impor=impor)
        if rows.filter(keadaan=Keadaan.DIPROSES).exists():
            raise DomainError("Sebagian selisih sedang ditulis. Tunggu sampai selesai.")
        sisa = rows.filter(keadaan__in=TERBUKA).count()
        impor.status = Status.DITUTUP
        impor.save(update_fields=["status"])
        audit.record("rekonsiliasi.tutup", impor, by=by, changes={"sisa": (None, sisa)})


# -- Deciding -------------------------------------------------------------------------


def keep_ours(*, impor: BerkasMasuk, ids: Iterable[int], alasan: str, by: User) -> int:
    """Leave our records as they are and remember it; return how many differences.

    The same pair of values is not asked about again; once a side changes, it is.
    """
    check_scope(by)
    with transaction.atomic():
        lock_siap(impor.pk)
        rows = _lock_open(impor, ids)
        now = timezone.now()
        putusan = [
            PutusanSelisih(
                pegawai_id=satu.pegawai_id,
                kolom=satu.kolom,
                sidik=fingerprint(satu.kolom, satu.kita, satu.siasn),
                alasan=alasan.strip(),
                created_at=now,
                created_by=by,
            )
            for satu in rows
        ]
        PutusanSelisih.objects.bulk_create(
            putusan,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["pegawai", "kolom"],
            update_fields=["sidik", "alasan", "created_at", "created_by"],
        )
        _decide(rows, Keadaan.DIPERTAHANKAN, by=by)
        _note(rows, "selisih.pertahankan", by=by, alasan=alasan)
    return len(rows)


def ask(*, impor: BerkasMasuk, ids: Iterable[int], by: User) -> int:
    """Put differences to the people they are about, and to their clerks."""
    check_scope(by)
    with transaction.atomic():
        lock_siap(impor.pk)
        rows = [
            satu for satu in _lock_open(impor, ids) if satu.keadaan != Keadaan.DITANYA
        ]
        for some in batched([satu.pk for satu in rows], BATCH):
            SelisihSiasn.objects.filter(pk__in=some).update(
                keadaan=Keadaan.DITANYA,
                ditanya_at=timezone.now(),
                ditanya_by=by,
                jawaban="",
                jawaban_catatan="",
                jawaban_berkas=None,
                dijawab_at=None,
                dijawab_by=None,
            )
        _note(rows, "selisih.tanya", by=by)
    return len(rows)


def answer(
    *,
    selisih: SelisihSiasn,
    jawaban: str,
    catatan: str = "",
    berkas: Sequence[UploadedFile[bytes]] = (),
    by: User,
) -> SelisihSiasn:
    """Record which value the person, or their clerk, says is right.

    Whom `by` may answer for is decided by `selectors.rekonsiliasi.list_pertanyaan`.
    """
    if jawaban == Jawaban.LAIN and not catatan.strip():
        raise DomainError(
            "Tulis nilai yang benar pada keterangan.", kolom="catatan", kode="kosong"
        )
    with stored_proof(berkas) as stored, transaction.atomic():
        rows = SelisihSiasn.objects.select_for_update(of=("self",))
        satu = rows.select_related("pegawai", "impor").get(pk=selisih.pk)
        if satu.keadaan != Keadaan.DITANYA or satu.impor.status != Status.SIAP:
            raise StaleDataError(
                "Pertanyaan ini sudah dijawab atau sudah diputuskan petugas."
            )
        satu.jawaban, satu.jawaban_catatan = jawaban, catatan.strip()
        satu.keadaan = Keadaan.DIJAWAB
        satu.dijawab_at, satu.dijawab_by = timezone.now(), by
        if stored:
            satu.jawaban_berkas = add_berkas(
                stored, pegawai=satu.pegawai, jenis=ARSIP_BUKTI, by=by
            )
        satu.save()
        audit.record(
            "selisih.jawab",
            satu.pegawai,
            by=by,
            subject=satu.pegawai,
            changes={"jawaban": (None, satu.get_jawaban_display())},
            batch=f"rekonsiliasi-{satu.impor_id}",
        )
    return satu


# -- Following SIASN ------------------------------------------------------------------


def accept(
    *,
    impor: BerkasMasuk,
    ids: Sequence[int],
    alasan: str,
    by: User,
    per_tanggal: dt.date,
) -> HasilTerima | Job:
    """Follow SIASN in these differences: at once if they are few, else as a job.

    One act that can be undone. What no longer differs is dropped, what meanwhile
    differs otherwise is shown again and not written.
    """
    check_scope(by)
    rombongan = Rombongan(
        berkas_masuk=impor,
        nama=f"Rekonsiliasi {impor.nama_berkas}"[:200],
        alasan=alasan.strip(),
        created_by=by,
    )
    if len(ids) <= LANGSUNG:
        lock = lambda: _lock_open(impor, ids)  # noqa: E731
        return _follow(impor, lock, rombongan, by=by, per_tanggal=per_tanggal)
    with transaction.atomic():
        lock_siap(impor.pk)
        rows = _lock_open(impor, ids)
        job = enqueue(
            JOB_TERIMA,
            by=by,
            params={"rombongan": str(rombongan.pk)},
            label="Ikuti SIASN",
        )
        rombongan.job_id = job.pk
        rombongan.save()
        for some in batched([satu.pk for satu in rows], BATCH):
            SelisihSiasn.objects.filter(pk__in=some).update(
                keadaan=Keadaan.DIPROSES, rombongan=rombongan
            )
    return job


@collector_paused()
def follow_rombongan(
    *,
    rombongan_id: UUID | str,
    by: User,
    per_tanggal: dt.date,
    progress: Progress | None = None,
) -> Rombongan:
    """Write the differences that were marked for an act. Written once, it stays so."""
    check_scope(by)
    rombongan = Rombongan.objects.select_related("berkas_masuk").get(pk=rombongan_id)

    def lock() -> list[SelisihSiasn]:
        still = Rombongan.objects.select_for_update().get(pk=rombongan_id)
        if still.status != Rombongan.Status.DIMINTA:
            return []
        rows = SelisihSiasn.objects.select_for_update().filter(
            rombongan=rombongan, keadaan=Keadaan.DIPROSES
        )
        return list(rows.order_by("pk"))

    try:
        _follow(
            rombongan.berkas_masuk,
            lock,
            rombongan,
            by=by,
            per_tanggal=per_tanggal,
            progress=progress,
        )
    except DomainError:
        # Nothing was written: let the officer decide again.
        release(rombongan)
        raise
    return rombongan


def release(rombongan: Rombongan) -> None:
    """Give back differences whose act did not come about."""
    SelisihSiasn.objects.filter(rombongan=rombongan, keadaan=Keadaan.DIPROSES).update(
        keadaan=Keadaan.TERBUKA, rombongan=None
    )


def release_abandoned() -> int:
    """Give back differences whose job ended without writing (cancelled, given up)."""
    jumlah = 0
    for rombongan in Rombongan.objects.filter(
        status=Rombongan.Status.DIMINTA, selisih_set__keadaan=Keadaan.DIPROSES
    ).distinct():
        jobs = (
            Job.objects.filter(pk=rombongan.job_id)
            if rombongan.job_id
            else Job.objects.none()
        )
        job = jobs.first()
        if job is None or not job.is_active:
            release(rombongan)
            jumlah += 1
    return jumlah


def _follow(
    impor: BerkasMasuk,
    lock: Callable[[], list[SelisihSiasn]],
    rombongan: Rombongan,
    *,
    by: User,
    per_tanggal: dt.date,
    progress: Progress | None = None,
) -> HasilTerima:
    """Plan outside the transaction; inside it only check, write and mark."""
    for percobaan in range(PERCOBAAN):
        with transaction.atomic():
            dipilih = lock()
        if not dipilih:
            return HasilTerima()
        baris = BarisMasuk.objects.filter(pk__in={satu.baris_id for satu in dipilih})
        pemeriksaan = _examine(baris, per_tanggal, progress)
        hasil, rencana = _select(dipilih, pemeriksaan)
        siap = prepare(
            rencana,
            rombongan=rombongan,
            kejadian="pegawai.rekonsiliasi",
            by=by,
            per_tanggal=per_tanggal,
            progress=progress,
        )
        try:
            with transaction.atomic():
                _refuse_closed(impor)
                if {satu.pk for satu in lock()} != {satu.pk for satu in dipilih}:
                    raise stale()
                if rencana:
                    write(
                        siap,
                        by=by,
                        unit_baru=pemeriksaan.unit.baru,
                        jabatan_baru=pemeriksaan.jabatan.baru,
                    )
                _mark(hasil, rombongan if rencana else None, by=by)
                event = audit.record(
                    "rekonsiliasi.terima",
                    impor,
                    by=by,
                    changes={"selisih": (None, len(hasil.diterima))},
                    reason=rombongan.alasan,
                    batch=str(rombongan.pk),
                )
                if rencana:
                    seal(rombongan, event)
                elif not rombongan._state.adding:
                    rombongan.delete()
        except (StaleDataError, IntegrityError) as error:
            if percobaan == PERCOBAAN - 1:
                raise stale() from error
        else:
            return hasil
    raise stale()


def _select(
    dipilih: Sequence[SelisihSiasn], pemeriksaan: Pemeriksaan
) -> tuple[HasilTerima, list[RencanaSiasn]]:
    """Leave of each plan what was chosen and still is what the officer looked at."""
    hasil = HasilTerima()
    rencana = {
        satu.pegawai_id: satu.rencana for satu in pemeriksaan.baris if satu.rencana
    }
    ambil: dict[int, set[str]] = {}
    for satu in dipilih:
        plan = rencana.get(satu.pegawai_id)
        kini = list_beda(plan).get(satu.kolom) if plan else None
        if kini is None:
            hasil.gugur.append(satu)
        elif (satu.kita, satu.siasn) != kini[:2] or not kini[2]:
            satu.kita, satu.siasn, satu.bisa_diterima = kini
            hasil.berubah.append(satu)
        else:
            hasil.diterima.append(satu)
            ambil.setdefault(satu.pegawai_id, set()).add(satu.kolom)
    terpilih = []
    for pegawai_id, kolom in ambil.items():
        plan = rencana[pegawai_id]
        assert plan is not None  # noqa: S101 (it came from this mapping)
        terpilih.append(_narrow(plan, kolom))
    return hasil, terpilih


def _narrow(rencana: RencanaSiasn, kolom: set[str]) -> RencanaSiasn:
    """Return the plan with these fields alone, disputed ones included."""
    sengketa = {k: s for k, s in rencana.sengketa.items() if k in kolom}
    beda = list_beda(rencana)
    return RencanaSiasn(
        rencana.himpunan,
        orang=rencana.orang,
        identitas={
            **{k: v for k, v in rencana.identitas.items() if k in kolom},
            **{k: s.identitas for k, s in sengketa.items() if s.identitas},
        },
        tambahan=[
            *(t for t in rencana.tambahan if TOPIK[t.model] in kolom),
            *(s.tambahan for s in sengketa.values() if s.tambahan),
        ],
        perubahan={k: [beda[k][0] or None, beda[k][1]] for k in sorted(kolom)},
    )


def _mark(hasil: HasilTerima, rombongan: Rombongan | None, *, by: User) -> None:
    """Note what became of each difference; only those that changed carry new values."""
    for rows, isi in (
        (
            hasil.diterima,
            {
                "keadaan": Keadaan.DITERIMA,
                "rombongan": rombongan,
                "diputus_at": timezone.now(),
                "diputus_by": by,
            },
        ),
        (hasil.gugur, {"keadaan": Keadaan.GUGUR, "rombongan": None}),
        (hasil.berubah, {"keadaan": Keadaan.TERBUKA, "rombongan": None}),
    ):
        for some in batched([satu.pk for satu in rows], BATCH):
            SelisihSiasn.objects.filter(pk__in=some).update(**isi)
    SelisihSiasn.objects.bulk_update(
        hasil.berubah, ["kita", "siasn", "bisa_diterima"], batch_size=200
    )


# -- What several of them need --------------------------------------------------------


def list_beda(rencana: RencanaSiasn) -> dict[str, tuple[str, str, bool]]:
    """Return every difference: field -> ours, SIASN's, whether SIASN can be followed."""
    beda = {
        kolom: (kita or "", siasn or "", True)
        for kolom, (kita, siasn) in rencana.perubahan.items()
    }
    for kolom, satu in rencana.sengketa.items():
        beda[kolom] = (satu.kita, satu.siasn, satu.bisa_diterima)
    return beda


def fingerprint(kolom: str, kita: str, siasn: str) -> str:
    """Return what tells a pair of values from others without telling the values."""
    return hashlib.sha256(f"{kolom}\x1f{kita}\x1f{siasn}".encode()).hexdigest()


def _examine(
    baris: QuerySet[BarisMasuk], per_tanggal: dt.date, progress: Progress | None
) -> Pemeriksaan:
    rows = [
        BarisBerkas(nomor, data)
        for nomor, data in baris.order_by("nomor").values_list("nomor", "data")
    ]
    return check_baris(
        rows, per_tanggal=per_tanggal, is_cocok_nik=True, progress=progress
    )


def _sync(impor: BerkasMasuk, pemeriksaan: Pemeriksaan) -> None:
    """Bring the stored differences to those found now. Batches: run again, it goes on."""
    tersimpan = {
        (satu.pegawai_id, satu.kolom): satu
        for satu in impor.selisih_set.exclude(keadaan=Keadaan.DIPROSES)
    }
    sibuk = set(
        impor.selisih_set.filter(keadaan=Keadaan.DIPROSES).values_list(
            "pegawai_id", "kolom"
        )
    )
    baris = dict(impor.baris_set.values_list("nomor", "pk"))
    orang = {
        satu.pegawai_id: satu
        for satu in pemeriksaan.baris
        if satu.pegawai_id and satu.rencana and not satu.rencana.is_baru
    }
    opd = _map_opd(orang)
    putusan = _map_putusan(orang)
    baru, ubah, ada = [], [], set()
    for pegawai_id, satu in orang.items():
        assert satu.rencana is not None  # noqa: S101 (chosen above)
        for kolom, (kita, siasn, bisa) in list_beda(satu.rencana).items():
            key = (pegawai_id, kolom)
            ada.add(key)
            is_diingat = putusan.get(key) == fingerprint(kolom, kita, siasn)
            keadaan = Keadaan.DIPERTAHANKAN if is_diingat else Keadaan.TERBUKA
            lama = tersimpan.get(key)
            if key in sibuk:
                continue
            if lama is None:
                baru.append(
                    SelisihSiasn(
                        impor=impor,
                        baris_id=baris[satu.nomor],
                        pegawai_id=pegawai_id,
                        opd_id=opd.get(pegawai_id),
                        kolom=kolom,
                        kita=kita,
                        siasn=siasn,
                        bisa_diterima=bisa,
                        keadaan=keadaan.value,
                        is_diingat=is_diingat,
                    )
                )
            elif (lama.kita, lama.siasn) != (kita, siasn) or lama.keadaan in (
                Keadaan.GUGUR,
                Keadaan.DITERIMA,
            ):
                lama.kita, lama.siasn, lama.bisa_diterima = kita, siasn, bisa
                lama.keadaan, lama.is_diingat = keadaan, is_diingat
                ubah.append(lama)
    for key, lama in tersimpan.items():
        if key not in ada and lama.keadaan in TERBUKA:
            lama.keadaan = Keadaan.GUGUR
            ubah.append(lama)
    for some in batched(baru, BATCH_SELISIH):
        Sisipan(SelisihSiasn, some).write()
    for lagi in batched(ubah, BATCH_SELISIH):
        with transaction.atomic():
            SelisihSiasn.objects.bulk_update(
                lagi,
                ["kita", "siasn", "bisa_diterima", "keadaan", "is_diingat"],
                batch_size=200,
            )


def _map_opd(pegawai_ids: Iterable[int]) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for some in batched(sorted(pegawai_ids), BATCH):
        found |= dict(
            KeadaanPegawai.objects.filter(pk__in=some).values_list("pk", "opd")
        )
    return found


def _map_putusan(pegawai_ids: Iterable[int]) -> Mapping[tuple[int, str], str]:
    found: dict[tuple[int, str], str] = {}
    for some in batched(sorted(pegawai_ids), BATCH):
        rows = PutusanSelisih.objects.filter(pegawai__in=some)
        for pk, kolom, sidik in rows.values_list("pegawai_id", "kolom", "sidik"):
            found[pk, kolom] = sidik
    return found


def _lock_open(impor: BerkasMasuk, ids: Iterable[int]) -> list[SelisihSiasn]:
    """Return these differences, locked, as far as nobody has decided them."""
    rows: list[SelisihSiasn] = []
    for some in batched(sorted(set(ids)), BATCH):
        rows += SelisihSiasn.objects.select_for_update().filter(
            impor=impor, pk__in=some, keadaan__in=TERBUKA
        )
    if not rows:
        raise StaleDataError(
            "Selisih yang dipilih sudah diputuskan petugas lain. Muat ulang halamannya."
        )
    return rows


def _refuse_closed(impor: BerkasMasuk) -> None:
    still = BerkasMasuk.objects.select_for_update().get(pk=impor.pk)
    if still.status != Status.SIAP:
        raise DomainError(f"Rekonsiliasi ini {still.get_status_display().lower()}.")


def _decide(rows: Sequence[SelisihSiasn], keadaan: str, *, by: User) -> None:
    for some in batched([satu.pk for satu in rows], BATCH):
        SelisihSiasn.objects.filter(pk__in=some).update(
            keadaan=keadaan,
            is_diingat=False,
            diputus_at=timezone.now(),
            diputus_by=by,
        )


def _note(
    rows: Sequence[SelisihSiasn], kind: str, *, by: User, alasan: str = ""
) -> None:
    """Log a decision in the history of each person concerned."""
    if not rows:
        return
    per_orang: dict[int, dict[str, tuple[str, str]]] = {}
    for satu in rows:
        per_orang.setdefault(satu.pegawai_id, {})[satu.kolom] = satu.kita, satu.siasn
    events: list[Event] = []
    for some in batched(sorted(per_orang), BATCH):
        for pegawai in Pegawai.objects.filter(pk__in=some):
            events.append(
                audit.build(
                    kind,
                    pegawai,
                    by=by,
                    subject=pegawai,
                    changes=per_orang[pegawai.pk],
                    reason=alasan.strip(),
                    batch=f"rekonsiliasi-{rows[0].impor_id}",
                )
            )
    audit.record_many(events)


# -- Files that go out ----------------------------------------------------------------


def export_selisih(
    *, impor: BerkasMasuk, rows: QuerySet[SelisihSiasn], by: User
) -> IO[bytes]:
    """Return differences as an open XLSX; the log keeps who took them."""
    check_scope(by)
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(
        file,
        title=f"Selisih dengan SIASN menurut {impor.nama_berkas}",
        columns=[Column(label, width=LEBAR.get(label, 24)) for label in EXPORT_COLUMNS],
        rows=iter_export(rows),
        sheet="Selisih",
        notes=("Satu baris satu isian yang berbeda antara portal dan SIASN.",),
    )
    tertutup = rows.filter(kolom__in=audit.REDACTED).order_by()
    with transaction.atomic():
        audit.record("rekonsiliasi.unduh", impor, by=by)
        note_unduhan(
            ids=tertutup.values_list("pegawai", flat=True).distinct(),
            bagian="Selisih dengan SIASN",
            by=by,
            now=timezone.now(),
        )
    file.seek(0)
    return file
