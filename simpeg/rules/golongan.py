"""Golongan of PNS with their pangkat, golongan of PPPK without.

Dasar hukum: PP 7/1977 Lampiran I; Perpres 98/2020.
"""

from functools import cached_property

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Kode
from simpeg.choices import Choice, JenisASN


class KodeGolongan(Kode):
    TIDAK_DIKENAL = "golongan_tidak_dikenal", "Golongan tidak ada pada jenis ASN itu"


class _Golongan(Choice):
    @cached_property
    def tingkat(self) -> int:
        """Position on the ladder, 1 the lowest: the only thing to compare by."""
        return list(type(self)).index(self) + 1


class GolonganPNS(_Golongan):
    """Golongan/ruang; the label is the pangkat."""

    I_A = "I/a", "Juru Muda", "11"
    I_B = "I/b", "Juru Muda Tingkat I", "12"
    I_C = "I/c", "Juru", "13"
    I_D = "I/d", "Juru Tingkat I", "14"
    II_A = "II/a", "Pengatur Muda", "21"
    II_B = "II/b", "Pengatur Muda Tingkat I", "22"
    II_C = "II/c", "Pengatur", "23"
    II_D = "II/d", "Pengatur Tingkat I", "24"
    III_A = "III/a", "Penata Muda", "31"
    III_B = "III/b", "Penata Muda Tingkat I", "32"
    III_C = "III/c", "Penata", "33"
    III_D = "III/d", "Penata Tingkat I", "34"
    IV_A = "IV/a", "Pembina", "41"
    IV_B = "IV/b", "Pembina Tingkat I", "42"
    IV_C = "IV/c", "Pembina Utama Muda", "43"
    IV_D = "IV/d", "Pembina Utama Madya", "44"
    IV_E = "IV/e", "Pembina Utama", "45"

    @property
    def pangkat(self) -> str:
        return self.label


class GolonganPPPK(_Golongan):
    """Golongan I to XVII; PPPK have no pangkat and SIASN ids are not known."""

    I = "I", "Golongan I"  # noqa: E741
    II = "II", "Golongan II"
    III = "III", "Golongan III"
    IV = "IV", "Golongan IV"
    V = "V", "Golongan V"
    VI = "VI", "Golongan VI"
    VII = "VII", "Golongan VII"
    VIII = "VIII", "Golongan VIII"
    IX = "IX", "Golongan IX"
    X = "X", "Golongan X"
    XI = "XI", "Golongan XI"
    XII = "XII", "Golongan XII"
    XIII = "XIII", "Golongan XIII"
    XIV = "XIV", "Golongan XIV"
    XV = "XV", "Golongan XV"
    XVI = "XVI", "Golongan XVI"
    XVII = "XVII", "Golongan XVII"


Golongan = GolonganPNS | GolonganPPPK


def parse_golongan(teks: str, jenis_asn: JenisASN) -> Golongan:
    """Return the golongan written in `teks` on the ladder of `jenis_asn`.

    Raises DomainError on `golongan` when that ladder has no such step.
    """
    try:
        return (GolonganPNS if jenis_asn is JenisASN.PNS else GolonganPPPK)(teks)
    except ValueError:
        contoh = "I/a sampai IV/e" if jenis_asn is JenisASN.PNS else "I sampai XVII"
        raise DomainError(
            f"golongan {teks!r} bukan golongan {jenis_asn.label}: gunakan {contoh}.",
            kolom="golongan",
            kode=KodeGolongan.TIDAK_DIKENAL,
        ) from None
