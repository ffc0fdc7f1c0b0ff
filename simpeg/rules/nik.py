"""What the 16 digits of a NIK say and whether they can.

Dasar hukum: UU 23/2006 Pasal 13, PP 37/2007 Pasal 37. The number never changes, not
even when birth data are corrected: a difference from other records is a warning.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from bkpsdmd.regulations import Alasan, Hasil, Kode
from bkpsdmd.regulations.teks import format_tanggal
from simpeg.choices import JenisKelamin

DASAR_HUKUM = "UU 23/2006 Pasal 13; PP 37/2007 Pasal 37"
# The day of birth of a woman is written with 40 added.
TAMBAHAN_PEREMPUAN = 40


class KodeNik(Kode):
    JUMLAH_ANGKA = "jumlah_angka", "NIK tepat 16 angka"
    HARI_LAHIR = "hari_lahir", "Angka 7-8 adalah 01-31 atau 41-71"
    BULAN_LAHIR = "bulan_lahir", "Angka 9-10 adalah 01-12"
    NOMOR_URUT = "nomor_urut", "Angka 13-16 bukan 0000"
    TANGGAL_ADA = "tanggal_ada", "Hari itu ada dalam bulannya (peringatan)"
    KESESUAIAN_JENIS_KELAMIN = (
        "kesesuaian_jenis_kelamin",
        "Jenis kelamin sama dengan data (peringatan)",
    )
    KESESUAIAN_TANGGAL_LAHIR = (
        "kesesuaian_tanggal_lahir",
        "Tanggal lahir sama dengan data (peringatan)",
    )


@dataclass(frozen=True)
class FaktaNik:
    nik: str
    jenis_kelamin: JenisKelamin | None = None
    tanggal_lahir: date | None = None


@dataclass(frozen=True)
class BagianNik:
    """`hari` as born (without the 40 of a woman); the century of `tahun` is unknown."""

    angka: str
    wilayah: str
    hari: int
    bulan: int
    tahun: int
    jenis_kelamin: JenisKelamin
    nomor_urut: int


@dataclass(frozen=True, kw_only=True)
class HasilNik(Hasil):
    sah: bool
    kesalahan: tuple[Kode, ...]
    peringatan: tuple[Kode, ...]


def normalize_nik(teks: str) -> str:
    """Return `teks` without the spaces, dots and apostrophes files bring along."""
    return re.sub(r"[\s.'’]", "", teks)


def parse_nik(teks: str) -> BagianNik | None:
    """Return the parts of the number, or None when it is not 16 digits."""
    angka = normalize_nik(teks)
    if not re.fullmatch(r"[0-9]{16}", angka):
        return None
    hari = int(angka[6:8])
    is_perempuan = hari > TAMBAHAN_PEREMPUAN
    return BagianNik(
        angka=angka,
        wilayah=angka[:6],
        hari=hari - TAMBAHAN_PEREMPUAN if is_perempuan else hari,
        bulan=int(angka[8:10]),
        tahun=int(angka[10:12]),
        jenis_kelamin=(
            JenisKelamin.PEREMPUAN if is_perempuan else JenisKelamin.LAKI_LAKI
        ),
        nomor_urut=int(angka[12:]),
    )


def check_nik(fakta: FaktaNik) -> HasilNik:
    """Return whether the number is sound, with every error and warning that applies."""
    bagian = parse_nik(fakta.nik)
    if bagian is None:
        syarat, kecocokan = [_check_jumlah_angka(fakta.nik)], []
    else:
        syarat = [
            _check_jumlah_angka(bagian.angka),
            _check_hari_lahir(bagian),
            _check_bulan_lahir(bagian),
            _check_nomor_urut(bagian),
        ]
        kecocokan = [
            *_check_tanggal_ada(bagian),
            *_compare_jenis_kelamin(bagian, fakta),
            *_compare_tanggal_lahir(bagian, fakta),
        ]
    return HasilNik(
        sah=all(alasan.terpenuhi for alasan in syarat),
        kesalahan=tuple(alasan.kode for alasan in syarat if not alasan.terpenuhi),
        peringatan=tuple(alasan.kode for alasan in kecocokan if not alasan.terpenuhi),
        alasan=(*syarat, *kecocokan),
        dasar_hukum=(DASAR_HUKUM,),
    )


def _check_jumlah_angka(teks: str) -> Alasan:
    angka = normalize_nik(teks)
    if re.fullmatch(r"[0-9]{16}", angka):
        return Alasan(KodeNik.JUMLAH_ANGKA, "NIK terdiri atas 16 angka.")
    pesan = f"NIK harus tepat 16 angka; yang tertulis {len(angka)} tanda."
    return Alasan(KodeNik.JUMLAH_ANGKA, pesan, terpenuhi=False)


def _check_hari_lahir(bagian: BagianNik) -> Alasan:
    terpenuhi = 1 <= bagian.hari <= 31
    pesan = f"Angka 7-8 ({bagian.angka[6:8]})" + (
        f": hari {bagian.hari}, {bagian.jenis_kelamin.label.lower()}."
        if terpenuhi
        else " harus 01-31 (laki-laki) atau 41-71 (perempuan)."
    )
    return Alasan(KodeNik.HARI_LAHIR, pesan, terpenuhi)


def _check_bulan_lahir(bagian: BagianNik) -> Alasan:
    terpenuhi = 1 <= bagian.bulan <= 12
    pesan = f"Angka 9-10 ({bagian.bulan:02})" + (
        ": bulan lahir." if terpenuhi else " harus 01-12."
    )
    return Alasan(KodeNik.BULAN_LAHIR, pesan, terpenuhi)


def _check_nomor_urut(bagian: BagianNik) -> Alasan:
    terpenuhi = bagian.nomor_urut > 0
    pesan = f"Nomor urut {bagian.nomor_urut:04}" + (
        "." if terpenuhi else " tidak ada; penomoran mulai dari 0001."
    )
    return Alasan(KodeNik.NOMOR_URUT, pesan, terpenuhi)


def _check_tanggal_ada(bagian: BagianNik) -> list[Alasan]:
    if not (1 <= bagian.hari <= 31 and 1 <= bagian.bulan <= 12):
        return []
    # 2000 + tahun is leap whenever either century's year is.
    terpenuhi = bagian.hari <= monthrange(2000 + bagian.tahun, bagian.bulan)[1]
    pesan = f"Tanggal {bagian.hari} bulan {bagian.bulan:02}" + (
        " ada dalam kalender."
        if terpenuhi
        else f" tidak ada dalam kalender tahun {bagian.tahun:02}."
    )
    return [Alasan(KodeNik.TANGGAL_ADA, pesan, terpenuhi)]


def _compare_jenis_kelamin(bagian: BagianNik, fakta: FaktaNik) -> list[Alasan]:
    if fakta.jenis_kelamin is None:
        return []
    nik, data = bagian.jenis_kelamin, fakta.jenis_kelamin
    pesan = (
        f"Jenis kelamin menurut NIK {nik.label.lower()}, menurut data "
        f"{data.label.lower()}."
    )
    return [Alasan(KodeNik.KESESUAIAN_JENIS_KELAMIN, pesan, nik is data)]


def _compare_tanggal_lahir(bagian: BagianNik, fakta: FaktaNik) -> list[Alasan]:
    if fakta.tanggal_lahir is None:
        return []
    data = fakta.tanggal_lahir
    terpenuhi = (bagian.hari, bagian.bulan, bagian.tahun) == (
        data.day,
        data.month,
        data.year % 100,
    )
    pesan = (
        f"Tanggal lahir menurut NIK {bagian.hari:02}-{bagian.bulan:02}-"
        f"{bagian.tahun:02}, menurut data {format_tanggal(data)}."
    )
    return [Alasan(KodeNik.KESESUAIAN_TANGGAL_LAHIR, pesan, terpenuhi)]
