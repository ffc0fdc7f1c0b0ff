"""Whether somebody who leaves has a right to a pension."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bkpsdmd.regulations import Alasan, Hasil, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_angka, format_masa


class KodeHakPensiun(Kode):
    MASA_KERJA = "masa_kerja", "Masa kerja paling sedikit untuk hak pensiun"
    USIA = "usia", "Usia paling rendah untuk hak pensiun"
    PERTENTANGAN = "pertentangan_aturan", "Dua aturan memberi jawaban yang sama"


class JenisPensiun(StrEnum):
    BUP = "bup"
    APS = "aps"


@dataclass(frozen=True)
class FaktaHakPensiun:
    """`masa_kerja_bulan` is the service that counts for a pension."""

    jenis: JenisPensiun
    usia_tahun: Decimal | int
    masa_kerja_bulan: int


@dataclass(frozen=True, kw_only=True)
class HasilHakPensiun(Hasil):
    berhak: bool


def check_hak_pensiun(fakta: FaktaHakPensiun, *, per_tanggal: date) -> HasilHakPensiun:
    """Return whether there is a right to a pension.

    Two rules in force disagree on the age for leaving at one's own request: the one the
    regulation file names decides, and the reasons say what the other would answer.
    Dasar hukum: see regulations/hak_pensiun_bup.yaml, hak_pensiun_aps.yaml.
    """
    if fakta.jenis is JenisPensiun.BUP:
        return _check_bup(fakta, per_tanggal)
    return _check_aps(fakta, per_tanggal)


def _check_bup(fakta: FaktaHakPensiun, per_tanggal: date) -> HasilHakPensiun:
    ketentuan = load_regulasi("simpeg/hak_pensiun_bup").on(per_tanggal)
    alasan = _check_masa_kerja(fakta, ketentuan.nilai, ketentuan.kutipan)
    return HasilHakPensiun(
        berhak=alasan.terpenuhi, alasan=(alasan,), dasar_hukum=(ketentuan.kutipan,)
    )


def _check_aps(fakta: FaktaHakPensiun, per_tanggal: date) -> HasilHakPensiun:
    ketentuan = load_regulasi("simpeg/hak_pensiun_aps").on(per_tanggal)
    dipakai = ketentuan.nilai["dipakai"]
    bacaan = ketentuan.nilai["bacaan"]
    syarat = _check_syarat(fakta, bacaan[dipakai], dipakai)
    berhak = all(satu.terpenuhi for satu in syarat)
    lain = tuple(
        _compare(fakta, syarat_lain, dasar_hukum, berhak, dipakai)
        for dasar_hukum, syarat_lain in bacaan.items()
        if dasar_hukum != dipakai
    )
    return HasilHakPensiun(
        berhak=berhak, alasan=(*syarat, *lain), dasar_hukum=tuple(bacaan)
    )


def _check_syarat(
    fakta: FaktaHakPensiun, syarat: Mapping[str, int], dasar_hukum: str
) -> tuple[Alasan, Alasan]:
    usia = Alasan(
        KodeHakPensiun.USIA,
        f"Usia {format_angka(fakta.usia_tahun)} tahun; {dasar_hukum} meminta paling rendah "
        f"{syarat['usia_tahun']} tahun.",
        fakta.usia_tahun >= syarat["usia_tahun"],
        fakta.usia_tahun,
        dasar_hukum,
    )
    masa_kerja = _check_masa_kerja(fakta, syarat["masa_kerja_bulan"], dasar_hukum)
    return usia, masa_kerja


def _check_masa_kerja(fakta: FaktaHakPensiun, minimum: int, dasar_hukum: str) -> Alasan:
    return Alasan(
        KodeHakPensiun.MASA_KERJA,
        f"Masa kerja {format_masa(fakta.masa_kerja_bulan)}; hak pensiun memerlukan "
        f"paling sedikit {format_masa(minimum)}.",
        fakta.masa_kerja_bulan >= minimum,
        fakta.masa_kerja_bulan,
        dasar_hukum,
    )


def _compare(
    fakta: FaktaHakPensiun,
    syarat: Mapping[str, int],
    dasar_hukum: str,
    berhak: bool,
    dipakai: str,
) -> Alasan:
    menurut_lain = all(a.terpenuhi for a in _check_syarat(fakta, syarat, dasar_hukum))
    pesan = (
        f"Aturannya bertentangan: {dasar_hukum} meminta usia {syarat['usia_tahun']} tahun "
        f"dan masa kerja {format_masa(syarat['masa_kerja_bulan'])}, sehingga "
        f"{'berhak' if menurut_lain else 'tidak berhak'} menurut aturan itu. Yang dipakai "
        f"di sini {dipakai}."
    )
    if menurut_lain != berhak:
        pesan += " Mintalah kepastian kepada Kantor Regional BKN sebelum mengusulkan."
    return Alasan(
        KodeHakPensiun.PERTENTANGAN,
        pesan,
        menurut_lain == berhak,
        dasar_hukum=dasar_hukum,
    )
