"""What the log does by itself each night, and the full check somebody asks for."""

from __future__ import annotations

from celery import shared_task
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.audit import sealing
from bkpsdmd.audit.export import JOB_EKSPOR, export_jejak
from bkpsdmd.audit.filters import JejakFilter
from bkpsdmd.audit.models import Event
from bkpsdmd.audit.permissions import Permission
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.registry import register
from bkpsdmd.jobs.running import JobRun

JOB_PERIKSA = "audit.periksa_segel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@register(
    JOB_PERIKSA, label="Periksa segel jejak audit", permission=Permission.SEGEL_CHECK
)
def run_periksa_segel(job: JobRun) -> None:
    """Check every day's seal; run again, it checks them again."""
    total, bad = sealing.check_all(now=timezone.now(), progress=job.progress)
    job.result = {"jumlah": total, "rusak": bad}
    job.result_url = reverse("audit:segel-list") + ("?keadaan=rusak" if bad else "")


@register(JOB_EKSPOR, label="Ekspor jejak audit", permission=Permission.JEJAK_EXPORT)
def run_ekspor_jejak(job: JobRun) -> None:
    """Write the events behind a query as XLSX, with the rights its owner has now."""
    if job.by is None:
        raise DomainError("Ekspor hanya untuk pengguna yang masuk.")
    filterset = JejakFilter(
        QueryDict(job.params["query"]), queryset=Event.objects.visible_to(job.by)
    )
    if not filterset.is_valid():
        raise DomainError("Saringan pada ekspor ini tidak dapat dibaca lagi.")
    with export_jejak(rows=filterset.qs, by=job.by) as file:
        name = f"jejak-audit-{timezone.localdate()}.xlsx"
        job.save_file(name, file.read(), XLSX)


@shared_task(name="audit.seal")
def seal() -> None:
    """Each night: seal the day that has ended, and check some of the older seals."""
    now = timezone.now()
    sealing.seal_days(now=now)
    sealing.check_some(now=now)
