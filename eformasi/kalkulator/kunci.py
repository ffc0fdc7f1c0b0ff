"""Keys and kinds of value that several topics share."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bkpsdmd.calculator.masukan import (
    Bulat,
    Desimal,
    KodeMasukan,
    Masukan,
    MasukanError,
)

# More people, hours or units than any office has.
ORANG = Bulat(maksimum=10**6)


@dataclass(frozen=True)
class Positif(Desimal):
    """A number above 0: what is divided by, or makes no sense without."""

    @property
    def uraian(self) -> str:
        return "bilangan di atas 0"

    def read(self, nilai: Any, kolom: str) -> Decimal:
        angka = super().read(nilai, kolom)
        if not angka:
            raise MasukanError(KodeMasukan.NILAI_MUSTAHIL, kolom, "harus di atas 0.")
        return angka


def need_one_of(masukan: Masukan, *kunci: str, awalan: str = "") -> tuple[str, Any]:
    """Return the one as-needed key of several that was given, with its value.

    Raises MasukanError when none was given, or more than one.
    """
    ada = [(nama, nilai) for nama in kunci if (nilai := masukan.find(nama)) is not None]
    if len(ada) == 1:
        return ada[0]
    pilihan = " atau ".join(kunci)
    if ada:
        pesan = f"tidak boleh bersama {ada[1][0]}: isi salah satu dari {pilihan}."
        raise MasukanError(KodeMasukan.NILAI_MUSTAHIL, awalan + ada[0][0], pesan)
    raise MasukanError(
        KodeMasukan.KUNCI_KURANG, awalan + kunci[0], f"harus diisi: {pilihan}."
    )
