"""What a recorded rating must satisfy beyond its description."""

from __future__ import annotations

import datetime as dt

from bkpsdmd.exceptions import DomainError
from simpeg.choices import Ekspektasi, Predikat, SistemSKP
from simpeg.jenis_riwayat import UNSUR_DP3
from simpeg.rules.kinerja import (
    check_bobot,
    check_jumlah,
    check_kuadran,
    check_tahun,
)
from simpeg.services.usulan import Usulan


def check_dp3(usulan: Usulan) -> None:
    """Refuse a year of another system; ask about sums that do not add up."""
    row = usulan.baru
    _check_tahun(usulan)
    unsur = [getattr(row, name) for name in UNSUR_DP3]
    usulan.ask(check_jumlah(unsur, row.jumlah, row.rata_rata))


def check_skp_lama(usulan: Usulan) -> None:
    """Refuse a year of another system; ask about a mark that its parts do not give."""
    row = usulan.baru
    _check_tahun(usulan)
    bobot = check_bobot(
        SistemSKP(row.peraturan),
        skp=row.nilai_skp,
        perilaku=row.nilai_perilaku,
        prestasi=row.nilai_prestasi,
        tahun=row.tahun,
    )
    usulan.ask([bobot])


def check_skp(usulan: Usulan) -> None:
    """Refuse a year of another system; ask about another quadrant than follows."""
    _check_tahun(usulan)
    _ask_kuadran(usulan, dt.date(usulan.baru.tahun, 12, 31))


def check_periodik(usulan: Usulan) -> None:
    """Refuse months rated twice in one rhythm and a period across two years."""
    row = usulan.baru
    if row.mulai.year != row.selesai.year:
        raise DomainError("Satu periode berada dalam satu tahun.", kolom="selesai")
    for lain in usulan.lain:
        is_sama = lain.periodik == row.periodik
        if is_sama and row.mulai <= lain.selesai and lain.mulai <= row.selesai:
            raise DomainError(
                f"Bertumpang tindih dengan {usulan.jenis.nama} {lain}; satu hari tidak "
                "dapat tercatat dua kali.",
                kolom="mulai",
                kode="tumpang_tindih",
            )
    _ask_kuadran(usulan, row.selesai)


def _check_tahun(usulan: Usulan) -> None:
    if salah := check_tahun(usulan.jenis.kunci, usulan.baru.tahun):
        raise DomainError(salah.pesan, kolom="tahun", kode=salah.kode)


def _ask_kuadran(usulan: Usulan, per_tanggal: dt.date) -> None:
    row = usulan.baru
    kuadran = check_kuadran(
        Ekspektasi(row.hasil_kerja),
        Ekspektasi(row.perilaku_kerja),
        Predikat(row.kuadran),
        per_tanggal=per_tanggal,
    )
    usulan.ask([kuadran])
