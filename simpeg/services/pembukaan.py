"""Writing down who looked at what is not for everybody: NIK, address, family, discipline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from simpeg.models import KlienApi, Pegawai, PembukaanHarian
from simpeg.selectors.pembukaan import get_simpan_sejak
from simpeg.selectors.siasn import BATCH

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


def note_unduhan(
    *, ids: Iterable[int], bagian: str, by: User, now: dt.datetime
) -> None:
    """Leave a trace on each of these people: an officer took their closed data along."""
    _note_banyak(ids, f"akun:{by.pk}", bagian, now)


def note_pembacaan_api(
    *, ids: Iterable[int], bagian: str, klien: KlienApi, now: dt.datetime
) -> None:
    """Leave a trace on each of these people: a program read their data."""
    _note_banyak(ids, f"api:{klien.pk}", bagian, now)


def purge_pembukaan(*, per_tanggal: dt.date) -> int:
    """Forget which lists and programs took whose data along too long ago."""
    since = get_simpan_sejak(per_tanggal)
    old = PembukaanHarian.objects.filter(tanggal__lt=since)
    count = 0
    while pks := list(old.values_list("pk", flat=True)[:BATCH]):
        count += PembukaanHarian.objects.filter(pk__in=pks).delete()[0]
    return count


def _note_banyak(
    ids: Iterable[int], pembaca: str, bagian: str, now: dt.datetime
) -> None:
    """Set a bit per person. One query where all are set today, four else, at any number."""
    bagian = bagian[:60]
    wanted = PembukaanHarian.group(ids)
    hari = PembukaanHarian.objects.filter(
        tanggal=timezone.localdate(now), pembaca=pembaca, bagian=bagian
    )
    known = {row.blok: row.bits for row in hari.filter(blok__in=wanted)}
    new = {b: bits for b, bits in wanted.items() if bits & ~known.get(b, 0)}
    if not new:
        return

    def row(blok: int, bits: int) -> PembukaanHarian:
        return PembukaanHarian(
            tanggal=timezone.localdate(now),
            pembaca=pembaca,
            bagian=bagian,
            blok=blok,
            bit=PembukaanHarian.pack(bits),
            at=now,
        )

    with transaction.atomic():
        # Two pages of one program may come at once: all rows are there before they are
        # locked, always in the same order, and only then are bits added.
        PembukaanHarian.objects.bulk_create(
            [row(blok, 0) for blok in sorted(new) if blok not in known],
            ignore_conflicts=True,
        )
        held = hari.filter(blok__in=new).order_by("blok").select_for_update()
        PembukaanHarian.objects.bulk_create(
            [row(one.blok, one.bits | new[one.blok]) for one in held],
            update_conflicts=True,
            update_fields=["bit"],
            unique_fields=["blok", "tanggal", "pembaca", "bagian"],
        )
