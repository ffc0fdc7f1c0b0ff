"""System checks on the regulation files, so that `manage.py check` speaks of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core import checks
from django.utils import timezone

from bkpsdmd.regulations import list_regulasi, load_regulasi
from bkpsdmd.regulations.reader import ROOT
from bkpsdmd.regulations.validation import list_faults

HARI_SETAHUN = 365


@checks.register("regulations")
def check_regulations(**kwargs: Any) -> list[checks.CheckMessage]:
    return list(find_messages(timezone.localdate()))


def find_messages(hari_ini: date) -> Iterator[checks.CheckMessage]:
    """Yield an error per fault, a warning per file nobody compared for a year."""
    for nama in list_regulasi():
        faults = list_faults(ROOT, nama)
        yield from (checks.Error(fault, id="regulations.E001") for fault in faults)
        if faults:
            continue
        diperiksa = load_regulasi(nama).diperiksa
        if (hari_ini - diperiksa).days > HARI_SETAHUN:
            yield checks.Warning(
                f"{nama} was last compared with the law on {diperiksa}.",
                hint="Compare it again and set `diperiksa` (docs/how-to/add-a-regulation.md).",
                id="regulations.W001",
            )
