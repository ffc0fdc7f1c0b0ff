"""Reading what a stranger made in a process that ends afterwards, within its limits."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from typing import Any

from bkpsdmd.documents.engine import PROJECT

logger = logging.getLogger(__name__)

SECONDS = 20
# Each may use its memory: so many at a time in one web process.
_turns = threading.BoundedSemaphore(2)


def run_apart(module: str, data: bytes) -> Any:
    """Return what a module says in JSON of these bytes; None where it came to no end.

    The module sets its own limits of memory and time.
    """
    if not _turns.acquire(timeout=SECONDS):
        logger.warning("too many files wait for %s", module)
        return None
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module
            [sys.executable, "-m", module],
            input=data,
            capture_output=True,
            cwd=PROJECT,
            timeout=SECONDS,
            check=False,
        )
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        logger.warning("a file could not be read within the limits of %s", module)
        return None
    finally:
        _turns.release()
