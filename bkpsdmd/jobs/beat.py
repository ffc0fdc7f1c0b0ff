"""Celery's scheduler, which a power cut does not stop for good.

It keeps the times of the last runs in a shelve file. A write that was cut short leaves
bytes that cannot be read; Celery gets over some of them and stops at others, at each
start anew. Here such a file is moved aside and the schedule begins afresh: what is due
at the start runs then, the rest at its next time.
"""

from __future__ import annotations

import logging
import shelve
from contextlib import suppress
from pathlib import Path
from typing import Any

from celery.beat import PersistentScheduler

logger = logging.getLogger(__name__)

ASIDE = ".rusak"


class Scheduler(PersistentScheduler):
    def setup_schedule(self) -> None:
        try:
            super().setup_schedule()
        except Exception as error:
            self._store = self._destroy_open_corrupted_schedule(error)
            super().setup_schedule()

    def _destroy_open_corrupted_schedule(self, exc: Exception) -> shelve.Shelf[Any]:
        """Move the file aside, over one moved before, and open a new one."""
        if self._store is not None:
            # Now: closed later, it would write what it holds into the new file.
            with suppress(Exception):
                self._store.close()
        for suffix in self.known_suffixes:
            with suppress(FileNotFoundError):
                Path(f"{self.schedule_filename}{suffix}").replace(
                    f"{self.schedule_filename}{ASIDE}{suffix}"
                )
        logger.warning(
            "the schedule file could not be read (%s); it was moved to %s%s and the "
            "schedule begins afresh",
            type(exc).__name__,
            self.schedule_filename,
            ASIDE,
        )
        store: shelve.Shelf[Any] = self._open_schedule()
        return store
