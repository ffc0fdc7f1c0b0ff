from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "bkpsdmd.accounts"
    verbose_name = "Akun"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bkpsdmd.accounts.events import SENTENCES
        from bkpsdmd.accounts.permissions import Permission
        from bkpsdmd.audit.presenters import register_sentences
        from bkpsdmd.ui import menu

        register_sentences(SENTENCES)
        menu.register(
            menu.Group.PENGATURAN,
            "Akun saya",
            "akun-saya",
            "user-circle",
            Permission.AKUN_SAYA,
            order=10,
        )
        menu.register_bar(
            "Akun", "akun-saya", "user-circle", Permission.AKUN_SAYA, order=40
        )
