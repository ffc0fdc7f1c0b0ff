"""What each role may do with accounts; for *which* accounts is `may_manage`."""

from collections.abc import Iterable
from enum import StrEnum

import rules

from bkpsdmd.accounts.roles import Role, grant


class Permission(StrEnum):
    AKUN_SAYA = "accounts.akun_saya"
    PEMULIHAN_VIEW = "accounts.pemulihan_view"
    PEMULIHAN_REQUEST = "accounts.pemulihan_request"
    PEMULIHAN_DECIDE = "accounts.pemulihan_decide"


# Everybody has an account of their own, whatever they may do here.
rules.add_perm(Permission.AKUN_SAYA, rules.is_authenticated)
# Who asks for a person of their own units does so from simpeg's list of accounts.
_KEEPERS = {Role.PRANATA_KOMPUTER, Role.ADMIN}
_LEADERS = frozenset({Role.SEKRETARIS, Role.KEPALA_BADAN})
grant(Permission.PEMULIHAN_VIEW, {*_KEEPERS, *_LEADERS, Role.AUDITOR})
grant(Permission.PEMULIHAN_REQUEST, _KEEPERS)
grant(Permission.PEMULIHAN_DECIDE, {*_KEEPERS, *_LEADERS})

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


def may_request_recovery(
    actor_roles: Iterable[Role], target_roles: Iterable[Role]
) -> bool:
    """Tell whether the actor may ask that a second step be taken away.

    A pranata komputer may ask for any account: a lone admin who lost the phone would
    otherwise be locked out for good. It is the second officer who lets it happen.
    """
    actor_roles = set(actor_roles)
    return Role.PRANATA_KOMPUTER in actor_roles or may_manage(actor_roles, target_roles)


def may_decide_recovery(
    actor_roles: Iterable[Role], target_roles: Iterable[Role]
) -> bool:
    """Tell whether the actor may be the second officer: a keeper, or a leader."""
    actor_roles = set(actor_roles)
    return bool(actor_roles & _LEADERS) or (
        bool(actor_roles & _KEEPERS) and may_manage(actor_roles, target_roles)
    )
