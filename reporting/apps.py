from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Pelaporan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bkpsdmd.audit import presenters
        from bkpsdmd.ui import menu
        from bkpsdmd.ui.bantuan import Bantuan, register_bantuan
        from bkpsdmd.ui.panels import register_panel
        from reporting.audit_sentences import FIELD_LABELS, SENTENCES
        from reporting.panels import panel_laporan
        from reporting.permissions import Permission

        presenters.register_sentences(SENTENCES)
        presenters.register_field_labels(FIELD_LABELS)
        menu.register(
            menu.Group.LAPORAN,
            "Laporan berkala",
            "reporting:laporan-list",
            "report",
            Permission.LAPORAN_VIEW,
            order=10,
        )
        register_panel("reporting.laporan", panel_laporan, order=50)
        register_bantuan(
            Bantuan(
                "Mengapa angka laporan tidak berubah padahal datanya sudah diperbaiki?",
                "Laporan yang sudah terbit disimpan sebagaimana terbit. Pranata komputer "
                "atau kepala bidang dapat menerbitkan perbaikannya, dengan alasan; versi "
                "lamanya tetap dapat dibaca.",
                url_name="reporting:laporan-list",
                permission=Permission.LAPORAN_VIEW,
            ),
            order=60,
        )
