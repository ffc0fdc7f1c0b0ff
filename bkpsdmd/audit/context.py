"""Where the present work comes from: a browser, a command, or a job."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """`channel`: laman, perintah, or tugas; `ip` only for a browser."""

    channel: str
    ip: str | None = None


_COMMAND = Source("perintah")
_source: ContextVar[Source] = ContextVar("audit_source", default=_COMMAND)


def get_source() -> Source:
    return _source.get()


@contextmanager
def source(channel: str, ip: str | None = None) -> Iterator[None]:
    token = _source.set(Source(channel, ip))
    try:
        yield
    finally:
        _source.reset(token)
