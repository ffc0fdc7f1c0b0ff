from django.apps import AppConfig


class EkinerjaConfig(AppConfig):
    name = "ekinerja"
    verbose_name = "E-Kinerja"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ekinerja import kalkulator

        kalkulator.register_topics()
