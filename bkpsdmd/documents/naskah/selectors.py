"""Reading papers on their way, each user those of their own scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from bkpsdmd.documents.jenis import visible_q
from bkpsdmd.documents.models import Naskah, NaskahQuerySet, PaketNaskah, StatusNaskah

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User


def list_naskah(user: User) -> NaskahQuerySet:
    """Return the papers this user may see: by kind, those to sign, those drafted."""
    return Naskah.objects.filter(
        visible_q(user)
        | Q(pk__in=Naskah.objects.filter(penandatangan_set__user=user).values("pk"))
        | Q(created_by=user)
    )


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
