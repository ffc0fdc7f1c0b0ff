"""Who reads the periodic reports, and who lets them go out."""

from enum import StrEnum

from bkpsdmd.accounts.roles import Role, grant


class Permission(StrEnum):
    LAPORAN_VIEW = "reporting.laporan_view"
    LAPORAN_PUBLISH = "reporting.laporan_publish"


_PUBLISHERS = {Role.PRANATA_KOMPUTER, Role.KEPALA_BIDANG}

grant(
    Permission.LAPORAN_VIEW,
    {
        *_PUBLISHERS,
        Role.KEPALA_BADAN,
        Role.SEKRETARIS,
        Role.AUDITOR,
        Role.DISKOMINFO,
    },
)
grant(Permission.LAPORAN_PUBLISH, _PUBLISHERS)
