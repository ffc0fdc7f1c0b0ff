"""The talent box: performance against potential."""

from dataclasses import dataclass
from datetime import date

from bkpsdmd.regulations import Alasan, Hasil, Kode, load_regulasi
from ekinerja.choices import Potensial
from simpeg.choices import Ekspektasi, Predikat


class KodeTalenta(Kode):
    SUMBU_KINERJA = "sumbu_kinerja", "Predikat pada sumbu kinerja"
    KOTAK = "kotak_talenta", "Kotak talenta menurut kinerja dan potensial"


@dataclass(frozen=True)
class FaktaTalenta:
    predikat: Predikat
    potensial: Potensial


@dataclass(frozen=True, kw_only=True)
class HasilTalenta(Hasil):
    """`kotak` runs from 1 to 9, the highest."""

    kotak: int


def compute_kotak_talenta(fakta: FaktaTalenta, *, per_tanggal: date) -> HasilTalenta:
    """Return the talent box of a predikat and a potential.

    Dasar hukum: see regulations/sumbu_kinerja_talenta.yaml, kotak_talenta.yaml.
    """
    sumbu = load_regulasi("ekinerja/sumbu_kinerja_talenta").on(per_tanggal)
    tabel = load_regulasi("ekinerja/kotak_talenta").on(per_tanggal)
    kinerja = Ekspektasi(sumbu.nilai[fakta.predikat])
    kotak: int = tabel.nilai[kinerja][fakta.potensial]
    alasan = (
        Alasan(
            KodeTalenta.SUMBU_KINERJA,
            f"Predikat {fakta.predikat.label} pada sumbu kinerja: "
            f"{kinerja.label.lower()} (menurut {sumbu.kepastian.label}).",
            nilai=kinerja,
            dasar_hukum=sumbu.kutipan,
        ),
        Alasan(
            KodeTalenta.KOTAK,
            f"Kinerja {kinerja.label.lower()}, potensial {fakta.potensial.label.lower()}: "
            f"kotak {kotak}.",
            nilai=kotak,
            dasar_hukum=tabel.kutipan,
        ),
    )
    return HasilTalenta(
        kotak=kotak, alasan=alasan, dasar_hukum=(tabel.kutipan, sumbu.kutipan)
    )
