"""What makes a signature: one interface, chosen by the settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings

from bkpsdmd.exceptions import DomainError


class TteRefusedError(DomainError):
    """The service refused: a wrong passphrase, an account it does not know."""

    kode = "tte_ditolak"


class TteUnavailableError(DomainError):
    """The service could not be reached; nothing was sent to it."""

    kode = "tte_tidak_tersedia"


class TteUncertainError(DomainError):
    """The service got the paper but gave no answer: it may have signed it."""

    kode = "tte_tidak_pasti"


@dataclass(frozen=True)
class Penanda:
    """Who signs, as the signature will say it. NIK and passphrase are never printed."""

    jabatan: str
    tempat: str
    urutan: int = 1
    nik: str = field(default="", repr=False)
    frasa_sandi: str = field(default="", repr=False)


class Penyedia(Protocol):
    def sign(self, pdfs: Sequence[bytes], penanda: Penanda) -> list[bytes]:
        """Return each of these PDFs with one more signature, in the same order.

        Raises TteRefusedError, TteUnavailableError or TteUncertainError; then none is signed.
        """


def get_penyedia(cara: str) -> Penyedia:
    """Return the maker of signatures of this kind ("lokal", "bsre")."""
    if cara == "bsre":
        from bkpsdmd.documents.tte.bsre import TteBsre

        return TteBsre(
            alamat=settings.BSRE_ALAMAT,
            pengguna=settings.BSRE_PENGGUNA,
            sandi=settings.BSRE_SANDI,
            batas_detik=settings.BSRE_BATAS_DETIK,
        )
    from bkpsdmd.documents.tte.lokal import TteLokal

    return TteLokal()
