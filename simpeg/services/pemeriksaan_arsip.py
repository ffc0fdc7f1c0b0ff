"""Reading every stored file again and comparing it with its checksum.

Goes through the archive in sets by id; after each set what was found and how far it got
are written together, so that a run may be killed anywhere and goes on where it stopped.
Memory holds one set of rows and a piece of one file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bkpsdmd.jobs.choices import ACTIVE
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from simpeg.choices import HasilPeriksa
from simpeg.models import BerkasArsip, PemeriksaanArsip

JOB_KIND = "simpeg.periksa_arsip"
BATCH = 200
CHUNK = 1 << 20
# Files that came while a walk was under way wait for the next one.
Progress = Callable[[int, int, str], None]


def request_pemeriksaan() -> Job | None:
    """Ask for a walk through the archive, unless one waits or runs already."""
    if Job.objects.filter(kind=JOB_KIND, state__in=ACTIVE).exists():
        return None
    return enqueue(JOB_KIND, by=None)


def check_semua(
    *, progress: Progress = lambda done, total, pesan: None
) -> PemeriksaanArsip:
    """Check all files, going on with a walk that was stopped; return it at its end."""
    walk = _begin()
    total = BerkasArsip.objects.count()
    while True:
        files = list(
            BerkasArsip.objects.filter(pk__gt=walk.sampai_id)
            .order_by("pk")
            .values_list("pk", "berkas", "sha256")[:BATCH]
        )
        if not files:
            break
        found: dict[HasilPeriksa, list[int]] = defaultdict(list)
        for number, (pk, path, sha256) in enumerate(files, 1):
            found[check_satu(path, sha256)].append(pk)
            progress(walk.jumlah + number, total, "Membaca ulang berkas")
        if not _note(walk, found, files[-1][0], now=timezone.now()):
            # Another worker does the same walk; it will end it.
            return walk
        walk.refresh_from_db()
    PemeriksaanArsip.objects.filter(pk=walk.pk, selesai_at=None).update(
        selesai_at=timezone.now()
    )
    walk.refresh_from_db()
    return walk


def check_satu(path: str, sha256: str) -> HasilPeriksa:
    """Return what became of one stored file."""
    digest = hashlib.sha256()
    try:
        with default_storage.open(path, "rb") as handle:
            for piece in handle.chunks(CHUNK):
                digest.update(piece)
    except FileNotFoundError:
        return HasilPeriksa.HILANG
    except OSError:
        # There, but the disk does not give it.
        return HasilPeriksa.RUSAK
    return HasilPeriksa.UTUH if digest.hexdigest() == sha256 else HasilPeriksa.RUSAK


def _begin() -> PemeriksaanArsip:
    with transaction.atomic():
        walk = (
            PemeriksaanArsip.objects.select_for_update().filter(selesai_at=None).first()
        )
        return walk or PemeriksaanArsip.objects.create()


def _note(
    walk: PemeriksaanArsip,
    found: dict[HasilPeriksa, list[int]],
    sampai_id: int,
    *,
    now: dt.datetime,
) -> bool:
    """Write a set's results and how far the walk is; False when somebody else did."""
    with transaction.atomic():
        moved = PemeriksaanArsip.objects.filter(
            pk=walk.pk, sampai_id=walk.sampai_id
        ).update(
            sampai_id=sampai_id,
            jumlah=F("jumlah") + sum(map(len, found.values())),
            rusak=F("rusak") + len(found[HasilPeriksa.RUSAK]),
            hilang=F("hilang") + len(found[HasilPeriksa.HILANG]),
        )
        if not moved:
            return False
        for hasil, ids in found.items():
            BerkasArsip.objects.filter(pk__in=ids).update(
                hasil_periksa=hasil.value, diperiksa_at=now
            )
    return True
