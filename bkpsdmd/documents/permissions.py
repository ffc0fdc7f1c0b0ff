"""What each role may do with official papers; with which ones the kind decides."""

from enum import StrEnum

from bkpsdmd.accounts.roles import Role, grant


class Permission(StrEnum):
    NASKAH_VIEW = "documents.naskah_view"
    NASKAH_NUMBER = "documents.naskah_number"
    NASKAH_EXPORT = "documents.naskah_export"
    NASKAH_REVOKE = "documents.naskah_revoke"


_LEADERS = {Role.KEPALA_BIDANG, Role.SEKRETARIS, Role.KEPALA_BADAN}

# Everybody has papers about oneself; signing hangs on being named as the signer.
grant(
    Permission.NASKAH_VIEW,
    {
        Role.PEGAWAI, Role.PENGELOLA_OPD, Role.VERIFIKATOR, Role.PRANATA_KOMPUTER,
        *_LEADERS, Role.AUDITOR,
    },
)  # fmt: skip
grant(
    Permission.NASKAH_EXPORT,
    {Role.PENGELOLA_OPD, Role.VERIFIKATOR, *_LEADERS, Role.AUDITOR},
)
grant(Permission.NASKAH_NUMBER, {Role.VERIFIKATOR, Role.SEKRETARIS})
grant(Permission.NASKAH_REVOKE, _LEADERS)
