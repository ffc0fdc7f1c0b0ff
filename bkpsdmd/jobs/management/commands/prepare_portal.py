"""Everything between "installed" and "can be served"; safe to run at every start."""

import hashlib
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

    def handle(self, *args: Any, pegawai: int, **options: Any) -> None:
        require_ready()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_reference", verbosity=0)
        self.collect_static()
        if get_user_model().objects.exists():
            return
        if settings.PORTAL == "demo":
            self.stdout.write(f"Membuat kantor contoh dengan {pegawai} pegawai …")
            call_command("seed_demo", pegawai=pegawai)
        else:
            call_command("first_admin")

    def collect_static(self) -> None:
        """Collect and compress static files, unless they are those of the last time."""
        stamp = settings.VAR_DIR / "statis"
        current = _fingerprint()
        collected = settings.STATIC_ROOT / "staticfiles.json"
        if collected.exists() and stamp.exists() and stamp.read_text() == current:
            return
        self.stdout.write("Menyiapkan berkas statis …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
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
