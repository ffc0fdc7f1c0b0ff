"""Refusals of simpeg's services that a view tells apart."""

from collections.abc import Sequence

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan


class NeedsConfirmationError(DomainError):
    """The record is possible but unusual: a person must say that it was checked."""

    kode = "perlu_diperiksa"

    def __init__(self, peringatan: Sequence[Alasan]) -> None:
        super().__init__(
            "Ada yang tidak biasa pada data ini. Periksa kembali SK-nya; bila memang "
            "benar, beri tanda pada “Sudah saya periksa” lalu simpan lagi."
        )
        self.peringatan = tuple(peringatan)
