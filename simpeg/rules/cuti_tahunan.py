"""Annual leave: what is carried over from two years back, and what is left.

Dasar hukum: see regulations/cuti_tahunan_pns.yaml, cuti_tahunan_pppk.yaml.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_masa
from simpeg.choices import JenisASN


class KodeCutiTahunan(Kode):
    MASA_KERJA = "masa_kerja", "Masa kerja cukup untuk cuti tahunan"
    HAK_TAHUN_INI = "hak_tahun_ini", "Hak atas cuti tahun berjalan (N)"
    CUTI_BESAR = "cuti_besar", "Hak tahun berjalan hapus karena cuti besar"
    CUTI_BESAR_PNS = "cuti_besar_pns", "Hanya PNS mengenal cuti besar"
    SISA_N_1 = "sisa_n_1", "Sisa tahun lalu (N-1) yang boleh digunakan"
    SISA_N_2 = "sisa_n_2", "Sisa dua tahun lalu (N-2) yang boleh digunakan"
    N_2_SEBAGIAN = (
        "n_2_sebagian",
        "Cuti N-2 terpakai sebagian: peraturan tidak mengatur sisanya",
    )
    PENANGGUHAN = "penangguhan", "Cuti N-1 yang ditangguhkan dengan surat keputusan"
    BATAS_PERJANJIAN = "batas_perjanjian", "Batas menurut lamanya perjanjian kerja PPPK"
    TERPAKAI = "terpakai", "Hari yang sudah diambil dibebankan pada sisa tertua"
    PERMINTAAN = "permintaan", "Sisa mencukupi permintaan"
    HAK_DIANGGAP_ADA = "hak_dianggap_ada", "Masa kerja cukup untuk hak tahun sebelumnya"
    TERPAKAI_MELEBIHI_HAK = "terpakai_melebihi_hak", "Cuti terpakai melebihi haknya"
    DITANGGUHKAN_MELEBIHI_SISA = (
        "ditangguhkan_melebihi_sisa",
        "Hari yang ditangguhkan melebihi hari yang tidak terpakai",
    )


class TigaTahun(NamedTuple):
    """Days by the year whose right they are, the oldest first."""

    n_2: int
    n_1: int
    n: int

    @property
    def total(self) -> int:
        return sum(self)

    def take(self, hari: int) -> "TigaTahun":
        """Return what is left after `hari` days, taken from the oldest year first."""
        sisa = []
        for saldo in self:
            diambil = min(saldo, hari)
            sisa.append(saldo - diambil)
            hari -= diambil
        return TigaTahun(*sisa)


@dataclass(frozen=True)
class FaktaCutiTahunan:
    """`terpakai` charges days to the right of a year; `n` is every day taken in N.

    The right of an earlier year that is None follows from the service. A PPPK gives the
    length of the agreement, where it is known.
    """

    jenis_asn: JenisASN
    tahun: int
    masa_kerja_bulan: int
    terpakai: TigaTahun
    berhak_n_1: bool | None = None
    berhak_n_2: bool | None = None
    ditangguhkan_n_1: int = 0
    is_cuti_besar_n: bool = False
    perjanjian_bulan: int | None = None
    ajukan_hari: int | None = None


@dataclass(frozen=True, kw_only=True)
class HasilCutiTahunan(Hasil):
    """`hak` is usable in N before any use in N, `sisa` what the use so far leaves.

    `sesudah` is what the request would leave: None without one, or when it is refused.
    """

    hak: TigaTahun
    sisa: TigaTahun
    sesudah: TigaTahun | None
    boleh: bool


def compute_cuti_tahunan(
    fakta: FaktaCutiTahunan, *, per_tanggal: date
) -> HasilCutiTahunan:
    """Return the balances of a year, and whether the request fits in them.

    Raises DomainError when more was used, or deferred, than there was a right to, and
    KetentuanNotInForceError when no rule applies on that date.
    """
    jenis = "pns" if fakta.jenis_asn is JenisASN.PNS else "pppk"
    ketentuan = load_regulasi(f"simpeg/cuti_tahunan_{jenis}").on(per_tanggal)
    berhak = _find_hak(fakta, ketentuan)
    _refuse_excess(fakta, berhak)
    bawaan, alasan_bawaan = _carry(fakta, berhak, ketentuan)
    _check_terpakai_n(fakta, bawaan.total + berhak.n)
    hapus = fakta.is_cuti_besar_n and fakta.jenis_asn is JenisASN.PNS
    hak = TigaTahun(bawaan.n_2, bawaan.n_1, 0 if hapus else berhak.n)
    sisa = hak.take(fakta.terpakai.n)
    permintaan = _check_permintaan(fakta, sisa, ketentuan)
    minta = fakta.ajukan_hari
    return HasilCutiTahunan(
        hak=hak,
        sisa=sisa,
        sesudah=sisa.take(minta) if minta and permintaan.terpenuhi else None,
        boleh=permintaan.terpenuhi,
        alasan=(
            *_explain_hak(fakta, berhak.n, ketentuan),
            *alasan_bawaan,
            *_explain_terpakai(fakta, hak, sisa),
            permintaan,
        ),
        dasar_hukum=(ketentuan.kutipan,),
    )


def _find_hak(fakta: FaktaCutiTahunan, ketentuan: Ketentuan) -> TigaTahun:
    """Return the full right of each year, before carry-over and cuti besar."""
    nilai = ketentuan.nilai
    setahun: int = nilai["masa_kerja_bulan"]

    def find(mundur: int, berhak: bool | None) -> int:
        cukup = fakta.masa_kerja_bulan >= setahun + mundur * 12
        return nilai["hak_hari"] if (cukup if berhak is None else berhak) else 0

    return TigaTahun(
        find(2, fakta.berhak_n_2), find(1, fakta.berhak_n_1), find(0, None)
    )


def _refuse_excess(fakta: FaktaCutiTahunan, berhak: TigaTahun) -> None:
    """Refuse more days used, or deferred, than an earlier year gave."""
    for mundur, nama, hak in ((2, "n_2", berhak.n_2), (1, "n_1", berhak.n_1)):
        terpakai = getattr(fakta.terpakai, nama)
        if terpakai > hak:
            raise DomainError(
                f"terpakai.{nama} {terpakai} hari melebihi hak cuti tahun "
                f"{fakta.tahun - mundur}, {hak} hari; periksa hari itu, masa kerja, dan "
                f"berhak_{nama}.",
                kolom=f"terpakai.{nama}",
                kode=KodeCutiTahunan.TERPAKAI_MELEBIHI_HAK,
            )
    sisa = berhak.n_1 - fakta.terpakai.n_1
    if fakta.ditangguhkan_n_1 > sisa:
        raise DomainError(
            f"ditangguhkan_n_1 {fakta.ditangguhkan_n_1} hari melebihi cuti tahun "
            f"{fakta.tahun - 1} yang tidak terpakai, {sisa} hari.",
            kolom="ditangguhkan_n_1",
            kode=KodeCutiTahunan.DITANGGUHKAN_MELEBIHI_SISA,
        )


def _check_terpakai_n(fakta: FaktaCutiTahunan, hak_hari: int) -> None:
    """Refuse more days than the year gave.

    Days taken before a cuti besar were a right when they were taken: they are deducted
    from the cuti besar and not refused here.
    """
    if fakta.terpakai.n > hak_hari:
        raise DomainError(
            f"terpakai.n {fakta.terpakai.n} hari melebihi hak tahun {fakta.tahun} dengan "
            f"sisa tahun-tahun sebelumnya, {hak_hari} hari.",
            kolom="terpakai.n",
            kode=KodeCutiTahunan.TERPAKAI_MELEBIHI_HAK,
        )


def _carry(
    fakta: FaktaCutiTahunan, berhak: TigaTahun, ketentuan: Ketentuan
) -> tuple[TigaTahun, tuple[Alasan, ...]]:
    """Return the days carried into N, with the reasons."""
    if not berhak.n:
        return TigaTahun(0, 0, 0), ()
    nilai = ketentuan.nilai
    batas, alasan_batas = _find_batas(fakta, ketentuan)
    hak = nilai["hak_hari"]
    sisa_1 = berhak.n_1 - fakta.terpakai.n_1
    sisa_2 = berhak.n_2 - fakta.terpakai.n_2
    n_1 = min(sisa_1, nilai["batas_satu_tahun_hari"] - hak, batas - hak)
    n_2 = 0
    alasan = [*alasan_batas]
    if sisa_2 and berhak.n_1 and not fakta.terpakai.n_1:
        tambahan = nilai["batas_dua_tahun_hari"] - nilai["batas_satu_tahun_hari"]
        dapat = min(sisa_2, tambahan, batas - hak - n_1)
        if not fakta.terpakai.n_2 or nilai["n_2_sebagian"]:
            n_2 = dapat
        if fakta.terpakai.n_2 and dapat:
            alasan.append(_explain_n_2_sebagian(fakta, n_2, dapat))
    ditangguhkan = min(
        fakta.ditangguhkan_n_1, nilai["batas_penangguhan_hari"] - hak, batas - hak
    )
    # A deferral never takes days away: it counts only where it gives more.
    if ditangguhkan > n_2 + n_1:
        n_2, n_1 = 0, ditangguhkan
    bawaan = TigaTahun(n_2, n_1, 0)
    alasan.extend(_explain_bawaan(fakta, bawaan, berhak, ketentuan))
    alasan.extend(_explain_keraguan(fakta, berhak, ketentuan))
    return bawaan, tuple(alasan)


def _find_batas(
    fakta: FaktaCutiTahunan, ketentuan: Ketentuan
) -> tuple[int, tuple[Alasan, ...]]:
    """Return the most days of one year, right of that year included."""
    nilai = ketentuan.nilai
    syarat = nilai.get("perjanjian_di_atas_bulan")
    if syarat is None:
        return nilai["batas_dua_tahun_hari"], ()
    lama = fakta.perjanjian_bulan or 0
    if lama > syarat["dua_tahun"]:
        batas = nilai["batas_dua_tahun_hari"]
    elif lama > syarat["satu_tahun"]:
        batas = nilai["batas_satu_tahun_hari"]
    else:
        batas = nilai["hak_hari"]
    perjanjian = (
        f"Perjanjian kerja {format_masa(lama)}"
        if fakta.perjanjian_bulan is not None
        else "Lamanya perjanjian kerja tidak disebut (kesepakatan portal)"
    )
    pesan = (
        f"{perjanjian}: paling banyak {batas} hari kerja setahun, termasuk sisa tahun "
        "sebelumnya."
    )
    kode = KodeCutiTahunan.BATAS_PERJANJIAN
    return batas, (Alasan(kode, pesan, nilai=batas, dasar_hukum=ketentuan.kutipan),)


def _explain_hak(
    fakta: FaktaCutiTahunan, hak_hari: int, ketentuan: Ketentuan
) -> Iterator[Alasan]:
    syarat = ketentuan.nilai["masa_kerja_bulan"]
    yield Alasan(
        KodeCutiTahunan.MASA_KERJA,
        f"Masa kerja {format_masa(fakta.masa_kerja_bulan)}; cuti tahunan diberikan "
        f"setelah {format_masa(syarat)} terus-menerus.",
        terpenuhi=fakta.masa_kerja_bulan >= syarat,
        nilai=fakta.masa_kerja_bulan,
        dasar_hukum=ketentuan.kutipan,
    )
    if fakta.is_cuti_besar_n and fakta.jenis_asn is JenisASN.PNS:
        pesan = (
            f"Cuti besar pada tahun {fakta.tahun} menghapus hak cuti tahunan tahun itu; "
            "sisa tahun sebelumnya tidak hapus, dan cuti tahunan yang sudah diambil "
            "dipotongkan dari cuti besar."
        )
        yield Alasan(KodeCutiTahunan.CUTI_BESAR, pesan, dasar_hukum=ketentuan.kutipan)
        return
    if fakta.is_cuti_besar_n:
        pesan = "PPPK tidak mengenal cuti besar; hak tahun berjalan dihitung biasa."
        yield Alasan(KodeCutiTahunan.CUTI_BESAR_PNS, pesan, terpenuhi=False)
    if hak_hari:
        yield Alasan(
            KodeCutiTahunan.HAK_TAHUN_INI,
            f"Hak tahun {fakta.tahun}: {hak_hari} hari kerja.",
            nilai=hak_hari,
            dasar_hukum=ketentuan.kutipan,
        )


def _explain_bawaan(
    fakta: FaktaCutiTahunan, bawaan: TigaTahun, berhak: TigaTahun, ketentuan: Ketentuan
) -> Iterator[Alasan]:
    kutipan = ketentuan.kutipan
    sisa_1 = _describe_sisa(fakta, 1, bawaan.n_1, berhak.n_1)
    yield Alasan(
        KodeCutiTahunan.SISA_N_1,
        f"{sisa_1}.",
        terpenuhi=bawaan.n_1 > 0,
        nilai=bawaan.n_1,
        dasar_hukum=kutipan,
    )
    sisa_2 = _describe_sisa(fakta, 2, bawaan.n_2, berhak.n_2)
    if bawaan.n_2:
        syarat = "; pembagian sisa menurut tahunnya adalah kesepakatan portal"
    elif berhak.n_2:
        syarat = "; hanya dibawa bila cuti dua tahun sama sekali tidak digunakan"
    else:
        syarat = ""
    yield Alasan(
        KodeCutiTahunan.SISA_N_2,
        f"{sisa_2}{syarat}.",
        terpenuhi=bawaan.n_2 > 0,
        nilai=bawaan.n_2,
        dasar_hukum=kutipan,
    )
    if fakta.ditangguhkan_n_1:
        yield Alasan(
            KodeCutiTahunan.PENANGGUHAN,
            f"{fakta.ditangguhkan_n_1} hari cuti tahun {fakta.tahun - 1} ditangguhkan "
            f"dengan surat keputusan; bersama hak tahun {fakta.tahun} paling banyak "
            f"{ketentuan.nilai['batas_penangguhan_hari']} hari kerja.",
            nilai=fakta.ditangguhkan_n_1,
            dasar_hukum=kutipan,
        )


def _describe_sisa(
    fakta: FaktaCutiTahunan, mundur: int, bawaan: int, berhak: int
) -> str:
    tahun = f"Cuti tahun {fakta.tahun - mundur}"
    if not berhak:
        return f"{tahun}: tidak berhak"
    terpakai = fakta.terpakai.n_1 if mundur == 1 else fakta.terpakai.n_2
    return (
        f"{tahun}: {berhak - terpakai} hari tidak terpakai, {bawaan} hari boleh digunakan "
        f"pada tahun {fakta.tahun}"
    )


def _explain_keraguan(
    fakta: FaktaCutiTahunan, berhak: TigaTahun, ketentuan: Ketentuan
) -> Iterator[Alasan]:
    """Say which right, given for an earlier year, the service does not bear out."""
    setahun: int = ketentuan.nilai["masa_kerja_bulan"]
    for mundur, nama, hak in ((1, "n_1", berhak.n_1), (2, "n_2", berhak.n_2)):
        if hak and fakta.masa_kerja_bulan < setahun + mundur * 12:
            yield Alasan(
                KodeCutiTahunan.HAK_DIANGGAP_ADA,
                f"Hak tahun {fakta.tahun - mundur} dianggap ada karena berhak_{nama} "
                f"disebut, padahal masa kerja baru {format_masa(fakta.masa_kerja_bulan)}; "
                "periksa datanya.",
                terpenuhi=False,
                nilai=fakta.masa_kerja_bulan,
            )


def _explain_n_2_sebagian(fakta: FaktaCutiTahunan, n_2: int, dapat: int) -> Alasan:
    """Name both readings: the sources do not settle a partly used year N-2."""
    return Alasan(
        KodeCutiTahunan.N_2_SEBAGIAN,
        f"Cuti tahun {fakta.tahun - 2} terpakai sebagian; peraturan tidak menyebut apakah "
        f"sisanya masih menambah hari. Menurut satu bacaan tidak menambah, menurut bacaan "
        f"lain menambah {dapat} hari; portal menghitung {n_2} hari.",
        terpenuhi=n_2 > 0,
        nilai=n_2,
    )


def _explain_terpakai(
    fakta: FaktaCutiTahunan, hak: TigaTahun, sisa: TigaTahun
) -> Iterator[Alasan]:
    if fakta.terpakai.n:
        yield Alasan(
            KodeCutiTahunan.TERPAKAI,
            f"Sudah diambil {fakta.terpakai.n} hari dari {hak.total} hari; dibebankan "
            f"lebih dahulu pada sisa tertua. Tersisa {sisa.total} hari.",
            nilai=fakta.terpakai.n,
        )


def _check_permintaan(
    fakta: FaktaCutiTahunan, sisa: TigaTahun, ketentuan: Ketentuan
) -> Alasan:
    terkecil = ketentuan.nilai["permintaan_terkecil_hari"]
    minta = terkecil if fakta.ajukan_hari is None else fakta.ajukan_hari
    diminta = (
        "Cuti dapat diminta"
        if fakta.ajukan_hari is None
        else f"Diminta {minta} hari kerja"
    )
    return Alasan(
        KodeCutiTahunan.PERMINTAAN,
        f"{diminta}, paling sedikit {terkecil} hari; tersedia {sisa.total} hari kerja.",
        terpenuhi=terkecil <= minta <= sisa.total,
        nilai=minta,
        dasar_hukum=ketentuan.kutipan,
    )
