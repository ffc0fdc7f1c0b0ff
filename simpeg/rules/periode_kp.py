"""The days on which a promotion may take effect."""

from dataclasses import dataclass
from datetime import date

from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import BULAN, format_tanggal

from .waktu import first_of_month_from, first_of_next_month


class KodePeriodeKp(Kode):
    TANGGAL_SATU = "tanggal_satu", "TMT kenaikan pangkat adalah tanggal 1"
    PERIODE = "periode", "TMT termasuk periode kenaikan pangkat"


@dataclass(frozen=True, kw_only=True)
class HasilPeriodeKp(Hasil):
    boleh: bool


def check_periode_kp(tmt: date) -> HasilPeriodeKp:
    """Return whether a promotion may take effect on `tmt`, by the periods of that day.

    Dasar hukum: see regulations/periode_kenaikan_pangkat.yaml.
    """
    ketentuan = _find_periode(tmt)
    boleh = tmt.month in ketentuan.nilai
    alasan = (
        Alasan(
            KodePeriodeKp.TANGGAL_SATU,
            f"Kenaikan pangkat selalu mulai tanggal 1; TMT ini {format_tanggal(tmt)}.",
            tmt.day == 1,
            tmt,
        ),
        Alasan(
            KodePeriodeKp.PERIODE,
            f"Bulan {BULAN[tmt.month - 1]} {'termasuk' if boleh else 'di luar'} periode "
            f"kenaikan pangkat yang berlaku saat itu: {describe_periode(ketentuan)}.",
            boleh,
            tmt.month,
            ketentuan.kutipan,
        ),
    )
    return HasilPeriodeKp(
        boleh=all(satu.terpenuhi for satu in alasan),
        alasan=alasan,
        dasar_hukum=(ketentuan.kutipan,),
    )


def find_tmt_kp(sejak: date) -> tuple[date, Ketentuan]:
    """Return the first permitted TMT not before `sejak`, and what permits it."""
    tmt = first_of_month_from(sejak)
    ketentuan = _find_periode(tmt)
    while tmt.month not in ketentuan.nilai:
        tmt = first_of_next_month(tmt)
        ketentuan = _find_periode(tmt)
    return tmt, ketentuan


def describe_periode(ketentuan: Ketentuan) -> str:
    """Return `1 April, 1 Oktober` or that every month is one."""
    if len(ketentuan.nilai) == len(BULAN):
        return "tanggal 1 setiap bulan"
    return ", ".join(f"1 {BULAN[bulan - 1]}" for bulan in ketentuan.nilai)


def _find_periode(tmt: date) -> Ketentuan:
    return load_regulasi("simpeg/periode_kenaikan_pangkat").on(tmt)
