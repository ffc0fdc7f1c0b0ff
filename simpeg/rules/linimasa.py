"""Gaps and overlaps in a career, over all subjects that have periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bkpsdmd.regulations import Kode, load_regulasi
from bkpsdmd.regulations.teks import format_tanggal
from simpeg.choices import TingkatTemuan

from .temuan import HARI, KESEPAKATAN, Masa, Temuan, find_jeda, sort_masa

PP_49 = "PP 49/2018"


class KodeLinimasa(Kode):
    JEDA_PANGKAT = "jeda_pangkat", "Golongan tercatat sejak pengangkatan"
    JEDA_JABATAN = "jeda_jabatan", "Jabatan tercatat tanpa jeda"
    JEDA_KONTRAK = "jeda_kontrak", "Perjanjian kerja sambung-menyambung"
    JEDA_KINERJA = "jeda_kinerja", "Penilaian kinerja tercatat tiap tahun"
    TUMPANG_JABATAN = "tumpang_jabatan", "Hanya satu jabatan definitif pada satu hari"
    TUMPANG_KONTRAK = "tumpang_kontrak", "Hanya satu perjanjian kerja pada satu hari"
    SAAT_PERGI = "saat_pergi", "Tidak ada penugasan selama CLTN atau tugas belajar"
    SESUDAH_BERHENTI = "sesudah_berhenti", "Tidak ada riwayat sesudah berhenti"


@dataclass(frozen=True)
class FaktaLinimasa:
    """All that is in force. A definitive post without an end lasts until the next one.

    `pergi` are leaves and studies away from duty, `kembali` the days of return;
    `berhenti` is the first day after service.
    """

    pengangkatan: date | None = None
    pangkat: tuple[Masa, ...] = ()
    jabatan: tuple[Masa, ...] = ()
    penugasan: tuple[Masa, ...] = ()
    kontrak: tuple[Masa, ...] = ()
    pergi: tuple[Masa, ...] = ()
    kembali: tuple[date, ...] = ()
    tahun_kinerja: frozenset[int] = frozenset()
    berhenti: date | None = None


def check_linimasa(fakta: FaktaLinimasa, *, per_tanggal: date) -> list[Temuan]:
    """Return the gaps and overlaps, in the order of their days."""
    found = [
        *_awal(fakta),
        *_jeda_jabatan(fakta, per_tanggal),
        *_tumpang_jabatan(fakta),
        *_kontrak(fakta),
        *_kinerja(fakta),
        *_pergi(fakta),
        *_sesudah(fakta),
    ]
    return sorted(found, key=lambda temuan: temuan.mulai or date.min)


def _awal(fakta: FaktaLinimasa) -> Iterator[Temuan]:
    """Yield what is not on record from the day of appointment on."""
    awal = fakta.pengangkatan
    if awal is None:
        return
    for rows, kode, kata in (
        (fakta.pangkat, KodeLinimasa.JEDA_PANGKAT, "golongan"),
        (fakta.jabatan, KodeLinimasa.JEDA_JABATAN, "jabatan"),
    ):
        first = min((row.mulai for row in rows), default=None)
        if first and first > awal:
            yield _jeda(kode, kata, rows[0].jenis, awal, first - HARI)


def _jeda_jabatan(fakta: FaktaLinimasa, per_tanggal: date) -> Iterator[Temuan]:
    for before, after in find_jeda(fakta.jabatan):
        if before.selesai:
            yield _jeda(
                KodeLinimasa.JEDA_JABATAN,
                "jabatan",
                after.jenis,
                before.selesai + HARI,
                after.mulai - HARI,
            )
    last = sort_masa(fakta.jabatan)[-1:]
    if last and (selesai := last[0].selesai):
        akhir = min(fakta.berhenti or date.max, per_tanggal)
        if selesai + HARI < akhir:
            yield _jeda(
                KodeLinimasa.JEDA_JABATAN,
                "jabatan",
                last[0].jenis,
                selesai + HARI,
                akhir if akhir == per_tanggal else akhir - HARI,
            )


def _tumpang_jabatan(fakta: FaktaLinimasa) -> Iterator[Temuan]:
    for before, after in pairwise(sort_masa(fakta.jabatan)):
        if before.selesai and before.selesai >= after.mulai:
            yield Temuan(
                KodeLinimasa.TUMPANG_JABATAN,
                f"{before.nama} tercatat sampai {format_tanggal(before.selesai)}, padahal "
                f"{after.nama} sudah mulai {format_tanggal(after.mulai)}.",
                TingkatTemuan.PERIKSA,
                jenis=before.jenis,
                baris=before.baris,
                mulai=after.mulai,
                selesai=before.selesai,
            )


def _kontrak(fakta: FaktaLinimasa) -> Iterator[Temuan]:
    for before, after in find_jeda(fakta.kontrak):
        if before.selesai:
            yield _jeda(
                KodeLinimasa.JEDA_KONTRAK,
                "perjanjian kerja",
                after.jenis,
                before.selesai + HARI,
                after.mulai - HARI,
                PP_49,
            )
    for before, after in pairwise(sort_masa(fakta.kontrak)):
        if before.shares(after):
            yield Temuan(
                KodeLinimasa.TUMPANG_KONTRAK,
                f"{before.nama} dan {after.nama} sama-sama berlaku mulai "
                f"{format_tanggal(after.mulai)}.",
                TingkatTemuan.SALAH,
                PP_49,
                jenis=after.jenis,
                baris=after.baris,
                mulai=after.mulai,
                selesai=before.selesai,
            )


def _kinerja(fakta: FaktaLinimasa) -> Iterator[Temuan]:
    """Yield the years without a rating between the first and the last that has one."""
    for before, after in pairwise(sorted(fakta.tahun_kinerja)):
        awal, akhir = before + 1, after - 1
        if awal > akhir:
            continue
        kata = f"{awal}" if awal == akhir else f"{awal} sampai {akhir}"
        yield Temuan(
            KodeLinimasa.JEDA_KINERJA,
            f"Tidak ada penilaian kinerja tahun {kata}.",
            TingkatTemuan.PERIKSA,
            jenis=_find_sistem(akhir),
            mulai=date(awal, 1, 1),
            selesai=date(akhir, 12, 31),
        )


def _find_sistem(tahun: int) -> str:
    """Return the kind of record a rating of that year is kept in."""
    sistem: str = (
        load_regulasi("simpeg/penilaian_kinerja_sistem").on(date(tahun, 12, 31)).nilai
    )
    return sistem


def _pergi(fakta: FaktaLinimasa) -> Iterator[Temuan]:
    for pergi in fakta.pergi:
        pulang = [hari for hari in fakta.kembali if hari > pergi.mulai]
        akhir = min([pergi.selesai or date.max, *(hari - HARI for hari in pulang)])
        masa = Masa(pergi.jenis, pergi.baris, pergi.nama, pergi.mulai, akhir)
        for row in fakta.penugasan:
            if masa.shares(row):
                yield Temuan(
                    KodeLinimasa.SAAT_PERGI,
                    f"{row.nama} mulai {format_tanggal(row.mulai)} bertumpang tindih "
                    f"dengan {masa.nama} ({format_tanggal(masa.mulai)} sampai "
                    f"{format_tanggal(akhir)}).",
                    TingkatTemuan.PERIKSA,
                    jenis=row.jenis,
                    baris=row.baris,
                    mulai=max(row.mulai, masa.mulai),
                    selesai=akhir,
                )


def _sesudah(fakta: FaktaLinimasa) -> Iterator[Temuan]:
    berhenti = fakta.berhenti
    if berhenti is None:
        return
    for row in (*fakta.pangkat, *fakta.jabatan, *fakta.penugasan):
        if row.mulai > berhenti:
            yield Temuan(
                KodeLinimasa.SESUDAH_BERHENTI,
                f"{row.nama} mulai {format_tanggal(row.mulai)}, sesudah berhenti "
                f"{format_tanggal(berhenti)}.",
                TingkatTemuan.SALAH,
                jenis=row.jenis,
                baris=row.baris,
                mulai=row.mulai,
            )


def _jeda(
    kode: KodeLinimasa,
    kata: str,
    jenis: str,
    mulai: date,
    selesai: date,
    dasar_hukum: str = KESEPAKATAN,
) -> Temuan:
    pesan = (
        f"Tidak ada {kata} tercatat {format_tanggal(mulai)} sampai "
        f"{format_tanggal(selesai)}."
    )
    return Temuan(
        kode,
        pesan,
        TingkatTemuan.PERIKSA,
        dasar_hukum,
        jenis=jenis,
        mulai=mulai,
        selesai=selesai,
    )
