"""Reads of who a person is: other numbers, other records, and who may be one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Q, QuerySet

from bkpsdmd.accounts.models import User
from simpeg.choices import StatusTautan
from simpeg.models import KeadaanPegawai, Pegawai, PerubahanNip, TautanPegawai

# So many groups of alike records are looked at; decided ones make room for more.
KELOMPOK = 200
TERTAUT = (StatusTautan.DIUSULKAN.value, StatusTautan.DISETUJUI.value)


@dataclass(frozen=True, slots=True)
class Calon:
    """Two records that may be one person's, the older appointment first, and why."""

    lama: Pegawai
    baru: Pegawai
    alasan: str


def list_calon() -> list[Calon]:
    """Return pairs of one NIK, or of one name and birth date; a handful of queries.

    Pairs that were proposed, linked or refused before are left out.
    """
    same_nik = (
        Pegawai.objects.exclude(nik="")
        .order_by()
        .values_list("nik")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)[:KELOMPOK]
    )
    niks = [nik for nik, _ in same_nik]
    same_name = (
        KeadaanPegawai.objects.order_by()
        .values_list("nama_urut", "tanggal_lahir")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)[:KELOMPOK]
    )
    alike = Q(pk__in=[])
    for nama, lahir, _ in same_name:
        alike |= Q(keadaan__nama_urut=nama, tanggal_lahir=lahir)
    groups: dict[tuple[str, object], list[Pegawai]] = defaultdict(list)
    for orang in Pegawai.objects.filter(nik__in=niks).select_related("keadaan"):
        groups["NIK sama", orang.nik].append(orang)
    for orang in Pegawai.objects.filter(alike).select_related("keadaan"):
        key = (orang.nama.upper(), orang.tanggal_lahir)
        groups["Nama dan tanggal lahir sama", key].append(orang)
    known = _list_diputus(one.pk for group in groups.values() for one in group)
    found: dict[frozenset[int], Calon] = {}
    for (alasan, _), group in groups.items():
        for one, two in combinations(group, 2):
            pair = frozenset({one.pk, two.pk})
            if pair not in known and pair not in found:
                found[pair] = Calon(*sort_data(one, two), alasan)
    return sorted(found.values(), key=lambda c: (c.lama.nama, c.lama.pk))


def _list_diputus(ids: Iterable[int]) -> set[frozenset[int]]:
    rows = TautanPegawai.objects.exclude(status=StatusTautan.DILEPAS.value)
    rows = rows.filter(lama__in=set(ids))
    return {frozenset(pair) for pair in rows.values_list("lama", "baru")}


def sort_data(one: Pegawai, two: Pegawai) -> tuple[Pegawai, Pegawai]:
    """Return the record of the earlier appointment first."""

    def key(orang: Pegawai) -> tuple[bool, str, int]:
        first = orang.tmt_cpns
        return first is None, first.isoformat() if first else "", orang.pk

    return (one, two) if key(one) <= key(two) else (two, one)


def list_tautan() -> QuerySet[TautanPegawai]:
    return TautanPegawai.objects.select_related(
        "lama__keadaan", "baru__keadaan", "diusulkan_by", "diputus_by", "dilepas_by"
    )


def list_data_lain(pegawai: Pegawai) -> list[Pegawai]:
    """Return the other records of this person, by links that hold; two queries."""
    rows = TautanPegawai.objects.filter(
        Q(lama=pegawai) | Q(baru=pegawai), status=StatusTautan.DISETUJUI.value
    ).values_list("lama", "baru")
    ids = {pk for pair in rows for pk in pair} - {pegawai.pk}
    if not ids:
        return []
    return list(Pegawai.objects.filter(pk__in=ids).order_by("tmt_cpns", "pk"))


def is_data_sendiri(user: User, pegawai_id: int) -> bool:
    """Tell whether a record is another one of the person whose account this is."""
    linked = TautanPegawai.objects.filter(status=StatusTautan.DISETUJUI.value)
    return linked.filter(
        Q(lama=pegawai_id, baru__user=user) | Q(baru=pegawai_id, lama__user=user)
    ).exists()


def get_data_sendiri(user: User) -> frozenset[int]:
    """Return the ids of all records of whoever has this account; asked once per user."""
    cached: frozenset[int] | None = getattr(user, "_data_sendiri", None)
    if cached is None:
        own = set(Pegawai.objects.filter(user=user).values_list("pk", flat=True))
        linked = TautanPegawai.objects.filter(
            Q(lama__in=own) | Q(baru__in=own), status=StatusTautan.DISETUJUI.value
        ).values_list("lama", "baru")
        cached = frozenset(own.union(*linked))
        user._data_sendiri = cached  # type: ignore[attr-defined]
    return cached


def list_nip_lama(pegawai: Pegawai) -> QuerySet[PerubahanNip]:
    return pegawai.perubahan_nip_set.berlaku().select_related("created_by")
