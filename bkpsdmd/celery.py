"""The Celery app: which queue, and what runs when. `jobs/apps.py` loads it at start.

celery -A bkpsdmd.celery worker …
"""

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

from bkpsdmd.start import require_ready, require_settings

require_settings()

TRANSPORT_ALIASES["filesystem-atomic"] = "bkpsdmd.jobs.transport:Transport"

app = Celery("bkpsdmd")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Every thread of a web process publishes through this app, not through a default one.
app.set_default()
app.autodiscover_tasks()

if settings.CELERY_BROKER_URL.startswith("filesystem-atomic:"):
    settings.QUEUE_DIR.mkdir(parents=True, exist_ok=True)
    app.conf.broker_transport_options = {
        "data_folder_in": str(settings.QUEUE_DIR),
        "data_folder_out": str(settings.QUEUE_DIR),
        "control_folder": str(settings.QUEUE_DIR / "kendali"),
        "polling_interval": 0.1,
    }
    # Nobody inspects the one embedded worker, and each question would be a file.
    app.conf.worker_enable_remote_control = False
else:
    # A broker that does not answer may hold up a request so many seconds at most.
    app.conf.broker_transport_options = {
        "socket_connect_timeout": 2,
        "socket_timeout": 3,
    }


@worker_init.connect
def check_database(**kwargs: object) -> None:
    require_ready()


# In office time (CELERY_TIMEZONE). A run missed while the machine was off is made up for
# at the next start, for the scheduler keeps its times in a file.
app.conf.beat_schedule_filename = str(settings.DATA_DIR / "jadwal")
app.conf.beat_schedule = {
    "pekerjaan: bangunkan dan pulihkan": {
        "task": "jobs.sweep",
        "schedule": 60.0,
        "options": {"expires": 50},
    },
    # Soon after midnight: records then still stand as they did when the period ended.
    "laporan: terbitkan periode yang berakhir": {
        "task": "reporting.check_periode",
        "schedule": crontab(hour="0", minute="10"),
    },
    "pekerjaan: hapus berkas lama": {
        "task": "jobs.clean",
        "schedule": crontab(hour="2", minute="30"),
    },
    "pegawai: TMT yang tiba hari ini": {
        "task": "simpeg.roll_over",
        "schedule": crontab(hour="0", minute="10"),
    },
    "laporan: periode yang sudah berakhir": {
        "task": "reporting.check_periode",
        "schedule": crontab(hour="5", minute="30"),
    },
}
