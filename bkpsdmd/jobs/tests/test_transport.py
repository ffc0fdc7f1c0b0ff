import os
import subprocess
import sys
import threading
from queue import Empty

import pytest
from django.conf import settings
from kombu import Connection
from kombu.utils.imports import symbol_by_name

TRANSPORT = "bkpsdmd.jobs.transport:Transport"
PROCESSES, THREADS, EACH = 3, 3, 20
# Processes, not threads alone: within one, the interpreter's lock hides the gap.
WRITER = f"""
import sys, threading
from kombu import Connection
from kombu.utils.imports import symbol_by_name

def write(name):
    folder = sys.argv[1]
    options = dict(
        data_folder_in=folder, data_folder_out=folder, control_folder=folder + "/kendali"
    )
    transport = symbol_by_name(sys.argv[2])
    with Connection(transport=transport, transport_options=options) as connection:
        queue = connection.SimpleQueue("uji")
        for turn in range({EACH}):
            queue.put({{"dari": name, "ke": turn, "isi": "x" * 200_000}})

threads = [
    threading.Thread(target=write, args=[f"{{sys.argv[3]}}-{{n}}"]) for n in range({THREADS})
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


@pytest.fixture
def connect(tmp_path):
    opened = []

    def open_connection():
        options = {
            "data_folder_in": str(tmp_path),
            "data_folder_out": str(tmp_path),
            "control_folder": str(tmp_path / "kendali"),
        }
        opened.append(
            Connection(transport=symbol_by_name(TRANSPORT), transport_options=options)
        )
        return opened[-1]

    yield open_connection
    for one in opened:
        one.close()


def test_messages_of_many_writers_are_never_read_half_written(connect, tmp_path):
    writers = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", WRITER, str(tmp_path), TRANSPORT, str(number)],
            cwd=settings.BASE_DIR,
            env={**os.environ, "PYTHONPATH": str(settings.BASE_DIR)},
        )
        for number in range(PROCESSES)
    ]
    seen = []
    pause = threading.Event()
    with connect().SimpleQueue("uji") as queue:
        while True:
            ended = all(writer.poll() is not None for writer in writers)
            try:
                message = queue.get_nowait()
            except Empty:
                if ended:
                    break
                pause.wait(0.002)
                continue
            seen.append((message.payload["dari"], message.payload["ke"]))
            assert len(message.payload["isi"]) == 200_000
            message.ack()

    assert [writer.returncode for writer in writers] == [0] * PROCESSES
    assert sorted(seen) == [
        (f"{process}-{thread}", turn)
        for process in range(PROCESSES)
        for thread in range(THREADS)
        for turn in range(EACH)
    ]


def test_first_table_of_an_exchange_never_replaces_that_of_another_process(
    connect, tmp_path, monkeypatch
):
    with connect().channel() as channel:
        channel._queue_bind("uji-tabel", "a", "", "a")
        # As if the other process had made the table after we looked for it.
        with monkeypatch.context() as patch:
            patch.setattr("pathlib.Path.exists", lambda path: False)
            patch.setattr(
                "kombu.transport.filesystem.Channel._queue_bind", lambda *args: None
            )
            channel._queue_bind("uji-tabel", "b", "", "b")
        channel._queue_bind("uji-tabel", "c", "", "c")

        assert {row.queue for row in channel.get_table("uji-tabel")} == {"a", "c"}
    assert [path.name for path in (tmp_path / "kendali").iterdir()] == [
        "uji-tabel.exchange"
    ]


def test_a_message_survives_until_somebody_reads_it(connect):
    # A queue of its own: kombu remembers per process what it has declared.
    with connect().SimpleQueue("uji-simpan") as queue:
        queue.put({"job": 1})
    with connect().SimpleQueue("uji-simpan") as queue:
        message = queue.get(timeout=1)
        message.ack()
    assert message.payload == {"job": 1}
