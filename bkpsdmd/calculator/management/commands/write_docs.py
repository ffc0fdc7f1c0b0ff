"""`manage.py write_docs`: refreshes the pages of `docs/` that are made from the code."""

from typing import Any

from django.core.management.base import BaseCommand

from bkpsdmd.calculator.documentation import render_kode, render_regulasi
from bkpsdmd.regulations.reader import ROOT

HALAMAN = {"docs/regulasi.md": render_regulasi, "docs/kode.md": render_kode}


class Command(BaseCommand):
    help = (
        "Tulis ulang docs/regulasi.md dan docs/kode.md dari berkas regulasi dan kode."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for nama, render in HALAMAN.items():
            (ROOT / nama).write_text(render(), encoding="utf-8")
            self.stdout.write(nama)
