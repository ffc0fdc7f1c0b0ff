"""Work in the background: publish, correct, and look each day for what is missing."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from bkpsdmd.jobs.registry import register
from bkpsdmd.jobs.running import JobRun
from reporting import services
from reporting.choices import JenisLaporan, JobKind
from reporting.models import LaporanTerbit, PermintaanPerbaikan
from reporting.periode import Periode
from reporting.permissions import Permission

logger = logging.getLogger(__name__)


@register(
    JobKind.PUBLISH, label="Terbitkan laporan", permission=Permission.LAPORAN_VIEW
)
def run_publish(job: JobRun) -> None:
    """Run again, it finds the report that the first run published."""
    job.progress(0, 1, "Menghitung dan menyusun laporan")
    laporan = services.publish_laporan(
        jenis=JenisLaporan(job.params["jenis"]),
        periode=Periode.parse(job.params["periode"]),
        by=job.by,
        per_saat=timezone.now(),
    )
    _finish(job, laporan)


@register(JobKind.CORRECT, label="Perbaiki laporan", permission=Permission.LAPORAN_VIEW)
def run_correct(job: JobRun) -> None:
    """Run again, it finds the version that the first run made for the same reason."""
    job.progress(0, 1, "Menghitung ulang dan menyusun versi baru")
    request = PermintaanPerbaikan.objects.select_related("laporan", "created_by").get(
        pk=job.params["permintaan"]
    )
    laporan = services.correct_laporan(
        laporan=request.laporan,
        alasan=request.alasan,
        by=request.created_by,
        per_saat=timezone.now(),
    )
    _finish(job, laporan)


def _finish(job: JobRun, laporan: LaporanTerbit) -> None:
    job.progress(1, 1, "Laporan terbit")
    job.result = {"laporan": laporan.pk, "versi": laporan.versi}
    job.result_url = laporan.get_absolute_url()


@shared_task(name="reporting.check_periode")
def check_periode() -> None:
    """Each day: a period may have closed since yesterday."""
    jobs = services.request_missing(per_saat=timezone.now())
    logger.info("asked for %d reports", len(jobs))
