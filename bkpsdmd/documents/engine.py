"""Typst, and nothing of Django: this module also runs alone, as a process of its own.

A table of 5,000 rows needs close to 1 GB while it is set, and the compiler keeps its
cache afterwards. `compile_pdf_apart` gives all of it back when the process ends.
"""

import datetime as dt
import io
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "typst"
FONTS = FOLDER / "fonts"
PROJECT = FOLDER.parent.parent

# Tags describe each cell: a long table grows to many times its size. Packing the objects
# into streams gives most of it back and keeps the file PDF/A-2.
PACK_ABOVE_BYTES = 300_000
# Of the number that stands before each paper where several leave the process.
LENGTH_BYTES = 8


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FONTS)],
    )


def compile_pdf(
    template: str, payload: dict[str, object], *, created_at: dt.datetime, tagged: bool
) -> bytes:
    """Return PDF/A-2a with PDF/UA-1 tags, or PDF/A-2b without tags.

    The root is the template folder, so a template can read nothing else; the payload
    enters as one JSON text and never becomes part of the source.
    """
    compiler = _compiler(template, payload)
    pdf = compiler.compile(
        format="pdf",
        pdf_standards=["a-2a", "ua-1"] if tagged else ["a-2b"],
        pdf_tags=tagged,
        timestamp=int(created_at.timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returned no PDF")
    return _pack(pdf) if tagged and len(pdf) > PACK_ABOVE_BYTES else pdf


def list_warnings(template: str, payload: dict[str, object]) -> list[str]:
    """Return what the compiler finds odd in a template, such as a missing font."""
    compiler = _compiler(template, payload)
    _pdf, found = compiler.compile_with_warnings(format="pdf")
    return [warning.message for warning in found]


def _compiler(template: str, payload: dict[str, object]) -> typst.Compiler:
    if not re.fullmatch(r"[a-z0-9_]+", template):
        raise ValueError(f"Not a template name: {template!r}")
    return typst.Compiler(
        input=str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"masukan": json.dumps(payload, ensure_ascii=False)},
    )


def _pack(pdf: bytes) -> bytes:
    # Needed for long tagged papers only, and slow to load.
    import pikepdf

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )
    return packed.getvalue()


def compile_pdf_apart(
    template: str,
    payload: dict[str, object],
    *,
    created_at: dt.datetime,
    tagged: bool,
    timeout_seconds: float,
) -> bytes:
    """Do the same in a process that ends afterwards.

    Raises subprocess.TimeoutExpired, and RuntimeError with the compiler's words.
    """
    order = {
        "template": template,
        "payload": payload,
        "created_at": created_at.isoformat(),
        "tagged": tagged,
    }
    done = subprocess.run(
        [sys.executable, "-m", "bkpsdmd.documents.engine"],
        input=json.dumps(order, ensure_ascii=False).encode(),
        capture_output=True,
        cwd=PROJECT,
        timeout=timeout_seconds,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def compile_many_apart(
    template: str,
    shared: dict[str, object],
    papers: Sequence[tuple[dict[str, object], dt.datetime]],
    *,
    tagged: bool,
    timeout_seconds: float,
) -> list[bytes]:
    """Return a PDF for each of `papers`, all set in one process of its own.

    `shared` is the part of the payload they have in common. Raises as
    `compile_pdf_apart` does.
    """
    order = {
        "template": template,
        "shared": shared,
        "tagged": tagged,
        "papers": [(payload, made.isoformat()) for payload, made in papers],
    }
    done = subprocess.run(
        [sys.executable, "-m", "bkpsdmd.documents.engine"],
        input=json.dumps(order, ensure_ascii=False).encode(),
        capture_output=True,
        cwd=PROJECT,
        timeout=timeout_seconds,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return _split(done.stdout)


def _split(output: bytes) -> list[bytes]:
    """Take apart what `_main_many` wrote: each paper after its length."""
    papers, start = [], 0
    while start < len(output):
        length = int.from_bytes(output[start : start + LENGTH_BYTES], "big")
        start += LENGTH_BYTES
        papers.append(output[start : start + length])
        start += length
    return papers


def _main_many(order: dict[str, Any]) -> None:
    for payload, made in order["papers"]:
        pdf = compile_pdf(
            order["template"],
            {**order["shared"], **payload},
            created_at=dt.datetime.fromisoformat(made),
            tagged=order["tagged"],
        )
        sys.stdout.buffer.write(len(pdf).to_bytes(LENGTH_BYTES, "big") + pdf)


def main() -> None:
    order = json.load(sys.stdin.buffer)
    if "papers" in order:
        _main_many(order)
        return
    pdf = compile_pdf(
        order["template"],
        order["payload"],
        created_at=dt.datetime.fromisoformat(order["created_at"]),
        tagged=order["tagged"],
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
