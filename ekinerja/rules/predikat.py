"""Predikat kinerja of a person: the quadrant of two ratings."""

from dataclasses import dataclass
from datetime import date

from bkpsdmd.regulations import Alasan, Hasil, Kode, load_regulasi
from simpeg.choices import Ekspektasi, Predikat


class KodePredikat(Kode):
    KUADRAN = "kuadran_kinerja", "Sel kuadran kinerja yang dipakai"
    SANDI_SIASN = "sandi_siasn", "Sandi predikat pada layanan SIASN"


@dataclass(frozen=True)
class FaktaPredikat:
    hasil_kerja: Ekspektasi
    perilaku_kerja: Ekspektasi


@dataclass(frozen=True, kw_only=True)
class HasilPredikat(Hasil):
    """The three codes are those of the SIASN services."""

    predikat: Predikat
    sandi_hasil_kerja: int
    sandi_perilaku_kerja: int
    sandi_kuadran: int


def compute_predikat(fakta: FaktaPredikat, *, per_tanggal: date) -> HasilPredikat:
    """Return the predikat of the quadrant; nothing is weighed and nothing is scored.

    Dasar hukum: see regulations/kuadran_kinerja.yaml, sandi_kuadran_siasn.yaml.
    """
    kuadran = load_regulasi("ekinerja/kuadran_kinerja").on(per_tanggal)
    sandi = load_regulasi("ekinerja/sandi_kuadran_siasn").on(per_tanggal)
    predikat = Predikat(kuadran.nilai[fakta.hasil_kerja][fakta.perilaku_kerja])
    sandi_kuadran: int = sandi.nilai[predikat]
    alasan = (
        Alasan(
            KodePredikat.KUADRAN,
            f"Hasil kerja {fakta.hasil_kerja.label.lower()} dan perilaku kerja "
            f"{fakta.perilaku_kerja.label.lower()}: predikat {predikat.label}.",
            nilai=predikat,
            dasar_hukum=kuadran.kutipan,
        ),
        Alasan(
            KodePredikat.SANDI_SIASN,
            f"Pada layanan SIASN predikat {predikat.label} bersandi {sandi_kuadran}; "
            f"sandi predikat diketahui dari {sandi.kepastian.label}.",
            nilai=sandi_kuadran,
            dasar_hukum=sandi.kutipan,
        ),
    )
    return HasilPredikat(
        predikat=predikat,
        sandi_hasil_kerja=int(fakta.hasil_kerja.siasn),
        sandi_perilaku_kerja=int(fakta.perilaku_kerja.siasn),
        sandi_kuadran=sandi_kuadran,
        alasan=alasan,
        dasar_hukum=(kuadran.kutipan, sandi.kutipan),
    )
