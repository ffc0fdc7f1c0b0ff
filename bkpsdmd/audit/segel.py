"""The digest of a day's events: pure functions, no database.

The digest runs over the events of a day in the order of their numbers. The seal binds it
to the day and the count with the portal's own key: who can write to the database but does
not have the key cannot make one. See docs/adr/0008.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

# In this order; a field that is added later gets a version of its own.
FIELDS = (
    "id",
    "at",
    "kind",
    "actor_id",
    "channel",
    "ip",
    "object_type",
    "object_id",
    "object_label",
    "subject_type",
    "subject_id",
    "changes",
    "reason",
    "batch",
)


@dataclass(frozen=True)
class Sidik:
    """Digest of a day: count, first and last number, SHA-256 in hex."""

    jumlah: int
    dari: int | None
    sampai: int | None
    sha256: str


def compute_sidik(rows: Iterable[dict[str, Any]]) -> Sidik:
    """Digest these events, each a dict of `FIELDS`, in order; reads them once."""
    digest = hashlib.sha256()
    jumlah, dari, sampai = 0, None, None
    for row in rows:
        values = [_plain(row[name]) for name in FIELDS]
        line = json.dumps(
            values, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        digest.update(line.encode() + b"\n")
        jumlah += 1
        dari = row["id"] if dari is None else dari
        sampai = row["id"]
    return Sidik(jumlah, dari, sampai, digest.hexdigest())


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value


def make_segel(*, tanggal: dt.date, sidik: Sidik, key: str | bytes) -> str:
    """Return the seal of that day under that key, in hex."""
    text = f"{tanggal.isoformat()}|{sidik.jumlah}|{sidik.sha256}"
    return salted_hmac("audit.segel", text, secret=key, algorithm="sha256").hexdigest()


def is_segel_genuine(
    segel: str, *, tanggal: dt.date, sidik: Sidik, keys: Iterable[str | bytes]
) -> bool:
    """Tell whether one of these keys, the present or an earlier one, made the seal."""
    return any(
        constant_time_compare(segel, make_segel(tanggal=tanggal, sidik=sidik, key=key))
        for key in keys
    )
