from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "bkpsdmd.accounts"
    verbose_name = "Akun"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured

        from bkpsdmd.accounts.events import SENTENCES
        from bkpsdmd.accounts.panels import panel_keputusan, panel_pemulihan
        from bkpsdmd.accounts.permissions import Permission
        from bkpsdmd.accounts.roles import Role
        from bkpsdmd.audit.presenters import register_sentences
        from bkpsdmd.ui import menu
        from bkpsdmd.ui.panels import register_panel

        if unknown := settings.MFA_WAJIB - frozenset(Role):
            raise ImproperlyConfigured(
                f"MFA_WAJIB tidak mengenal peran {', '.join(sorted(unknown))}; yang ada: "
                + ", ".join(Role)
            )

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
        menu.register(
            menu.Group.PENGATURAN,
            "Pemulihan Akun",
            "pemulihan-list",
            "lock-open",
            Permission.PEMULIHAN_VIEW,
            order=40,
        )
        register_panel("accounts.pemulihan", panel_pemulihan, order=1)
        register_panel("accounts.keputusan", panel_keputusan, order=6)
