"""What a penalty must satisfy beyond its description."""

from __future__ import annotations

from bkpsdmd.regulations import KetentuanNotInForceError
from simpeg.exceptions import NeedsConfirmationError
from simpeg.rules.disiplin import check_jenis_hukuman
from simpeg.services.usulan import Usulan


def check_hukuman(usulan: Usulan) -> None:
    """Ask for a second look at a kind that the regulation of its day does not know."""
    row = usulan.baru
    try:
        alasan = check_jenis_hukuman(
            row.jenis.kode, per_tanggal=row.sk_tanggal or row.tmt
        )
    except KetentuanNotInForceError:
        return
    if alasan and not usulan.is_diperiksa:
        raise NeedsConfirmationError([alasan])
