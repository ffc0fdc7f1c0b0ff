"""Daftar urut kepangkatan (DUK): a total order of PNS, each place explained.

Dasar hukum: PP 15/1979; SE Kepala BAKN 03/SE/1980, which fixes the six criteria and
their sequence. How posts, training and education rank among themselves is data, see
regulations/duk_peringkat_*.yaml.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_masa, format_tanggal
from simpeg.choices import (
    Eselon,
    Jenjang,
    KelompokJabatan,
    Pendidikan,
    StatusKepegawaian,
)

from .golongan import GolonganPNS

DASAR_HUKUM = "PP 15/1979 jo. SE Kepala BAKN 03/SE/1980"


class KodeDuk(Kode):
    """The criteria in their order, then what ends a full tie."""

    PANGKAT = "pangkat", "Pangkat lebih tinggi"
    TMT_PANGKAT = "tmt_pangkat", "Pangkat sama, TMT pangkat lebih dahulu"
    JABATAN = "jabatan", "Jabatan lebih tinggi"
    TMT_JABATAN = "tmt_jabatan", "Jabatan setingkat, TMT jabatan lebih dahulu"
    MASA_KERJA = "masa_kerja", "Masa kerja lebih lama"
    DIKLAT = "diklat", "Latihan jabatan lebih tinggi"
    TANGGAL_DIKLAT = "tanggal_diklat", "Latihan setingkat, lulus lebih dahulu"
    PENDIDIKAN = "pendidikan", "Pendidikan lebih tinggi"
    TAHUN_LULUS = "tahun_lulus", "Pendidikan setingkat, lulus lebih dahulu"
    USIA = "usia", "Usia lebih tua"
    NOMOR = "nomor", "Semua kriteria sama, diurutkan menurut NIP"
    NOMOR_GANDA = "nomor_ganda", "Dua orang dengan nomor yang sama"
    KEANGGOTAAN = "keanggotaan", "Status kepegawaian masuk DUK"


TingkatJabatan = Eselon | Jenjang | Literal[KelompokJabatan.PELAKSANA]


@dataclass(frozen=True)
class FaktaDuk:
    """One PNS on the day of the list; None where there is nothing on record.

    `nomor` is the NIP, or any other unique text. `masa_kerja_bulan` is the service that
    counts for pay. `diklat_tingkat` runs from 1, the highest (PKN I), to 4.
    """

    nomor: str
    golongan: GolonganPNS
    tmt_golongan: date
    tingkat_jabatan: TingkatJabatan | None
    tmt_jabatan: date | None
    masa_kerja_bulan: int
    diklat_tingkat: int | None
    diklat_tanggal: date | None
    pendidikan: Pendidikan | None
    tahun_lulus: int | None
    tanggal_lahir: date


class KunciDuk(NamedTuple):
    """Sort key of one person: the smaller stands higher, what is unknown stands last.

    The fields follow the criteria of KodeDuk; dates are written as YYYYMMDD.
    """

    pangkat: int
    tmt_pangkat: int
    jabatan: int
    tmt_jabatan: int
    masa_kerja: int
    diklat: int
    tanggal_diklat: int
    pendidikan: int
    tahun_lulus: int
    usia: int
    nomor: str

    @property
    def teks(self) -> str:
        """The key as one text that sorts alike in Python and in both databases.

        Digits of fixed width before the number: no collation can reorder them.
        """
        angka = zip(self[:-1], LEBAR, strict=True)
        return "".join(f"{nilai:0{lebar}}" for nilai, lebar in angka) + self.nomor


KOSONG = "tidak tercatat"
LEBAR = (2, 8, 2, 8, 4, 1, 8, 2, 4, 8)
TERAKHIR = KunciDuk._make((*(10**lebar - 1 for lebar in LEBAR), ""))


@dataclass(frozen=True)
class PosisiDuk:
    """A place in the list; `penentu` says why it is below the one above it."""

    nomor_urut: int
    fakta: FaktaDuk
    penentu: Alasan | None


@dataclass(frozen=True, kw_only=True)
class HasilDuk(Hasil):
    urutan: tuple[PosisiDuk, ...]


def compute_kunci_duk(fakta: FaktaDuk, *, per_tanggal: date) -> KunciDuk:
    """Return the sort key of one person under the rankings in force."""
    return KunciDuk(
        pangkat=len(GolonganPNS) - fakta.golongan.tingkat,
        tmt_pangkat=_as_number(fakta.tmt_golongan),
        jabatan=_rank("jabatan", fakta.tingkat_jabatan, per_tanggal),
        tmt_jabatan=_as_number(fakta.tmt_jabatan),
        masa_kerja=TERAKHIR.masa_kerja - fakta.masa_kerja_bulan,
        diklat=_rank("diklat", fakta.diklat_tingkat, per_tanggal),
        tanggal_diklat=_as_number(fakta.diklat_tanggal),
        pendidikan=_rank("pendidikan", fakta.pendidikan, per_tanggal),
        tahun_lulus=fakta.tahun_lulus or TERAKHIR.tahun_lulus,
        usia=_as_number(fakta.tanggal_lahir),
        nomor=fakta.nomor,
    )


def rank_duk(pegawai: Iterable[FaktaDuk], *, per_tanggal: date) -> HasilDuk:
    """Return the list in order, whatever the order of `pegawai`.

    `alasan` holds, for each place but the first, why it is below the one above.
    Raises DomainError when two persons share a `nomor`: no two share a place.
    """
    berkunci = sorted(
        (
            (compute_kunci_duk(fakta, per_tanggal=per_tanggal), fakta)
            for fakta in pegawai
        ),
        key=itemgetter(0),
    )
    _refuse_duplicates([fakta.nomor for _, fakta in berkunci])
    penentu = [_explain(atas, bawah) for atas, bawah in pairwise(berkunci)]
    return HasilDuk(
        urutan=tuple(
            PosisiDuk(nomor_urut, fakta, alasan)
            for nomor_urut, ((_, fakta), alasan) in enumerate(
                zip(berkunci, [None, *penentu], strict=False), start=1
            )
        ),
        alasan=tuple(penentu),
        dasar_hukum=_list_dasar(per_tanggal),
    )


def check_keanggotaan_duk(status: StatusKepegawaian, *, per_tanggal: date) -> Alasan:
    """Return whether people of this status stand in the list."""
    anggota = load_regulasi("simpeg/duk_keanggotaan").on(per_tanggal)
    terpenuhi = status in anggota.nilai
    pesan = f"{status.label} {'masuk' if terpenuhi else 'tidak masuk'} DUK."
    return Alasan(KodeDuk.KEANGGOTAAN, pesan, terpenuhi, dasar_hukum=anggota.kutipan)


_Berkunci = tuple[KunciDuk, FaktaDuk]

# What each criterion compares, as people read it.
_URAIAN: Mapping[KodeDuk, Callable[[FaktaDuk], str]] = {
    KodeDuk.PANGKAT: lambda fakta: fakta.golongan,
    KodeDuk.TMT_PANGKAT: lambda fakta: format_tanggal(fakta.tmt_golongan),
    KodeDuk.JABATAN: lambda fakta: _name_jabatan(fakta.tingkat_jabatan),
    KodeDuk.TMT_JABATAN: lambda fakta: _name_tanggal(fakta.tmt_jabatan),
    KodeDuk.MASA_KERJA: lambda fakta: format_masa(fakta.masa_kerja_bulan),
    KodeDuk.DIKLAT: lambda fakta: (
        f"tingkat {fakta.diklat_tingkat}" if fakta.diklat_tingkat else KOSONG
    ),
    KodeDuk.TANGGAL_DIKLAT: lambda fakta: _name_tanggal(fakta.diklat_tanggal),
    KodeDuk.PENDIDIKAN: lambda fakta: (
        fakta.pendidikan.label if fakta.pendidikan else KOSONG
    ),
    KodeDuk.TAHUN_LULUS: lambda fakta: str(fakta.tahun_lulus or KOSONG),
    KodeDuk.USIA: lambda fakta: f"lahir {format_tanggal(fakta.tanggal_lahir)}",
    KodeDuk.NOMOR: lambda fakta: fakta.nomor,
}


def _explain(atas: _Berkunci, bawah: _Berkunci) -> Alasan:
    """Return the first criterion that tells two neighbours of the list apart."""
    pasangan = zip(_URAIAN, atas[0], bawah[0], strict=True)
    kode = next(kode for kode, satu, dua in pasangan if satu != dua)
    uraian = _URAIAN[kode]
    pesan = f"{kode.arti}: {uraian(atas[1])} terhadap {uraian(bawah[1])}."
    return Alasan(kode, pesan, True)


def _name_jabatan(tingkat: TingkatJabatan | None) -> str:
    if tingkat is None:
        return KOSONG
    return f"eselon {tingkat}" if isinstance(tingkat, Eselon) else tingkat.label


def _name_tanggal(tanggal: date | None) -> str:
    return format_tanggal(tanggal) if tanggal else KOSONG


def _as_number(tanggal: date | None) -> int:
    if tanggal is None:
        return TERAKHIR.usia
    return tanggal.year * 10_000 + tanggal.month * 100 + tanggal.day


def _rank(jenis: str, nilai: str | int | None, per_tanggal: date) -> int:
    """Return the place of `nilai` in a ranking, 0 the highest; unknown stands last."""
    if nilai is None:
        return int(getattr(TERAKHIR, jenis))
    return _index_peringkat(_load_peringkat(jenis, per_tanggal))[nilai]


def _load_peringkat(jenis: str, per_tanggal: date) -> Ketentuan:
    return load_regulasi(f"simpeg/duk_peringkat_{jenis}").on(per_tanggal)


@cache
def _index_peringkat(peringkat: Ketentuan) -> Mapping[str | int, int]:
    """Return value -> place; values in one line of the file share their place."""
    return {
        nilai: tempat
        for tempat, setingkat in enumerate(peringkat.nilai)
        for nilai in setingkat
    }


def _refuse_duplicates(nomor: list[str]) -> None:
    ganda = [satu for satu, banyak in Counter(nomor).items() if banyak > 1]
    if ganda:
        raise DomainError(
            f"nomor {ganda[0]!r} dipakai lebih dari satu orang.",
            kolom="nomor",
            kode=KodeDuk.NOMOR_GANDA,
        )


def _list_dasar(per_tanggal: date) -> tuple[str, ...]:
    """Return the law and, for each ranking it leaves open, how sure ours is."""
    peringkat = (
        f"Peringkat {jenis}: {_load_peringkat(jenis, per_tanggal).kutipan}"
        for jenis in ("jabatan", "diklat", "pendidikan")
    )
    return (DASAR_HUKUM, *peringkat)
