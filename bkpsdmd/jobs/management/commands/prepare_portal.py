"""Everything between "installed" and "can be served"; safe to run at every start."""

import hashlib
import io
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command

from bkpsdmd.start import require_ready

DEMO_PEGAWAI = 600


class Command(BaseCommand):
    help = (
        "Menyiapkan portal sebelum dilayani: basis data, data acuan, berkas statis, dan "
        "pada kali pertama kantor contoh (demo) atau akun admin pertama (kantor)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--pegawai",
            type=int,
            default=DEMO_PEGAWAI,
            help="banyak pegawai rekaan pada kali pertama",
        )
        parser.add_argument(
            "--static-only",
            action="store_true",
            help="hanya berkas statis, oleh pemilik folder program saat memasang",
        )

    def handle(
        self, *args: Any, pegawai: int, static_only: bool, **options: Any
    ) -> None:
        if static_only:
            self.collect_static()
            return
        require_ready()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_reference", verbosity=0)
        self.collect_static()
        if get_user_model().objects.exists():
            return
        if settings.PORTAL == "demo":
            self.stdout.write(f"Membuat kantor contoh dengan {pegawai} pegawai …")
            # Its list of accounts is shown when the portal can be opened.
            call_command("seed_demo", pegawai=pegawai, stdout=io.StringIO())
        else:
            call_command("first_admin")

    def collect_static(self) -> None:
        """Collect and compress static files, unless they are those of the last time."""
        stamp = settings.STATIC_ROOT / "sidik.txt"
        current = _fingerprint()
        if stamp.exists() and stamp.read_text() == current:
            return
        self.stdout.write("Menyiapkan berkas statis …")
        # Old files stay: a page that is open in a browser still asks for them.
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(current)


def _fingerprint() -> str:
    """Return what changes when a static file does, without reading the files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = (
                path,
                storage.size(path),
                storage.get_modified_time(path).timestamp(),
            )
            digest.update(repr(state).encode())
    return digest.hexdigest()
