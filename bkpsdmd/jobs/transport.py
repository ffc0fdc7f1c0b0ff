"""The queue of a portal without a broker: kombu's folder of files, made safe to share.

The stock transport lets a reader see a message, or the table of an exchange, while it is
still being written, and a worker dies of the half-written JSON (kombu issue 1551). Here
each file is written aside, under a name no reader looks for, and then appears whole.
"""

import os
import time
import uuid
from pathlib import Path

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: object, **kwargs: object) -> None:  # type: ignore[override]
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        target = Path(self.data_folder_out) / name
        _write_aside(target, dumps(payload)).rename(target)

    def _queue_bind(
        self, exchange: str, routing_key: str, pattern: str, queue: str
    ) -> None:
        # Only a first, empty table has to appear whole: an existing one is changed under
        # a lock that readers respect. A link, unlike a rename, never replaces it.
        self.control_folder.mkdir(exist_ok=True)
        table = self._exchange_file(exchange)
        if not table.exists():
            aside = _write_aside(table, "[]")
            try:
                os.link(aside, table)
            except FileExistsError:
                pass
            finally:
                aside.unlink()
        super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    Channel = Channel


def _write_aside(target: Path, text: str) -> Path:
    aside = target.with_name(f".{uuid.uuid4().hex}")
    aside.write_text(text)
    return aside
