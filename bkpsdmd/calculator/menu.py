"""Where the calculator stands in the menu and in the help."""

from bkpsdmd.ui.bantuan import Bantuan, register_bantuan
from bkpsdmd.ui.menu import Group, register

from .permissions import Permission


def register_all() -> None:
    register(
        Group.BANTUAN,
        "Kalkulator",
        "calculator:topik-list",
        "calculator",
        Permission.KALKULATOR_USE,
        10,
    )
    register(
        Group.BANTUAN,
        "Peraturan",
        "calculator:peraturan-list",
        "gavel",
        Permission.PERATURAN_VIEW,
        20,
    )
    register_bantuan(
        Bantuan(
            "Bagaimana menghitung gaji, pensiun, cuti, atau kebutuhan pegawai?",
            "Buka Kalkulator, pilih hitungannya, isi yang diminta. Jawabannya menyebut "
            "syarat demi syarat dan pasalnya. Tidak ada yang disimpan.",
            "calculator:topik-list",
            Permission.KALKULATOR_USE,
        ),
        order=50,
    )
    register_bantuan(
        Bantuan(
            "Dari mana angka sebuah peraturan, dan sejak kapan berlaku?",
            "Buka Peraturan: setiap angka yang dipakai portal ada di sana dengan dasar "
            "hukum, tanggal berlaku, riwayat, dan tingkat kepastiannya.",
            "calculator:peraturan-list",
            Permission.PERATURAN_VIEW,
        ),
        order=60,
    )
