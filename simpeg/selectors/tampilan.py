"""Which columns and saved filters a user has on a list; kept for a minute."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q, QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role, get_roles
from simpeg.models import KeadaanPegawai, PilihanKolom, SaringanTersimpan, UnitKerja
from simpeg.selectors.akses import get_akses

CACHE_SECONDS = 60


@dataclass(frozen=True)
class Tampilan:
    """`kolom` is None without a choice; `saringan` are (name, query)."""

    kolom: tuple[str, ...] | None
    saringan: tuple[tuple[str, str], ...]


def cache_key(user_id: int, daftar: str) -> str:
    return f"tampilan:{daftar}:{user_id}"


def get_tampilan(user: User, daftar: str) -> Tampilan:
    """Return what a list of this user looks like; no query, or three each minute.

    A filter that somebody shares or takes back shows within that minute.
    """
    key = cache_key(user.pk, daftar)
    cached: Tampilan | None = cache.get(key)
    if cached is None:
        cached = _load(user, daftar)
        cache.set(key, cached, CACHE_SECONDS)
    return cached


def _load(user: User, daftar: str) -> Tampilan:
    kolom = (
        PilihanKolom.objects.filter(user=user, daftar=daftar)
        .values_list("kolom", flat=True)
        .first()
    )
    return Tampilan(
        None if kolom is None else tuple(kolom),
        tuple(list_saringan(user, daftar).values_list("nama", "kueri")),
    )


def list_saringan(user: User, daftar: str) -> QuerySet[SaringanTersimpan]:
    """Return a user's own saved filters and those shared with their unit or role."""
    condition = Q(pemilik=user) | Q(peran__in=[role.value for role in get_roles(user)])
    paths = _list_paths(user)
    if paths:
        above = {
            path[:end]
            for path in paths
            for end in range(UnitKerja.steplen, len(path) + 1, UnitKerja.steplen)
        }
        condition |= Q(unit__path__in=above)
    return SaringanTersimpan.objects.filter(condition, daftar=daftar).select_related(
        "pemilik", "unit"
    )


def _list_paths(user: User) -> set[str]:
    """Return the places in the tree that a user works in or was given a role for."""
    akses = get_akses(user)
    paths = {unit.path for _, unit in akses.pemberian if unit}
    paths.update(unit.path for unit in akses.pimpinan)
    if akses.pegawai_id:
        own = (
            KeadaanPegawai.objects.filter(pk=akses.pegawai_id)
            .values_list("unit_path", flat=True)
            .first()
        )
        if own:
            paths.add(own)
    return paths


def list_tujuan(user: User) -> list[tuple[str, str]]:
    """Return (key, label) of whom a user may share with: their units and roles."""
    akses = get_akses(user)
    units = {unit.pk: unit for _, unit in akses.pemberian if unit}
    units.update({unit.pk: unit for unit in akses.pimpinan})
    if akses.pegawai_id:
        own = (
            KeadaanPegawai.objects.filter(pk=akses.pegawai_id)
            .select_related("unit_kerja", "opd")
            .first()
        )
        for unit in (own.unit_kerja, own.opd) if own else ():
            if unit:
                units[unit.pk] = unit
    if any(unit is None for _, unit in akses.pemberian):
        root = UnitKerja.objects.filter(depth=1).first()
        if root:
            units[root.pk] = root
    return [
        *((f"unit:{unit.pk}", f"Semua di {unit.nama}") for unit in units.values()),
        *(
            (f"peran:{role.value}", f"Semua {role.label}")
            for role in Role
            if role in get_roles(user) and role is not Role.PEGAWAI
        ),
    ]
