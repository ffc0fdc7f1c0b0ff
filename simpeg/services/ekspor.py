"""The list of people as XLSX, logged: who took which data out of the portal."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Collection
from typing import IO

from django.db.models import QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.spreadsheets import Column, write_xlsx
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from bkpsdmd.ui.formats import format_tanggal
from simpeg.kolom_pegawai import KOLOM_PEGAWAI
from simpeg.models import KeadaanPegawai
from simpeg.selectors.pegawai import iter_export, list_ekspor

# In memory up to this size, then in a file of its own.
SPOOL_BYTES = 5_000_000
JOB_KIND = "simpeg.ekspor_pegawai"


def export_pegawai(
    *,
    rows: QuerySet[KeadaanPegawai],
    by: User,
    per_tanggal: dt.date,
    kolom: Collection[str] | None = None,
) -> IO[bytes]:
    """Return an open XLSX of these rows, positioned at its start.

    With the columns whose keys `kolom` has; all there are where it is None.
    """
    chosen = [
        one
        for one in KOLOM_PEGAWAI
        if kolom is None or one.is_tetap or one.kunci in kolom
    ]
    ekspor = list_ekspor(chosen)
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(
        file,
        title=f"Daftar pegawai, keadaan per {format_tanggal(per_tanggal)}",
        columns=[Column(one.label, one.kind, one.lebar) for one in ekspor],
        rows=iter_export(rows, ekspor),
        sheet="Pegawai",
    )
    audit.record("pegawai.ekspor", by, by=by)
    file.seek(0)
    return file


def request_export(*, query: str, kolom: Collection[str] | None, by: User) -> Job:
    """Ask for an export too long for a page; `query` is the list's own."""
    params = {"query": query, "kolom": None if kolom is None else list(kolom)}
    return enqueue(JOB_KIND, by=by, params=params, label="Ekspor pegawai")
