from django.apps import AppConfig


class SimpegConfig(AppConfig):
    name = "simpeg"
    verbose_name = "SIMPEG"
    default_auto_field = "django.db.models.BigAutoField"
