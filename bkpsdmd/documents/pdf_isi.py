"""Looking into a PDF, and nothing of Django: this runs as a process of its own.

Everybody may send a file for the own archive. One of 400 KB unpacks to gigabytes while
its objects are read, so the reading ends with its process: at a limit of memory and of
time the kernel ends it.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf

MEMORY_BYTES = 400_000_000
CPU_SECONDS = 8
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"}
ACTIVE_KEYS = {"/JS", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}


def look_into(content: bytes) -> tuple[str, int]:
    """Return "aman" or what is wrong with it, and how many pages there are."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            is_active = any(map(_is_active, _walk(pdf)))
            halaman = len(pdf.pages)
            # What did not fit into memory was left out: nobody has looked at it.
            if any("bad_alloc" in one for one in pdf.get_warnings()):
                return "berat", 0
            return "aktif" if is_active else "aman", halaman
    except pikepdf.PasswordError:
        return "berkata_sandi", 0
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return "rusak", 0


def _walk(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary of the file, those inside others too."""
    pending: list[Any] = [*pdf.objects, pdf.trailer]
    while pending:
        item = pending.pop()
        if isinstance(item, pikepdf.Array):
            # What has a number of its own is in pdf.objects already.
            pending.extend(child for child in item if _is_inline(child))
        elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            yield item
            pending.extend(child for child in item.values() if _is_inline(child))


def _is_inline(value: Any) -> bool:
    return isinstance(value, (pikepdf.Array, pikepdf.Dictionary)) and not (
        value.is_indirect
    )


def _is_active(item: pikepdf.Object) -> bool:
    keys = set(item.keys())
    action = item.get("/S")
    return bool(keys & ACTIVE_KEYS) or (
        isinstance(action, pikepdf.Name) and str(action) in ACTIVE_ACTIONS
    )


def main() -> None:
    """Read a PDF from stdin, write what it is to stdout as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    logging.disable()
    json.dump(look_into(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
