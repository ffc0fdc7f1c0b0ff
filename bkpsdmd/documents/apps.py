from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "bkpsdmd.documents"
    verbose_name = "Dokumen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bkpsdmd.audit.presenters import register_field_labels, register_sentences
        from bkpsdmd.documents.events import FIELD_LABELS, SENTENCES

        register_sentences(SENTENCES)
        register_field_labels(FIELD_LABELS)
