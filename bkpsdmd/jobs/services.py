"""Writing job rows: ask for one, cancel one, and keep the waiting and the dead moving."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any
from uuid import UUID

from celery import current_app
from django.core.cache import cache
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Min

from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.choices import ACTIVE, JobState
from bkpsdmd.jobs.models import FOLDER, Job
from bkpsdmd.jobs.registry import get_kind, list_short_kept
from bkpsdmd.jobs.running import release, running_here

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User

logger = logging.getLogger(__name__)

# A message normally arrives at once; a row that waits longer is announced again, ever
# more rarely, so that a long queue does not fill with copies.
WAKE_AFTER = dt.timedelta(seconds=30)
WAKE_AT_MOST_EVERY = dt.timedelta(minutes=10)
# Nine heartbeats missed: the worker is gone.
DEAD_AFTER = dt.timedelta(seconds=90)
# The sweep runs each minute and leaves this mark: scheduler, queue and worker are alive.
SWEPT_KEY = "jobs:swept"
SWEPT_SECONDS = 180
LOST_AFTER = dt.timedelta(days=1)


def enqueue(
    kind: str, *, by: User | None, params: dict[str, Any] | None = None, label: str = ""
) -> Job:
    """Add a job and wake a worker once the row is committed.

    `params` takes ids and ISO dates only. A queue that is down never fails the caller:
    the row waits and the sweep announces it again within a minute. Raises KeyError for
    a kind that nobody registered.
    """
    registered = get_kind(kind)
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind, label=label or registered.label, owner=by, params=params or {}
        )
        audit.record("pekerjaan.minta", job, by=by)
        transaction.on_commit(lambda: wake(job.pk))
    return job


def wake(job_id: UUID) -> None:
    """Send the message that makes a worker look at this row; never raises."""
    try:
        current_app.send_task("jobs.run", args=[str(job_id)])
    except Exception as error:  # every transport fails in its own way
        logger.error("queue is down, job %s waits: %s", job_id, type(error).__name__)


def cancel_job(*, job: Job, by: User, now: dt.datetime) -> None:
    """Stop a job that waits or runs; what it already wrote stays.

    A running handler ends at its next `progress()`. Raises DomainError when the job has
    ended meanwhile.
    """
    with transaction.atomic():
        cancelled = Job.objects.filter(pk=job.pk, state__in=ACTIVE).update(
            state=JobState.DIBATALKAN, claim=None, finished_at=now
        )
        if not cancelled:
            raise DomainError("Pekerjaan ini sudah berakhir, jadi tidak dibatalkan.")
        audit.record("pekerjaan.batal", job, by=by)


def sweep(*, now: dt.datetime) -> None:
    """Announce rows whose message got lost and requeue jobs whose worker died."""
    wake_waiting(now=now)
    requeue_dead(before=now - DEAD_AFTER)
    cache.set(SWEPT_KEY, now.isoformat(), SWEPT_SECONDS)


def recover_after_restart(*, now: dt.datetime) -> None:
    """Do the same for every row at once, however fresh its message or heartbeat.

    Only right where one worker serves the queue: what its predecessor had in hand, or
    had read from the queue, nobody else will do.
    """
    wake_waiting(now=now, patient=False)
    requeue_dead(before=now)
    cache.set(SWEPT_KEY, now.isoformat(), SWEPT_SECONDS)


def wake_waiting(*, now: dt.datetime, patient: bool = True) -> None:
    """Announce waiting rows again, each after about twice the time since its last one."""
    for job in Job.objects.filter(state=JobState.MENUNGGU):
        pause = max(WAKE_AFTER, min(job.woken_at - job.created_at, WAKE_AT_MOST_EVERY))
        if not patient or now - job.woken_at >= pause:
            Job.objects.filter(pk=job.pk).update(woken_at=now)
            wake(job.pk)


def requeue_dead(*, before: dt.datetime) -> None:
    """Give back running jobs that were last alive before this time, those of here not."""
    dead = Job.objects.filter(state=JobState.BERJALAN, heartbeat_at__lt=before)
    for job in dead.exclude(pk__in=running_here):
        if release(job, "Terputus; dimulai lagi."):
            logger.warning("job %s (%s) lost its worker, requeued", job.pk, job.kind)
            wake(job.pk)


def delete_old_files(*, before: dt.datetime) -> int:
    """Delete result files of jobs that ended before this time; the rows stay."""
    old = Job.objects.filter(finished_at__lt=before).exclude(file="")
    count = 0
    for pk, stored in old.values_list("pk", "file").iterator():
        default_storage.delete(stored)
        count += Job.objects.filter(pk=pk).update(file="")
    return count


def delete_lost_files(*, now: dt.datetime) -> int:
    """Delete files that no row names: a run was killed after it had written one.

    They may hold access codes, so that a day is long enough. What is younger than the
    oldest run that still goes on may be its own.
    """
    running = Job.objects.filter(state=JobState.BERJALAN)
    oldest = running.aggregate(at=Min("started_at"))["at"] or now
    before = min(oldest, now - LOST_AFTER)
    lost = [
        stored
        for stored in _list_stored()
        if _is_older(stored, before) and not Job.objects.filter(file=stored).exists()
    ]
    for stored in lost:
        default_storage.delete(stored)
    return len(lost)


def _is_older(stored: str, before: dt.datetime) -> bool:
    try:
        return default_storage.get_modified_time(stored) < before
    except FileNotFoundError:
        # Its job discarded it since the folder was listed.
        return False


def _list_stored() -> list[str]:
    if not default_storage.exists(FOLDER):
        return []
    return [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]


def is_worker_alive(*, now: dt.datetime) -> bool:
    """Tell whether a worker ran the sweep lately, or is busy with a job now."""
    return (
        cache.get(SWEPT_KEY) is not None
        or Job.objects.filter(
            state=JobState.BERJALAN, heartbeat_at__gte=now - DEAD_AFTER
        ).exists()
    )


def delete_expired_files(*, now: dt.datetime) -> int:
    """Delete result files of the kinds that are kept for a short time only."""
    return sum(
        _delete_file(job)
        for kind, keep in list_short_kept().items()
        for job in Job.objects.filter(kind=kind, finished_at__lte=now - keep).exclude(
            file=""
        )
    )


def discard_file(*, job: Job, by: User) -> None:
    """Delete a short-lived file before its time: its owner has what it was for."""
    if job.file_until is None or not job.file:
        raise DomainError("Berkas ini sudah dihapus.")
    _delete_file(job)
    audit.record("pekerjaan.hapus_berkas", job, by=by)


def _delete_file(job: Job) -> int:
    default_storage.delete(str(job.file.name))
    return Job.objects.filter(pk=job.pk).update(file="")


def open_file(*, job: Job, by: User, now: dt.datetime) -> File[bytes]:
    """Return the open result file and log who fetched it.

    Raises DomainError when the file has been deleted, or should be by now; who may
    fetch it is `job.can_be_fetched_by(user)`.
    """
    try:
        if job.file_until and job.file_until <= now:
            raise FileNotFoundError
        handle = job.file.open("rb")
    except (FileNotFoundError, ValueError):
        raise DomainError(
            "Berkas ini sudah dihapus. Jalankan pekerjaannya sekali lagi."
        ) from None
    audit.record("pekerjaan.unduh", job, by=by)
    return handle
