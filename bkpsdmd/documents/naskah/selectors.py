"""Reading papers on their way, each user those of their own scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import BigIntegerField, Count, Q, Value

from bkpsdmd.audit.models import Event
from bkpsdmd.documents.jenis import visible_q
from bkpsdmd.documents.models import (
    CaraTtd,
    Naskah,
    NaskahQuerySet,
    PaketNaskah,
    PenandatanganNaskah,
    StatusNaskah,
)

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User

AWAITED_KEY, AWAITED_SECONDS = "documents.naskah.menunggu", 60
# Stands among the keys of users: a draft waits for a number, not for a person.
NOBODY_YET = 0


def list_naskah(user: User) -> NaskahQuerySet:
    """Return the papers this user may see: by kind, those to sign, those drafted."""
    return Naskah.objects.filter(
        visible_q(user)
        | Q(pk__in=Naskah.objects.filter(penandatangan_set__user=user).values("pk"))
        | Q(created_by=user)
    )


def is_awaited(user: User) -> bool:
    """Tell whether some paper still wants this user's signature, be it their turn or not.

    Asked on each Beranda, so who is awaited is kept for a minute, and read anew as soon as
    a paper gets its number (`forget_awaited`).
    """
    return user.pk in _read_awaited()


def has_drafts() -> bool:
    """Tell whether any draft wants a number; kept in the same way."""
    return NOBODY_YET in _read_awaited()


def _read_awaited() -> set[int]:
    """Return whose signature is wanted, and NOBODY_YET for drafts. One query or none."""
    awaited: set[int] | None = cache.get(AWAITED_KEY)
    if awaited is None:
        signers = PenandatanganNaskah.objects.filter(
            signed_at=None, user__isnull=False, naskah__status=StatusNaskah.BERNOMOR
        )
        drafts = Naskah.objects.filter(status=StatusNaskah.DRAF).annotate(
            siapa=Value(NOBODY_YET, output_field=BigIntegerField())
        )
        awaited = {
            pk
            for (pk,) in signers.order_by()
            .values_list("user")
            .union(drafts.order_by().values_list("siapa"))
        }
        cache.set(AWAITED_KEY, awaited, AWAITED_SECONDS)
    return awaited


def forget_awaited() -> None:
    cache.delete(AWAITED_KEY)


def list_drafts(user: User) -> NaskahQuerySet:
    """Return the drafts of the kinds and people within this user's scope."""
    return Naskah.objects.filter(visible_q(user), status=StatusNaskah.DRAF)


def get_naskah(user: User, pk: int) -> Naskah | None:
    return (
        list_naskah(user)
        .select_related("nomor", "dokumen__akhir__pengganti", "paket", "created_by")
        .prefetch_related("penandatangan_set")
        .filter(pk=pk)
        .first()
    )


def get_paket(user: User, pk: int) -> PaketNaskah | None:
    """Return a bundle of which this user may see at least one paper."""
    if not list_naskah(user).filter(paket=pk).exists():
        return None
    return PaketNaskah.objects.select_related("created_by").filter(pk=pk).first()


def count_status(paket: PaketNaskah) -> dict[str, int]:
    """Return how many papers of a bundle stand where, all statuses named."""
    counts = dict(
        paket.naskah_set.order_by()
        .values_list("status")
        .annotate(jumlah=Count("pk"))
        .values_list("status", "jumlah")
    )
    return {status: counts.get(status, 0) for status in StatusNaskah.values}


def list_kejadian(naskah: Naskah) -> list[Event]:
    """Return what happened to a paper and to what was issued of it, in order."""
    about = Q(object_type=naskah._meta.label_lower, object_id=str(naskah.pk))
    if naskah.dokumen:
        dokumen = naskah.dokumen
        about |= Q(
            object_type=dokumen._meta.label_lower,
            object_id=str(dokumen.pk),
            kind__in=["dokumen.cabut", "dokumen.ganti"],
        )
    return list(Event.objects.filter(about).select_related("actor").order_by("pk"))


def describe_next(
    naskah: Naskah,
    penandatangan: Sequence[PenandatanganNaskah],
    *,
    turn: PenandatanganNaskah | None,
    why_not: str,
    can_number: bool,
) -> str:
    """Return who must do what next, as a heading; "" where nothing is left to do."""
    if naskah.status == StatusNaskah.DRAF:
        if can_number:
            return "Periksa isinya, lalu beri nomor"
        return "Menunggu diperiksa dan diberi nomor oleh verifikator atau sekretaris"
    if naskah.status != StatusNaskah.BERNOMOR:
        return ""
    if naskah.cara == CaraTtd.BASAH:
        nama = ", ".join(satu.nama for satu in penandatangan)
        return (
            f"Menunggu tanda tangan basah {nama}: verifikator atau sekretaris mencetak "
            "PDF-nya, lalu mengunggah pindaian atau fotonya"
        )
    if turn is not None and not why_not:
        return "Giliran Anda menandatangani"
    waiting = next((satu for satu in penandatangan if satu.signed_at is None), None)
    return f"Menunggu tanda tangan {waiting.nama}" if waiting else ""
