"""`manage.py seed_demo`: an invented office for an empty portal."""

import datetime as dt
import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from bkpsdmd.exceptions import DomainError
from simpeg.services.demo import AkunContoh, seed_demo

NAMA_BERKAS = "akun_contoh.txt"
LAPOR_TIAP = 20_000


class Command(BaseCommand):
    help = (
        "Mengisi portal kosong dengan kantor contoh: unit kerja, jabatan, dan pegawai "
        "rekaan beserta riwayatnya. Banyak, benih, dan tanggal yang sama memberi data "
        "yang sama. Satu akun tiap peran mendapat kata sandi yang ditampilkan sekali."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pegawai", type=int, required=True, help="banyak pegawai")
        parser.add_argument("--seed", type=int, default=1, help="benih acak (1)")
        parser.add_argument(
            "--per-tanggal",
            type=dt.date.fromisoformat,
            help="keadaan kantor per tanggal ini, YYYY-MM-DD (hari ini)",
        )

    def handle(self, *args: Any, pegawai: int, seed: int, **options: Any) -> None:
        try:
            hasil = seed_demo(
                banyak=pegawai,
                seed=seed,
                per_tanggal=options["per_tanggal"] or timezone.localdate(),
                progress=self.report,
            )
        except DomainError as error:
            raise CommandError(error.pesan) from None
        accounts = "".join(_line(akun) for akun in hasil.akun)
        _write_private(accounts)
        self.stdout.write(
            f"Kantor contoh: {hasil.pegawai} pegawai, {hasil.unit_kerja} unit kerja.\n"
            f"Akun contoh (juga di {settings.DATA_DIR / NAMA_BERKAS}):\n{accounts}"
        )

    def report(self, done: int) -> None:
        if done % LAPOR_TIAP == 0:
            self.stderr.write(f"{done} pegawai …")


def _line(akun: AkunContoh) -> str:
    return f"  {akun.peran.label:<26} {akun.username:<19} {akun.sandi}\n"


def _write_private(text: str) -> None:
    path = settings.DATA_DIR / NAMA_BERKAS
    path.unlink(missing_ok=True)
    with os.fdopen(
        os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w"
    ) as f:
        f.write(text)
