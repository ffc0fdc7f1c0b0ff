"""Running one job: claim the row, call its handler, keep it alive, write the end.

The claim is one conditional UPDATE, so of several workers woken for a row one wins. A
thread with its own connection writes heartbeat and progress: it is visible, and the row
free, even while the handler sits in a long transaction.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.db.models import F
from django.utils import timezone

from bkpsdmd.accounts.roles import describe_roles
from bkpsdmd.audit.context import source
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.choices import JobState
from bkpsdmd.jobs.models import Job, stored_name
from bkpsdmd.jobs.registry import get_kind

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 10.0
PROGRESS_SECONDS = 0.5

SYSTEM_FAULT = (
    "Pekerjaan ini berhenti karena gangguan pada sistem. Coba sekali lagi; bila tetap "
    "gagal, beri tahu pranata komputer dan sebutkan nomor pekerjaan ini."
)
GAVE_UP = (
    "Pekerjaan ini terputus {kali} kali dan tidak dicoba lagi. Beri tahu pranata komputer "
    "dan sebutkan nomor pekerjaan ini."
)

# Jobs of this process. The sweep spares them: on SQLite a long transaction also keeps
# the heartbeat from being written.
running_here: set[UUID] = set()
# Set when this worker is told to stop; its jobs go back to the queue (see tasks.py).
worker_stopping = threading.Event()


class JobInterruptedError(Exception):
    """Raised out of `progress()`: this run must end here, and writes nothing more."""


class JobRun:
    """What a handler sees of its job.

    `result` takes counts and ids, `result_url` an address of this portal (`reverse()`);
    both are stored when the handler returns, and so is the file.
    """

    def __init__(self, job: Job, claim: UUID) -> None:
        self.job_id = job.pk
        self.params: dict[str, Any] = job.params
        self.by = job.owner
        self.result: dict[str, Any] = {}
        self.result_url = ""
        self._pulse = _Pulse(job.pk, claim)
        self._file = ("", "", "")
        # Before the handler reads anything with them.
        self._kewenangan = describe_roles(job.owner) if job.owner else []

    def progress(self, done: int, total: int, pesan: str = "") -> None:
        """Tell how far the work is; cheap enough to call for every row.

        Raises JobInterruptedError when the job was cancelled or given to another worker.
        """
        self._pulse.note(done, total, pesan)

    def save_file(self, name: str, content: bytes | Path, content_type: str) -> None:
        """Keep the result file (one per job); a path is copied, not moved."""
        self._discard_file()
        if isinstance(content, Path):
            with content.open("rb") as handle:
                stored = default_storage.save(stored_name(None, name), File(handle))
        else:
            stored = default_storage.save(stored_name(None, name), ContentFile(content))
        self._file = (stored, name[:200], content_type)

    def _outcome(self) -> dict[str, Any]:
        stored, name, content_type = self._file
        return {
            "result": self.result,
            "result_url": self.result_url,
            "file": stored,
            "file_name": name,
            "content_type": content_type,
            "kewenangan": self._kewenangan,
            "done": self._pulse.total or self._pulse.done,
            "total": self._pulse.total,
            "message": self._pulse.message,
        }

    def _discard_file(self) -> None:
        if self._file[0]:
            default_storage.delete(self._file[0])
            self._file = ("", "", "")


def run_job(job_id: UUID) -> None:
    """Run the job to its end, unless it is not waiting (any more).

    A DomainError ends it with its sentence, anything else with a neutral one and the
    details in the log. When the database was busy or gone, or the worker is stopping,
    the job waits for another attempt.
    """
    claim = uuid4()
    if not _claim(job_id, claim):
        return
    job = Job.objects.select_related("owner").get(pk=job_id)
    run = JobRun(job, claim)
    running_here.add(job_id)
    try:
        with run._pulse, source("tugas"):
            get_kind(job.kind).handler(run)
        kept = _end(job, claim, JobState.SELESAI, **run._outcome())
    except DomainError as error:
        kept = False
        _end(job, claim, JobState.GAGAL, error=error.pesan)
    except JobInterruptedError:
        kept = False
        release(job, "Dihentikan sementara; akan dimulai lagi.", spend_attempt=False)
    except OperationalError as error:
        kept = False
        _log_fault(job, error)
        release(job, "Basis data sedang sibuk; akan dicoba lagi.")
    except Exception as error:
        kept = False
        _log_fault(job, error)
        _end(job, claim, JobState.GAGAL, error=SYSTEM_FAULT)
    finally:
        running_here.discard(job_id)
    if not kept:
        run._discard_file()


def release(job: Job, message: str, *, spend_attempt: bool = True) -> bool:
    """Give a running job back to the queue, or end it after its last attempt.

    Only if the run that `job` was read from still owns the row; tells whether it waits.
    """
    try:
        most = get_kind(job.kind).max_attempts
    except KeyError:
        most = 0
    if spend_attempt and job.attempts >= most:
        _end(job, job.claim, JobState.GAGAL, error=GAVE_UP.format(kali=job.attempts))
        return False
    return bool(
        Job.objects.held(job.pk, job.claim).update(
            state=JobState.MENUNGGU,
            claim=None,
            attempts=F("attempts") - (0 if spend_attempt else 1),
            message=message,
            woken_at=timezone.now(),
        )
    )


def _claim(job_id: UUID, claim: UUID) -> bool:
    now = timezone.now()
    return bool(
        Job.objects.filter(pk=job_id, state=JobState.MENUNGGU).update(
            state=JobState.BERJALAN,
            claim=claim,
            attempts=F("attempts") + 1,
            started_at=now,
            heartbeat_at=now,
            done=0,
            total=0,
            message="",
        )
    )


def _end(job: Job, claim: UUID | None, state: JobState, **fields: Any) -> bool:
    """Write the end; False when the row meanwhile belongs to somebody else."""
    return bool(
        Job.objects.held(job.pk, claim).update(
            state=state, claim=None, finished_at=timezone.now(), **fields
        )
    )


def _log_fault(job: Job, error: Exception) -> None:
    # Where it happened but not the message: a database quotes people's data in it.
    logger.error(
        "job %s (%s) failed: %s\n%s",
        job.pk,
        job.kind,
        type(error).__name__,
        "".join(traceback.format_tb(error.__traceback__)),
    )


class _Pulse:
    """Writes heartbeat and progress while the handler runs, and learns of a lost claim."""

    def __init__(self, job_id: UUID, claim: UUID) -> None:
        self.job_id, self.claim = job_id, claim
        self.done, self.total, self.message = 0, 0, ""
        self._lost = threading.Event()
        self._changed = threading.Event()
        self._ended = threading.Event()
        self._written_at = time.monotonic()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> None:
        # Inside somebody's transaction (a test, a command) another connection would not
        # see the row: then progress() writes by itself.
        if not connection.in_atomic_block:
            self._thread = threading.Thread(target=self._beat, daemon=True)
            self._thread.start()

    def __exit__(self, *exc: object) -> None:
        self._ended.set()
        self._changed.set()
        if self._thread:
            self._thread.join()

    def note(self, done: int, total: int, message: str) -> None:
        self.done, self.total, self.message = done, total, message[:200]
        if self._thread:
            self._changed.set()
        elif time.monotonic() - self._written_at >= PROGRESS_SECONDS:
            self._write()
        if self._lost.is_set() or worker_stopping.is_set():
            raise JobInterruptedError

    def _beat(self) -> None:
        try:
            while not self._ended.is_set():
                self._changed.wait(HEARTBEAT_SECONDS)
                if not self._ended.is_set():
                    self._changed.clear()
                    self._write()
                    self._ended.wait(PROGRESS_SECONDS)
        finally:
            connection.close()

    def _write(self) -> None:
        self._written_at = time.monotonic()
        try:
            alive = Job.objects.held(self.job_id, self.claim).update(
                heartbeat_at=timezone.now(),
                done=self.done,
                total=self.total,
                message=self.message,
            )
        except OperationalError:
            # Another writer holds SQLite, or the server restarts: the next beat tells.
            connection.close_if_unusable_or_obsolete()
            return
        if not alive:
            self._lost.set()
