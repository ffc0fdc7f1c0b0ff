import threading

import pytest

from bkpsdmd import serve


class FakeChild:
    """Alive as long as its list of answers says so, then dead."""

    def __init__(self, *alive):
        self.alive = list(alive)
        self.starts = 0

    def is_alive(self):
        return self.alive.pop(0) if self.alive else False

    def start(self):
        self.starts += 1

    def clear(self, timeout=0):
        pass


class ImpatientEvent:
    """An event whose waits take no time and that is set after so many of them."""

    def __init__(self, turns):
        self.turns = turns

    def wait(self, timeout):
        self.turns -= 1
        return self.turns < 0


ALWAYS = [True] * 100


def test_a_dead_worker_is_started_again():
    worker = FakeChild(True, False, True, True)

    assert serve._watch(FakeChild(*ALWAYS), worker, ImpatientEvent(4)) == 0
    assert worker.starts == 1


def test_a_worker_that_keeps_dying_ends_the_portal(capsys):
    worker = FakeChild()

    assert serve._watch(FakeChild(*ALWAYS), worker, ImpatientEvent(99)) == 1
    assert worker.starts == serve.MOST_DEATHS
    assert "Pekerja latar terus berhenti" in capsys.readouterr().out


def test_a_dead_web_server_ends_the_portal():
    worker = FakeChild(*ALWAYS)

    assert serve._watch(FakeChild(True, False), worker, ImpatientEvent(99)) == 1
    assert worker.starts == 0


def test_a_used_port_is_refused_before_anything_starts(capsys, monkeypatch):
    monkeypatch.setattr(serve, "Child", lambda *argv: pytest.fail("started"))
    with serve.socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert serve.main(["--port", str(port), "--address", "x"]) == 1
    assert f"Pangkalan {port} sedang dipakai" in capsys.readouterr().err


def test_a_child_is_cleared_away_with_all_it_started(tmp_path, monkeypatch):
    # A worker killed by the system leaves its scheduler behind, in the same group.
    (tmp_path / "anak.py").write_text(
        "import pathlib, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "pathlib.Path('cucu').write_text(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    child = serve.Child("anak")
    pause = threading.Event()
    for _ in range(200):
        if (tmp_path / "cucu").exists() and (tmp_path / "cucu").read_text():
            break
        pause.wait(0.05)
    grandchild = int((tmp_path / "cucu").read_text())

    child._process.kill()
    child.clear(5)

    assert not child.is_alive()
    for _ in range(100):
        if not _is_running(grandchild):
            break
        pause.wait(0.05)
    assert not _is_running(grandchild)


def _is_running(pid):
    """Tell whether it still runs; a zombie that nobody waits for does not."""
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
