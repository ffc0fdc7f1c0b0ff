"""Basic pay from the scale in force."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_masa, format_rupiah

from .golongan import Golongan, GolonganPNS


class KodeGaji(Kode):
    BARIS_GAJI = "baris_gaji", "Baris skala gaji yang dipakai"
    BARIS_PERTAMA = "baris_pertama", "Masa kerja di bawah baris pertama skala"
    BARIS_TERAKHIR = "baris_terakhir", "Masa kerja sudah di baris terakhir skala"
    BAGIAN_CPNS = "bagian_cpns", "Bagian gaji pokok yang diterima CPNS"
    CPNS_HANYA_PNS = "cpns_hanya_pns", "Keterangan CPNS tidak berlaku bagi PPPK"


@dataclass(frozen=True)
class FaktaGaji:
    """`mkg_bulan` is the masa kerja golongan, not the time since appointment."""

    golongan: Golongan
    mkg_bulan: int
    is_cpns: bool = False


@dataclass(frozen=True)
class BarisGaji:
    masa_kerja_tahun: int
    gaji_rupiah: int


@dataclass(frozen=True, kw_only=True)
class HasilGaji(Hasil):
    """`gaji_rupiah` is what is paid a month, `gaji_pokok_rupiah` the scale's amount."""

    gaji_rupiah: int
    gaji_pokok_rupiah: int
    baris_mkg_tahun: int


def compute_gaji_pokok(fakta: FaktaGaji, *, per_tanggal: date) -> HasilGaji:
    """Return the basic pay a month: the highest row not above the masa kerja.

    Raises KetentuanNotInForceError when no scale applies on that date.
    Dasar hukum: see regulations/gaji_pokok_pns, gaji_pokok_pppk, gaji_cpns.yaml.
    """
    skala = find_skala(fakta.golongan, per_tanggal=per_tanggal)
    baris = list_baris(skala, fakta.golongan)
    posisi = bisect_right(
        baris, fakta.mkg_bulan // 12, key=lambda row: row.masa_kerja_tahun
    )
    terpakai = baris[max(posisi - 1, 0)]
    alasan = [_explain_baris(fakta, terpakai, skala)]
    if posisi == 0:
        pesan = (
            f"Skala golongan {fakta.golongan} mulai pada {terpakai.masa_kerja_tahun} "
            "tahun; masa kerja di bawahnya dibayar menurut baris pertama."
        )
        alasan.append(Alasan(KodeGaji.BARIS_PERTAMA, pesan))
    if posisi == len(baris):
        pesan = (
            f"Baris {terpakai.masa_kerja_tahun} tahun adalah baris terakhir skala "
            f"golongan {fakta.golongan}."
        )
        alasan.append(Alasan(KodeGaji.BARIS_TERAKHIR, pesan))
    hasil = HasilGaji(
        gaji_rupiah=terpakai.gaji_rupiah,
        gaji_pokok_rupiah=terpakai.gaji_rupiah,
        baris_mkg_tahun=terpakai.masa_kerja_tahun,
        alasan=tuple(alasan),
        dasar_hukum=(skala.kutipan,),
    )
    return _apply_cpns(fakta, hasil, per_tanggal) if fakta.is_cpns else hasil


def find_skala(golongan: Golongan, *, per_tanggal: date) -> Ketentuan:
    """Return the salary scale of the golongan's ladder in force on `per_tanggal`."""
    jenis = "pns" if isinstance(golongan, GolonganPNS) else "pppk"
    return load_regulasi(f"simpeg/gaji_pokok_{jenis}").on(per_tanggal)


def list_baris(skala: Ketentuan, golongan: Golongan) -> tuple[BarisGaji, ...]:
    """Return the rows of one golongan, by rising masa kerja."""
    return _group_by_golongan(skala)[golongan]


@cache
def _group_by_golongan(skala: Ketentuan) -> Mapping[str, tuple[BarisGaji, ...]]:
    kelompok: dict[str, list[BarisGaji]] = {}
    for row in skala.nilai:
        baris = BarisGaji(row["masa_kerja_tahun"], row["gaji_rupiah"])
        kelompok.setdefault(row["golongan_ruang"], []).append(baris)
    return {
        golongan: tuple(sorted(baris, key=lambda row: row.masa_kerja_tahun))
        for golongan, baris in kelompok.items()
    }


def _explain_baris(fakta: FaktaGaji, baris: BarisGaji, skala: Ketentuan) -> Alasan:
    return Alasan(
        KodeGaji.BARIS_GAJI,
        f"Golongan {fakta.golongan}, masa kerja {format_masa(fakta.mkg_bulan)}: baris "
        f"{baris.masa_kerja_tahun} tahun, {format_rupiah(baris.gaji_rupiah)}.",
        nilai=baris.gaji_rupiah,
        dasar_hukum=skala.kutipan,
    )


def _apply_cpns(fakta: FaktaGaji, hasil: HasilGaji, per_tanggal: date) -> HasilGaji:
    if not isinstance(fakta.golongan, GolonganPNS):
        alasan = Alasan(
            KodeGaji.CPNS_HANYA_PNS,
            "PPPK tidak melalui masa CPNS; gaji pokok dibayar penuh.",
            terpenuhi=False,
        )
        return replace(hasil, alasan=(*hasil.alasan, alasan))
    bagian = load_regulasi("simpeg/gaji_cpns").on(per_tanggal)
    # Whole: every amount of the scale is a multiple of Rp 100 (a test holds it so).
    gaji_rupiah = hasil.gaji_pokok_rupiah * bagian.nilai // 100
    alasan = Alasan(
        KodeGaji.BAGIAN_CPNS,
        f"CPNS menerima {bagian.nilai} % dari gaji pokok: {format_rupiah(gaji_rupiah)}.",
        nilai=bagian.nilai,
        dasar_hukum=bagian.kutipan,
    )
    return replace(
        hasil,
        gaji_rupiah=gaji_rupiah,
        alasan=(*hasil.alasan, alasan),
        dasar_hukum=(*hasil.dasar_hukum, bagian.kutipan),
    )
