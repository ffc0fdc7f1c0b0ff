"""One day of attendance: minutes late, minutes early, and their classes."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import TypeVar

from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_tanggal
from ekinerja.choices import KelasPulangCepat, KelasTerlambat
from simpeg.choices import Choice

HARI = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")

K = TypeVar("K", bound=Choice)


class KodePresensi(Kode):
    JAM_KERJA = "jam_kerja", "Jam kerja hari itu"
    HARI_LIBUR = "hari_libur", "Bukan hari kerja"
    HADIR = "hadir", "Ada absen masuk atau absen pulang"
    ABSEN_MASUK = "absen_masuk", "Ada absen masuk"
    ABSEN_PULANG = "absen_pulang", "Ada absen pulang"
    TEPAT_MASUK = "tepat_masuk", "Masuk tidak terlambat"
    TEPAT_PULANG = "tepat_pulang", "Pulang tidak mendahului jam kerja"
    URUTAN_JAM = "urutan_jam", "Jam pulang tidak mendahului jam masuk"


@dataclass(frozen=True)
class FaktaPresensi:
    """The first and the last punch of a day; None for one that is missing."""

    tanggal: date
    masuk: time | None
    pulang: time | None
    is_ramadan: bool = False


@dataclass(frozen=True)
class JamKerja:
    """Minutes since midnight."""

    mulai: int
    selesai: int


@dataclass(frozen=True, kw_only=True)
class HasilPresensi(Hasil):
    """Minutes are None where they cannot be known, a class where there is none."""

    terlambat_menit: int | None = None
    kelas_terlambat: KelasTerlambat | None = None
    pulang_cepat_menit: int | None = None
    kelas_pulang_cepat: KelasPulangCepat | None = None


def compute_presensi(fakta: FaktaPresensi) -> HasilPresensi:
    """Return the minutes late and early by the working hours in force on that day.

    Public holidays are the caller's business: the regulation knows weekdays alone.
    Raises KetentuanNotInForceError before the working hours were set.
    Dasar hukum: see regulations/jam_kerja.yaml, kelas_presensi.yaml.
    """
    ketentuan = load_regulasi("ekinerja/jam_kerja").on(fakta.tanggal)
    kelas = load_regulasi("ekinerja/kelas_presensi").on(fakta.tanggal)
    jam = find_jam_kerja(ketentuan, fakta.tanggal, is_ramadan=fakta.is_ramadan)
    if jam is None:
        return HasilPresensi(
            terlambat_menit=0,
            pulang_cepat_menit=0,
            alasan=(_explain_libur(fakta, ketentuan),),
            dasar_hukum=(ketentuan.kutipan,),
        )
    pembuka = _explain_jam_kerja(fakta, jam, ketentuan)
    dasar_hukum = (ketentuan.kutipan, kelas.kutipan)
    if fakta.masuk is None and fakta.pulang is None:
        pesan = "Tidak ada absen masuk dan absen pulang: tidak hadir, bukan terlambat."
        absen = Alasan(KodePresensi.HADIR, pesan, terpenuhi=False)
        return HasilPresensi(alasan=(pembuka, absen), dasar_hukum=dasar_hukum)
    terlambat = pulang_cepat = None
    if fakta.masuk is not None:
        terlambat = max(_count_menit(fakta.masuk) - jam.mulai, 0)
    if fakta.pulang is not None:
        pulang_cepat = max(jam.selesai - _count_menit(fakta.pulang), 0)
    kelas_terlambat = _classify(terlambat, kelas, KelasTerlambat)
    kelas_pulang_cepat = _classify(pulang_cepat, kelas, KelasPulangCepat)
    return HasilPresensi(
        terlambat_menit=terlambat,
        kelas_terlambat=kelas_terlambat,
        pulang_cepat_menit=pulang_cepat,
        kelas_pulang_cepat=kelas_pulang_cepat,
        alasan=(
            pembuka,
            _explain_masuk(terlambat, kelas_terlambat, kelas),
            _explain_pulang(pulang_cepat, kelas_pulang_cepat, kelas),
            *_check_urutan(fakta),
        ),
        dasar_hukum=dasar_hukum,
    )


def find_jam_kerja(
    ketentuan: Ketentuan, tanggal: date, *, is_ramadan: bool
) -> JamKerja | None:
    """Return the working hours of a day, None on a day off."""
    return _list_jam_kerja(ketentuan, is_ramadan=is_ramadan)[tanggal.weekday()]


@cache
def _list_jam_kerja(
    ketentuan: Ketentuan, *, is_ramadan: bool
) -> tuple[JamKerja | None, ...]:
    """Return the hours from Monday on: the minutes of the week are spread evenly."""
    aturan = ketentuan.nilai["ramadan" if is_ramadan else "biasa"]
    istirahat = aturan["istirahat"]
    mulai = _count_menit(time.fromisoformat(aturan["masuk"]))
    sehari = aturan["menit_seminggu"] // len(istirahat)
    return tuple(
        JamKerja(mulai, mulai + sehari + istirahat[hari]) if hari in istirahat else None
        for hari in HARI
    )


def _classify(menit: int | None, kelas: Ketentuan, pilihan: type[K]) -> K | None:
    """Return the class of so many minutes; a missing punch is in the last one."""
    batas = kelas.nilai
    tingkat = len(batas) if menit is None else bisect_right(batas, menit)
    return list(pilihan)[tingkat - 1] if tingkat else None


def _count_menit(jam: time) -> int:
    return jam.hour * 60 + jam.minute


def _format_jam(menit: int) -> str:
    return "{:02}.{:02}".format(*divmod(menit, 60))


def _format_hari(tanggal: date) -> str:
    return f"{HARI[tanggal.weekday()].title()}, {format_tanggal(tanggal)}"


def _explain_libur(fakta: FaktaPresensi, ketentuan: Ketentuan) -> Alasan:
    return Alasan(
        KodePresensi.HARI_LIBUR,
        f"{_format_hari(fakta.tanggal)}, bukan hari kerja: tidak ada terlambat atau "
        "pulang cepat.",
        dasar_hukum=ketentuan.kutipan,
    )


def _explain_jam_kerja(
    fakta: FaktaPresensi, jam: JamKerja, ketentuan: Ketentuan
) -> Alasan:
    sebutan = "jam kerja Ramadan" if fakta.is_ramadan else "jam kerja"
    return Alasan(
        KodePresensi.JAM_KERJA,
        f"{_format_hari(fakta.tanggal)}: {sebutan} {_format_jam(jam.mulai)} sampai "
        f"{_format_jam(jam.selesai)}. Hari libur nasional tidak diperiksa di sini.",
        dasar_hukum=ketentuan.kutipan,
    )


def _explain_masuk(
    menit: int | None, kelas: KelasTerlambat | None, ketentuan: Ketentuan
) -> Alasan:
    kutipan = ketentuan.kutipan
    if kelas is None:
        return Alasan(KodePresensi.TEPAT_MASUK, "Masuk tidak terlambat.", nilai=0)
    if menit is None:
        pesan = f"Tidak ada absen masuk: kelas {kelas.label}, menitnya tidak diketahui."
        kode = KodePresensi.ABSEN_MASUK
    else:
        pesan = f"Terlambat {menit} menit: kelas {kelas.label}."
        kode = KodePresensi.TEPAT_MASUK
    return Alasan(kode, pesan, terpenuhi=False, nilai=menit, dasar_hukum=kutipan)


def _explain_pulang(
    menit: int | None, kelas: KelasPulangCepat | None, ketentuan: Ketentuan
) -> Alasan:
    kutipan = ketentuan.kutipan
    if kelas is None:
        return Alasan(KodePresensi.TEPAT_PULANG, "Pulang tidak lebih cepat.", nilai=0)
    if menit is None:
        pesan = (
            f"Tidak ada absen pulang: kelas {kelas.label}, menitnya tidak diketahui."
        )
        kode = KodePresensi.ABSEN_PULANG
    else:
        pesan = f"Pulang {menit} menit lebih cepat: kelas {kelas.label}."
        kode = KodePresensi.TEPAT_PULANG
    return Alasan(kode, pesan, terpenuhi=False, nilai=menit, dasar_hukum=kutipan)


def _check_urutan(fakta: FaktaPresensi) -> Iterator[Alasan]:
    masuk, pulang = fakta.masuk, fakta.pulang
    if masuk is not None and pulang is not None and pulang < masuk:
        pesan = "Jam pulang mendahului jam masuk; periksa rekamannya."
        yield Alasan(KodePresensi.URUTAN_JAM, pesan, terpenuhi=False)
