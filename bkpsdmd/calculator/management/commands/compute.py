"""`manage.py compute TOPIC`: cases as a JSON array in, answers as a JSON array out."""

import json
import logging
import sys
from argparse import ArgumentParser
from datetime import date
from decimal import Decimal, InvalidOperation
from traceback import extract_tb
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bkpsdmd.calculator.masukan import KodeMasukan
from bkpsdmd.calculator.registry import Topik, evaluate, find_topik, list_topik
from bkpsdmd.exceptions import DomainError

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Hitung kasus-kasus satu topik: larik JSON dari masukan baku ke keluaran baku."
    )
    # Nothing here touches the database, and scripts call it often.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("topik", nargs="?", metavar="TOPIC")
        parser.add_argument(
            "--list", action="store_true", help="Tampilkan topik dan kunci masukannya."
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
        jawaban = [_answer(topik, kasus, hari_ini) for kasus in _read_array()]
        self.stdout.write(json.dumps(jawaban, default=_encode))


def _describe(topik: Topik) -> str:
    baris = (
        f"  {kunci.nama:<20} {kunci.wajib:<11} {kunci.tipe.uraian}"
        for kunci in topik.semua_kunci
    )
    return "\n".join((f"{topik.nama}: {topik.label}", *baris))


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
        return evaluate(topik, kasus, hari_ini=hari_ini).as_json()
    except DomainError as error:
        return {"galat": {"kode": error.kode, "pesan": error.pesan}}
    except Exception as error:
        # A fault of ours in one case must not cost the others their answer. The place
        # is logged, never the exception's text: it may quote personal data.
        tempat = extract_tb(error.__traceback__)[-1]
        logger.error(
            "compute %s: %s in %s:%s",
            topik.nama,
            type(error).__name__,
            tempat.filename,
            tempat.lineno,
        )
        galat = KodeMasukan.GALAT_PROGRAM
        return {"galat": {"kode": galat, "pesan": f"{galat.arti}; lihat log."}}


def _encode(nilai: object) -> str:
    if isinstance(nilai, date):
        return nilai.isoformat()
    if isinstance(nilai, Decimal):
        return f"{nilai:f}"
    raise TypeError(f"{type(nilai).__name__} has no place in an answer")
