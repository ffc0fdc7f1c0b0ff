"""The Celery app: which queue, and what runs when. `jobs/apps.py` loads it at start.

celery -A bkpsdmd.celery worker …
"""

import warnings

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.schedules import crontab
from celery.signals import worker_init, worker_ready
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

from bkpsdmd.start import require_ready, require_settings

require_settings()

# Celery warns whoever is root, as one is in a container: our messages are JSON, not code.
warnings.filterwarnings("ignore", category=SecurityWarning)

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
    # A broker that does not answer may hold up a request so many seconds at most. By
    # default a lost connection is tried again after 2 and after 4 seconds.
    app.conf.broker_transport_options = {
        "socket_connect_timeout": 2,
        "socket_timeout": 3,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
    }


@worker_init.connect
def check_database(**kwargs: object) -> None:
    require_ready()


# Due at the first start too, when the scheduler has no times in its file yet.
AT_START = (
    "reporting.check_periode",
    "simpeg.roll_over",
    "simpeg.count_mutu",
    "audit.seal",
)


@worker_ready.connect
def send_what_is_due(**kwargs: object) -> None:
    for name in AT_START:
        app.send_task(name)


# In office time (CELERY_TIMEZONE). A run missed while the machine was off is made up for
# at the next start, for the scheduler keeps its times in a file.
app.conf.beat_schedule_filename = str(settings.DATA_DIR / "jadwal")
app.conf.beat_scheduler = "bkpsdmd.jobs.beat:Scheduler"
app.conf.beat_schedule = {
    "pekerjaan: bangunkan dan pulihkan": {
        "task": "jobs.sweep",
        "schedule": 60.0,
        "options": {"expires": 50},
    },
    "pekerjaan: hapus berkas lama": {
        "task": "jobs.clean",
        "schedule": crontab(hour="2", minute="30"),
    },
    "pekerjaan: hapus berkas yang berumur pendek": {
        "task": "jobs.clean_expired",
        "schedule": crontab(minute="15"),
    },
    "akun: hapus sesi yang berakhir": {
        "task": "accounts.clear_sessions",
        "schedule": crontab(hour="2", minute="50"),
    },
    "jejak audit: segel hari kemarin": {
        "task": "audit.seal",
        "schedule": crontab(hour="1", minute="30"),
    },
    # Before the roll-over: records then still stand as they did when the period ended.
    "laporan: periode yang sudah berakhir": {
        "task": "reporting.check_periode",
        "schedule": crontab(hour="0", minute="5"),
    },
    "akses: tinjauan tahunan": {
        "task": "simpeg.open_tinjauan",
        "schedule": crontab(hour="0", minute="20"),
    },
    "impor: hapus baris lama": {
        "task": "simpeg.purge_impor",
        "schedule": crontab(hour="2", minute="40"),
    },
    "cetak: hapus bagian yang tertinggal": {
        "task": "simpeg.purge_cetak",
        "schedule": crontab(minute="45"),
    },
    # After the roll-over, on whose states it rests.
    "mutu: hitung dan potret": {
        "task": "simpeg.count_mutu",
        "schedule": crontab(hour="0", minute="30"),
    },
    "arsip: keutuhan semua berkas": {
        "task": "simpeg.check_arsip",
        "schedule": crontab(hour="1", minute="30", day_of_week="sun"),
    },
    "pegawai: TMT yang tiba hari ini": {
        "task": "simpeg.roll_over",
        "schedule": crontab(hour="0", minute="10"),
    },
    # Before the data quality of the night is counted: it counts what this finds.
    "pegawai: radar data": {
        "task": "simpeg.rebuild_temuan",
        "schedule": crontab(hour="0", minute="15"),
    },
}
