from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "bkpsdmd.documents"
    verbose_name = "Dokumen"
    default_auto_field = "django.db.models.BigAutoField"
