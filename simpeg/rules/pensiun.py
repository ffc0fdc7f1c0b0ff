"""Age limit (BUP) and the day retirement starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_tanggal
from simpeg.choices import Jenjang, KelompokJabatan

from .waktu import add_years, first_of_next_month


class KodePensiun(Kode):
    BUP_KELOMPOK = "bup_kelompok", "Batas usia pensiun menurut kelompok jabatan"
    BUP_DAFTAR = "bup_daftar", "Batas usia pensiun menurut daftar jabatan fungsional"
    BUP_JENJANG = (
        "bup_jenjang",
        "Batas usia pensiun menurut jenjang, tanpa nama jabatan",
    )
    TMT_PENSIUN = "tmt_pensiun", "Hari pertama pensiun"
    LAHIR_29_FEBRUARI = "lahir_29_februari", "Kesepakatan bagi yang lahir 29 Februari"
    JABATAN_TIDAK_ADA = "jabatan_tidak_ada", "Nama jabatan tidak ada dalam daftar SIASN"
    BUP_TIDAK_DIKETAHUI = "bup_tidak_diketahui", "Daftar SIASN tidak memuat BUP-nya"
    JABATAN_BELUM_DISEBUT = (
        "jabatan_belum_disebut",
        "Pejabat fungsional tanpa nama jabatan dan tanpa jenjang",
    )


@dataclass(frozen=True)
class FaktaPensiun:
    """A JF gives its `jabatan` as SIASN names it, or failing that its `jenjang`."""

    tanggal_lahir: date
    kelompok: KelompokJabatan
    jabatan: str = ""
    jenjang: Jenjang | None = None


@dataclass(frozen=True, kw_only=True)
class HasilBup(Hasil):
    bup_tahun: int


@dataclass(frozen=True, kw_only=True)
class HasilPensiun(HasilBup):
    tanggal_bup: date
    tmt_pensiun: date


def compute_pensiun(fakta: FaktaPensiun, *, per_tanggal: date) -> HasilPensiun:
    """Return when a person retires under the rules in force on `per_tanggal`.

    Raises what `find_bup` raises.
    """
    bup = find_bup(
        fakta.kelompok, fakta.jabatan, fakta.jenjang, per_tanggal=per_tanggal
    )
    tanggal_bup = add_years(fakta.tanggal_lahir, bup.bup_tahun)
    tmt_pensiun = first_of_next_month(tanggal_bup)
    return HasilPensiun(
        bup_tahun=bup.bup_tahun,
        tanggal_bup=tanggal_bup,
        tmt_pensiun=tmt_pensiun,
        alasan=(*bup.alasan, *_explain_tmt(fakta, tanggal_bup, tmt_pensiun)),
        dasar_hukum=bup.dasar_hukum,
    )


def find_bup(
    kelompok: KelompokJabatan,
    jabatan: str = "",
    jenjang: Jenjang | None = None,
    *,
    per_tanggal: date,
) -> HasilBup:
    """Return the age limit of a post.

    The name of a JF decides, never its jenjang beside it: the list holds teachers,
    prosecutors and others whose limit differs from that of their jenjang.
    Raises DomainError when the list cannot tell (an officer then sets the limit) and
    KetentuanNotInForceError when no limit applies on that date.
    Dasar hukum: see regulations/batas_usia_pensiun*.yaml, jabatan_fungsional_siasn.
    """
    if kelompok is not KelompokJabatan.JF:
        return _find_by_kelompok(kelompok, per_tanggal)
    if jabatan.strip():
        return _find_by_jabatan(jabatan, per_tanggal)
    if jenjang is not None:
        return _find_by_jenjang(jenjang, per_tanggal)
    raise DomainError(
        "jabatan harus diisi bagi pejabat fungsional: nama jabatan seperti pada daftar "
        "SIASN, atau jenjangnya.",
        kolom="jabatan",
        kode=KodePensiun.JABATAN_BELUM_DISEBUT,
    )


def _find_by_kelompok(kelompok: KelompokJabatan, per_tanggal: date) -> HasilBup:
    batas = load_regulasi("simpeg/batas_usia_pensiun").on(per_tanggal)
    tahun = batas.nilai[kelompok]
    pesan = f"Batas usia pensiun {kelompok.label} {tahun} tahun."
    return _build_bup(tahun, KodePensiun.BUP_KELOMPOK, pesan, batas)


def _find_by_jenjang(jenjang: Jenjang, per_tanggal: date) -> HasilBup:
    batas = load_regulasi("simpeg/batas_usia_pensiun_jf").on(per_tanggal)
    tahun = batas.nilai[jenjang]
    pesan = (
        f"Batas usia pensiun jenjang {jenjang.label} {tahun} tahun; jabatan tertentu "
        "memiliki batas sendiri, sebutkan nama jabatan untuk memastikannya."
    )
    return _build_bup(tahun, KodePensiun.BUP_JENJANG, pesan, batas)


def _find_by_jabatan(jabatan: str, per_tanggal: date) -> HasilBup:
    daftar = load_regulasi("simpeg/jabatan_fungsional_siasn").on(per_tanggal)
    baris = _index_by_nama(daftar).get(_normalize(jabatan))
    if baris is None:
        raise DomainError(
            f"jabatan {jabatan!r} tidak ada dalam daftar jabatan fungsional SIASN; "
            "petugas perlu menetapkan batas usia pensiunnya.",
            kolom="jabatan",
            kode=KodePensiun.JABATAN_TIDAK_ADA,
        )
    if not baris["usia_bup"]:
        raise DomainError(
            f"jabatan {baris['nama']} tercatat tanpa batas usia pensiun dalam daftar "
            "SIASN; petugas perlu menetapkannya.",
            kolom="jabatan",
            kode=KodePensiun.BUP_TIDAK_DIKETAHUI,
        )
    pesan = f"Batas usia pensiun {baris['nama']} {baris['usia_bup']} tahun."
    return _build_bup(baris["usia_bup"], KodePensiun.BUP_DAFTAR, pesan, daftar)


def _build_bup(
    tahun: int, kode: KodePensiun, pesan: str, ketentuan: Ketentuan
) -> HasilBup:
    kutipan = ketentuan.kutipan
    alasan = Alasan(kode, pesan, nilai=tahun, dasar_hukum=kutipan)
    return HasilBup(bup_tahun=tahun, alasan=(alasan,), dasar_hukum=(kutipan,))


@cache
def _index_by_nama(daftar: Ketentuan) -> Mapping[str, Mapping[str, Any]]:
    return {_normalize(baris["nama"]): baris for baris in daftar.nilai}


def _normalize(nama: str) -> str:
    return " ".join(nama.split()).casefold()


def _explain_tmt(
    fakta: FaktaPensiun, tanggal_bup: date, tmt_pensiun: date
) -> tuple[Alasan, ...]:
    tmt = Alasan(
        KodePensiun.TMT_PENSIUN,
        f"Batas usia tercapai {format_tanggal(tanggal_bup)}; pensiun mulai hari pertama "
        f"bulan berikutnya, {format_tanggal(tmt_pensiun)}.",
        nilai=tmt_pensiun,
    )
    if tanggal_bup.day == fakta.tanggal_lahir.day:
        return (tmt,)
    kesepakatan = Alasan(
        KodePensiun.LAHIR_29_FEBRUARI,
        f"Tahun {tanggal_bup.year} tanpa 29 Februari: batas usia dianggap tercapai dalam "
        "bulan Februari (kesepakatan portal).",
    )
    return (kesepakatan, tmt)
