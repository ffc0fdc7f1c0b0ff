"""Writing seals: one per day that has ended, checked again and again for ever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bkpsdmd.audit import services as audit
from bkpsdmd.audit.choices import KeadaanSegel
from bkpsdmd.audit.models import Event, Segel
from bkpsdmd.audit.segel import (
    FIELDS,
    Sidik,
    compute_sidik,
    is_segel_genuine,
    make_segel,
)

# A transaction that began before midnight may commit after it: its events carry the
# earlier time. No work of the portal holds one open for so long.
SETTLE = dt.timedelta(hours=1)
# What one night checks again, oldest check first: a year of events comes round in weeks.
EVENTS_A_NIGHT = 200_000
CHUNK = 2_000

Progress = Callable[[int, int, str], None]


def seal_days(*, now: dt.datetime) -> int:
    """Seal every ended day since the last seal, days without events too; return how many.

    Safe to run twice and at the same time: a day has one seal, and it stays as it is.
    """
    last = Segel.objects.order_by("-tanggal").values_list("tanggal", flat=True).first()
    if last is None:
        first = Event.objects.order_by("at").values_list("at", flat=True).first()
        if first is None:
            return 0
        tanggal = timezone.localdate(first)
    else:
        tanggal = last + dt.timedelta(days=1)
    sealed = 0
    while get_bounds(tanggal)[1] + SETTLE <= now:
        sealed += _seal(tanggal, now)
        tanggal += dt.timedelta(days=1)
    return sealed


def get_bounds(tanggal: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return the instants at which that day begins and ends in the office."""
    begin = dt.datetime.combine(tanggal, dt.time(), timezone.get_current_timezone())
    end = dt.datetime.combine(
        tanggal + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone()
    )
    return begin, end


def _seal(tanggal: dt.date, now: dt.datetime) -> bool:
    mulai, selesai = get_bounds(tanggal)
    sidik = compute_sidik(_iter_rows(mulai, selesai))
    _, is_new = Segel.objects.get_or_create(
        tanggal=tanggal,
        defaults={
            "mulai": mulai,
            "selesai": selesai,
            "jumlah": sidik.jumlah,
            "dari": sidik.dari,
            "sampai": sidik.sampai,
            "sidik": sidik.sha256,
            "segel": make_segel(tanggal=tanggal, sidik=sidik, key=settings.SECRET_KEY),
            "disegel_at": now,
            "diperiksa_at": now,
        },
    )
    return is_new


def _iter_rows(mulai: dt.datetime, selesai: dt.datetime) -> Iterator[dict[str, Any]]:
    return (
        Event.objects.filter(at__gte=mulai, at__lt=selesai)
        .order_by("id")
        .values(*FIELDS)
        .iterator(chunk_size=CHUNK)
    )


def check_some(*, now: dt.datetime, events: int = EVENTS_A_NIGHT) -> int:
    """Check the seals whose last check is oldest, about so many events; return the bad."""
    bad, left = 0, events
    # A day is one row, read before the first is checked: a check moves its row to the
    # end of this very order.
    for segel in list(Segel.objects.order_by("diperiksa_at", "tanggal")):
        if left <= 0:
            break
        bad += not check_segel(segel, now=now)
        left -= segel.jumlah + 1
    return bad


def check_all(*, now: dt.datetime, progress: Progress) -> tuple[int, int]:
    """Check every seal, newest first; return how many there are and how many are bad."""
    total = Segel.objects.count()
    bad = 0
    for done, segel in enumerate(list(Segel.objects.order_by("-tanggal")), 1):
        bad += not check_segel(segel, now=now)
        progress(done, total, "Memeriksa segel")
    return total, bad


def check_segel(segel: Segel, *, now: dt.datetime) -> bool:
    """Compare a day's events with its seal, keep the finding, tell whether they agree.

    That a seal broke, or agrees again, is an event itself.
    """
    temuan = _find_fault(segel)
    keadaan = KeadaanSegel.RUSAK if temuan else KeadaanSegel.UTUH
    with transaction.atomic():
        old = Segel.objects.select_for_update().get(pk=segel.pk)
        if old.keadaan != keadaan:
            audit.record(
                "segel.rusak" if temuan else "segel.pulih",
                segel,
                by=None,
                reason=temuan,
            )
        Segel.objects.filter(pk=segel.pk).update(
            keadaan=keadaan, temuan=temuan, diperiksa_at=now
        )
    return not temuan


def _find_fault(segel: Segel) -> str:
    """Return what is wrong with a day in a sentence, "" when nothing is."""
    kept = Sidik(segel.jumlah, segel.dari, segel.sampai, segel.sidik)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not is_segel_genuine(segel.segel, tanggal=segel.tanggal, sidik=kept, keys=keys):
        return "Segel ini tidak dibuat dengan kunci portal ini, atau isinya diubah."
    found = compute_sidik(_iter_rows(segel.mulai, segel.selesai))
    if found.jumlah < kept.jumlah:
        return f"{kept.jumlah - found.jumlah} kejadian hilang sejak hari itu disegel."
    if found.jumlah > kept.jumlah:
        return f"{found.jumlah - kept.jumlah} kejadian ditambahkan sesudah disegel."
    if found != kept:
        return "Isi kejadian berubah sesudah disegel."
    return ""
