"""Which roles a user holds today, and over which people.

Both are asked once per user object and kept on it: two or three queries a request.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from simpeg.choices import JenisPenugasan
from simpeg.models import Pegawai, PemberianPeran, UnitKerja
from simpeg.models.lingkup import Lingkup

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

    Two queries, a third for those who lead a unit.
    """
    cached = getattr(user, "_akses", None)
    if cached is None:
        cached = user._akses = _load_akses(user, timezone.localdate())  # type: ignore[attr-defined]
    return cached


def _load_akses(user: User, per_tanggal: dt.date) -> Akses:
    grants = (
        PemberianPeran.objects.filter(user=user)
        .on(per_tanggal)
        .select_related("unit_kerja")
    )
    pegawai_id, pimpinan = _find_jabatan(user, per_tanggal)
    return Akses(
        pegawai_id=pegawai_id,
        pimpinan=pimpinan,
        pemberian=tuple((Role(g.peran), g.unit_kerja) for g in grants),
    )


def _find_jabatan(
    user: User, per_tanggal: dt.date
) -> tuple[int | None, tuple[UnitKerja, ...]]:
    """Return whose account this is, and the units they lead that day.

    Which posts hold is decided here as `RiwayatJabatan.objects.on` does: asked on every
    page, one query and a look at its few rows take a quarter of that one's time. A
    second query only for those who lead.
    """
    held = FilteredRelation(
        "riwayatjabatan_set",
        condition=Q(
            riwayatjabatan_set__dibatalkan_oleh__isnull=True,
            riwayatjabatan_set__tmt__lte=per_tanggal,
        ),
    )
    rows = list(
        Pegawai.objects.filter(user=user)
        .annotate(held=held)
        .order_by("held__tmt")
        .values_list(
            "pk",
            "held__jenis_penugasan",
            "held__tmt_selesai",
            "held__jabatan__unit_kerja",
        )
    )
    if not rows:
        return None, ()
    definitif, tambahan = [], []
    for _, jenis, selesai, unit in rows:
        if jenis == JenisPenugasan.DEFINITIF:
            definitif = [(selesai, unit)]  # the latest takes the place of those before
        else:
            tambahan.append((selesai, unit))
    led = [
        unit
        for selesai, unit in (*definitif, *tambahan)
        if unit and (selesai is None or selesai > per_tanggal)
    ]
    units = UnitKerja.objects.in_bulk(led).values() if led else ()
    return rows[0][0], tuple(units)


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
