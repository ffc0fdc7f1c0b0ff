"""The list of papers as XLSX: the register of numbers that offices keep."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from django.db.models import QuerySet

from bkpsdmd.audit import services as audit
from bkpsdmd.documents.jenis import get_jenis
from bkpsdmd.documents.models import Naskah
from bkpsdmd.documents.spreadsheets import Column, write_xlsx
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from bkpsdmd.ui.formats import format_tanggal, format_waktu

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User

JOB_EKSPOR = "documents.ekspor_naskah"
# In memory up to this size, then in a file of its own.
SPOOL_BYTES = 5_000_000
CHUNK = 1_000
KOLOM = (
    Column("Nomor", width=30),
    Column("Tanggal", "date", 14),
    Column("Jenis", width=20),
    Column("Judul", width=60),
    Column("Keadaan", width=30),
    Column("Cara tanda tangan", width=30),
    Column("Penanda tangan", width=50),
    Column("Disusun oleh", width=30),
    Column("Disusun", width=24),
    Column("Kode periksa", width=22),
    Column("Alasan batal, cabut, atau ganti", width=50),
)


def request_export(*, query: str, by: User) -> Job:
    """Ask for an export too long for a page; `query` is the list's own."""
    return enqueue(JOB_EKSPOR, by=by, params={"query": query})


def export_naskah(
    *, rows: QuerySet[Naskah], by: User, per_tanggal: dt.date
) -> IO[bytes]:
    """Return an open XLSX of these papers, positioned at its start."""
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(
        file,
        title=f"Naskah dinas, keadaan per {format_tanggal(per_tanggal)}",
        columns=KOLOM,
        rows=_iter_rows(rows),
        sheet="Naskah",
    )
    audit.record("naskah.ekspor", by, by=by)
    file.seek(0)
    return file


def _iter_rows(rows: QuerySet[Naskah]) -> Iterator[tuple[Any, ...]]:
    found = rows.select_related(
        "nomor", "dokumen__akhir", "created_by"
    ).prefetch_related("penandatangan_set")
    for naskah in found.iterator(chunk_size=CHUNK):
        akhir = naskah.dokumen.akhir_atau_none if naskah.dokumen else None
        yield (
            naskah.nomor.nomor if naskah.nomor else "",
            naskah.nomor.tanggal if naskah.nomor else None,
            get_jenis(naskah.jenis).nama,
            naskah.judul,
            naskah.keadaan[1],
            naskah.get_cara_display() if naskah.cara else "",
            "; ".join(satu.nama for satu in naskah.penandatangan_set.all()),
            str(naskah.created_by),
            format_waktu(naskah.created_at),
            # The code opens the issued paper to whoever asks: only what went out has one.
            naskah.kode_periksa if naskah.dokumen else "",
            akhir.alasan if akhir else naskah.alasan_batal,
        )
