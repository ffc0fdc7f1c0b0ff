"""Conventional angka kredit into the integrated count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import (
    Alasan,
    Hasil,
    Kepastian,
    Ketentuan,
    Kode,
    load_regulasi,
)
from bkpsdmd.regulations.angka import to_decimal
from bkpsdmd.regulations.teks import format_angka
from simpeg.rules.golongan import GolonganPNS


class KodeIntegrasi(Kode):
    NILAI_DASAR = "nilai_dasar", "Nilai dasar golongan yang dikurangkan"
    DIBULATKAN_KE_NOL = "dibulatkan_ke_nol", "Angka kredit tidak di bawah nol"
    GOLONGAN_TANPA_NILAI = (
        "golongan_tanpa_nilai",
        "Golongan tidak mempunyai nilai dasar",
    )


@dataclass(frozen=True, kw_only=True)
class HasilIntegrasi(Hasil):
    angka_kredit: Decimal


def compute_ak_integrasi(
    golongan: GolonganPNS, konvensional: Fraction, *, per_tanggal: date
) -> HasilIntegrasi:
    """Return what conventional credit is worth in the integrated count, never below 0.

    Raises DomainError for a golongan that functional posts do not have.
    Dasar hukum: see regulations/nilai_dasar_konvensional.
    """
    tabel = load_regulasi("ekinerja/nilai_dasar_konvensional").on(per_tanggal)
    baris = _index_nilai_dasar(tabel).get(golongan)
    if baris is None:
        raise DomainError(
            f"golongan {golongan} tidak mempunyai nilai dasar: angka kredit konvensional "
            "hanya ada pada golongan II/a sampai IV/e.",
            kolom="golongan",
            kode=KodeIntegrasi.GOLONGAN_TANPA_NILAI,
        )
    nilai_dasar, kutipan = baris
    selisih = konvensional - nilai_dasar
    alasan = [
        Alasan(
            KodeIntegrasi.NILAI_DASAR,
            f"Angka kredit konvensional {format_angka(konvensional)} dikurangi nilai dasar "
            f"{golongan} sebesar {nilai_dasar}.",
            nilai=nilai_dasar,
            dasar_hukum=kutipan,
        )
    ]
    if selisih < 0:
        pesan = (
            f"Angka kredit konvensional lebih kecil daripada nilai dasar {golongan}; "
            "hasilnya ditetapkan nol. Periksa golongan dan angka kreditnya."
        )
        alasan.append(
            Alasan(
                KodeIntegrasi.DIBULATKAN_KE_NOL,
                pesan,
                terpenuhi=False,
                dasar_hukum=kutipan,
            )
        )
    return HasilIntegrasi(
        angka_kredit=to_decimal(max(selisih, Fraction(0))),
        alasan=tuple(alasan),
        dasar_hukum=(kutipan,),
    )


@cache
def _index_nilai_dasar(tabel: Ketentuan) -> Mapping[str, tuple[int, str]]:
    return {
        baris["golongan"]: (
            baris["nilai_dasar"],
            tabel.cite(Kepastian(baris["kepastian"])),
        )
        for baris in tabel.nilai
    }
