"""`manage.py compute TOPIC`: cases as a JSON array in, answers as a JSON array out."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bkpsdmd.calculator.masukan import Boleh, Daftar, Kunci, Objek, Tipe
from bkpsdmd.calculator.registry import (
    Topik,
    evaluate_or_refuse,
    find_topik,
    list_topik,
)
from bkpsdmd.exceptions import DomainError


class Command(BaseCommand):
    help = (
        "Hitung kasus-kasus satu topik: larik JSON dari masukan baku ke keluaran baku. "
        "Dengan --list: tabel semua topik dan kunci masukannya."
    )
    # Nothing here touches the database, and scripts call it often.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("topik", nargs="?", metavar="TOPIC")
        parser.add_argument(
            "--list",
            action="store_true",
            help="Tampilkan tiap topik (`nama: judul`), di bawahnya satu baris per kunci: "
            "nama, wajib/opsional/seperlunya, jenis nilai. Kunci di dalam objek menjorok.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self.stdout.write("\n\n".join(map(_describe, list_topik())))
            return
        topik = find_topik(options["topik"] or "")
        if topik is None:
            nama = ", ".join(satu.nama for satu in list_topik())
            raise CommandError(f"Sebut satu topik: {nama}.", returncode=2)
        hari_ini = timezone.localdate()
        # Each answer becomes text at once: as objects, a large array's would fill the
        # memory and keep the collector busy.
        encode = json.JSONEncoder(default=_encode).encode
        jawaban = (encode(_answer(topik, kasus, hari_ini)) for kasus in _read_array())
        self.stdout.write(f"[{', '.join(jawaban)}]")


def _describe(topik: Topik) -> str:
    baris = (satu for kunci in topik.semua_kunci for satu in _list_baris(kunci, "  "))
    return "\n".join((f"{topik.nama}: {topik.label}", *baris))


def _list_baris(kunci: Kunci, sela: str) -> Iterator[str]:
    yield f"{sela}{kunci.nama:<20} {kunci.wajib:<11} {kunci.tipe.uraian}"
    tipe: Tipe = kunci.tipe
    while isinstance(tipe, Boleh | Daftar):
        tipe = tipe.isi
    if isinstance(tipe, Objek):
        for satu in tipe.kunci:
            yield from _list_baris(satu, f"{sela}  ")


def _read_array() -> list[Any]:
    try:
        isi = json.loads(
            sys.stdin.read().removeprefix("\ufeff"),
            parse_int=_parse_number,
            parse_float=_parse_number,
            parse_constant=_refuse_constant,
        )
    except (ValueError, RecursionError) as error:
        raise CommandError(
            f"Masukan bukan JSON yang terbaca: {error}", returncode=2
        ) from None
    if not isinstance(isi, list):
        raise CommandError("Masukan harus larik JSON.", returncode=2)
    return isi


def _parse_number(teks: str) -> int | Decimal | str:
    """Read a number exactly; one too long to be meant stays text, and is refused."""
    if len(teks) > 30:
        return teks
    try:
        return int(teks)
    except ValueError:
        pass
    try:
        return Decimal(teks)
    except InvalidOperation:
        return teks


def _refuse_constant(teks: str) -> None:
    raise ValueError(f"{teks} is not JSON")


def _answer(topik: Topik, kasus: Any, hari_ini: date) -> dict[str, Any]:
    try:
        return evaluate_or_refuse(topik, kasus, hari_ini=hari_ini).as_json()
    except DomainError as error:
        return {"galat": {"kode": error.kode, "pesan": error.pesan}}


def _encode(nilai: object) -> str:
    if isinstance(nilai, date):
        return nilai.isoformat()
    if isinstance(nilai, Decimal):
        return f"{nilai:f}"
    raise TypeError(f"{type(nilai).__name__} has no place in an answer")
