"""Finds what is wrong with a regulation file before a wrong figure is paid out."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from .ketentuan import Kepastian
from .reader import HEADER, TIPE_KOLOM, find_header, read_table, read_yaml

KUNCI_WAJIB = {"uraian", "satuan", "diperiksa", "riwayat"}
KUNCI_TABEL = {"kolom", "kunci"}
VERSI_WAJIB = {"berlaku", "dasar_hukum", "kepastian"}
VERSI_BOLEH = {"nilai", "diundangkan", "catatan", "sumber"}
TEKS = ("dasar_hukum", "catatan", "sumber")


def list_faults(root: Path, nama: str) -> list[str]:
    """Return one English sentence per fault of the regulation, [] when it is sound."""
    header = find_header(root, nama)
    try:
        isi = read_yaml(header)
    except yaml.YAMLError as error:
        return [f"{nama}: not readable: {' '.join(str(error).split())}"]
    if not isinstance(isi, dict):
        return [f"{nama}: the file is not a mapping"]
    return [f"{nama}: {fault}" for fault in _check_header(isi, header)]


def _check_header(isi: dict[str, Any], header: Path) -> Iterator[str]:
    is_table = header.name == HEADER
    wajib = KUNCI_WAJIB | (KUNCI_TABEL if is_table else set())
    yield from _check_keys(isi, wajib, set(), "header")
    if wajib - set(isi):
        return
    for kunci in ("uraian", "satuan"):
        if not _is_text(isi[kunci]):
            yield f"{kunci} must be a sentence"
    if type(isi["diperiksa"]) is not date:
        yield "diperiksa must be a date"
    riwayat = isi["riwayat"]
    if not isinstance(riwayat, list) or not riwayat:
        yield "riwayat must list at least one version"
        return
    for nomor, versi in enumerate(riwayat, start=1):
        yield from _check_versi(versi, f"version {nomor}", is_table=is_table)
    yield from _check_dates(riwayat)
    if is_table:
        yield from _check_tables(isi, header.parent)


def _check_versi(versi: Any, tempat: str, *, is_table: bool) -> Iterator[str]:
    if not isinstance(versi, dict):
        yield f"{tempat} is not a mapping"
        return
    wajib = VERSI_WAJIB | (set() if is_table else {"nilai"})
    yield from _check_keys(versi, wajib, VERSI_BOLEH, tempat)
    for kunci in TEKS:
        if kunci in versi and not _is_text(versi[kunci]):
            yield f"{tempat}: {kunci} must be a sentence"
    for kunci in ("berlaku", "diundangkan"):
        if kunci in versi and type(versi[kunci]) is not date:
            yield f"{tempat}: {kunci} must be a date"
    if versi.get("kepastian") not in list(Kepastian):
        yield f"{tempat}: kepastian must be one of {', '.join(Kepastian)}"
    if is_table and versi.get("nilai") is not None:
        yield f"{tempat}: the value of a table stands in its CSV"


def _check_keys(
    isi: dict[str, Any], wajib: set[str], boleh: set[str], tempat: str
) -> Iterator[str]:
    for kunci in sorted(wajib - set(isi)):
        yield f"{tempat}: {kunci} is missing"
    for kunci in sorted(set(map(str, isi)) - wajib - boleh):
        yield f"{tempat}: unknown key {kunci}"


def _check_dates(riwayat: list[Any]) -> Iterator[str]:
    tanggal = [
        versi["berlaku"]
        for versi in riwayat
        if type(versi) is dict and "berlaku" in versi
    ]
    if all(type(hari) is date for hari in tanggal) and tanggal != sorted(set(tanggal)):
        yield "riwayat must be sorted by berlaku, each date once"


def _check_tables(isi: dict[str, Any], folder: Path) -> Iterator[str]:
    kolom = isi["kolom"]
    if not isinstance(kolom, dict) or not set(kolom.values()) <= set(TIPE_KOLOM):
        yield f"kolom must give each column one of {', '.join(TIPE_KOLOM)}"
        return
    if not isinstance(isi["kunci"], list) or not set(isi["kunci"]) <= set(kolom):
        yield "kunci must list columns of kolom"
        return
    wanted = {
        f"{versi.get('berlaku')}.csv"
        for versi in isi["riwayat"]
        if isinstance(versi, dict) and "nilai" not in versi
    }
    found = {path.name for path in folder.glob("*.csv")}
    for name in sorted(wanted - found):
        yield f"{name} is missing"
    for name in sorted(found - wanted):
        yield f"{name} belongs to no version in {HEADER}"
    for name in sorted(wanted & found):
        yield from _check_table(folder / name, kolom, isi["kunci"])


def _check_table(
    path: Path, kolom: Mapping[str, str], kunci: list[str]
) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        judul = next(csv.reader(file), [])
    if judul != list(kolom):
        yield f"{path.name}: the columns must be {','.join(kolom)}"
        return
    try:
        baris = read_table(path, kolom)
    except (ArithmeticError, ValueError, TypeError) as error:
        yield f"{path.name}: {error}"
        return
    if not baris:
        yield f"{path.name}: no rows"
    if len({tuple(row[name] for name in kunci) for row in baris}) != len(baris):
        yield f"{path.name}: two rows share {', '.join(kunci)}"


def _is_text(nilai: Any) -> bool:
    return isinstance(nilai, str) and bool(nilai.strip())
