"""The roles of the portal, and the permission check every view and service uses.

A *role* is data (a grant by unit and date, decision 10); what a role may do is code:
each app's `permissions.py` calls `grant()`. Which people a role sees is a queryset
(`Pegawai.objects.visible_to(user)`), never a permission.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

import rules
from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bkpsdmd.accounts.models import User


class Role(StrEnum):
    """Stable keys, stored as data; `label` is what people read."""

    PEGAWAI = "pegawai"
    ATASAN = "atasan"
    PENGELOLA_OPD = "pengelola_opd"
    VERIFIKATOR = "verifikator"
    KEPALA_BIDANG = "kepala_bidang"
    SEKRETARIS = "sekretaris"
    KEPALA_BADAN = "kepala_badan"
    PRANATA_KOMPUTER = "pranata_komputer"
    DISKOMINFO = "diskominfo"
    AUDITOR = "auditor"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Role.PEGAWAI: "Pegawai",
    Role.ATASAN: "Atasan langsung",
    Role.PENGELOLA_OPD: "Pengelola kepegawaian OPD",
    Role.VERIFIKATOR: "Verifikator BKPSDMD",
    Role.KEPALA_BIDANG: "Kepala bidang",
    Role.SEKRETARIS: "Sekretaris",
    Role.KEPALA_BADAN: "Kepala badan",
    Role.PRANATA_KOMPUTER: "Pranata komputer",
    Role.DISKOMINFO: "Diskominfo",
    Role.AUDITOR: "Auditor",
    Role.ADMIN: "Admin",
}

# Derived from the records, so nobody grants them: a person with a pegawai row is
# pegawai, the holder of a post that leads a unit is atasan.
DERIVED = frozenset({Role.PEGAWAI, Role.ATASAN})


def fetch_roles(user: User) -> frozenset[Role]:
    """Ask the database which roles an account holds today, even a deactivated one."""
    return frozenset(import_string(settings.ROLE_PROVIDER)(user))


def get_roles(user: User | AnonymousUser) -> frozenset[Role]:
    """Return the roles that hold today; asked of the database once per user object."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    cached = getattr(user, "_roles", None)
    if cached is None:
        cached = user._roles = fetch_roles(user)  # type: ignore[attr-defined]
    return cached


def describe_roles(user: User) -> list[str]:
    """Return the roles of today in words, the one that may do most first.

    With their units where an app knows them.
    """
    if settings.ROLE_WORDS:
        return list(import_string(settings.ROLE_WORDS)(user))
    return [role.label for role in reversed(Role) if role in get_roles(user)]


def has_role(*roles: Role) -> rules.Predicate:
    """Return a predicate that holds for a user with any of these roles."""
    wanted = frozenset(roles)
    return rules.predicate(
        lambda user: bool(wanted & get_roles(user)), name=f"has_role{sorted(wanted)}"
    )


def grant(permission: str, roles: Iterable[Role]) -> None:
    """Let these roles have this permission; a second call for it is an error."""
    rules.add_perm(permission, has_role(*roles))
