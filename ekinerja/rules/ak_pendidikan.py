"""Angka kredit of a higher diploma."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bkpsdmd.regulations import Alasan, Hasil, Kode, load_regulasi
from bkpsdmd.regulations.angka import to_decimal
from bkpsdmd.regulations.teks import format_angka
from simpeg.choices import Jenjang


class KodeAKPendidikan(Kode):
    PERSEN_PENDIDIKAN = "persen_pendidikan", "Bagian dari kebutuhan kenaikan pangkat"
    SYARAT_IJAZAH = "syarat_ijazah", "Syarat yang tidak diperiksa di sini"


@dataclass(frozen=True, kw_only=True)
class HasilPendidikan(Hasil):
    angka_kredit: Decimal


def compute_ak_pendidikan(jenjang: Jenjang, *, per_tanggal: date) -> HasilPendidikan:
    """Return the credit of a higher diploma: a share of one pangkat's need.

    Dasar hukum: see regulations/ak_pendidikan.yaml, simpeg/regulations/
    kebutuhan_angka_kredit.yaml.
    """
    persen = load_regulasi("ekinerja/ak_pendidikan").on(per_tanggal)
    kebutuhan = load_regulasi("simpeg/kebutuhan_angka_kredit").on(per_tanggal)
    butuh = kebutuhan.nilai[jenjang]["pangkat"]
    angka_kredit = to_decimal(Fraction(butuh * persen.nilai, 100))
    alasan = (
        Alasan(
            KodeAKPendidikan.PERSEN_PENDIDIKAN,
            f"{persen.nilai} % dari kebutuhan kenaikan pangkat jenjang {jenjang.label} "
            f"({butuh}): angka kredit {format_angka(angka_kredit)}.",
            nilai=angka_kredit,
            dasar_hukum=persen.kutipan,
        ),
        Alasan(
            KodeAKPendidikan.SYARAT_IJAZAH,
            "Diberikan sekali bagi tiap tingkat ijazah yang sesuai dengan bidang tugas. "
            "Predikat paling rendah baik dan gelar yang diakui diminta dalam praktik, "
            "menurut satu sumber; keduanya tidak diperiksa di sini.",
            dasar_hukum=persen.kutipan,
        ),
    )
    return HasilPendidikan(
        angka_kredit=angka_kredit,
        alasan=alasan,
        dasar_hukum=(persen.kutipan, kebutuhan.kutipan),
    )
