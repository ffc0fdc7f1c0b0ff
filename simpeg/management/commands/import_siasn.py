"""`manage.py import_siasn FILE`: examine an export of SIASN and apply it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bkpsdmd.exceptions import DomainError
from simpeg.services.siasn import import_file
from simpeg.siasn.kolom import get_label

DITOLAK, TIDAK_TERBACA = 1, 2


class Command(BaseCommand):
    help = (
        "Impor ekspor SIASN (CSV atau XLSX). Keluar 0; 1 bila ada baris yang ditolak; 2 "
        "bila berkas tidak terbaca."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="periksa saja, jangan tulis apa pun"
        )
        parser.add_argument(
            "--json", action="store_true", help="cetak hasil sebagai JSON"
        )
        parser.add_argument(
            "--into-demo",
            action="store_true",
            help="izinkan pada portal yang berisi data contoh",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            hasil = import_file(
                options["file"],
                per_tanggal=timezone.localdate(),
                is_coba=options["dry_run"],
                is_ke_contoh=options["into_demo"],
            )
        except OSError as error:
            raise CommandError(
                f"{options['file']}: {error.strerror}", returncode=TIDAK_TERBACA
            ) from None
        except DomainError as error:
            raise CommandError(error.pesan, returncode=TIDAK_TERBACA) from None
        if options["json"]:
            self.stdout.write(json.dumps(hasil, ensure_ascii=False, indent=2))
        else:
            self._print(hasil, is_coba=options["dry_run"])
        if hasil["ditolak"]:
            raise SystemExit(DITOLAK)

    def _print(self, hasil: dict[str, Any], *, is_coba: bool) -> None:
        akan = "akan " if is_coba else ""
        self.stdout.write(
            f"{hasil['baris']} baris: {hasil['baru']} {akan}baru, {hasil['berubah']} "
            f"{akan}berubah, {hasil['sama']} sama, {hasil['ditolak']} ditolak, "
            f"{hasil['peringatan']} dengan peringatan."
        )
        for satu in hasil["catatan"]:
            self.stdout.write(
                f"Baris {satu['baris']}, {get_label(satu['kolom'])} "
                f"[{satu['tingkat']} {satu['kode']}]: {satu['pesan']}"
            )
