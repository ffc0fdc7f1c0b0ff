"""Who reads which regulation: derived from the source, so that it is never stale.

A module reads a regulation where its name stands in the text, `"simpeg/gaji_cpns"` or
with a part filled in, `f"simpeg/gaji_pokok_{jenis}"`. A topic reads what the modules of
the rules it calls read, and what those import from their own app.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bkpsdmd.regulations import list_regulasi
from bkpsdmd.regulations.reader import ROOT

from .registry import Topik, list_topik

# Names of the layers in which a reader is found; the others hand its results on.
LAPISAN = ("rules", "services", "selectors", "laporan", "kalkulator")


def list_modul(nama: str) -> list[str]:
    """Return the modules that read the regulation, as dotted names."""
    return sorted(modul for modul, dibaca in _index().items() if nama in dibaca)


def list_topik_pemakai(nama: str) -> list[Topik]:
    """Return the topics whose answer may rest on the regulation."""
    return [topik for topik in list_topik() if nama in list_regulasi_topik(topik)]


def list_regulasi_topik(topik: Topik) -> tuple[str, ...]:
    """Return the names of the regulations behind a topic, sorted."""
    return _read_topik(topik.nama, topik.compute, topik.kode.__module__)


@cache
def _read_topik(
    nama: str, compute: Callable[..., Any], modul_kode: str
) -> tuple[str, ...]:
    tujuan = {modul_kode, *_list_called(compute)}
    lihat: set[str] = set()
    while tujuan:
        modul = tujuan.pop()
        if modul not in lihat:
            lihat.add(modul)
            tujuan |= _imports().get(modul, frozenset()) - lihat
    dibaca = (_index().get(modul, frozenset()) for modul in lihat)
    return tuple(sorted(set().union(*dibaca)))


def _list_called(function: Any, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the modules of what the function calls, through its own module."""
    kode = getattr(function, "__code__", None)
    if kode is None or function.__qualname__ in seen:
        return
    for nama in kode.co_names:
        dipanggil = function.__globals__.get(nama)
        modul = getattr(dipanggil, "__module__", None)
        if modul == function.__module__:
            yield from _list_called(dipanggil, seen | {function.__qualname__})
        elif isinstance(modul, str) and callable(dipanggil):
            yield modul


# -- The source ----------------------------------------------------------------------


@cache
def _trees() -> Mapping[str, ast.Module]:
    """Return the parsed modules in which a regulation may be read."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in _list_files()
    }


def _list_files() -> Iterator[Path]:
    for app in sorted({nama.partition("/")[0] for nama in list_regulasi()}):
        for lapisan in LAPISAN:
            yield from sorted((ROOT / app / lapisan).rglob("*.py"))
            satu = ROOT / app / f"{lapisan}.py"
            if satu.exists():
                yield satu


@cache
def _index() -> Mapping[str, frozenset[str]]:
    """Return what each module reads."""
    dikenal = list_regulasi()
    return {
        modul: frozenset(
            nama
            for pola in _list_patterns(pohon)
            for nama in dikenal
            if re.fullmatch(pola, nama)
        )
        for modul, pohon in _trees().items()
    }


def _list_patterns(pohon: ast.Module) -> set[str]:
    pola = set()
    for simpul in ast.walk(pohon):
        if isinstance(simpul, ast.Constant) and isinstance(simpul.value, str):
            if re.fullmatch(r"[a-z]+/[a-z0-9_]+", simpul.value):
                pola.add(re.escape(simpul.value))
        elif isinstance(simpul, ast.JoinedStr):
            awal = simpul.values[0]
            # Without a folder in front it would match the names of every app.
            if isinstance(awal, ast.Constant) and re.match(
                r"[a-z]+/[a-z0-9_]*\Z", str(awal.value)
            ):
                pola.add("".join(map(_pattern, simpul.values)))
    return pola


def _pattern(bagian: ast.expr) -> str:
    if isinstance(bagian, ast.Constant):
        return re.escape(str(bagian.value))
    return r"[a-z0-9_]+"


@cache
def _imports() -> Mapping[str, frozenset[str]]:
    """Return which rules each module of rules imports, by dotted name."""
    return {
        modul: frozenset(_list_imports(modul, pohon))
        for modul, pohon in _trees().items()
        if ".rules." in modul
    }


def _list_imports(modul: str, pohon: ast.Module) -> Iterator[str]:
    paket = modul.rpartition(".")[0]
    for simpul in ast.walk(pohon):
        if isinstance(simpul, ast.ImportFrom):
            asal = simpul.module or ""
            if simpul.level:
                asal = ".".join(filter(None, (paket, asal)))
            yield asal
            yield from (f"{asal}.{nama.name}" for nama in simpul.names)
