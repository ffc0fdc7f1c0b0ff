"""Guides with pictures, one per task, read from `docs/how-to/panduan`.

A guide is Markdown of a narrow kind: a title, who it is for, then numbered steps with
**bold** words, each with at most one picture on the line below it. Pictures are of the
demo office in a window of 1120 by 634, kept as WebP of 760 by 430.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

FOLDER = settings.BASE_DIR / "docs" / "how-to" / "panduan"
STATIS = "../../../static/"
# Every picture, so that a page keeps its shape while they come.
LEBAR, TINGGI = 760, 430
_LANGKAH = re.compile(r"\d+\. (.+)")
_GAMBAR = re.compile(r"   !\[(.+)\]\((.+)\)")


@dataclass(frozen=True)
class Langkah:
    """`gambar` is a path below the static files, "" where words are enough."""

    teks: SafeString
    gambar: str = ""
    keterangan: str = ""


@dataclass(frozen=True)
class Panduan:
    kunci: str
    judul: str
    untuk: str
    langkah: tuple[Langkah, ...]


@cache
def get_panduan(kunci: str) -> Panduan | None:
    """Return a guide, None where there is none. Raises ValueError for a line unknown."""
    path = FOLDER / f"{kunci}.md"
    if not kunci.replace("-", "").isalnum() or not path.is_file():
        return None
    judul, untuk, *rest = [line for line in path.read_text().splitlines() if line]
    langkah: list[Langkah] = []
    for line in rest:
        if found := _LANGKAH.fullmatch(line):
            langkah.append(Langkah(_write(found[1])))
        elif (found := _GAMBAR.fullmatch(line)) and langkah:
            gambar = found[2].removeprefix(STATIS)
            langkah[-1] = Langkah(langkah[-1].teks, gambar, found[1])
        else:
            raise ValueError(f"{path.name}: {line}")
    return Panduan(kunci, judul.removeprefix("# "), untuk, tuple(langkah))


def _write(teks: str) -> SafeString:
    """Return a step as HTML: everything is text but the words to press."""
    return mark_safe(re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(teks)))  # noqa: S308
