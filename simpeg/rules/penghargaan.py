"""Satyalancana Karya Satya: the medal a length of service gives a right to.

Dasar hukum: see regulations/satyalancana.yaml, satyalancana_penggugur.yaml.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_masa, format_tanggal
from simpeg.choices import Choice, TingkatHukuman

from .waktu import count_calendar_months


class KelasSatyalancana(Choice):
    """Classes, lowest first."""

    X = "X", "Satyalancana Karya Satya 10 Tahun (perunggu)", "201"
    XX = "XX", "Satyalancana Karya Satya 20 Tahun (perak)", "202"
    XXX = "XXX", "Satyalancana Karya Satya 30 Tahun (emas)", "203"


class KodeSatyalancana(Kode):
    MASA_KERJA = "masa_kerja", "Masa kerja terus-menerus mencapai kelas terendah"
    HUKUMAN = "hukuman", "Tidak pernah dijatuhi hukuman sedang atau berat"
    CLTN = "cltn", "Tidak pernah cuti di luar tanggungan negara"
    BACAAN_LAIN = "bacaan_lain", "Sumber berbeda tentang akibat hukuman dan CLTN"


@dataclass(frozen=True)
class HukumanTercatat:
    tingkat: TingkatHukuman
    tanggal: date


@dataclass(frozen=True)
class MasaCltn:
    """`selesai` is None while the leave lasts."""

    mulai: date
    selesai: date | None


@dataclass(frozen=True)
class FaktaSatyalancana:
    tmt_cpns: date
    hukuman: tuple[HukumanTercatat, ...] = ()
    cltn: tuple[MasaCltn, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HasilSatyalancana(Hasil):
    kelas: KelasSatyalancana | None


def find_satyalancana(
    fakta: FaktaSatyalancana, *, per_tanggal: date
) -> HasilSatyalancana:
    """Return the highest class to propose in the month of `per_tanggal`.

    What happened after that day does not count. Raises KetentuanNotInForceError when no
    rule applies on that date.
    """
    kelas = load_regulasi("simpeg/satyalancana").on(per_tanggal)
    penggugur = load_regulasi("simpeg/satyalancana_penggugur").on(per_tanggal)
    hukuman = [
        satu.tanggal
        for satu in fakta.hukuman
        if satu.tingkat in penggugur.nilai["hukuman"] and satu.tanggal <= per_tanggal
    ]
    cltn = [
        min(satu.selesai or per_tanggal, per_tanggal)
        for satu in fakta.cltn
        if satu.mulai <= per_tanggal
    ]
    gugur = bool(hukuman or cltn)
    ulang = penggugur.nilai["akibat"] == "hitung_ulang"
    mulai = max((fakta.tmt_cpns, *hukuman, *cltn)) if ulang else fakta.tmt_cpns
    masa_bulan = count_calendar_months(mulai, per_tanggal)
    tercapai = _find_kelas(masa_bulan, kelas)
    return HasilSatyalancana(
        kelas=None if gugur and not ulang else tercapai,
        alasan=(
            _explain_masa(mulai, masa_bulan, tercapai, kelas),
            *_explain_penggugur(hukuman, cltn, penggugur),
        ),
        dasar_hukum=(kelas.kutipan, penggugur.kutipan),
    )


def _find_kelas(masa_bulan: int, ketentuan: Ketentuan) -> KelasSatyalancana | None:
    tercapai = [
        kelas
        for kelas in KelasSatyalancana
        if masa_bulan >= ketentuan.nilai[kelas] * 12
    ]
    return tercapai[-1] if tercapai else None


def _explain_masa(
    mulai: date,
    masa_bulan: int,
    kelas: KelasSatyalancana | None,
    ketentuan: Ketentuan,
) -> Alasan:
    akhir = kelas.label if kelas else "belum mencapai kelas terendah"
    return Alasan(
        KodeSatyalancana.MASA_KERJA,
        f"Masa kerja sejak {format_tanggal(mulai)} sampai bulan pengusulan "
        f"{format_masa(masa_bulan)}: {akhir}.",
        terpenuhi=kelas is not None,
        nilai=masa_bulan,
        dasar_hukum=ketentuan.kutipan,
    )


def _explain_penggugur(
    hukuman: list[date],
    cltn: list[date],
    ketentuan: Ketentuan,
) -> Iterator[Alasan]:
    for kode, tanggal, sebutan in (
        (
            KodeSatyalancana.HUKUMAN,
            hukuman,
            "dijatuhi hukuman disiplin sedang atau berat",
        ),
        (KodeSatyalancana.CLTN, cltn, "menjalani cuti di luar tanggungan negara"),
    ):
        ada = f"Pernah {sebutan}, {len(tanggal)} kali." if tanggal else ""
        yield Alasan(
            kode,
            ada or f"Tidak pernah {sebutan}.",
            terpenuhi=not tanggal,
            nilai=len(tanggal),
            dasar_hukum=ketentuan.kutipan,
        )
    if hukuman or cltn:
        ulang = ketentuan.nilai["akibat"] == "hitung_ulang"
        dipakai = "hitungan mulai lagi" if ulang else "haknya gugur"
        yield Alasan(
            KodeSatyalancana.BACAAN_LAIN,
            "Akibatnya diperselisihkan: menurut satu bacaan haknya gugur, menurut bacaan "
            "lain hitungan mulai lagi sejak hukuman atau CLTN berakhir. Portal memakai "
            f"bacaan {dipakai}.",
            terpenuhi=ulang,
            dasar_hukum=ketentuan.kutipan,
        )
