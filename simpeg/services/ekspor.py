"""The list of people as XLSX, logged: who took which data out of the portal."""

from __future__ import annotations

import datetime as dt
import tempfile
from typing import IO

from django.db.models import QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.spreadsheets import Column, Kind, write_xlsx
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from bkpsdmd.ui.formats import format_tanggal
from simpeg.models import KeadaanPegawai
from simpeg.selectors.pegawai import EXPORT_COLUMNS, iter_export

# In memory up to this size, then in a file of its own.
SPOOL_BYTES = 5_000_000
JOB_KIND = "simpeg.ekspor_pegawai"
_DATES = frozenset({"TMT golongan", "TMT jabatan", "Tanggal lahir", "TMT pensiun"})
_WIDE = frozenset({"Nama", "Jabatan", "Unit kerja", "Perangkat daerah"})
_NUMBERS = frozenset({"Tahun lulus", "Kelengkapan data (%)"})


def export_pegawai(
    *, rows: QuerySet[KeadaanPegawai], by: User, per_tanggal: dt.date
) -> IO[bytes]:
    """Return an open XLSX of these rows, positioned at its start."""
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(
        file,
        title=f"Daftar pegawai, keadaan per {format_tanggal(per_tanggal)}",
        columns=[_column(label) for label in EXPORT_COLUMNS],
        rows=iter_export(rows),
        sheet="Pegawai",
    )
    audit.record("pegawai.ekspor", by, by=by)
    file.seek(0)
    return file


def request_export(*, query: str, by: User) -> Job:
    """Ask for an export too long for a page; `query` is the list's own."""
    return enqueue(JOB_KIND, by=by, params={"query": query}, label="Ekspor pegawai")


def _column(label: str) -> Column:
    kind: Kind = "date" if label in _DATES else "int" if label in _NUMBERS else "text"
    return Column(label, kind, 40 if label in _WIDE else 20)
