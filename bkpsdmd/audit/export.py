"""The log as XLSX; who took it out of the portal stands in the log."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.models import Event, Segel
from bkpsdmd.audit.presenters import describe, list_changes
from bkpsdmd.documents.spreadsheets import Column, write_xlsx
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from bkpsdmd.ui.formats import format_waktu

JOB_EKSPOR = "audit.ekspor_jejak"
# In memory up to this size, then in a file of its own.
SPOOL_BYTES = 5_000_000
CHUNK = 1_000
_JEJAK = (
    Column("Nomor", width=12),
    Column("Waktu", width=22),
    Column("Pelaku", width=28),
    Column("Kejadian", width=60),
    Column("Perubahan", width=60),
    Column("Alasan", width=40),
    Column("Lewat", width=12),
    Column("Alamat", width=18),
    Column("Rombongan", width=20),
)
_SEGEL = (
    Column("Tanggal", "date", 14),
    Column("Jumlah kejadian", "int", 16),
    Column("Nomor pertama", width=14),
    Column("Nomor terakhir", width=14),
    Column("Sidik SHA-256", width=68),
    Column("Segel", width=68),
    Column("Disegel", width=22),
    Column("Diperiksa", width=22),
    Column("Keadaan", width=14),
    Column("Temuan", width=50),
)


def request_export(*, query: str, by: User) -> Job:
    """Ask for an export too long for a page; `query` is the list's own."""
    return enqueue(JOB_EKSPOR, by=by, params={"query": query})


def export_jejak(*, rows: QuerySet[Event], by: User) -> IO[bytes]:
    """Return an open XLSX of these events, positioned at its start."""
    file = _write("Jejak audit", _JEJAK, _iter_jejak(rows))
    audit.record("audit.ekspor", by, by=by)
    return file


def export_segel(*, rows: QuerySet[Segel], by: User) -> IO[bytes]:
    """Return an open XLSX of these seals, to be kept outside the portal."""
    file = _write(
        "Segel harian jejak audit",
        _SEGEL,
        (
            (
                segel.tanggal,
                segel.jumlah,
                str(segel.dari or ""),
                str(segel.sampai or ""),
                segel.sidik,
                segel.segel,
                format_waktu(segel.disegel_at),
                format_waktu(segel.diperiksa_at),
                segel.status.label,
                segel.temuan,
            )
            for segel in rows.iterator(chunk_size=CHUNK)
        ),
    )
    audit.record("audit.ekspor_segel", by, by=by)
    return file


def _write(title: str, columns: Any, rows: Iterator[Any]) -> IO[bytes]:
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    waktu = format_waktu(timezone.now())
    write_xlsx(
        file,
        title=f"{title}, diunduh {waktu}",
        columns=columns,
        rows=rows,
        sheet="Data",
    )
    file.seek(0)
    return file


def _iter_jejak(rows: QuerySet[Event]) -> Iterator[tuple[str, ...]]:
    for event in rows.select_related("actor").order_by("-id").iterator(CHUNK):
        changes = "; ".join(isian.kalimat for isian in list_changes(event))
        yield (
            str(event.pk),
            format_waktu(event.at),
            str(event.actor) if event.actor else "Sistem",
            describe(event),
            changes,
            event.reason,
            event.channel,
            event.ip or "",
            event.batch,
        )
