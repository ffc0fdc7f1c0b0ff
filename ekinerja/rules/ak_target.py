"""Angka kredit into rank and level: what is still missing.

The total runs within a jenjang and starts anew with the next one; AK dasar is what it
starts with on entering the jenjang at a golongan.
"""

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
from simpeg.choices import Jenjang
from simpeg.rules.golongan import GolonganPNS


class KodeTarget(Kode):
    AK_DASAR = "ak_dasar", "Angka kredit dasar golongan dalam jenjangnya"
    AK_DASAR_DIPERSELISIHKAN = (
        "ak_dasar_diperselisihkan",
        "Sumber lain memakai angka kredit dasar yang berbeda",
    )
    AK_KENAIKAN_PANGKAT = "ak_kenaikan_pangkat", "Angka kredit untuk kenaikan pangkat"
    NAIK_JENJANG_DAHULU = (
        "naik_jenjang_dahulu",
        "Pangkat berikutnya baru dapat dicapai sesudah naik jenjang",
    )
    AK_KENAIKAN_JENJANG = "ak_kenaikan_jenjang", "Angka kredit untuk kenaikan jenjang"
    PUNCAK = "puncak", "Golongan tertinggi dari jenjang tertinggi kategorinya"
    GOLONGAN_DI_LUAR_JENJANG = (
        "golongan_di_luar_jenjang",
        "Golongan tidak termasuk jenjang itu",
    )


@dataclass(frozen=True)
class FaktaTarget:
    """`total` is what was collected in this jenjang, AK dasar included."""

    jenjang: Jenjang
    golongan: GolonganPNS
    total: Fraction


@dataclass(frozen=True)
class Target:
    """What the credit is compared with, and how much of it is missing."""

    butuh: int
    kurang: Decimal

    @property
    def terpenuhi(self) -> bool:
        return self.kurang == 0


@dataclass(frozen=True, kw_only=True)
class HasilTarget(Hasil):
    """`pangkat` and `jenjang` are None where there is nothing above."""

    pangkat: Target | None
    jenjang: Target | None
    perlu_naik_jenjang: bool
    puncak: bool


def compute_ak_target(fakta: FaktaTarget, *, per_tanggal: date) -> HasilTarget:
    """Return what is missing for the next pangkat and for the next jenjang.

    It speaks of credit alone: predikat, formation and competence tests stand apart.
    Raises DomainError when the golongan does not belong to the jenjang.
    Dasar hukum: see simpeg/regulations/kebutuhan_angka_kredit.yaml, ak_dasar.
    """
    kebutuhan = load_regulasi("simpeg/kebutuhan_angka_kredit").on(per_tanggal)
    butuh = kebutuhan.nilai[fakta.jenjang]
    if fakta.golongan not in butuh["golongan"]:
        raise DomainError(
            f"golongan {fakta.golongan} tidak termasuk jenjang {fakta.jenjang.label}: "
            f"gunakan {', '.join(butuh['golongan'])}.",
            kolom="golongan",
            kode=KodeTarget.GOLONGAN_DI_LUAR_JENJANG,
        )
    is_terakhir = fakta.golongan == butuh["golongan"][-1]
    if is_terakhir and butuh["jenjang"] is None:
        return _answer_puncak(fakta, kebutuhan)
    dasar = find_ak_dasar(fakta.jenjang, fakta.golongan, per_tanggal=per_tanggal)
    pangkat = _build_target(fakta, dasar.nilai + butuh["pangkat"])
    alasan = [
        *_explain_dasar(fakta, dasar),
        _explain_pangkat(fakta, pangkat, kebutuhan),
    ]
    if is_terakhir:
        pesan = (
            f"{fakta.golongan} adalah golongan terakhir jenjang {fakta.jenjang.label}: "
            "pangkat berikutnya memerlukan kenaikan jenjang lebih dahulu (lowongan, uji "
            "kompetensi, predikat paling rendah baik, angka kredit kumulatif)."
        )
        alasan.append(
            Alasan(KodeTarget.NAIK_JENJANG_DAHULU, pesan, dasar_hukum=kebutuhan.kutipan)
        )
    jenjang = None
    if butuh["jenjang"] is not None:
        jenjang = _build_target(fakta, butuh["jenjang"])
        alasan.append(_explain_jenjang(fakta, jenjang, kebutuhan))
    return HasilTarget(
        pangkat=pangkat,
        jenjang=jenjang,
        perlu_naik_jenjang=is_terakhir,
        puncak=False,
        alasan=tuple(alasan),
        dasar_hukum=(kebutuhan.kutipan, dasar.kutipan),
    )


@dataclass(frozen=True)
class AKDasar:
    """`bacaan_lain` is the value another source has, "" where none differs."""

    nilai: int
    kutipan: str
    bacaan_lain: str


def find_ak_dasar(
    jenjang: Jenjang, golongan: GolonganPNS, *, per_tanggal: date
) -> AKDasar:
    """Return the credit a jenjang starts with at one of its golongan."""
    tabel = load_regulasi("ekinerja/ak_dasar").on(per_tanggal)
    return _index_ak_dasar(tabel)[jenjang, golongan]


@cache
def _index_ak_dasar(tabel: Ketentuan) -> Mapping[tuple[str, str], AKDasar]:
    return {
        (baris["jenjang"], baris["golongan"]): AKDasar(
            baris["ak_dasar"],
            tabel.cite(Kepastian(baris["kepastian"])),
            baris["bacaan_lain"],
        )
        for baris in tabel.nilai
    }


def _build_target(fakta: FaktaTarget, butuh: int) -> Target:
    return Target(butuh, to_decimal(max(butuh - fakta.total, Fraction(0))))


def _explain_dasar(fakta: FaktaTarget, dasar: AKDasar) -> tuple[Alasan, ...]:
    pesan = (
        f"Angka kredit dasar {fakta.golongan} dalam jenjang {fakta.jenjang.label} "
        f"{dasar.nilai}."
    )
    alasan = Alasan(
        KodeTarget.AK_DASAR, pesan, nilai=dasar.nilai, dasar_hukum=dasar.kutipan
    )
    if not dasar.bacaan_lain:
        return (alasan,)
    perselisihan = Alasan(
        KodeTarget.AK_DASAR_DIPERSELISIHKAN,
        f"Nilai ini diperselisihkan: sumber lain memakai {dasar.bacaan_lain}. Portal "
        f"memakai {dasar.nilai}, jumlah kebutuhan golongan di bawahnya.",
        nilai=dasar.nilai,
        dasar_hukum=dasar.kutipan,
    )
    return (alasan, perselisihan)


def _explain_pangkat(
    fakta: FaktaTarget, target: Target, kebutuhan: Ketentuan
) -> Alasan:
    return Alasan(
        KodeTarget.AK_KENAIKAN_PANGKAT,
        f"Untuk kenaikan pangkat dari {fakta.golongan} dibutuhkan angka kredit "
        f"{target.butuh}; {_compare(fakta, target)}",
        terpenuhi=target.terpenuhi,
        nilai=target.butuh,
        dasar_hukum=kebutuhan.kutipan,
    )


def _explain_jenjang(
    fakta: FaktaTarget, target: Target, kebutuhan: Ketentuan
) -> Alasan:
    return Alasan(
        KodeTarget.AK_KENAIKAN_JENJANG,
        f"Untuk naik dari jenjang {fakta.jenjang.label} dibutuhkan angka kredit kumulatif "
        f"{target.butuh}; {_compare(fakta, target)}",
        terpenuhi=target.terpenuhi,
        nilai=target.butuh,
        dasar_hukum=kebutuhan.kutipan,
    )


def _compare(fakta: FaktaTarget, target: Target) -> str:
    total = f"total {format_angka(fakta.total)}"
    if target.terpenuhi:
        return f"{total} memenuhi."
    return f"{total}, kurang {format_angka(target.kurang)}."


def _answer_puncak(fakta: FaktaTarget, kebutuhan: Ketentuan) -> HasilTarget:
    alasan = Alasan(
        KodeTarget.PUNCAK,
        f"{fakta.golongan} {fakta.jenjang.label} adalah golongan tertinggi kategorinya: "
        "tidak ada lagi angka kredit yang dituju.",
        dasar_hukum=kebutuhan.kutipan,
    )
    return HasilTarget(
        pangkat=None,
        jenjang=None,
        perlu_naik_jenjang=False,
        puncak=True,
        alasan=(alasan,),
        dasar_hukum=(kebutuhan.kutipan,),
    )
