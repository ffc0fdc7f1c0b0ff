"""Who reads the log as a whole. A person's own page shows its part of it to others."""

from enum import StrEnum

from bkpsdmd.accounts.roles import Role, grant


class Permission(StrEnum):
    JEJAK_VIEW = "audit.jejak_view"
    JEJAK_EXPORT = "audit.jejak_export"
    SEGEL_VIEW = "audit.segel_view"
    SEGEL_CHECK = "audit.segel_check"


grant(Permission.JEJAK_VIEW, {Role.AUDITOR, Role.ADMIN})
grant(Permission.JEJAK_EXPORT, {Role.AUDITOR, Role.ADMIN})
grant(Permission.SEGEL_VIEW, {Role.AUDITOR, Role.ADMIN, Role.PRANATA_KOMPUTER})
grant(Permission.SEGEL_CHECK, {Role.AUDITOR, Role.ADMIN, Role.PRANATA_KOMPUTER})
