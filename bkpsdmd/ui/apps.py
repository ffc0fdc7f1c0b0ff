from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "bkpsdmd.ui"
    verbose_name = "Antarmuka"
    default_auto_field = "django.db.models.BigAutoField"
