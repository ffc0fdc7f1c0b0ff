"""What a record of the family must satisfy beyond its description."""

from __future__ import annotations

from bkpsdmd.exceptions import DomainError
from simpeg.services.usulan import Usulan


def check_anak(usulan: Usulan) -> None:
    """Refuse a child of somebody else's spouse, or born before the person."""
    anak, pegawai = usulan.baru, usulan.pegawai
    if anak.pasangan and anak.pasangan.pegawai_id != pegawai.pk:
        raise DomainError("Pasangan ini bukan pasangan pegawai.", kolom="pasangan")
    if anak.tanggal_lahir and anak.tanggal_lahir <= pegawai.tanggal_lahir:
        raise DomainError("Anak lahir sesudah orang tuanya.", kolom="tanggal_lahir")
