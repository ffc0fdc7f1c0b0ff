from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "bkpsdmd.accounts"
    verbose_name = "Akun"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bkpsdmd.accounts import permissions  # noqa: F401
        from bkpsdmd.accounts.events import SENTENCES
        from bkpsdmd.audit.presenters import register_sentences

        register_sentences(SENTENCES)
