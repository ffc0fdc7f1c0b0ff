"""Where simpeg stands in the menu."""

from bkpsdmd.ui.menu import Group, register, register_bar, register_search
from simpeg.permissions import Permission


def register_all() -> None:
    data = Group.DATA_PEGAWAI
    register(
        data, "Data saya", "simpeg:pegawai-saya", "user", Permission.PEGAWAI_SELF, 10
    )
    register(
        data,
        "Daftar Pegawai",
        "simpeg:pegawai-list",
        "users",
        Permission.PEGAWAI_LIST,
        20,
    )
    register(
        data,
        "Daftar Urut Kepangkatan",
        "simpeg:duk-list",
        "stairs-up",
        Permission.DUK_VIEW,
        30,
    )
    register(
        data, "Unit Kerja", "simpeg:unit-list", "sitemap", Permission.UNIT_VIEW, 35
    )
    register(
        data, "Mutu Data", "simpeg:mutu", "clipboard-check", Permission.MUTU_VIEW, 34
    )
    register(
        data,
        "Penataan Organisasi",
        "simpeg:penataan-list",
        "adjustments",
        Permission.PENATAAN_VIEW,
        36,
    )
    register(
        data,
        "Usulan Berkas",
        "simpeg:arsip-usulan",
        "inbox",
        Permission.BERKAS_CHANGE,
        37,
    )
    register(
        data,
        "Radar Data",
        "simpeg:radar-list",
        "alert-triangle",
        Permission.RADAR_VIEW,
        38,
    )
    register(
        data,
        "Data Ganda",
        "simpeg:tautan-list",
        "copy",
        Permission.IDENTITAS_MANAGE,
        39,
    )
    register(
        data,
        "Lembar Kerja Excel",
        "simpeg:lembar-list",
        "file-spreadsheet",
        Permission.PEGAWAI_CHANGE,
        37,
    )
    register(
        data,
        "Impor SIASN",
        "simpeg:siasn-list",
        "upload",
        Permission.SIASN_IMPORT,
        40,
    )
    register(
        data,
        "Rekonsiliasi SIASN",
        "simpeg:rekonsiliasi-list",
        "refresh",
        Permission.SIASN_IMPORT,
        41,
    )
    register(
        Group.LAPORAN,
        "Statistik Pegawai",
        "simpeg:statistik-list",
        "chart-bar",
        Permission.STATISTIK_VIEW,
        20,
    )
    register(
        Group.PENGATURAN,
        "Akun Pegawai",
        "simpeg:akun-list",
        "key",
        Permission.AKUN_MANAGE,
        20,
    )
    register(
        Group.PENGATURAN,
        "Pemeriksaan Arsip",
        "simpeg:arsip-pemeriksaan",
        "shield-lock",
        Permission.ARSIP_CHECK_VIEW,
        40,
    )
    register(
        Group.PENGATURAN,
        "Delegasi Peran",
        "simpeg:delegasi-list",
        "users-group",
        Permission.DELEGASI_MANAGE,
        30,
    )
    register(
        Group.PENGATURAN,
        "Tinjauan Akses",
        "simpeg:tinjauan-list",
        "clipboard-check",
        Permission.TINJAUAN_VIEW,
        50,
    )
    register(
        Group.PENGATURAN,
        "Klien API",
        "simpeg:api-klien-list",
        "server",
        Permission.API_MANAGE,
        80,
    )
    register(
        Group.PENGATURAN,
        "Dokumentasi API",
        "simpeg:api-docs",
        "book",
        Permission.API_DOCS,
        81,
    )
    register_bar(
        "Data saya", "simpeg:pegawai-saya", "user", Permission.PEGAWAI_SELF, 20
    )
    register_search(
        "Cari nama atau NIP", "simpeg:pegawai-list", Permission.PEGAWAI_LIST
    )
