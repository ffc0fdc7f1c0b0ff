"""Publish the report of a period from a script; twice is as good as once."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.formats import format_waktu
from reporting.choices import JenisLaporan
from reporting.periode import Periode
from reporting.services import fetch_json, fetch_pdf, publish_laporan


class Command(BaseCommand):
    help = (
        "Menerbitkan laporan berkala sebuah periode, bila belum terbit. Keluar dengan "
        "kode 2 bila periodenya belum berakhir atau tidak dapat dilaporkan."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--jenis", required=True, choices=list(map(str, JenisLaporan))
        )
        parser.add_argument(
            "--periode", required=True, help="misalnya 2026-Q3, 2026-S1, 2026-09, 2026"
        )
        parser.add_argument("--output", type=Path, help="simpan PDF-nya ke berkas ini")
        parser.add_argument("--json", type=Path, help="simpan datanya ke berkas ini")

    def handle(self, *args: Any, **options: Any) -> None:
        targets = [(options["output"], fetch_pdf), (options["json"], fetch_json)]
        # Before anything is published: a mistyped folder is no reason to do it twice.
        for path, _ in targets:
            if path and not path.parent.is_dir():
                raise CommandError(f"Folder {path.parent} tidak ada.", returncode=2)
        try:
            laporan = publish_laporan(
                jenis=JenisLaporan(options["jenis"]),
                periode=Periode.parse(options["periode"]),
                by=None,
                per_saat=timezone.now(),
            )
            for path, fetch in targets:
                if path:
                    path.write_bytes(fetch(laporan=laporan, by=None))
        except DomainError as error:
            raise CommandError(error.pesan, returncode=2) from None
        except OSError as error:
            raise CommandError(
                f"Berkas tidak dapat ditulis: {error}", returncode=2
            ) from None
        self.stdout.write(
            f"{laporan}, terbit {format_waktu(laporan.published_at)}, sidik data "
            f"{laporan.sha256_data}"
        )
