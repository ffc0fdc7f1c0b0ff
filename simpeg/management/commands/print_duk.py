"""`manage.py print_duk`: the official daftar urut kepangkatan as a file."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bkpsdmd.exceptions import DomainError
from simpeg.models import UnitKerja
from simpeg.services.duk import write_duk


class Command(BaseCommand):
    help = "Tulis daftar urut kepangkatan (DUK) ke berkas PDF atau XLSX."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--per-tanggal", required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--unit", metavar="KODE", help="kosong: seluruh instansi")
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path = options["output"]
        bentuk = output.suffix.lower().lstrip(".")
        if bentuk not in {"pdf", "xlsx"}:
            raise CommandError("--output harus berakhir .pdf atau .xlsx")
        try:
            per_tanggal = dt.date.fromisoformat(options["per_tanggal"])
        except ValueError:
            raise CommandError(
                "--per-tanggal harus tanggal YYYY-MM-DD, mis. 2026-12-31"
            ) from None
        try:
            content = write_duk(
                unit=_find_unit(options["unit"]),
                per_tanggal=per_tanggal,
                bentuk=bentuk,
                by=None,
                dibuat=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(error.pesan) from None
        output.write_bytes(content)
        self.stdout.write(f"Tersimpan: {output}")


def _find_unit(kode: str | None) -> UnitKerja:
    units = UnitKerja.objects.all()
    unit = units.filter(kode=kode).first() if kode else units.filter(depth=1).first()
    if unit is None:
        raise CommandError(
            f"--unit {kode!r} tidak ada" if kode else "belum ada unit kerja"
        )
    return unit
