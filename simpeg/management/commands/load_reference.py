"""`manage.py load_reference`: reference tables from the files of the portal."""

from typing import Any

from django.core.management import BaseCommand

from bkpsdmd.documents.services import ensure_kantor
from simpeg.services.referensi import load_referensi


class Command(BaseCommand):
    help = (
        "Memuat data acuan (golongan, kedudukan hukum, daftar SIASN, jabatan "
        "fungsional). Boleh diulang; isian kantor sendiri tidak ditimpa."
    )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        ensure_kantor()
        hasil = load_referensi()
        if verbosity == 0:
            return
        for satu in hasil:
            self.stdout.write(
                f"{satu.tabel:<24} {satu.baru:>5} baru {satu.berubah:>5} berubah "
                f"{satu.sama:>5} tetap"
            )
