"""The day a person reaches the age limit, from the state in memory."""

from __future__ import annotations

import datetime as dt

from bkpsdmd.exceptions import DomainError
from simpeg.choices import Jenjang
from simpeg.rules.pensiun import find_bup
from simpeg.rules.waktu import add_years
from simpeg.selectors.keadaan import Keadaan


def compute_tanggal_bup(keadaan: Keadaan) -> dt.date | None:
    """Return the day the age limit is reached; None where no rule can tell.

    The limit an officer set on the post, or the SIASN list gave it, comes first.
    """
    if keadaan.jabatan is None:
        return None
    jabatan, lahir = keadaan.jabatan.jabatan, keadaan.pegawai.tanggal_lahir
    if jabatan.usia_bup:
        return add_years(lahir, jabatan.usia_bup)
    try:
        bup = find_bup(
            jabatan.kelompok,
            jenjang=Jenjang(jabatan.jenjang) if jabatan.jenjang else None,
            per_tanggal=keadaan.per_tanggal,
        )
    except DomainError:
        return None
    return add_years(lahir, bup.bup_tahun)
