"""Writing down who looked at what is not for everybody: NIK, address, family, discipline."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache
from django.utils import timezone
from django.utils.text import slugify

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from simpeg.models import Pegawai

ONCE_A_DAY = 24 * 3600


def note_pembukaan(
    *, pegawai: Pegawai, bagian: str, by: User, now: dt.datetime
) -> None:
    """Leave one event per person, reader, part of the record and day.

    The cache remembers what was written today: reading the same page again writes and
    asks nothing. Where it forgets, a second event stands in the log, which harms nobody.
    """
    key = (
        f"simpeg.buka:{timezone.localdate(now)}:{by.pk}:{pegawai.pk}:{slugify(bagian)}"
    )
    if cache.add(key, 1, ONCE_A_DAY):
        audit.record(
            "pegawai.buka",
            pegawai,
            by=by,
            subject=pegawai,
            changes={"bagian": (None, bagian)},
        )
