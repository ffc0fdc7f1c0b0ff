"""Roles that were lent: by whom, to whom, until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from simpeg.models import PemberianPeran
from simpeg.selectors.akses import DAPAT_DIDELEGASIKAN


@dataclass(frozen=True)
class Delegasi:
    """One lent role as its page shows it; `hari_terakhir` is the last day it holds."""

    pemberian: PemberianPeran
    hari_terakhir: dt.date
    is_dari_saya: bool
    keadaan: str
    nada: str
    is_dapat_diakhiri: bool


def list_dapat_didelegasikan(
    user: User, per_tanggal: dt.date
) -> QuerySet[PemberianPeran]:
    """Return the roles this user may lend today."""
    return (
        PemberianPeran.objects.filter(
            user=user, dari__isnull=True, peran__in=DAPAT_DIDELEGASIKAN
        )
        .on(per_tanggal)
        .select_related("unit_kerja")
        .order_by("peran", "pk")
    )


def list_delegasi(user: User, per_tanggal: dt.date) -> list[Delegasi]:
    """Return what this user lent or was lent, the latest first; one query."""
    rows = (
        PemberianPeran.objects.filter(dari__isnull=False)
        .filter(Q(user=user) | Q(dari__user=user))
        .select_related("user", "unit_kerja", "dari__user")
        .order_by("-mulai", "-pk")[:100]
    )
    return [_describe(row, user, per_tanggal) for row in rows]


def _describe(row: PemberianPeran, user: User, per_tanggal: dt.date) -> Delegasi:
    selesai = row.selesai or per_tanggal
    if per_tanggal < row.mulai:
        keadaan, nada = "Akan berlaku", "info"
    elif per_tanggal < selesai:
        keadaan, nada = "Berlaku", "ok"
    else:
        keadaan, nada = "Berakhir", "netral"
    return Delegasi(
        row,
        selesai - dt.timedelta(days=1),
        row.dari is not None and row.dari.user_id == user.pk,
        keadaan,
        nada,
        per_tanggal < selesai,
    )


def get_delegasi(user: User, pk: int) -> PemberianPeran | None:
    return (
        PemberianPeran.objects.filter(dari__isnull=False, pk=pk)
        .filter(Q(user=user) | Q(dari__user=user))
        .first()
    )


def describe_pemberian(pemberian: PemberianPeran) -> str:
    unit = pemberian.unit_kerja
    label = Role(pemberian.peran).label
    return f"{label}, {unit.nama}" if unit else label
