from django.apps import AppConfig


class CalculatorConfig(AppConfig):
    name = "bkpsdmd.calculator"
    verbose_name = "Kalkulator"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bkpsdmd.calculator import checks, menu  # noqa: F401
        from bkpsdmd.calculator.masukan import KodeMasukan
        from bkpsdmd.calculator.registry import register_kode
        from bkpsdmd.regulations.ketentuan import KodeKetentuan

        menu.register_all()
        register_kode("Masukan kalkulator", KodeMasukan)
        register_kode("Ketentuan bertanggal", KodeKetentuan)
