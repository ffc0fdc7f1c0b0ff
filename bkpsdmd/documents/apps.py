from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "bkpsdmd.documents"
    verbose_name = "Dokumen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bkpsdmd.audit.presenters import register_field_labels, register_sentences
        from bkpsdmd.documents.events import FIELD_LABELS, SENTENCES
        from bkpsdmd.documents.panels import panel_draf, panel_naskah
        from bkpsdmd.documents.permissions import Permission
        from bkpsdmd.ui import menu
        from bkpsdmd.ui.panels import register_panel

        register_sentences(SENTENCES)
        register_field_labels(FIELD_LABELS)
        menu.register(
            menu.Group.LAYANAN,
            "Naskah Dinas",
            "documents:naskah-list",
            "file-text",
            Permission.NASKAH_VIEW,
            order=90,
        )
        register_panel("documents.naskah", panel_naskah, order=4)
        register_panel("documents.draf", panel_draf, order=5)
