"""How the predikat of a unit's people should be spread, by how the organisation did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from ekinerja.choices import CapaianOrganisasi
from simpeg.choices import Predikat


class KodePola(Kode):
    BATAS_ATAS = "batas_atas", "Banyaknya pegawai tidak melebihi batas atas"
    BATAS_BAWAH = "batas_bawah", "Banyaknya pegawai tidak kurang dari batas bawah"
    KELOMPOK_TERBESAR = (
        "kelompok_terbesar",
        "Kelompok yang menurut pola harus terbesar memang terbesar",
    )
    PEDOMAN = "pedoman", "Pola adalah pedoman: tidak sesuai berarti alasan diminta"
    TANPA_PEGAWAI = "tanpa_pegawai", "Tidak ada pegawai yang dinilai"


@dataclass(frozen=True)
class FaktaPola:
    """`jumlah` counts the people of each predikat; one left out has nobody."""

    capaian: CapaianOrganisasi
    jumlah: Mapping[Predikat, int]


@dataclass(frozen=True)
class Batas:
    """Whole people; None where the pattern sets nothing."""

    minimum: int | None = None
    maksimum: int | None = None


@dataclass(frozen=True, kw_only=True)
class HasilPola(Hasil):
    """`batas` is named by predikat, or by what several predikat are called together."""

    sesuai: bool
    batas: Mapping[str, Batas]


def check_pola_distribusi(fakta: FaktaPola, *, per_tanggal: date) -> HasilPola:
    """Tell whether the predikat of a unit fit the pattern of its achievement.

    Raises DomainError when nobody is counted.
    Dasar hukum: see regulations/pola_distribusi.yaml.
    """
    banyak = sum(fakta.jumlah.values())
    if banyak == 0:
        raise DomainError(
            "jumlah harus memuat sedikitnya satu pegawai yang dinilai.",
            kolom="jumlah",
            kode=KodePola.TANPA_PEGAWAI,
        )
    ketentuan = load_regulasi("ekinerja/pola_distribusi").on(per_tanggal)
    batas = _compute_batas(ketentuan, fakta.capaian, banyak)
    alasan = (
        *_check_batas(fakta, batas, ketentuan),
        *_check_terbesar(fakta, ketentuan),
    )
    sesuai = all(satu.terpenuhi for satu in alasan)
    return HasilPola(
        sesuai=sesuai,
        batas=batas,
        alasan=(*alasan, _explain_pedoman(sesuai=sesuai, ketentuan=ketentuan)),
        dasar_hukum=(ketentuan.kutipan,),
    )


def _compute_batas(
    ketentuan: Ketentuan, capaian: CapaianOrganisasi, banyak: int
) -> dict[str, Batas]:
    """A share of people is whole: at most so many rounds down, at least so many up."""
    batas = {}
    for kelompok, syarat in ketentuan.nilai["pola"][capaian]["batas"].items():
        minimum, maksimum = syarat.get("min_orang"), None
        if "min" in syarat:
            minimum = -(-syarat["min"] * banyak // 100)
        if "maks" in syarat:
            maksimum = syarat["maks"] * banyak // 100
        batas[kelompok] = Batas(minimum, maksimum)
    return batas


def _check_batas(
    fakta: FaktaPola, batas: Mapping[str, Batas], ketentuan: Ketentuan
) -> Iterator[Alasan]:
    for kelompok, satu in batas.items():
        anggota = ketentuan.nilai["gabungan"].get(kelompok, (kelompok,))
        orang = sum(fakta.jumlah.get(Predikat(nama), 0) for nama in anggota)
        sebutan = " dan ".join(Predikat(nama).label for nama in anggota)
        if satu.maksimum is not None:
            yield Alasan(
                KodePola.BATAS_ATAS,
                f"{sebutan} {orang} orang, paling banyak {satu.maksimum} orang.",
                terpenuhi=orang <= satu.maksimum,
                nilai=satu.maksimum,
                dasar_hukum=ketentuan.kutipan,
            )
        if satu.minimum is not None:
            yield Alasan(
                KodePola.BATAS_BAWAH,
                f"{sebutan} {orang} orang, paling sedikit {satu.minimum} orang.",
                terpenuhi=orang >= satu.minimum,
                nilai=satu.minimum,
                dasar_hukum=ketentuan.kutipan,
            )


def _check_terbesar(fakta: FaktaPola, ketentuan: Ketentuan) -> Iterator[Alasan]:
    terbesar = ketentuan.nilai["pola"][fakta.capaian].get("terbesar")
    if terbesar is None:
        return
    predikat = Predikat(terbesar)
    orang, terbanyak = fakta.jumlah.get(predikat, 0), max(fakta.jumlah.values())
    yield Alasan(
        KodePola.KELOMPOK_TERBESAR,
        f"{predikat.label} harus kelompok terbesar: {orang} orang, kelompok terbesar "
        f"{terbanyak} orang.",
        terpenuhi=orang == terbanyak,
        nilai=orang,
        dasar_hukum=ketentuan.kutipan,
    )


def _explain_pedoman(*, sesuai: bool, ketentuan: Ketentuan) -> Alasan:
    pesan = (
        "Distribusi sesuai dengan pola."
        if sesuai
        else "Distribusi tidak sesuai dengan pola. Pola adalah pedoman: penilaian tidak "
        "ditolak, pimpinan menyebutkan alasannya."
    )
    return Alasan(
        KodePola.PEDOMAN, pesan, terpenuhi=sesuai, dasar_hukum=ketentuan.kutipan
    )
