"""Web server and worker of a portal on one machine, as `script/server` starts them.

    python -m bkpsdmd.serve --host 127.0.0.1 --port 8000 --address http://127.0.0.1:8000/

A dead worker is started again; a dead web server, or a worker that keeps dying, ends
both. Each child leads a process group of its own, so that nothing is left behind.
"""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# So many deaths in so many seconds are no accident: something is wrong for good.
MOST_DEATHS, DEATH_SECONDS = 5, 60.0
STOP_SECONDS = 15.0
READY_SECONDS = 60.0


class Child:
    """A process with its group: started, asked to stop, and cleared away."""

    def __init__(self, *argv: str) -> None:
        self._argv = (sys.executable, "-m", *argv)
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  our own words
            self._argv,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            # Safe here: this process runs no other thread that could hold a lock.
            preexec_fn=_end_with_parent,
        )

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> None:
        self._process.terminate()

    def clear(self, timeout: float = 0) -> None:
        """Wait so long for the end, then end whatever is left of the group."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until a signal comes (0) or one of the two cannot go on (1)."""
    options = _parse(argv)
    if not _is_free(options.host, options.port):
        print(  # noqa: T201
            f"Pangkalan {options.port} sedang dipakai; pilih yang lain dengan --port.",
            file=sys.stderr,
        )
        return 1
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())

    # Papers name the address under which this portal is served, unless it is set.
    os.environ.setdefault("ALAMAT_PORTAL", options.address)
    web = Child(
        "gunicorn",
        "--config=deploy/gunicorn.conf.py",
        f"--bind={options.host}:{options.port}",
    )
    worker = Child(
        *("celery", "--app=bkpsdmd.celery", "--quiet", "worker", "--beat"),
        *("--pool=threads", f"--concurrency={options.concurrency}"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    )
    try:
        if _wait_until_ready(options, web, stopping):
            _announce(options)
        return _watch(web, worker, stopping)
    finally:
        for child in (web, worker):
            child.stop()
        deadline = time.monotonic() + STOP_SECONDS
        for child in (web, worker):
            child.clear(max(0.0, deadline - time.monotonic()))


def _watch(web: Child, worker: Child, stopping: threading.Event) -> int:
    deaths: list[float] = []
    while not stopping.wait(0.5):
        if not web.is_alive():
            _tell("Server web berhenti; portal diakhiri.")
            return 1
        if not worker.is_alive():
            now = time.monotonic()
            deaths = [at for at in deaths if now - at < DEATH_SECONDS] + [now]
            if len(deaths) > MOST_DEATHS:
                _tell("Pekerja latar terus berhenti; portal diakhiri.")
                return 1
            _tell("Pekerja latar berhenti dan dijalankan lagi.")
            worker.clear()
            worker.start()
    return 0


def _wait_until_ready(
    options: argparse.Namespace, web: Child, stopping: threading.Event
) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while web.is_alive() and time.monotonic() < deadline and not stopping.wait(0.2):
        if not _is_free(options.host, options.port):
            return True
    return False


def _announce(options: argparse.Namespace) -> None:
    accounts = options.accounts.read_text() if options.accounts else ""
    _tell(f"\nPortal siap: {options.address}\n{accounts}Hentikan dengan Ctrl-C.")


def _is_free(host: str, port: int) -> bool:
    """Tell whether nobody listens there yet."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) != 0


def _end_with_parent() -> None:
    """Ask Linux to end this child when the parent dies without a chance to do it."""
    if _libc is not None:
        _libc.prctl(1, signal.SIGTERM)


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _tell(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--address", required=True)
    parser.add_argument("--accounts", type=Path)
    parser.add_argument("--concurrency", type=int, default=4)
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
