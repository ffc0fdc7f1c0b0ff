"""Which roles a user holds today, and over which people.

Both are asked once per user object and kept on it: two queries a request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import FilteredRelation, Q, QuerySet
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from simpeg.choices import JenisPenugasan
from simpeg.models import Pegawai, PemberianPeran, UnitKerja
from simpeg.models.lingkup import Lingkup
from simpeg.selectors.compiled import fetch_compiled

# Roles that read the records of the people in the unit they were granted for. Admin,
# pranata komputer and Diskominfo run or judge the system, not the records.
PEMBACA = frozenset(
    {
        Role.PENGELOLA_OPD,
        Role.VERIFIKATOR,
        Role.KEPALA_BIDANG,
        Role.SEKRETARIS,
        Role.KEPALA_BADAN,
        Role.AUDITOR,
    }
)

# Lent by whoever holds them; who grants roles and who audits does not lend that.
DAPAT_DIDELEGASIKAN = frozenset(
    {
        Role.PENGELOLA_OPD,
        Role.VERIFIKATOR,
        Role.KEPALA_BIDANG,
        Role.SEKRETARIS,
        Role.KEPALA_BADAN,
        Role.PRANATA_KOMPUTER,
    }
)

# As a unit comes with the rows of another table; the key first.
_UNIT = [field.attname for field in UnitKerja._meta.concrete_fields]


@dataclass(frozen=True)
class Akses:
    """Everything the portal decides on: who the user is, which grants hold today."""

    pegawai_id: int | None
    pimpinan: tuple[UnitKerja, ...]
    pemberian: tuple[tuple[Role, UnitKerja | None], ...]

    @property
    def roles(self) -> frozenset[Role]:
        roles = {role for role, _ in self.pemberian}
        if self.pegawai_id:
            roles.add(Role.PEGAWAI)
        if self.pimpinan:
            roles.add(Role.ATASAN)
        return frozenset(roles)

    def lingkup(self, roles: frozenset[Role] = PEMBACA) -> Lingkup:
        """Return the scope that grants of `roles` give, the led units included."""
        granted = [unit for role, unit in self.pemberian if role in roles]
        return Lingkup.of(granted, led=self.pimpinan, pegawai_id=self.pegawai_id)


def get_akses(user: User) -> Akses:
    """Return what holds for this user today, asked once per user object.

    Two queries.
    """
    cached = getattr(user, "_akses", None)
    if cached is None:
        cached = user._akses = _load_akses(user, timezone.localdate())  # type: ignore[attr-defined]
    return cached


def _load_akses(user: User, per_tanggal: dt.date) -> Akses:
    """Ask what every page asks: so the SQL is kept, and rows are few to choose among."""
    grants = fetch_compiled("akses pemberian", _list_pemberian, user.pk)
    pegawai_id, pimpinan = _find_jabatan(user, per_tanggal)
    return Akses(
        pegawai_id=pegawai_id,
        pimpinan=pimpinan,
        pemberian=tuple(
            (Role(peran), _make_unit(unit))
            for peran, mulai, selesai, *unit in grants
            if mulai <= per_tanggal and (selesai is None or selesai > per_tanggal)
        ),
    )


def _list_pemberian(user_id: int) -> QuerySet[PemberianPeran, tuple[Any, ...]]:
    return PemberianPeran.objects.filter(user=user_id).values_list(
        "peran", "mulai", "selesai", *(f"unit_kerja__{name}" for name in _UNIT)
    )


def _make_unit(values: Sequence[Any]) -> UnitKerja | None:
    return UnitKerja.from_db(DEFAULT_DB_ALIAS, _UNIT, values) if values[0] else None


def _find_jabatan(
    user: User, per_tanggal: dt.date
) -> tuple[int | None, tuple[UnitKerja, ...]]:
    """Return whose account this is, and the units they lead that day.

    Which posts hold is decided here as `RiwayatJabatan.objects.on` does: asked on every
    page, one query and a look at its few rows take a quarter of that one's time.
    """
    rows = fetch_compiled("akses jabatan", _list_jabatan, user.pk)
    if not rows:
        return None, ()
    definitif, tambahan = [], []
    for _, jenis, tmt, selesai, *unit in rows:
        if tmt is None or tmt > per_tanggal:
            continue
        if jenis == JenisPenugasan.DEFINITIF:
            definitif = [(selesai, unit)]  # the latest takes the place of those before
        else:
            tambahan.append((selesai, unit))
    led = [
        _make_unit(unit)
        for selesai, unit in (*definitif, *tambahan)
        if selesai is None or selesai > per_tanggal
    ]
    return rows[0][0], tuple({unit.pk: unit for unit in led if unit}.values())


def _list_jabatan(user_id: int) -> QuerySet[Pegawai, tuple[Any, ...]]:
    held = FilteredRelation(
        "riwayatjabatan_set",
        condition=Q(riwayatjabatan_set__dibatalkan_oleh__isnull=True),
    )
    return (
        Pegawai.objects.filter(user=user_id)
        .annotate(held=held)
        .order_by("held__tmt")
        .values_list(
            *("pk", "held__jenis_penugasan", "held__tmt", "held__tmt_selesai"),
            *(f"held__jabatan__unit_kerja__{name}" for name in _UNIT),
        )
    )


def list_peran(user: User) -> frozenset[Role]:
    """Return the roles of a user (settings.ROLE_PROVIDER)."""
    return get_akses(user).roles


def describe_peran(user: User) -> list[str]:
    """Return a user's roles of today in words, each with the unit it is limited to.

    What was granted comes before what follows from the records (settings.ROLE_WORDS).
    """
    akses = get_akses(user)
    held = [*akses.pemberian, *((Role.ATASAN, unit) for unit in akses.pimpinan)]
    words = [
        f"{role.label}, {unit.nama}" if unit else role.label for role, unit in held
    ]
    return [*words, Role.PEGAWAI.label] if akses.pegawai_id else words


def get_lingkup(user: User) -> Lingkup:
    """Return the people this user may read."""
    return get_akses(user).lingkup()


def get_lingkup_kelola(user: User) -> Lingkup:
    """Return the people whose records this user may change (never their own)."""
    akses = get_akses(user)
    granted = [
        unit
        for role, unit in akses.pemberian
        if role in {Role.PENGELOLA_OPD, Role.VERIFIKATOR}
    ]
    return Lingkup.of(granted)
