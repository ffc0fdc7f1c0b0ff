"""Our records as XLSX under SIASN's names, one kind a file; logged."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.spreadsheets import Column, write_xlsx
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from simpeg.choices import Sumber as AsalData
from simpeg.jenis_riwayat import JENIS
from simpeg.models import KeadaanPegawai, Pegawai
from simpeg.permissions import Permission
from simpeg.services.pembukaan import note_unduhan
from simpeg.services.rencana import Progress
from simpeg.services.siasn import SPOOL_BYTES, check_scope
from simpeg.siasn.keluar import (
    DATA_UTAMA,
    EJAAN_TULIS,
    RIWAYAT,
    UMUM,
    JenisKeluar,
    Sumber,
    read_nilai,
)

JOB_KELUAR = "simpeg.ekspor_untuk_siasn"
UTAMA = "data-utama"


def list_jenis(user: User) -> list[tuple[str, str]]:
    """Return (key, name) of the kinds this user may take."""
    is_sensitive = user.has_perm(Permission.PEGAWAI_SENSITIVE)
    return [
        (UTAMA, DATA_UTAMA.nama),
        *(
            (kunci, jenis.nama)
            for kunci, jenis in RIWAYAT.items()
            if is_sensitive or not JENIS[kunci].is_tertutup
        ),
    ]


def request_keluar(*, kunci: str, is_petugas: bool, by: User) -> Job:
    """Ask for the file of one kind."""
    _check(kunci, by=by)
    return enqueue(
        JOB_KELUAR,
        by=by,
        params={"jenis": kunci, "petugas": is_petugas},
        label=f"Ekspor untuk SIASN: {_get(kunci).nama}",
    )


def write_keluar(
    *, kunci: str, is_petugas: bool, by: User, progress: Progress | None = None
) -> IO[bytes]:
    """Return an open XLSX of the records in force; `is_petugas` leaves out SIASN's own."""
    _check(kunci, by=by)
    jenis = _get(kunci)
    kolom: Mapping[str, Sumber] = (
        jenis.kolom if kunci == UTAMA else {**UMUM, **jenis.kolom}
    )
    rows = _list_utama() if kunci == UTAMA else _list_riwayat(kunci, is_petugas)
    total = rows.order_by().count()
    dimuat: set[int] = set()

    def isi() -> Iterator[list[str]]:
        for done, row in enumerate(rows.iterator(chunk_size=2000), 1):
            dimuat.add(row.pk if kunci == UTAMA else row.pegawai_id)
            yield [read_nilai(row, sumber) for sumber in kolom.values()]
            if progress:
                progress(done, total, "Menulis baris")

    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(
        file,
        title=f"{jenis.nama} menurut nama kolom SIASN",
        columns=[Column(nama, width=20) for nama in kolom],
        rows=isi(),
        sheet=jenis.nama,
        notes=[
            "Nama kolom mengikuti layanan web SIASN, termasuk ejaannya.",
            "Semua id disimpan sebagai teks; jangan diubah menjadi bilangan.",
            "Kolom id kosong berarti riwayat itu belum ada di SIASN.",
            *(
                f"{baca}: ditulis {tulis} bila dikirim ke SIASN."
                for baca, tulis in EJAAN_TULIS.items()
                if baca in kolom
            ),
        ],
    )
    with transaction.atomic():
        audit.record(
            "rekonsiliasi.ekspor", by, by=by, changes={"jenis": (None, jenis.nama)}
        )
        if kunci == UTAMA or JENIS[kunci].is_tertutup:
            note_unduhan(
                ids=dimuat,
                bagian=f"Ekspor untuk SIASN: {jenis.nama}",
                by=by,
                now=timezone.now(),
            )
    file.seek(0)
    return file


def _get(kunci: str) -> JenisKeluar:
    return DATA_UTAMA if kunci == UTAMA else RIWAYAT[kunci]


def _check(kunci: str, *, by: User) -> None:
    check_scope(by)
    if kunci not in dict(list_jenis(by)):
        raise DomainError("Jenis data ini tidak ada, atau di luar kewenangan Anda.")


def _list_utama() -> QuerySet[Pegawai]:
    aktif = KeadaanPegawai.objects.aktif()
    return (
        Pegawai.objects.filter(pk__in=aktif.values("pk"))
        .select_related(
            *(f"keadaan__{n}" for n in ("kedudukan", "golongan", "unit_kerja", "opd"))
        )
        .order_by("pk")
    )


def _list_riwayat(kunci: str, is_petugas: bool) -> QuerySet[Any]:
    jenis = JENIS[kunci]
    model: Any = jenis.model
    rows: QuerySet[Any] = model.objects.berlaku()
    rows = rows.select_related("pegawai", *jenis.related)
    if kunci == "jabatan":
        rows = rows.select_related("unit_kerja__opd")
    if is_petugas:
        rows = rows.filter(sumber=AsalData.MANUAL.value)
    return rows.order_by("pegawai", "pk")
