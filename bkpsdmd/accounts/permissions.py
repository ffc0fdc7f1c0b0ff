"""What each role may do with accounts; for *which* accounts is `may_manage`."""

from collections.abc import Iterable
from enum import StrEnum

import rules

from bkpsdmd.accounts.roles import Role, grant


class Permission(StrEnum):
    AKUN_SAYA = "accounts.akun_saya"
    AKUN_KELOLA = "accounts.akun_kelola"
    AKUN_BUKA_KUNCI = "accounts.akun_buka_kunci"
    AKUN_RESET_MFA = "accounts.akun_reset_mfa"


# Everybody has an account of their own, whatever they may do here.
rules.add_perm(Permission.AKUN_SAYA, rules.is_authenticated)
grant(
    Permission.AKUN_KELOLA,
    {Role.PENGELOLA_OPD, Role.VERIFIKATOR, Role.PRANATA_KOMPUTER, Role.ADMIN},
)
grant(Permission.AKUN_BUKA_KUNCI, {Role.PRANATA_KOMPUTER, Role.ADMIN})
grant(Permission.AKUN_RESET_MFA, {Role.ADMIN})

_STAFF = frozenset({Role.PEGAWAI, Role.ATASAN})
_MANAGEABLE = {
    Role.PENGELOLA_OPD: _STAFF,
    Role.VERIFIKATOR: _STAFF | {Role.PENGELOLA_OPD},
    Role.PRANATA_KOMPUTER: frozenset(Role) - {Role.ADMIN, Role.PRANATA_KOMPUTER},
    Role.ADMIN: frozenset(Role),
}


def may_manage(actor_roles: Iterable[Role], target_roles: Iterable[Role]) -> bool:
    """Tell whether the actor may issue codes for, unlock or deactivate such an account.

    A code is a way into the account: nobody may open one that can do more than they
    are trusted with, so *every* role of the target must be covered.
    """
    managing = [_MANAGEABLE[role] for role in actor_roles if role in _MANAGEABLE]
    return bool(managing) and set(target_roles) <= frozenset().union(*managing)
