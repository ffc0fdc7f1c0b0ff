"""ABK Kes: people a health facility needs of one kind.

Dasar hukum: see regulations/abk_kes.yaml.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bkpsdmd.regulations import Alasan, Hasil, Kode, load_regulasi
from bkpsdmd.regulations.angka import round_half_up
from bkpsdmd.regulations.teks import format_angka

from .pecahan import divide, sum_exact
from .pembulatan import explain_pembulatan, find_aturan, round_orang


class KodeAbkKes(Kode):
    WKT = "wkt", "Waktu kerja tersedia seperti yang lazim"
    JKT = "jkt", "Jumlah kebutuhan untuk kegiatan pokok"
    STP = "stp", "Standar tugas penunjang"
    TOTAL = "total", "Kebutuhan sebelum dibulatkan"


@dataclass(frozen=True)
class KegiatanPokok:
    """What is done in a year, and how much of it fills one person's time (SBK)."""

    capaian: Decimal
    sbk: Fraction

    @property
    def orang(self) -> Fraction:
        return divide(self.capaian, self.sbk)


@dataclass(frozen=True, kw_only=True)
class HasilAbkKes(Hasil):
    """Exact values; only `kebutuhan` is rounded."""

    jkt: Fraction
    stp: Fraction
    total: Fraction
    kebutuhan: int


def compute_sbk(*, wkt_menit: Decimal, norma_menit: Decimal) -> Fraction:
    """Return the standard workload: available time over the time of one activity."""
    return divide(wkt_menit, norma_menit)


def compute_stp(ftp_persen: Decimal) -> Fraction:
    """Return the factor for supporting tasks, which take `ftp_persen` (below 100)."""
    return divide(Decimal(100), 100 - Fraction(ftp_persen))


def compute_abk_kes(
    kegiatan: Sequence[KegiatanPokok],
    *,
    wkt_menit: Decimal,
    stp: Fraction,
    per_tanggal: date,
) -> HasilAbkKes:
    """Return the need: the sum of activities times the factor for supporting tasks.

    Raises KetentuanNotInForceError when no rule applies on that date.
    """
    ketentuan = load_regulasi("eformasi/abk_kes").on(per_tanggal)
    jkt = sum_exact([satu.orang for satu in kegiatan])
    total = jkt * stp
    aturan = find_aturan(None, per_tanggal=per_tanggal)
    kebutuhan = round_orang(total, aturan)
    lazim: int = ketentuan.nilai
    kalimat = (
        (
            KodeAbkKes.WKT,
            f"Waktu kerja tersedia {format_angka(wkt_menit)} menit; yang lazim "
            f"{format_angka(lazim)} menit.",
            wkt_menit,
        ),
        (
            KodeAbkKes.JKT,
            f"Jumlah kebutuhan tenaga (JKT) untuk {len(kegiatan)} kegiatan pokok: "
            f"{_write(jkt)} orang.",
            jkt,
        ),
        (
            KodeAbkKes.STP,
            f"Standar tugas penunjang (STP), pengali untuk tugas penunjang: {_write(stp)}.",
            stp,
        ),
        (
            KodeAbkKes.TOTAL,
            f"JKT x STP: {_write(total)} orang, tanpa pembulatan sebelumnya.",
            total,
        ),
    )
    pembulatan = explain_pembulatan(total, kebutuhan, aturan, per_tanggal=per_tanggal)
    return HasilAbkKes(
        jkt=jkt,
        stp=stp,
        total=total,
        kebutuhan=kebutuhan,
        alasan=(
            *(
                Alasan(
                    kode,
                    pesan,
                    terpenuhi=kode is not KodeAbkKes.WKT or wkt_menit == lazim,
                    nilai=nilai,
                    dasar_hukum=ketentuan.kutipan,
                )
                for kode, pesan, nilai in kalimat
            ),
            pembulatan,
        ),
        dasar_hukum=(ketentuan.kutipan, pembulatan.dasar_hukum),
    )


def _write(nilai: Fraction) -> str:
    return format_angka(round_half_up(nilai, 6))
