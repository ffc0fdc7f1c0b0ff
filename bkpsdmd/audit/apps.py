from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "bkpsdmd.audit"
    verbose_name = "Jejak audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bkpsdmd.audit.panels import panel_segel
        from bkpsdmd.audit.permissions import Permission
        from bkpsdmd.audit.presenters import register_sentences
        from bkpsdmd.ui import menu
        from bkpsdmd.ui.bantuan import Bantuan, register_bantuan
        from bkpsdmd.ui.panels import register_panel

        register_sentences(
            {
                "audit.ekspor": "{pelaku} mengunduh jejak audit",
                "audit.ekspor_segel": "{pelaku} mengunduh segel harian jejak audit",
                "segel.rusak": "{pelaku} menemukan {objek} tidak cocok",
                "segel.pulih": "{pelaku} menemukan {objek} cocok kembali",
            }
        )
        menu.register(
            menu.Group.PENGATURAN,
            "Jejak Audit",
            "audit:jejak-list",
            "history",
            Permission.JEJAK_VIEW,
            order=60,
        )
        menu.register(
            menu.Group.PENGATURAN,
            "Segel Harian",
            "audit:segel-list",
            "shield-lock",
            Permission.SEGEL_VIEW,
            order=70,
        )
        register_panel("audit.segel", panel_segel, order=5)
        register_bantuan(
            Bantuan(
                "Bagaimana membuktikan bahwa jejak audit tidak diubah?",
                "Setiap malam kejadian hari itu disegel. Halaman Segel Harian memeriksa "
                "ulang segelnya; unduhannya disimpan di luar kantor sebagai pembanding.",
                url_name="audit:segel-list",
                permission=Permission.SEGEL_VIEW,
            ),
            order=70,
        )
