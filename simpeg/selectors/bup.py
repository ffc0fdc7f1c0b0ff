"""The age limit of a post, and the day a person reaches it."""

from __future__ import annotations

import datetime as dt

from bkpsdmd.exceptions import DomainError
from simpeg.choices import Jenjang
from simpeg.models import Jabatan
from simpeg.rules.pensiun import find_bup
from simpeg.rules.waktu import add_years
from simpeg.selectors.keadaan import Keadaan


def find_usia_bup(jabatan: Jabatan, per_tanggal: dt.date) -> int | None:
    """Return the age limit of a post on a day; None where no rule can tell.

    The limit an officer set on the post, or the SIASN list gave it, comes first.
    """
    if jabatan.usia_bup:
        return int(jabatan.usia_bup)
    try:
        bup = find_bup(
            jabatan.kelompok,
            jenjang=Jenjang(jabatan.jenjang) if jabatan.jenjang else None,
            per_tanggal=per_tanggal,
        )
    except DomainError:
        return None
    return bup.bup_tahun


def compute_tanggal_bup(keadaan: Keadaan) -> dt.date | None:
    """Return the day the age limit is reached; None where no rule can tell."""
    if keadaan.jabatan is None:
        return None
    usia = find_usia_bup(keadaan.jabatan.jabatan, keadaan.per_tanggal)
    return add_years(keadaan.pegawai.tanggal_lahir, usia) if usia else None
