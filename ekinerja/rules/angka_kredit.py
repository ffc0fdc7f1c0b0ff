"""Predikat kinerja into angka kredit."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bkpsdmd.regulations import Alasan, Hasil, Kode, load_regulasi
from bkpsdmd.regulations.angka import round_half_up
from bkpsdmd.regulations.teks import format_angka
from simpeg.choices import Jenjang, Predikat


class KodeAngkaKredit(Kode):
    KONVERSI = "konversi_predikat", "Konversi predikat kinerja ke angka kredit"
    PERIODIK = "konversi_periodik", "Sebagian tahun dikonversi lebih dahulu"


@dataclass(frozen=True)
class FaktaAngkaKredit:
    """`bulan` counts the months of the period, 12 for a whole year."""

    jenjang: Jenjang
    predikat: Predikat
    bulan: int


@dataclass(frozen=True, kw_only=True)
class HasilAngkaKredit(Hasil):
    """`tepat` loses nothing; the others are its roundings for paper and for files."""

    tepat: Fraction
    angka_kredit: Decimal
    penuh: Decimal


def compute_angka_kredit(
    fakta: FaktaAngkaKredit, *, per_tanggal: date
) -> HasilAngkaKredit:
    """Return months / 12 x percentage of the predikat x coefficient of the jenjang.

    Dasar hukum: see regulations/persen_predikat.yaml, koefisien_angka_kredit.yaml.
    """
    persen = load_regulasi("ekinerja/persen_predikat").on(per_tanggal)
    koefisien = load_regulasi("ekinerja/koefisien_angka_kredit").on(per_tanggal)
    persen_predikat = persen.nilai[fakta.predikat]
    koefisien_jenjang = Fraction(koefisien.nilai[fakta.jenjang])
    tepat = Fraction(fakta.bulan * persen_predikat, 12 * 100) * koefisien_jenjang
    angka_kredit = round_half_up(tepat, 2)
    alasan = [
        Alasan(
            KodeAngkaKredit.KONVERSI,
            f"{fakta.bulan}/12 x {persen_predikat} % ({fakta.predikat.label}) x "
            f"{format_angka(koefisien_jenjang)} ({fakta.jenjang.label}): angka kredit "
            f"{format_angka(angka_kredit)}.",
            nilai=angka_kredit,
            dasar_hukum=persen.kutipan,
        )
    ]
    if fakta.bulan < 12:
        pesan = (
            f"Angka kredit periodik untuk {fakta.bulan} bulan; bulan yang sudah "
            "dikonversi tidak dikonversi lagi pada akhir tahun."
        )
        alasan.append(Alasan(KodeAngkaKredit.PERIODIK, pesan))
    return HasilAngkaKredit(
        tepat=tepat,
        angka_kredit=angka_kredit,
        penuh=round_half_up(tepat, 6),
        alasan=tuple(alasan),
        dasar_hukum=(persen.kutipan, koefisien.kutipan),
    )
