"""Asking what the signatures of a PDF are worth; they are read in a process of their own."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from django.conf import settings

from bkpsdmd.documents.models import SertifikatTte
from bkpsdmd.documents.terpisah import run_apart
from bkpsdmd.documents.tte.pembaca import TandaTanganPdf

# What no signature can do without; a file that lacks it is not worth a process.
MARK = b"/ByteRange"


def check_signatures(pdf: bytes) -> list[TandaTanganPdf]:
    """Return the signatures of a PDF, oldest first; none of what is no readable PDF.

    Certificates we know are those of the portal and those in `TTE_AKAR`. A file that
    takes too much memory or time to read counts as unreadable.
    """
    if MARK not in pdf:
        return []
    header = json.dumps(_list_roots()).encode() + b"\n"
    answer = run_apart("bkpsdmd.documents.tte.pembaca", header + pdf) or []
    return [_build(row) for row in answer]


def _build(row: dict[str, str | bool | None]) -> TandaTanganPdf:
    waktu = row["waktu"]
    return TandaTanganPdf(
        jabatan=str(row["jabatan"]),
        penerbit=str(row["penerbit"]),
        waktu=dt.datetime.fromisoformat(str(waktu)) if waktu else None,
        is_utuh=row["is_utuh"] is True,
        is_dikenal=row["is_dikenal"] is True,
    )


def _list_roots() -> list[str]:
    roots = list(SertifikatTte.objects.values_list("pem", flat=True))
    if settings.TTE_AKAR:
        paths = sorted(Path(settings.TTE_AKAR).glob("*.pem"))
        roots += [path.read_text() for path in paths]
    return roots
