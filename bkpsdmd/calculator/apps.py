from django.apps import AppConfig


class CalculatorConfig(AppConfig):
    name = "bkpsdmd.calculator"
    verbose_name = "Kalkulator"
    default_auto_field = "django.db.models.BigAutoField"
