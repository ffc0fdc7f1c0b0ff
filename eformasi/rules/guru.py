"""Teachers a school needs.

Dasar hukum: see regulations/kebutuhan_guru_sd.yaml, kebutuhan_guru_smp.yaml,
kebutuhan_guru_bk.yaml.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from bkpsdmd.regulations import Alasan, Hasil, Kode, load_regulasi
from bkpsdmd.regulations.angka import round_half_up
from bkpsdmd.regulations.teks import format_angka
from eformasi.choices import AturanPembulatan

from .pembulatan import explain_pembulatan, find_aturan, round_orang


class KodeGuru(Kode):
    GURU_KELAS = "guru_kelas", "Guru kelas menurut rombongan belajar"
    GURU_AGAMA = "guru_agama", "Guru agama menurut sekolah"
    GURU_PJOK = "guru_pjok", "Guru PJOK menurut sekolah"
    KEPALA_SEKOLAH = "kepala_sekolah", "Kepala sekolah tidak termasuk"
    MAPEL = "mapel", "Jam mata pelajaran dibagi wajib mengajar, tiap mata pelajaran"
    GURU_BK = "guru_bk", "Peserta didik dibagi yang dibimbing seorang guru BK"


@dataclass(frozen=True)
class Mapel:
    """One subject of one school; `jam` a week for each rombel."""

    rombel: int
    jam: Decimal


@dataclass(frozen=True, kw_only=True)
class HasilGuruSd(Hasil):
    guru_kelas: int
    guru_agama: int
    guru_pjok: int

    @property
    def kebutuhan(self) -> int:
        return self.guru_kelas + self.guru_agama + self.guru_pjok


@dataclass(frozen=True, kw_only=True)
class HasilGuruMapel(Hasil):
    """People by subject, in the order of the input."""

    orang: tuple[int, ...]

    @property
    def kebutuhan(self) -> int:
        return sum(self.orang)


@dataclass(frozen=True, kw_only=True)
class HasilGuruBk(Hasil):
    kebutuhan: int


def compute_guru_sd(*, sekolah: int, rombel: int, per_tanggal: date) -> HasilGuruSd:
    """Return the teachers of primary schools, without the heads.

    Raises KetentuanNotInForceError when no rule applies on that date.
    """
    ketentuan = load_regulasi("eformasi/kebutuhan_guru_sd").on(per_tanggal)
    nilai, kutipan = ketentuan.nilai, ketentuan.kutipan
    guru_kelas: int = rombel * nilai["guru_kelas_per_rombel"]
    guru_agama: int = sekolah * nilai["guru_agama_per_sekolah"]
    guru_pjok: int = sekolah * nilai["guru_pjok_per_sekolah"]
    rincian = (
        (KodeGuru.GURU_KELAS, guru_kelas, f"{rombel} rombongan belajar", "guru kelas"),
        (KodeGuru.GURU_AGAMA, guru_agama, f"{sekolah} sekolah", "guru agama"),
        (KodeGuru.GURU_PJOK, guru_pjok, f"{sekolah} sekolah", "guru PJOK"),
    )
    return HasilGuruSd(
        guru_kelas=guru_kelas,
        guru_agama=guru_agama,
        guru_pjok=guru_pjok,
        alasan=(
            *(
                Alasan(
                    kode,
                    f"{dari}: {orang} {sebutan}.",
                    nilai=orang,
                    dasar_hukum=kutipan,
                )
                for kode, orang, dari, sebutan in rincian
            ),
            Alasan(
                KodeGuru.KEPALA_SEKOLAH,
                "Kepala sekolah jabatan tersendiri dan tidak termasuk; guru agama dihitung "
                "paling sedikit satu per sekolah, menurut agama peserta didik.",
                dasar_hukum=kutipan,
            ),
        ),
        dasar_hukum=(kutipan,),
    )


def compute_guru_mapel(mapel: Sequence[Mapel], *, per_tanggal: date) -> HasilGuruMapel:
    """Return the subject teachers of one school, rounded once per subject.

    Raises KetentuanNotInForceError when no rule applies on that date.
    """
    ketentuan = load_regulasi("eformasi/kebutuhan_guru_smp").on(per_tanggal)
    wajib_jam: int = ketentuan.nilai
    aturan = find_aturan(None, per_tanggal=per_tanggal)
    hasil = [_count_mapel(satu, wajib_jam, aturan) for satu in mapel]
    return HasilGuruMapel(
        orang=tuple(orang for orang, _ in hasil),
        alasan=tuple(
            Alasan(
                KodeGuru.MAPEL,
                f"Mata pelajaran {nomor}: {uraian}",
                nilai=orang,
                dasar_hukum=ketentuan.kutipan,
            )
            for nomor, (orang, uraian) in enumerate(hasil, start=1)
        ),
        dasar_hukum=(ketentuan.kutipan,),
    )


# Schools have few rombel and subjects few hours: the same pairs come again and again.
@lru_cache(maxsize=4096)
def _count_mapel(
    mapel: Mapel, wajib_jam: int, aturan: AturanPembulatan
) -> tuple[int, str]:
    """Return the people for one subject of one school, and how they were counted."""
    tepat = mapel.rombel * Fraction(mapel.jam) / wajib_jam
    orang = round_orang(tepat, aturan)
    uraian = (
        f"{mapel.rombel} rombongan belajar x {format_angka(mapel.jam)} jam / {wajib_jam} "
        f"jam = {format_angka(round_half_up(tepat, 6))}, dibulatkan {aturan.label}: "
        f"{orang} orang."
    )
    return orang, uraian


def compute_guru_bk(peserta_didik: int, *, per_tanggal: date) -> HasilGuruBk:
    """Return the guidance teachers, rounded once on the total.

    Raises KetentuanNotInForceError when no rule applies on that date.
    """
    ketentuan = load_regulasi("eformasi/kebutuhan_guru_bk").on(per_tanggal)
    tepat = Fraction(peserta_didik, ketentuan.nilai)
    aturan = find_aturan(None, per_tanggal=per_tanggal)
    kebutuhan = round_orang(tepat, aturan)
    pembulatan = explain_pembulatan(tepat, kebutuhan, aturan, per_tanggal=per_tanggal)
    return HasilGuruBk(
        kebutuhan=kebutuhan,
        alasan=(
            Alasan(
                KodeGuru.GURU_BK,
                f"{peserta_didik} peserta didik, seorang guru BK untuk {ketentuan.nilai} "
                "peserta didik.",
                nilai=tepat,
                dasar_hukum=ketentuan.kutipan,
            ),
            pembulatan,
        ),
        dasar_hukum=(ketentuan.kutipan, pembulatan.dasar_hukum),
    )
