"""A single number of a book; the portal itself takes as many as there are papers."""

from __future__ import annotations

from typing import Any

from bkpsdmd.documents.models import NomorDokumen
from bkpsdmd.documents.services import take_many


def take_nomor(*, perihal: str, **kwargs: Any) -> NomorDokumen:
    (nomor,) = take_many(perihal=[perihal], **kwargs)
    return nomor
