from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "bkpsdmd.ui"
    verbose_name = "Antarmuka"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bkpsdmd.ui import menu
        from bkpsdmd.ui.bantuan import Bantuan, register_bantuan
        from bkpsdmd.ui.permissions import Permission

        menu.register(
            menu.Group.BERANDA,
            "Beranda",
            "beranda",
            "home",
            Permission.BERANDA_VIEW,
        )
        menu.register_bar(
            "Beranda", "beranda", "home", Permission.BERANDA_VIEW, order=10
        )
        menu.register(
            menu.Group.BANTUAN,
            "Bantuan",
            "bantuan",
            "help-circle",
            Permission.BERANDA_VIEW,
        )
        menu.register(
            menu.Group.PENGATURAN,
            "Komponen halaman",
            "galeri",
            "adjustments",
            Permission.GALERI_VIEW,
            order=900,
        )
        register_bantuan(
            Bantuan(
                "Bagaimana mencari seorang pegawai?",
                "Ketik sebagian nama atau NIP di kotak pencarian paling atas, lalu "
                "tekan Enter. Huruf besar dan kecil sama saja.",
            ),
            order=10,
        )
        register_bantuan(
            Bantuan(
                "Bisakah saya masuk tanpa mengetik kata sandi?",
                "Bisa, bila portal dibuka lewat https://: tambahkan kunci sandi di Akun "
                "saya, Verifikasi dua langkah. Sesudah itu cukup sidik jari, wajah, atau "
                "PIN perangkat Anda.",
                "mfa_index",
            ),
            order=15,
        )
        register_bantuan(
            Bantuan(
                "Mengapa saya keluar sendiri?",
                "Portal menutup sesi yang lama diam, agar data tidak terbuka di meja "
                "yang ditinggal. Dua menit sebelumnya muncul peringatan. Isian yang "
                "belum disimpan ditawarkan lagi setelah Anda masuk.",
            ),
            order=20,
        )
        register_bantuan(
            Bantuan(
                "Sambungan terputus saat mengisi. Apakah hilang?",
                "Tidak. Ketikan disimpan di peramban komputer ini sampai formulirnya "
                "terkirim. Buka lagi halaman yang sama: isian ditawarkan kembali.",
            ),
            order=30,
        )
        register_bantuan(
            Bantuan(
                "Saya tidak boleh membuka sebuah halaman.",
                "Peran Anda belum mencakup halaman itu. Mintalah pengelola "
                "kepegawaian di OPD Anda untuk mengajukannya kepada admin portal.",
            ),
            order=40,
        )
