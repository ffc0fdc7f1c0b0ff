from django.apps import AppConfig


class EformasiConfig(AppConfig):
    name = "eformasi"
    verbose_name = "E-Formasi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from eformasi import kalkulator

        kalkulator.register_topics()
