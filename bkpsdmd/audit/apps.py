from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "bkpsdmd.audit"
    verbose_name = "Jejak audit"
    default_auto_field = "django.db.models.BigAutoField"
