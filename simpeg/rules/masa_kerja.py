"""Masa kerja golongan: what a new golongan takes off it, what a review adds to it."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_masa

from .golongan import Golongan, GolonganPNS

ANGKA = ("I", "II", "III", "IV")


class KodeMasaKerja(Kode):
    PENINJAUAN = "peninjauan_masa_kerja", "Masa kerja yang ditambahkan peninjauan (PMK)"
    PINDAH_GOLONGAN = "pindah_golongan", "Pengurangan masa kerja saat pindah golongan"
    GOLONGAN_TURUN = "golongan_turun", "Golongan baru di bawah golongan sekarang"


class KodePmkSwasta(Kode):
    MASA_MINIMUM = "masa_minimum", "Masa kerja paling sedikit yang dapat diakui"
    BAGIAN_DIAKUI = "bagian_diakui", "Bagian masa kerja swasta yang diakui"
    MASA_MAKSIMUM = "masa_maksimum", "Masa kerja paling banyak yang diakui"


@dataclass(frozen=True)
class FaktaMasaKerja:
    """`mkg_bulan` in `golongan`; `pmk_bulan` is what a review of service grants."""

    golongan: GolonganPNS
    mkg_bulan: int
    golongan_baru: GolonganPNS | None = None
    pmk_bulan: int = 0


@dataclass(frozen=True, kw_only=True)
class HasilMasaKerja(Hasil):
    mkg_bulan: int


@dataclass(frozen=True, kw_only=True)
class HasilPmkSwasta(Hasil):
    diakui_bulan: int


def compute_masa_kerja(fakta: FaktaMasaKerja, *, per_tanggal: date) -> HasilMasaKerja:
    """Return the masa kerja golongan in the new golongan.

    Reviewed service comes before the appointment, so it is there when the new golongan
    takes off its part. Raises DomainError on `golongan_baru` below the present one and
    KetentuanNotInForceError when no rule applies on that date.
    Dasar hukum: see regulations/masa_kerja_pindah_golongan.yaml, PP 11/2002.
    """
    baru = fakta.golongan_baru or fakta.golongan
    if baru.tingkat < fakta.golongan.tingkat:
        raise DomainError(
            f"golongan_baru {baru} di bawah golongan {fakta.golongan}: masa kerja saat "
            "golongan turun tidak diatur dalam ketentuan yang dipakai.",
            kolom="golongan_baru",
            kode=KodeMasaKerja.GOLONGAN_TURUN,
        )
    ketentuan = _find_ketentuan(per_tanggal)
    sebelum = fakta.mkg_bulan + fakta.pmk_bulan
    bulan = transfer_masa_kerja(sebelum, fakta.golongan, baru, per_tanggal=per_tanggal)
    pindah = Alasan(
        KodeMasaKerja.PINDAH_GOLONGAN,
        _describe_pindah(fakta.golongan, baru, sebelum, bulan, ketentuan),
        nilai=sebelum - bulan,
        dasar_hukum=ketentuan.kutipan,
    )
    return HasilMasaKerja(
        mkg_bulan=bulan,
        alasan=(*_explain_peninjauan(fakta), pindah),
        dasar_hukum=(ketentuan.kutipan,),
    )


def transfer_masa_kerja(
    bulan: int, lama: Golongan, baru: Golongan, *, per_tanggal: date
) -> int:
    """Return what is left of `bulan` in golongan `baru`, never below zero.

    Only a PNS who moves from golongan I to II or II to III gives anything up.
    """
    is_pns = isinstance(lama, GolonganPNS) and isinstance(baru, GolonganPNS)
    if not is_pns or _angka(lama) == _angka(baru):
        return bulan
    potongan = _sum_potongan(lama, baru, _find_ketentuan(per_tanggal))
    return max(bulan - potongan, 0)


def compute_pmk_swasta(lama_bulan: int, *, per_tanggal: date) -> HasilPmkSwasta:
    """Return how much of one unbroken stretch of private service counts.

    Half of it, in whole months, to the limit; nothing of a stretch that is too short.
    Dasar hukum: see regulations/pmk_swasta.yaml.
    """
    ketentuan = load_regulasi("simpeg/pmk_swasta").on(per_tanggal)
    minimum, maksimum = ketentuan.nilai["minimum"], ketentuan.nilai["maksimum"]
    cukup = lama_bulan >= minimum
    bagian = lama_bulan * ketentuan.nilai["persen"] // 100 if cukup else 0
    diakui = min(bagian, maksimum)
    alasan = [
        Alasan(
            KodePmkSwasta.MASA_MINIMUM,
            f"Masa kerja swasta tanpa putus {format_masa(lama_bulan)}; yang dapat diakui "
            f"paling sedikit {format_masa(minimum)} setiap kali.",
            cukup,
            lama_bulan,
            ketentuan.kutipan,
        )
    ]
    if cukup:
        alasan += (
            Alasan(
                KodePmkSwasta.BAGIAN_DIAKUI,
                f"Diperhitungkan {ketentuan.nilai['persen']} %, dalam bulan penuh: "
                f"{format_masa(bagian)}.",
                nilai=bagian,
                dasar_hukum=ketentuan.kutipan,
            ),
            Alasan(
                KodePmkSwasta.MASA_MAKSIMUM,
                f"Dari {format_masa(bagian)} itu paling banyak diakui "
                f"{format_masa(maksimum)}; yang diakui {format_masa(diakui)}.",
                bagian <= maksimum,
                diakui,
                ketentuan.kutipan,
            ),
        )
    return HasilPmkSwasta(
        diakui_bulan=diakui, alasan=tuple(alasan), dasar_hukum=(ketentuan.kutipan,)
    )


def _find_ketentuan(per_tanggal: date) -> Ketentuan:
    return load_regulasi("simpeg/masa_kerja_pindah_golongan").on(per_tanggal)


def _angka(golongan: Golongan) -> str:
    return golongan.value.split("/", 1)[0]


def _sum_potongan(lama: Golongan, baru: Golongan, ketentuan: Ketentuan) -> int:
    dari, ke = ANGKA.index(_angka(lama)), ANGKA.index(_angka(baru))
    return sum(
        ketentuan.nilai.get(f"{bawah}-{atas}", 0)
        for bawah, atas in pairwise(ANGKA[dari : ke + 1])
    )


def _explain_peninjauan(fakta: FaktaMasaKerja) -> tuple[Alasan, ...]:
    if not fakta.pmk_bulan:
        return ()
    return (
        Alasan(
            KodeMasaKerja.PENINJAUAN,
            f"Peninjauan masa kerja menambah {format_masa(fakta.pmk_bulan)} pada masa kerja "
            f"{format_masa(fakta.mkg_bulan)}; pengurangan karena pindah golongan dihitung "
            "sesudahnya.",
            nilai=fakta.pmk_bulan,
        ),
    )


def _describe_pindah(
    lama: GolonganPNS,
    baru: GolonganPNS,
    sebelum: int,
    bulan: int,
    ketentuan: Ketentuan,
) -> str:
    potongan = _sum_potongan(lama, baru, ketentuan)
    if not potongan:
        return (
            f"Dari {lama} ke {baru} masa kerja golongan tidak berkurang: "
            f"{format_masa(bulan)}."
        )
    lantai = ", tidak di bawah nol" if sebelum < potongan else ""
    return (
        f"Dari {lama} ke {baru} masa kerja golongan berkurang {format_masa(potongan)}: "
        f"{format_masa(sebelum)} menjadi {format_masa(bulan)}{lantai}."
    )
