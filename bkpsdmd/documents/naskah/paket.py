"""Bundles: many papers numbered, signed and handed out as one job each.

A job goes through the papers in chunks, in the order of their rows. What is done shows in
the papers themselves, so that a job that was killed, or is asked for again, goes on with
what is left.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.views.decorators.debug import sensitive_variables

from bkpsdmd.audit import services as audit
from bkpsdmd.documents.jenis import prefetch_subjek
from bkpsdmd.documents.merging import merge_volumes
from bkpsdmd.documents.models import CaraTtd, Naskah, PaketNaskah, StatusNaskah
from bkpsdmd.documents.naskah.rendering import ensure_berkas
from bkpsdmd.documents.naskah.selectors import list_naskah
from bkpsdmd.documents.naskah.services import assign_many
from bkpsdmd.documents.naskah.signing import find_turn, sign_many, why_not
from bkpsdmd.documents.permissions import Permission
from bkpsdmd.documents.tte.titipan import leave_frasa
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User

JOB_NOMOR = "documents.nomori_paket"
JOB_TTD = "documents.tandatangani_paket"
JOB_UNDUH = "documents.unduh_paket"
POTONG = 25
BENTUK = {
    "zip": "ZIP: satu PDF untuk tiap naskah, dengan tanda tangannya",
    "gabung": "PDF gabungan untuk dicetak (lebih dari 1.000 naskah: beberapa jilid)",
}

Progress = Callable[[int, int, str], None]


@transaction.atomic
def create_paket(*, judul: str, jenis: str, by: User) -> PaketNaskah:
    paket = PaketNaskah.objects.create(judul=judul[:200], jenis=jenis, created_by=by)
    audit.record("naskah.paket", paket, by=by)
    return paket


# -- Asking -----------------------------------------------------------------------------


def request_nomor(*, paket: PaketNaskah, by: User, cara: str = "") -> Job:
    """Ask that every draft of a bundle gets its number, to be signed in this way."""
    if not paket.naskah_set.filter(status=StatusNaskah.DRAF).exists():
        raise DomainError("Tidak ada draf lagi dalam paket ini.")
    return enqueue(
        JOB_NOMOR,
        by=by,
        params={"paket": paket.pk, "cara": cara},
        label=f"Beri nomor: {paket}"[:200],
    )


@sensitive_variables("frasa_sandi")
def request_ttd(*, paket: PaketNaskah, by: User, frasa_sandi: str) -> Job:
    """Ask that all papers of a bundle that wait for this user be signed."""
    if not list_waiting(paket, by).exists():
        raise DomainError("Tidak ada naskah paket ini yang menunggu tanda tangan Anda.")
    with transaction.atomic():
        job = enqueue(
            JOB_TTD,
            by=by,
            params={"paket": paket.pk},
            label=f"Tanda tangani: {paket}"[:200],
        )
        leave_frasa(job.pk, frasa_sandi)
    return job


def request_unduh(*, paket: PaketNaskah, bentuk: str, by: User) -> Job:
    """Ask for the papers of a bundle as one file."""
    if bentuk not in BENTUK:
        raise DomainError("Bentuk berkas tidak dikenal.", kolom="bentuk")
    return enqueue(
        JOB_UNDUH,
        by=by,
        params={"paket": paket.pk, "bentuk": bentuk},
        label=f"Unduh: {paket}"[:200],
    )


def list_waiting(paket: PaketNaskah, user: User) -> QuerySet[Naskah]:
    return Naskah.objects.filter(paket=paket).waiting_for(user)


# -- Doing ------------------------------------------------------------------------------


def number_paket(
    *,
    paket: PaketNaskah,
    by: User,
    tanggal: dt.date,
    now: dt.datetime,
    batch: str,
    progress: Progress,
    cara: str = "",
) -> int:
    """Number what is a draft, make the files that are missing; return how many."""
    if not by.has_perm(Permission.NASKAH_NUMBER):
        raise DomainError("Kewenangan Anda memberi nomor sudah berakhir.")
    rows = paket.naskah_set.filter(
        status__in=[StatusNaskah.DRAF, StatusNaskah.BERNOMOR], berkas=""
    )
    done = 0
    for total, papers in _iter_chunks(rows):
        progress(done, total, "Memberi nomor")
        drafts = [naskah for naskah in papers if naskah.status == StatusNaskah.DRAF]
        numbered = [naskah for naskah in papers if naskah.status != StatusNaskah.DRAF]
        if drafts:
            numbered += assign_many(
                papers=drafts, tanggal=tanggal, by=by, now=now, cara=cara, batch=batch
            )
        ensure_berkas(numbered, now=now)
        done += len(papers)
    return done


@sensitive_variables("frasa_sandi")
def sign_paket(
    *,
    paket: PaketNaskah,
    by: User,
    now: Callable[[], dt.datetime],
    frasa_sandi: str,
    batch: str,
    progress: Progress,
) -> int:
    """Sign what waits for this user; return how many. `now` is asked for each chunk.

    What they may not sign, as being about themselves, is left for another official.
    """
    signed = seen = 0
    for total, papers in _iter_chunks(list_waiting(paket, by)):
        progress(seen, total, "Menandatangani")
        seen += len(papers)
        for (cara, *_), group in _split_turns(papers, by).items():
            if cara == CaraTtd.BSRE and not frasa_sandi:
                raise DomainError(
                    "Frasa sandi sudah tidak ada lagi. Buka paketnya dan mulai lagi; "
                    "yang sudah ditandatangani tidak diulang."
                )
            signed += sign_many(
                papers=group, by=by, now=now(), frasa_sandi=frasa_sandi, batch=batch
            )
    return signed


def _split_turns(
    papers: Sequence[Naskah], by: User
) -> dict[tuple[str, int, str], list[Naskah]]:
    """Return the papers this user may sign, by way, place and post: one call for each."""
    prefetch_related_objects(papers, "penandatangan_set")
    prefetch_subjek(papers)
    groups: dict[tuple[str, int, str], list[Naskah]] = {}
    for naskah in papers:
        turn = find_turn(naskah, by)
        if turn is not None and not why_not(naskah, by):
            kunci = (naskah.cara, turn.urutan, turn.jabatan)
            groups.setdefault(kunci, []).append(naskah)
    return groups


@contextmanager
def write_paket(
    *, paket: PaketNaskah, by: User, bentuk: str, progress: Progress
) -> Iterator[tuple[Path, str]]:
    """Give the file with the issued papers and its name, as long as the block lasts.

    For printing, papers to be signed by hand are in it too. Raises DomainError where
    nothing is there yet.
    """
    rows = (
        list_naskah(by)
        .filter(paket=paket)
        .exclude(status__in=[StatusNaskah.DRAF, StatusNaskah.BATAL])
    )
    ready = rows.filter(status=StatusNaskah.DITANDATANGANI)
    if bentuk == "gabung":
        ready = ready | rows.filter(cara=CaraTtd.BASAH)
    if not ready.exists():
        raise DomainError(
            "Belum ada naskah yang ditandatangani dalam paket ini.", kode="kosong"
        )
    ready = ready.select_related("nomor", "dokumen")
    with TemporaryDirectory() as name:
        folder = Path(name)
        if bentuk == "gabung":
            batches = (
                [(_title(naskah), _read_print(naskah)) for naskah in papers]
                for papers in _report(ready, progress)
            )
            path = merge_volumes(
                batches,
                count=ready.count(),
                folder=folder,
                title=paket.judul,
                name=f"paket-{paket.pk}",
            )
            yield path, f"paket-{paket.pk}{path.suffix}"
        else:
            path = folder / "paket.zip"
            with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
                for papers in _report(ready, progress):
                    for naskah in papers:
                        archive.writestr(f"{_title(naskah)}.pdf", _read(naskah))
            yield path, f"paket-{paket.pk}.zip"
    audit.record("naskah.unduh_paket", paket, by=by)


def _report(rows: QuerySet[Naskah], progress: Progress) -> Iterator[Sequence[Naskah]]:
    done = 0
    for total, papers in _iter_chunks(rows):
        progress(done, total, "Menyatukan berkas")
        yield papers
        done += len(papers)


def _iter_chunks(rows: QuerySet[Naskah]) -> Iterator[tuple[int, list[Naskah]]]:
    """Yield (how many in all, the next papers); each is given out once."""
    total, last = rows.count(), 0
    while papers := list(rows.filter(pk__gt=last).order_by("pk")[:POTONG]):
        last = papers[-1].pk
        yield total, papers


def _title(naskah: Naskah) -> str:
    """Return number and title as a file may be called."""
    urut = naskah.nomor.urut if naskah.nomor else 0
    words = "".join(c if c.isalnum() or c in " .-" else " " for c in naskah.judul)
    return f"{urut:04} {' '.join(words.split())[:80]}".strip()


def _read_print(naskah: Naskah) -> bytes:
    """Return what is printed: the pages, for a signature does not outlive the merging."""
    if naskah.cara == CaraTtd.BASAH:
        return _read(naskah)
    with naskah.berkas.open("rb") as opened:
        content: bytes = opened.read()
    return content


def _read(naskah: Naskah) -> bytes:
    file = naskah.dokumen.berkas if naskah.dokumen else naskah.berkas
    with file.open("rb") as opened:
        content: bytes = opened.read()
    return content
