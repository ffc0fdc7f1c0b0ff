"""What each role may do in simpeg. For which people: `selectors.akses`."""

from enum import StrEnum

from bkpsdmd.accounts.roles import Role, grant


class Permission(StrEnum):
    PEGAWAI_LIST = "simpeg.pegawai_list"
    PEGAWAI_VIEW = "simpeg.pegawai_view"
    PEGAWAI_SELF = "simpeg.pegawai_self"
    PEGAWAI_SENSITIVE = "simpeg.pegawai_sensitive"
    PEGAWAI_AUDIT = "simpeg.pegawai_audit"
    PEMBUKAAN_VIEW = "simpeg.pembukaan_view"
    PEGAWAI_EXPORT = "simpeg.pegawai_export"
    PEGAWAI_CHANGE = "simpeg.pegawai_change"
    PANGKAT_CHANGE = "simpeg.pangkat_change"
    RIWAYAT_CHANGE = "simpeg.riwayat_change"
    BERKAS_VIEW = "simpeg.berkas_view"
    BERKAS_ADD = "simpeg.berkas_add"
    BERKAS_CHANGE = "simpeg.berkas_change"
    MUTU_VIEW = "simpeg.mutu_view"
    ARSIP_CHECK_VIEW = "simpeg.arsip_check_view"
    SIASN_IMPORT = "simpeg.siasn_import"
    TAMPILAN_CHANGE = "simpeg.tampilan_change"
    TINDAK_LANJUT = "simpeg.tindak_lanjut"
    API_MANAGE = "simpeg.api_manage"
    API_DOCS = "simpeg.api_docs"
    DUK_VIEW = "simpeg.duk_view"
    AKUN_MANAGE = "simpeg.akun_manage"
    TINJAUAN_VIEW = "simpeg.tinjauan_view"
    TINJAUAN_MANAGE = "simpeg.tinjauan_manage"
    DELEGASI_MANAGE = "simpeg.delegasi_manage"
    UNIT_VIEW = "simpeg.unit_view"
    STATISTIK_VIEW = "simpeg.statistik_view"
    RADAR_VIEW = "simpeg.radar_view"
    NIP_CORRECT = "simpeg.nip_correct"
    IDENTITAS_MANAGE = "simpeg.identitas_manage"
    PILIHAN_VIEW = "simpeg.pilihan_view"
    PENATAAN_VIEW = "simpeg.penataan_view"
    PENATAAN_DRAFT = "simpeg.penataan_draft"
    PENATAAN_APPROVE = "simpeg.penataan_approve"
    SURAT_DRAFT = "simpeg.surat_draft"
    SURAT_READ = "simpeg.surat_read"
    BERITA_ACARA_DRAFT = "simpeg.berita_acara_draft"
    BERITA_ACARA_READ = "simpeg.berita_acara_read"
    SURAT_DINAS_DRAFT = "simpeg.surat_dinas_draft"
    SURAT_DINAS_READ = "simpeg.surat_dinas_read"


_LEADERS = {Role.KEPALA_BIDANG, Role.SEKRETARIS, Role.KEPALA_BADAN}
_CLERKS = {Role.PENGELOLA_OPD, Role.VERIFIKATOR}

_GRANTS: dict[Permission, set[Role]] = {
    Permission.PEGAWAI_LIST: {*_CLERKS, *_LEADERS, Role.AUDITOR, Role.ATASAN},
    Permission.PEGAWAI_VIEW: {
        *_CLERKS, *_LEADERS, Role.AUDITOR, Role.ATASAN, Role.PEGAWAI,
    },
    Permission.PEGAWAI_SELF: {Role.PEGAWAI},
    Permission.PEGAWAI_SENSITIVE: {*_CLERKS, Role.AUDITOR},
    Permission.PEGAWAI_AUDIT: {*_CLERKS, *_LEADERS, Role.AUDITOR},
    Permission.PEMBUKAAN_VIEW: {Role.AUDITOR},
    Permission.PEGAWAI_EXPORT: {*_CLERKS, *_LEADERS, Role.AUDITOR},
    Permission.PEGAWAI_CHANGE: _CLERKS,
    Permission.PANGKAT_CHANGE: _CLERKS,
    Permission.RIWAYAT_CHANGE: _CLERKS,
    # One's own files are open to everybody, those of others to these roles.
    Permission.BERKAS_VIEW: {*_CLERKS, *_LEADERS, Role.AUDITOR},
    # A person proposes for the own archive, a clerk files for the people they keep.
    Permission.BERKAS_ADD: {*_CLERKS, Role.PEGAWAI},
    Permission.BERKAS_CHANGE: _CLERKS,
    Permission.MUTU_VIEW: {*_CLERKS, *_LEADERS, Role.AUDITOR, Role.ATASAN},
    Permission.ARSIP_CHECK_VIEW: {
        Role.ADMIN, Role.PRANATA_KOMPUTER, Role.VERIFIKATOR,
    },
    Permission.SIASN_IMPORT: {Role.VERIFIKATOR},
    Permission.TAMPILAN_CHANGE: {*_CLERKS, *_LEADERS, Role.AUDITOR, Role.ATASAN},
    Permission.TINDAK_LANJUT: {*_CLERKS, *_LEADERS},
    Permission.API_MANAGE: {Role.ADMIN},
    Permission.API_DOCS: {Role.ADMIN, Role.PRANATA_KOMPUTER, Role.DISKOMINFO},
    Permission.DUK_VIEW: {*_CLERKS, *_LEADERS, Role.AUDITOR},
    Permission.AKUN_MANAGE: _CLERKS,
    Permission.TINJAUAN_VIEW: {
        Role.ADMIN, Role.SEKRETARIS, Role.KEPALA_BADAN, Role.AUDITOR,
    },
    Permission.TINJAUAN_MANAGE: {Role.ADMIN, Role.SEKRETARIS, Role.KEPALA_BADAN},
    Permission.DELEGASI_MANAGE: {*_CLERKS, *_LEADERS, Role.PRANATA_KOMPUTER},
    Permission.UNIT_VIEW: {*_CLERKS, *_LEADERS, Role.AUDITOR, Role.ATASAN},
    Permission.STATISTIK_VIEW: {*_CLERKS, *_LEADERS, Role.AUDITOR, Role.ATASAN},
    Permission.RADAR_VIEW: {*_CLERKS, *_LEADERS, Role.AUDITOR},
    Permission.NIP_CORRECT: {Role.VERIFIKATOR},
    Permission.IDENTITAS_MANAGE: {Role.VERIFIKATOR, Role.KEPALA_BIDANG},
    Permission.PILIHAN_VIEW: {*_CLERKS, Role.KEPALA_BIDANG},
    Permission.PENATAAN_VIEW: {Role.VERIFIKATOR, *_LEADERS, Role.AUDITOR},
    Permission.PENATAAN_DRAFT: {Role.VERIFIKATOR, Role.KEPALA_BIDANG},
    Permission.PENATAAN_APPROVE: _LEADERS,
    Permission.SURAT_DRAFT: _CLERKS,
    # Letters about the people of one's units; one's own signed ones are for everybody.
    Permission.SURAT_READ: {*_CLERKS, *_LEADERS, Role.AUDITOR},
    Permission.BERITA_ACARA_DRAFT: {Role.VERIFIKATOR, *_LEADERS},
    Permission.BERITA_ACARA_READ: {Role.VERIFIKATOR, *_LEADERS, Role.AUDITOR},
    Permission.SURAT_DINAS_DRAFT: {
        Role.VERIFIKATOR, Role.PRANATA_KOMPUTER, Role.KEPALA_BIDANG, Role.SEKRETARIS,
    },
    Permission.SURAT_DINAS_READ: {
        Role.VERIFIKATOR, Role.PRANATA_KOMPUTER, *_LEADERS, Role.AUDITOR,
    },
}  # fmt: skip

for _permission, _roles in _GRANTS.items():
    grant(_permission, _roles)
