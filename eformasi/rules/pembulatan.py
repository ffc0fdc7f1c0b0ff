"""A computed need becomes whole people: once, on the exact value of the jabatan.

Dasar hukum: see regulations/aturan_abk.yaml.
"""

from datetime import date
from fractions import Fraction
from math import ceil, floor

from bkpsdmd.regulations import Alasan, Kode, load_regulasi
from bkpsdmd.regulations.angka import round_half_up
from bkpsdmd.regulations.teks import format_angka
from eformasi.choices import AturanPembulatan


class KodePembulatan(Kode):
    PEMBULATAN = "pembulatan", "Kebutuhan dibulatkan sekali menjadi orang"


def find_aturan(
    aturan: AturanPembulatan | None, *, per_tanggal: date
) -> AturanPembulatan:
    """Return the rule asked for, or the one used when none is."""
    if aturan is not None:
        return aturan
    bawaan = load_regulasi("eformasi/aturan_abk").on(per_tanggal)
    return AturanPembulatan(bawaan.nilai["pembulatan"])


def round_orang(nilai: Fraction, aturan: AturanPembulatan) -> int:
    """Return whole people for an exact need."""
    if aturan is AturanPembulatan.ATAS:
        return ceil(nilai)
    if aturan is AturanPembulatan.BAWAH:
        return floor(nilai)
    return int(round_half_up(nilai))


def explain_pembulatan(
    nilai: Fraction, orang: int, aturan: AturanPembulatan, *, per_tanggal: date
) -> Alasan:
    """Name the rounding, and where it comes from."""
    bawaan = load_regulasi("eformasi/aturan_abk").on(per_tanggal)
    return Alasan(
        KodePembulatan.PEMBULATAN,
        f"{format_angka(round_half_up(nilai, 6))} dibulatkan {aturan.label}: {orang} "
        "orang. Naskah tentang pembulatan tidak ditemukan; yang lazim dipakai ke bilangan "
        "terdekat, sebagian selalu ke atas.",
        nilai=orang,
        dasar_hukum=bawaan.kutipan,
    )
