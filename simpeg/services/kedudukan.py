"""What decrees on standing must satisfy beyond their description, and what follows."""

from __future__ import annotations

import datetime as dt

from bkpsdmd.exceptions import DomainError
from simpeg.choices import ArahPindah
from simpeg.models import (
    KedudukanHukum,
    RiwayatCLTN,
    RiwayatPindahInstansi,
    RiwayatTugasBelajar,
)
from simpeg.models.kedudukan import PerubahanKedudukan
from simpeg.rules.kedudukan import (
    check_lama_cltn,
    check_sebelumnya,
    find_kedudukan,
    is_pengaktifan,
)
from simpeg.services.usulan import Usulan


def fill_kedudukan(row: PerubahanKedudukan) -> None:
    """Set the standing that follows from a decree not saved yet."""
    if isinstance(row, RiwayatPindahInstansi):
        jenis: str | None = row.arah
    elif isinstance(row, RiwayatCLTN) or (
        isinstance(row, RiwayatTugasBelajar) and row.is_dibebaskan
    ):
        jenis = row.jenis.kode
    else:
        jenis = None
    row.kedudukan_id = find_kedudukan(jenis, per_tanggal=row.tmt) if jenis else None


def check_pemberhentian(usulan: Usulan) -> None:
    """Refuse a standing that does not end service, and a second end of it."""
    row = usulan.baru
    if row.kedudukan.kelompok != KedudukanHukum.BERAKHIR:
        raise DomainError(
            f"{row.kedudukan} bukan kedudukan orang yang sudah berhenti.",
            kolom="kedudukan",
        )
    _check_pertama(usulan)
    if usulan.lain:
        raise DomainError(
            f"Pemberhentian sudah tercatat: {usulan.lain[0]}. Bila keliru, pakai "
            "Koreksi.",
            kolom="tmt",
            kode="sudah_tercatat",
        )


def check_penugasan(usulan: Usulan) -> None:
    """Refuse time away without an end or one that overlaps; ask about odd ones."""
    row, jenis = usulan.baru, usulan.baru.jenis.kode
    _check_pertama(usulan)
    if is_pengaktifan(jenis):
        if row.tmt_selesai:
            raise DomainError(
                "Pengaktifan kembali tidak mempunyai hari terakhir.",
                kolom="tmt_selesai",
            )
    elif row.tmt_selesai is None:
        raise DomainError(
            "Isi hari terakhirnya menurut SK; bila kemudian diperpanjang, catat SK "
            "perpanjangannya.",
            kolom="tmt_selesai",
        )
    else:
        _check_tumpang(usulan)
    tercatat = frozenset(lain.jenis.kode for lain in usulan.lain if lain.tmt < row.tmt)
    asked = [check_sebelumnya(jenis, tercatat)]
    if row.tmt_selesai:
        asked.append(check_lama_cltn(jenis, row.tmt, row.tmt_selesai))
    usulan.ask(asked)


def check_tugas_belajar(usulan: Usulan) -> None:
    """Ask for the place of study where it begins, and check the rest as time away."""
    row = usulan.baru
    if not is_pengaktifan(row.jenis.kode) and not row.sekolah:
        raise DomainError("Isi perguruan tingginya.", kolom="sekolah")
    check_penugasan(usulan)


def check_pindah_instansi(usulan: Usulan) -> None:
    """Refuse a move between an office and itself, and one before the appointment."""
    row = usulan.baru
    if row.instansi_asal.casefold() == row.instansi_tujuan.casefold():
        raise DomainError(
            "Instansi asal dan tujuan sama; perpindahan di dalam instansi dicatat pada "
            "riwayat jabatan.",
            kolom="instansi_tujuan",
        )
    if row.arah == ArahPindah.KELUAR:
        _check_pertama(usulan)


def _check_pertama(usulan: Usulan) -> None:
    pertama = usulan.pegawai.tmt_cpns
    if pertama and usulan.baru.tmt < pertama:
        raise DomainError(
            f"TMT tidak boleh sebelum pengangkatan pertama, {pertama:%d-%m-%Y}.",
            kolom="tmt",
        )


def _check_tumpang(usulan: Usulan) -> None:
    """Refuse two periods away that share a day; coming back early ends the first."""
    row, aktif = (
        usulan.baru,
        [lain.tmt for lain in usulan.lain if is_pengaktifan(lain.jenis.kode)],
    )
    for lain in usulan.lain:
        if is_pengaktifan(lain.jenis.kode):
            continue
        ends = [day - dt.timedelta(days=1) for day in aktif if day > lain.tmt]
        akhir = min([lain.tmt_selesai or dt.date.max, *ends])
        if row.tmt <= akhir and lain.tmt <= row.tmt_selesai:
            raise DomainError(
                f"Bertumpang tindih dengan {usulan.jenis.nama} {lain}; satu hari tidak "
                "dapat tercatat dua kali.",
                kolom="tmt",
                kode="tumpang_tindih",
            )
