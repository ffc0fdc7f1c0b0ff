"""Signing a numbered paper: one attempt at a time, one outcome.

The service that signs is asked outside any transaction. Before it an attempt is noted,
after it the result is stored only if that attempt still holds: whoever is killed or
waits too long loses to the next attempt, and a paper is never issued twice.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.views.decorators.debug import sensitive_variables

from bkpsdmd.audit import services as audit
from bkpsdmd.documents.jenis import find_nik, get_jenis, prefetch_subjek
from bkpsdmd.documents.models import (
    CaraTtd,
    Naskah,
    PenandatanganNaskah,
    PercobaanTtd,
    StatusNaskah,
    get_kantor,
)
from bkpsdmd.documents.naskah.rendering import ensure_berkas
from bkpsdmd.documents.naskah.services import LEASE, issue
from bkpsdmd.documents.tte.penyedia import (
    Penanda,
    TteUncertainError,
    get_penyedia,
)
from bkpsdmd.exceptions import DomainError

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User

BERJALAN = PercobaanTtd.Hasil.BERJALAN


def find_turn(naskah: Naskah, user: User) -> PenandatanganNaskah | None:
    """Return this user's place among the signers if it is their turn now."""
    if naskah.status != StatusNaskah.BERNOMOR or naskah.cara == CaraTtd.BASAH:
        return None
    for satu in naskah.penandatangan_set.all():
        if satu.signed_at is None:
            return satu if satu.user_id == user.pk else None
    return None


def why_not(naskah: Naskah, user: User) -> str:
    """Return why a signer may not sign this paper although it is their turn, or ""."""
    if naskah.created_by_id == user.pk:
        return "Naskah yang Anda susun sendiri ditandatangani pejabat lain."
    if get_jenis(naskah.jenis).is_tentang(naskah, user):
        return "Naskah tentang Anda sendiri ditandatangani pejabat lain."
    return ""


@sensitive_variables("frasa_sandi", "penanda")
def sign_many(
    *,
    papers: Sequence[Naskah],
    by: User,
    now: dt.datetime,
    frasa_sandi: str = "",
    batch: str = "",
) -> int:
    """Sign these papers, in one call of the service; return how many were signed.

    Raises DomainError when any of them may not be signed by this user now: then none is.
    The passphrase goes to the service and nowhere else.
    """
    turns = _claim(papers, by=by, now=now, batch=batch)
    if not turns:
        return 0
    naskah = turns[0].penandatangan.naskah
    try:
        ensure_berkas([one.penandatangan.naskah for one in turns], now=now)
        penanda = Penanda(
            jabatan=turns[0].penandatangan.jabatan,
            tempat=get_kantor().tempat,
            urutan=turns[0].penandatangan.urutan,
            nik=find_nik(by) if naskah.cara == CaraTtd.BSRE else "",
            frasa_sandi=frasa_sandi,
        )
        sources = [_read(one.penandatangan) for one in turns]
        signed = get_penyedia(naskah.cara).sign(sources, penanda)
    except DomainError as error:
        hasil = (
            PercobaanTtd.Hasil.TERPUTUS
            if isinstance(error, TteUncertainError)
            else PercobaanTtd.Hasil.DITOLAK
        )
        _end(turns, hasil, error.pesan, by=by)
        raise
    except BaseException as error:
        _end(turns, PercobaanTtd.Hasil.DITOLAK, type(error).__name__, by=by)
        raise
    return sum(
        _accept(one, pdf, by=by, now=now, batch=batch)
        for one, pdf in zip(turns, signed, strict=True)
    )


@sensitive_variables("frasa_sandi")
def sign_naskah(
    *, naskah: Naskah, by: User, now: dt.datetime, frasa_sandi: str = ""
) -> Naskah:
    """Sign one paper; see `sign_many`."""
    sign_many(papers=[naskah], by=by, now=now, frasa_sandi=frasa_sandi)
    return Naskah.objects.get(pk=naskah.pk)


@transaction.atomic
def _claim(
    papers: Sequence[Naskah], *, by: User, now: dt.datetime, batch: str
) -> list[PercobaanTtd]:
    """Note an attempt for each paper; refuse all where one may not be signed.

    Attempts of the same job are its own, from a run that was killed.
    """
    locked = list(
        Naskah.objects.select_for_update(of=("self",))
        .filter(pk__in=[naskah.pk for naskah in papers])
        .select_related("nomor")
        .prefetch_related("penandatangan_set")
        .order_by("pk")
    )
    prefetch_subjek(locked)
    turns = []
    for naskah in locked:
        turn = find_turn(naskah, by)
        if turn is None:
            raise DomainError(
                f"{naskah.judul}: tidak menunggu tanda tangan Anda.",
                kode="bukan_giliran",
            )
        if reason := why_not(naskah, by):
            raise DomainError(reason, kode="tanda_tangan_sendiri")
        turn.naskah = naskah
        turns.append(turn)
    if len({(turn.naskah.cara, turn.urutan, turn.jabatan) for turn in turns}) > 1:
        raise DomainError(
            "Naskah ini tidak ditandatangani dengan cara dan jabatan yang sama; "
            "tandatangani satu per satu."
        )
    is_over = Q(started_at__lt=now - LEASE)
    if batch:
        is_over |= Q(keterangan=batch)
    PercobaanTtd.objects.filter(
        is_over, penandatangan__in=turns, hasil=BERJALAN
    ).update(hasil=PercobaanTtd.Hasil.TERPUTUS, keterangan="Terhenti di tengah jalan.")
    try:
        with transaction.atomic():
            return PercobaanTtd.objects.bulk_create(
                PercobaanTtd(
                    penandatangan=turn, started_at=now, by=by, keterangan=batch
                )
                for turn in turns
            )
    except IntegrityError as error:
        raise DomainError(
            "Naskah ini sedang ditandatangani. Tunggu sebentar, lalu muat ulang.",
            kode="sedang_ditandatangani",
        ) from error


def _read(turn: PenandatanganNaskah) -> bytes:
    """Return the file to sign: the numbered one, or what the signer before made.

    Raises DomainError where it is not any more what was stored: nobody signs that.
    """
    before = (
        turn.naskah.penandatangan_set.filter(urutan__lt=turn.urutan)
        .order_by("-urutan")
        .first()
    )
    source = before or turn.naskah
    try:
        with source.berkas.open("rb") as opened:
            content: bytes = opened.read()
    except FileNotFoundError:
        content = b""
    # Of files stored before it was kept there is no checksum.
    if not content or source.sha256 not in ("", hashlib.sha256(content).hexdigest()):
        raise DomainError(
            f"{turn.naskah.judul}: berkasnya hilang atau rusak di penyimpanan, jadi tidak "
            "ditandatangani. Minta pranata komputer memulihkannya dari cadangan.",
            kode="berkas_cacat",
        )
    return content


def _accept(
    attempt: PercobaanTtd, pdf: bytes, *, by: User, now: dt.datetime, batch: str
) -> bool:
    """Store a signature, unless another attempt was quicker."""
    turn = attempt.penandatangan
    with transaction.atomic():
        naskah = (
            Naskah.objects.select_for_update(of=("self",))
            .select_related("nomor", "menggantikan")
            .get(pk=turn.naskah_id)
        )
        held = PercobaanTtd.objects.filter(pk=attempt.pk, hasil=BERJALAN).update(
            hasil=PercobaanTtd.Hasil.BERHASIL
        )
        if not held or naskah.status != StatusNaskah.BERNOMOR:
            return False
        turn.signed_at = now
        is_last = not naskah.penandatangan_set.filter(urutan__gt=turn.urutan).exists()
        if is_last:
            turn.save(update_fields=["signed_at"])
            issue(naskah, pdf, by=by, now=now, kind="naskah.tandatangan", batch=batch)
            return True
        turn.berkas.save("naskah.pdf", ContentFile(pdf), save=False)
        turn.sha256 = hashlib.sha256(pdf).hexdigest()
        try:
            turn.save(update_fields=["signed_at", "berkas", "sha256"])
            audit.record(
                "naskah.paraf",
                naskah,
                by=by,
                subject=get_jenis(naskah.jenis).subjek(naskah),
                batch=batch,
            )
        except BaseException:
            turn.berkas.delete(save=False)
            raise
    return True


def _end(
    attempts: Sequence[PercobaanTtd], hasil: str, keterangan: str, *, by: User
) -> None:
    with transaction.atomic():
        PercobaanTtd.objects.filter(
            pk__in=[one.pk for one in attempts], hasil=BERJALAN
        ).update(hasil=hasil, keterangan=keterangan[:300])
        for one in attempts:
            naskah = one.penandatangan.naskah
            audit.record(
                "naskah.gagal_ttd",
                naskah,
                by=by,
                subject=get_jenis(naskah.jenis).subjek(naskah),
                reason=keterangan[:300],
            )
