"""`manage.py first_admin`: the account with which an empty portal is opened."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from bkpsdmd.exceptions import DomainError
from simpeg.services.akses import create_first_admin


class Command(BaseCommand):
    help = (
        "Membuat akun admin pertama dan menampilkan kode sekali pakai untuknya. Ditolak "
        "bila portal sudah memiliki admin."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", default="admin", help="nama pengguna (admin)")
        parser.add_argument("--nama", default="Admin Portal", help="nama orangnya")

    def handle(self, *args: Any, username: str, nama: str, **options: Any) -> None:
        try:
            user, kode = create_first_admin(
                username=username, nama=nama, per_tanggal=timezone.localdate()
            )
        except DomainError as error:
            raise CommandError(error.pesan) from None
        self.stdout.write(
            f"Akun admin pertama: {user.username}\n"
            f"Kode sekali pakai:  {kode} (berlaku {settings.ACTIVATION_CODE_DAYS} hari)\n"
            "Buka halaman Aktivasi di portal, ketik nama pengguna dan kode ini, lalu buat "
            "kata sandi."
        )
