from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "bkpsdmd.jobs"
    verbose_name = "Pekerjaan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Without our Celery app a web process would publish to the default broker, and
        # without the handlers it could not name the kinds it asks for.
        import_module("bkpsdmd.celery")
        autodiscover_modules("tasks")
        from bkpsdmd.audit.presenters import register_sentences
        from bkpsdmd.jobs.permissions import Permission
        from bkpsdmd.ui import menu

        menu.register(
            menu.Group.BERANDA,
            "Pekerjaan",
            "jobs:list",
            "list-check",
            Permission.JOB_VIEW,
            order=200,
        )
        register_sentences(
            {
                "pekerjaan.minta": "{pelaku} meminta pekerjaan {objek}",
                "pekerjaan.batal": "{pelaku} membatalkan pekerjaan {objek}",
                "pekerjaan.unduh": "{pelaku} mengunduh hasil pekerjaan {objek}",
                "pekerjaan.hapus_berkas": "{pelaku} menghapus berkas pekerjaan {objek}",
            }
        )
