"""Reading every stored file again and comparing it with its checksum.

Goes through the archive, then through the issued and the numbered papers, in sets by id;
after each set what was found and how far it got
are written together, so that a run may be killed anywhere and goes on where it stopped.
Memory holds one set of rows and a piece of one file.

At its end a walk looks for files that no row names. One that the walk before found too
is deleted: nothing that is being uploaded lasts from one week to the next.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bkpsdmd.audit import services as audit
from bkpsdmd.documents import keutuhan
from bkpsdmd.documents.keutuhan import Bagian
from bkpsdmd.documents.yatim import find_yatim
from bkpsdmd.jobs.choices import ACTIVE
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from simpeg.choices import HasilPeriksa
from simpeg.models import BerkasArsip, PemeriksaanArsip

JOB_KIND = "simpeg.periksa_arsip"
BATCH = 200
CHUNK = 1 << 20
SELESAI = "selesai"
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
    total = sum(part.rows().count() for part in BAGIAN)
    while part := _get_bagian(walk.bagian):
        files = list(
            part.rows()
            .filter(pk__gt=walk.sampai_id)
            .order_by("pk")
            .values_list("pk", "berkas", "sha256")[:BATCH]
        )
        found: dict[str, list[int]] = defaultdict(list)
        for number, (pk, path, sha256) in enumerate(files, 1):
            found[_check(part, pk, path, sha256).value].append(pk)
            progress(walk.jumlah + number, total, "Membaca ulang berkas")
        if not _note(walk, part, found, now=timezone.now()):
            # Another worker does the same walk; it will end it.
            return walk
        walk.refresh_from_db()
    _end(walk, now=timezone.now())
    walk.refresh_from_db()
    return walk


def _end(walk: PemeriksaanArsip, *, now: dt.datetime) -> None:
    """Delete what the walk before and this one found without a row; note the others.

    Logged first and deleted then: killed in between, they are found anew.
    """
    yatim = find_yatim(now=now)
    before = PemeriksaanArsip.objects.exclude(selesai_at=None).first()
    known = set(before.yatim if before else ())
    gone: list[str] = []
    if not yatim.is_ganjil:
        gone = [name for name in yatim.berkas if name in known]
        walk.yatim = [name for name in yatim.berkas if name not in known]
    with transaction.atomic():
        ended = PemeriksaanArsip.objects.filter(pk=walk.pk, selesai_at=None).update(
            selesai_at=now,
            yatim=walk.yatim,
            tanpa_catatan=len(yatim.berkas),
            dihapus=len(gone),
        )
        if not ended:
            # Another worker did the same walk, and this at its end.
            return
        if gone:
            audit.record(
                "arsip.bersihkan",
                walk,
                by=None,
                changes={"berkas": (", ".join(gone), None)},
            )
    for name in gone:
        default_storage.delete(name)


def _get_bagian(kunci: str) -> Bagian | None:
    """Return the part a walk is in; none is left after the last."""
    return next((part for part in BAGIAN if part.kunci == kunci), None)


def _check(part: Bagian, pk: int, path: str, sha256: str) -> HasilPeriksa:
    hasil = check_satu(path, sha256)
    if hasil is not HasilPeriksa.UTUH:
        # A numbered paper may have got another file since the set was read.
        now = part.rows().filter(pk=pk).values_list("berkas", "sha256").first()
        if now and now != (path, sha256):
            hasil = check_satu(*now)
    return hasil


def check_satu(path: str, sha256: str) -> HasilPeriksa:
    """Return what became of one stored file; without a checksum, whether it is there."""
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
    is_utuh = sha256 in ("", digest.hexdigest())
    return HasilPeriksa.UTUH if is_utuh else HasilPeriksa.RUSAK


def _begin() -> PemeriksaanArsip:
    with transaction.atomic():
        walk = (
            PemeriksaanArsip.objects.select_for_update().filter(selesai_at=None).first()
        )
        return walk or PemeriksaanArsip.objects.create()


def _note(
    walk: PemeriksaanArsip,
    part: Bagian,
    found: Mapping[str, Sequence[int]],
    *,
    now: dt.datetime,
) -> bool:
    """Write a set's results and how far the walk is; False when somebody else did.

    Without results the part is at its end, and the walk goes on with the next.
    """
    ids = [pk for some in found.values() for pk in some]
    with transaction.atomic():
        moved = PemeriksaanArsip.objects.filter(
            pk=walk.pk, bagian=part.kunci, sampai_id=walk.sampai_id
        ).update(
            bagian=part.kunci if ids else _get_next(part),
            sampai_id=max(ids, default=0),
            jumlah=F("jumlah") + len(ids),
            rusak=F("rusak") + len(found.get(HasilPeriksa.RUSAK.value, ())),
            hilang=F("hilang") + len(found.get(HasilPeriksa.HILANG.value, ())),
        )
        if not moved:
            return False
        part.note(found, now)
    return True


def _get_next(part: Bagian) -> str:
    keys = [one.kunci for one in BAGIAN]
    return [*keys, SELESAI][keys.index(part.kunci) + 1]


def _note_arsip(found: Mapping[str, Sequence[int]], now: dt.datetime) -> None:
    for hasil, ids in found.items():
        BerkasArsip.objects.filter(pk__in=ids).update(
            hasil_periksa=hasil, diperiksa_at=now
        )


BAGIAN = (
    Bagian("arsip", lambda: BerkasArsip.objects.all(), _note_arsip),
    *keutuhan.BAGIAN,
)
