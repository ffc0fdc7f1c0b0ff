"""Celery's entry points of jobs."""

import datetime as dt
import logging
from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings
from django.utils import timezone

from bkpsdmd.jobs import running, services

logger = logging.getLogger(__name__)


@shared_task(name="jobs.run")
def run(job_id: str) -> None:
    running.run_job(UUID(job_id))


@shared_task(name="jobs.sweep")
def sweep() -> None:
    services.sweep(now=timezone.now())


@shared_task(name="jobs.clean")
def clean() -> None:
    limit = timezone.now() - dt.timedelta(days=settings.JOB_FILE_DAYS)
    logger.info("deleted %d old job files", services.delete_old_files(before=limit))


@shared_task(name="jobs.clean_expired")
def clean_expired() -> None:
    services.delete_expired_files(now=timezone.now())
    services.delete_lost_files(now=timezone.now())


@worker_ready.connect
def recover(**kwargs: Any) -> None:
    """Pick up what the last worker left; embedded, where this one is the only one."""
    if settings.CELERY_BROKER_URL.startswith("filesystem-atomic:"):
        services.recover_after_restart(now=timezone.now())
    else:
        services.sweep(now=timezone.now())


@worker_shutting_down.connect
def give_back(**kwargs: Any) -> None:
    """Let running jobs stop at their next progress(), to be run again after a restart."""
    running.worker_stopping.set()
