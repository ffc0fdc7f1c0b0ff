from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "bkpsdmd.accounts"
    verbose_name = "Akun"
    default_auto_field = "django.db.models.BigAutoField"
