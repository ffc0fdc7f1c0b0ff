"""Keys that several topics share."""

from datetime import date

from bkpsdmd.calculator.masukan import (
    Bulat,
    KodeMasukan,
    Kunci,
    Masukan,
    MasukanError,
    Peta,
    Pilihan,
    Tanggal,
)
from simpeg.choices import JenisASN, JenisKelamin, Predikat


class TanggalLahir(Tanggal):
    """A birth date tells of a person, so a case with one stands in no address."""

    @property
    def is_pribadi(self) -> bool:
        return True


JENIS_ASN = Kunci(
    "jenis_asn", Pilihan({"PNS": JenisASN.PNS, "PPPK": JenisASN.PPPK}), "Jenis ASN"
)
TANGGAL_LAHIR = Kunci("tanggal_lahir", TanggalLahir(), "Tanggal lahir")
JENIS_KELAMIN = Kunci("jenis_kelamin", Pilihan.of(JenisKelamin), "Jenis kelamin")
# A century of service: beyond it a number is a slip, below it the scale decides.
MASA_KERJA = Bulat(maksimum=1200)
PREDIKAT_TAHUNAN = Peta(Bulat(minimum=1900, maksimum=2200), Pilihan.of(Predikat))


def refuse_unborn(masukan: Masukan, tanggal: date, awalan: str = "") -> None:
    """Raise MasukanError when the birth date is not before `tanggal`."""
    if masukan["tanggal_lahir"] >= tanggal:
        raise MasukanError(
            KodeMasukan.NILAI_MUSTAHIL,
            f"{awalan}tanggal_lahir",
            "harus sebelum tanggal keadaan.",
        )
