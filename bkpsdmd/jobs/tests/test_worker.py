"""A real portal with its own worker process, killed in the middle of a job."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

# Ten seconds: on a busy machine the job must not end before it is looked at.
STEPS = 100


class Portal:
    """An embedded portal in a folder of its own, with the kinds of work of the tests."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "settings_uji.py").write_text(
            "from bkpsdmd.settings import *\n"
            'CELERY_INCLUDE = ["bkpsdmd.jobs.tests.kinds"]\n'
            'ROLE_PROVIDER = "bkpsdmd.jobs.tests.kinds.provide_roles"\n'
            'ROLE_WORDS = ""\n'
        )
        dropped = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"}
        self.environment = {
            **{
                name: value for name, value in os.environ.items() if name not in dropped
            },
            "VAR_DIR": str(folder / "var"),
            "PORTAL": "kantor",
            "DJANGO_SETTINGS_MODULE": "settings_uji",
            "PYTHONPATH": f"{folder}{os.pathsep}{settings.BASE_DIR}",
            "LOG_LEVEL": "WARNING",
        }
        self.manage("migrate", "--verbosity=0")

    def manage(self, *words):
        subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=self.environment,
            check=True,
        )

    def start(self, *words):
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *words], cwd=settings.BASE_DIR, env=self.environment
        )

    def enqueue(self, notes):
        params = {"catatan": str(notes), "langkah": STEPS}
        self.manage(
            "shell",
            "--no-imports",
            "--command=from bkpsdmd.jobs.tests import kinds\n"
            "from bkpsdmd.jobs.services import enqueue\n"
            f"enqueue('uji.lambat', by=None, params={params!r})",
        )

    def job(self):
        """Return (state, attempts, done) of the one job."""
        path = self.folder / "var/kantor/portal.sqlite3"
        with closing(sqlite3.connect(path, timeout=20)) as database:
            return database.execute(
                "SELECT state, attempts, done FROM jobs_job"
            ).fetchone()


@pytest.fixture
def portal(tmp_path):
    return Portal(tmp_path)


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.1)
    pytest.fail(f"still not so after {seconds} s")


def list_descendants(pid):
    """Return the processes that a process started, and those that these started."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [*map(int, found), *(n for one in found for n in list_descendants(one))]


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_killed_worker_is_replaced_and_its_job_done_again(portal, tmp_path):
    notes = tmp_path / "catatan"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = portal.start("bkpsdmd.serve", f"--port={port}", f"--address={address}")
    try:
        portal.enqueue(notes)
        wait_for(lambda: notes.exists() and len(notes.read_text().split()) >= 3)
        before = list_descendants(server.pid)
        [worker] = [
            pid
            for pid in map(
                int,
                Path(f"/proc/{server.pid}/task/{server.pid}/children")
                .read_text()
                .split(),
            )
            if b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]
        assert portal.job()[:2] == ("berjalan", 1)

        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: portal.job()[0] == "selesai")

        assert portal.job() == ("selesai", 2, STEPS)
        steps = [int(step) for step in notes.read_text().split()]
        assert steps[-STEPS:] == list(range(1, STEPS + 1))
        assert len(steps) > STEPS
        with urllib.request.urlopen(f"{address}/healthz") as answer:  # noqa: S310
            assert json.load(answer)["worker"] == "ok"

        after = list_descendants(server.pid)
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
        wait_for(lambda: not any(map(is_running, {*before, *after})), 5)
    finally:
        server.kill()
        server.wait()


def test_a_stopped_worker_gives_its_job_to_the_next_one(portal, tmp_path):
    notes = tmp_path / "catatan"
    command = ["celery", "--app=bkpsdmd.celery", "--quiet", "worker", "--pool=threads"]
    worker = portal.start(*command)
    try:
        portal.enqueue(notes)
        wait_for(lambda: notes.exists() and len(notes.read_text().split()) >= 3)

        worker.terminate()
        assert worker.wait(15) == 0
        # Not one of three attempts: nothing went wrong.
        assert portal.job()[:2] == ("menunggu", 0)

        worker = portal.start(*command)
        wait_for(lambda: portal.job()[0] == "selesai")
        assert portal.job()[1:] == (1, STEPS)
    finally:
        worker.kill()
        worker.wait()
