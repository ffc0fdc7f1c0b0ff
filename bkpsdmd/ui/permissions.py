"""Beranda and help belong to everybody with a role; the gallery to its keepers."""

from enum import StrEnum

from bkpsdmd.accounts.roles import Role, grant


class Permission(StrEnum):
    BERANDA_VIEW = "ui.beranda_view"
    GALERI_VIEW = "ui.galeri_view"


grant(Permission.BERANDA_VIEW, Role)
grant(Permission.GALERI_VIEW, [Role.ADMIN, Role.PRANATA_KOMPUTER])
