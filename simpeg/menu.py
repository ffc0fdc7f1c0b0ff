"""Where simpeg stands in the menu."""

from bkpsdmd.ui.menu import Group, register, register_bar, register_search
from simpeg.permissions import Permission as Izin

# Order in the group, label, route, icon, permission.
MENU = {
    Group.DATA_PEGAWAI: (
        (10, "Data saya", "pegawai-saya", "user", Izin.PEGAWAI_SELF),
        (20, "Daftar Pegawai", "pegawai-list", "users", Izin.PEGAWAI_LIST),
        (30, "Daftar Urut Kepangkatan", "duk-list", "stairs-up", Izin.DUK_VIEW),
        (34, "Mutu Data", "mutu", "clipboard-check", Izin.MUTU_VIEW),
        (35, "Unit Kerja", "unit-list", "sitemap", Izin.UNIT_VIEW),
        (36, "Penataan Organisasi", "penataan-list", "adjustments", Izin.PENATAAN_VIEW),
        (37, "Usulan Berkas", "arsip-usulan", "inbox", Izin.BERKAS_CHANGE),
        (
            37,
            "Lembar Kerja Excel",
            "lembar-list",
            "file-spreadsheet",
            Izin.PEGAWAI_CHANGE,
        ),
        (38, "Radar Data", "radar-list", "alert-triangle", Izin.RADAR_VIEW),
        (39, "Data Ganda", "tautan-list", "copy", Izin.IDENTITAS_MANAGE),
        (40, "Impor SIASN", "siasn-list", "upload", Izin.SIASN_IMPORT),
        (41, "Rekonsiliasi SIASN", "rekonsiliasi-list", "refresh", Izin.SIASN_IMPORT),
    ),
    Group.LAPORAN: (
        (20, "Statistik Pegawai", "statistik-list", "chart-bar", Izin.STATISTIK_VIEW),
    ),
    Group.PENGATURAN: (
        (20, "Akun Pegawai", "akun-list", "key", Izin.AKUN_MANAGE),
        (30, "Delegasi Peran", "delegasi-list", "users-group", Izin.DELEGASI_MANAGE),
        (
            40,
            "Pemeriksaan Arsip",
            "arsip-pemeriksaan",
            "shield-lock",
            Izin.ARSIP_CHECK_VIEW,
        ),
        (50, "Tinjauan Akses", "tinjauan-list", "clipboard-check", Izin.TINJAUAN_VIEW),
        (80, "Klien API", "api-klien-list", "server", Izin.API_MANAGE),
        (81, "Dokumentasi API", "api-docs", "book", Izin.API_DOCS),
    ),
}


def register_all() -> None:
    for group, entries in MENU.items():
        for order, label, route, icon, permission in entries:
            register(group, label, f"simpeg:{route}", icon, permission, order)
    register_bar("Data saya", "simpeg:pegawai-saya", "user", Izin.PEGAWAI_SELF, 20)
    register_search("Cari nama atau NIP", "simpeg:pegawai-list", Izin.PEGAWAI_LIST)
