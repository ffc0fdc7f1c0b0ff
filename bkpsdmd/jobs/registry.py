"""Which kinds of long work there are, and the function that does each.

    @register("simpeg.impor_siasn", label="Impor SIASN")
    def run(job: JobRun) -> None:
        for number, baris in enumerate(rows, 1):
            ...
            job.progress(number, len(rows), "Memeriksa baris")

Handlers stand in an app's `tasks.py`, which every process loads at start.

**A handler must be idempotent.** A worker may be killed at any line and the job is then
run again from its beginning: look up what is already there, write in short
transactions, and let a unique constraint or a state decide what still has to be done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User
    from bkpsdmd.jobs.models import Job
    from bkpsdmd.jobs.running import JobRun

Handler = Callable[["JobRun"], None]
Guard = Callable[["Job", "User"], bool]


@dataclass(frozen=True)
class Kind:
    name: str
    label: str
    max_attempts: int
    permission: str | None
    handler: Handler
    guard: Guard | None = None
    keep_file: dt.timedelta | None = None


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    *,
    label: str,
    max_attempts: int = 3,
    permission: str | None = None,
    guard: Guard | None = None,
    keep_file: dt.timedelta | None = None,
) -> Callable[[Handler], Handler]:
    """Make the function the handler of jobs of this kind (see above).

    Who lost `permission` since asking for the job cannot fetch its file any more, nor
    whom `guard` refuses: it is asked each time, with the job and the user. A file that
    must not lie about is kept for `keep_file` only, and can be deleted by its owner.
    """

    def decorate(handler: Handler) -> Handler:
        if name in _kinds:
            raise ValueError(f"job kind {name!r} is registered twice")
        _kinds[name] = Kind(
            name, label, max_attempts, permission, handler, guard, keep_file
        )
        return handler

    return decorate


def get_kind(name: str) -> Kind:
    """Return the kind, or raise KeyError: a job of a kind that no code registers."""
    return _kinds[name]


def find_permission(name: str) -> str | None:
    """Return what a person needs to fetch this kind's file, if it asks for anything."""
    kind = _kinds.get(name)
    return kind.permission if kind else None


def find_guard(name: str) -> Guard | None:
    """Return what else decides who may fetch this kind's file."""
    kind = _kinds.get(name)
    return kind.guard if kind else None


def find_keep_file(name: str) -> dt.timedelta | None:
    """Return how long a file of this kind is kept, where that is less than others."""
    kind = _kinds.get(name)
    return kind.keep_file if kind else None


def list_short_kept() -> dict[str, dt.timedelta]:
    """Return the kinds whose files are kept for a short time only."""
    return {kind.name: kind.keep_file for kind in _kinds.values() if kind.keep_file}
