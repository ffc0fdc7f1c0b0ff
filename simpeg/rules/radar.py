"""Records of one person that contradict each other or the law, today.

Dasar hukum: see regulations/radar_batas.yaml, batas_plt_plh.yaml, kp_rentang_eselon.yaml,
kebutuhan_angka_kredit.yaml, masa_kerja_pindah_golongan.yaml.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bkpsdmd.regulations import Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_masa, format_tanggal
from simpeg.choices import Eselon, JenisASN, JenisPenugasan, Jenjang, TingkatTemuan

from .golongan import GolonganPNS
from .masa_kerja import transfer_masa_kerja
from .temuan import HARI, KESEPAKATAN, Masa, Temuan
from .waktu import add_months

PERIKSA, SALAH = TingkatTemuan.PERIKSA, TingkatTemuan.SALAH
BERBATAS = {JenisPenugasan.PLT, JenisPenugasan.PLH}


class KodeRadar(Kode):
    """`arti` is also how the list of findings calls the kind."""

    TMT_MENDAHULUI_SK = "tmt_mendahului_sk", "TMT jauh mendahului tanggal SK"
    PANGKAT_MELAMPAUI = "pangkat_melampaui", "Pangkat di atas rentang jabatannya"
    JABATAN_GANDA = "jabatan_ganda", "Jabatan pimpinan dipegang lebih dari satu orang"
    PENUGASAN_LEWAT = "penugasan_lewat", "Plt. atau Plh. melampaui batas waktunya"
    PENSIUN_LEWAT = "pensiun_lewat", "Tanggal pensiun lewat, masih aktif"
    GOLONGAN_LOMPAT = "golongan_lompat", "Golongan naik lebih dari satu tingkat"
    GOLONGAN_TURUN = "golongan_turun", "Golongan turun tanpa sebab tercatat"
    MASA_KERJA_TURUN = "masa_kerja_turun", "Masa kerja golongan berkurang"
    PERGI_LEWAT = "pergi_lewat", "CLTN atau tugas belajar selesai, belum aktif kembali"
    KONTRAK_LEWAT = "kontrak_lewat", "Perjanjian kerja berakhir, masih aktif"


@dataclass(frozen=True)
class BarisSk:
    """A decree with its day and the day it takes effect."""

    jenis: str
    baris: int
    nama: str
    tmt: date
    sk_tanggal: date | None


@dataclass(frozen=True)
class BarisGolongan:
    """A golongan with masa kerja in months on `tmt`; `kp` is SIASN's kind of promotion."""

    jenis: str
    baris: int
    golongan: GolonganPNS
    tmt: date
    masa_kerja_bulan: int
    kp: str = ""


@dataclass(frozen=True)
class JabatanKini:
    """Today's definitive post; `pemegang` counts all who hold a single-holder one."""

    baris: int
    nama: str
    eselon: Eselon | None = None
    jenjang: Jenjang | None = None
    pemegang: int = 1


@dataclass(frozen=True)
class Penugasan:
    jenis: JenisPenugasan
    jabatan: int
    masa: Masa


@dataclass(frozen=True)
class FaktaRadar:
    """What is in force of one active person.

    `pangkat` is empty for PPPK, whose golongan is no ladder. `kgb` also fix masa kerja.
    `pergi` lie outside the post, without an end they bring the person back.
    """

    jenis_asn: JenisASN
    tmt_pensiun: date | None = None
    is_bertugas: bool = True
    sk: tuple[BarisSk, ...] = ()
    pangkat: tuple[BarisGolongan, ...] = ()
    kgb: tuple[BarisGolongan, ...] = ()
    jabatan: JabatanKini | None = None
    penugasan: tuple[Penugasan, ...] = ()
    pergi: tuple[Masa, ...] = ()
    kontrak: tuple[Masa, ...] = ()
    hukuman: tuple[str, ...] = ()


def check_radar(fakta: FaktaRadar, *, per_tanggal: date) -> list[Temuan]:
    """Return what does not fit together on that day."""
    batas = load_regulasi("simpeg/radar_batas").on(per_tanggal)
    return [
        *_pensiun(fakta, per_tanggal),
        *_jabatan(fakta, per_tanggal),
        *_penugasan(fakta, per_tanggal),
        *_pergi(fakta, per_tanggal),
        *_kontrak(fakta, per_tanggal),
        *_golongan(fakta, batas),
        *_masa_kerja(fakta, per_tanggal),
        *_sk(fakta, batas),
    ]


def _sk(fakta: FaktaRadar, batas: Ketentuan) -> Iterator[Temuan]:
    for row in fakta.sk:
        bulan = batas.nilai["bulan_sk_sesudah_tmt"].get(row.jenis)
        if bulan is None or row.sk_tanggal is None:
            continue
        if row.sk_tanggal > add_months(row.tmt, bulan):
            yield Temuan(
                KodeRadar.TMT_MENDAHULUI_SK,
                f"SK {row.nama} bertanggal {format_tanggal(row.sk_tanggal)}, padahal "
                f"TMT-nya {format_tanggal(row.tmt)}: lebih dari {bulan} bulan sesudahnya.",
                PERIKSA,
                batas.kutipan,
                row.jenis,
                row.baris,
                mulai=row.tmt,
            )


def _jabatan(fakta: FaktaRadar, per_tanggal: date) -> Iterator[Temuan]:
    jabatan = fakta.jabatan
    if jabatan is None:
        return
    if jabatan.pemegang > 1:
        yield Temuan(
            KodeRadar.JABATAN_GANDA,
            f"{jabatan.nama} tercatat dipegang {jabatan.pemegang} orang secara definitif.",
            SALAH,
            KESEPAKATAN,
            "jabatan",
            jabatan.baris,
        )
    puncak = _find_puncak(jabatan, per_tanggal)
    kini = _find_kini(fakta.pangkat, per_tanggal)
    if puncak and kini and kini.golongan.tingkat > puncak[0].tingkat:
        yield Temuan(
            KodeRadar.PANGKAT_MELAMPAUI,
            f"Golongan {kini.golongan} di atas {puncak[0]}, yang tertinggi bagi "
            f"{jabatan.nama}.",
            PERIKSA,
            puncak[1],
            "jabatan",
            jabatan.baris,
        )


def _find_puncak(
    jabatan: JabatanKini, per_tanggal: date
) -> tuple[GolonganPNS, str] | None:
    """Return the highest golongan of a post and the law that says so."""
    if jabatan.eselon:
        ketentuan = load_regulasi("simpeg/kp_rentang_eselon").find(per_tanggal)
        kode = ketentuan.nilai[jabatan.eselon][1] if ketentuan else ""
    elif jabatan.jenjang:
        ketentuan = load_regulasi("simpeg/kebutuhan_angka_kredit").find(per_tanggal)
        kode = ketentuan.nilai[jabatan.jenjang]["golongan"][-1] if ketentuan else ""
    else:
        return None
    return (GolonganPNS(kode), ketentuan.kutipan) if ketentuan else None


def _find_kini(
    rows: tuple[BarisGolongan, ...], per_tanggal: date
) -> BarisGolongan | None:
    reached = [row for row in rows if row.tmt <= per_tanggal]
    return max(reached, key=lambda row: row.tmt, default=None)


def _penugasan(fakta: FaktaRadar, per_tanggal: date) -> Iterator[Temuan]:
    """Yield acting assignments of today that last longer than one may."""
    ketentuan = load_regulasi("simpeg/batas_plt_plh").find(per_tanggal)
    if ketentuan is None:
        return
    sekali, seluruhnya = ketentuan.nilai["sekali"], ketentuan.nilai["seluruhnya"]
    for row in fakta.penugasan:
        masa = row.masa
        if row.jenis not in BERBATAS or not masa.covers(per_tanggal):
            continue
        mulai, akhir = _find_rangkaian(row, fakta), masa.selesai or per_tanggal
        if akhir >= add_months(mulai, seluruhnya):
            kata = f"{seluruhnya} bulan dengan perpanjangan"
        elif akhir >= add_months(masa.mulai, sekali):
            kata = f"{sekali} bulan untuk satu penunjukan"
            mulai = masa.mulai
        else:
            continue
        yield Temuan(
            KodeRadar.PENUGASAN_LEWAT,
            f"{masa.nama} sejak {format_tanggal(mulai)} sampai {format_tanggal(akhir)}, "
            f"melampaui {kata}.",
            PERIKSA,
            ketentuan.kutipan,
            masa.jenis,
            masa.baris,
            mulai,
            akhir,
        )


def _find_rangkaian(row: Penugasan, fakta: FaktaRadar) -> date:
    """Return when the unbroken row of such assignments to that post began."""
    mulai = row.masa.mulai
    sama = [
        satu.masa
        for satu in fakta.penugasan
        if satu.jabatan == row.jabatan and satu.jenis is row.jenis
    ]
    for masa in sorted(sama, key=lambda masa: masa.mulai, reverse=True):
        if masa.mulai < mulai and masa.selesai and masa.selesai + HARI >= mulai:
            mulai = masa.mulai
    return mulai


def _pensiun(fakta: FaktaRadar, per_tanggal: date) -> Iterator[Temuan]:
    tmt = fakta.tmt_pensiun
    if tmt and tmt <= per_tanggal:
        yield Temuan(
            KodeRadar.PENSIUN_LEWAT,
            f"Seharusnya pensiun mulai {format_tanggal(tmt)} menurut batas usia "
            "jabatannya, tetapi masih tercatat aktif.",
            SALAH,
            "UU 20/2023 Pasal 55",
            "pemberhentian",
            mulai=tmt,
        )


def _pergi(fakta: FaktaRadar, per_tanggal: date) -> Iterator[Temuan]:
    last = max(fakta.pergi, key=lambda masa: masa.mulai, default=None)
    if fakta.is_bertugas or last is None or last.selesai is None:
        return
    if last.selesai < per_tanggal:
        yield Temuan(
            KodeRadar.PERGI_LEWAT,
            f"{last.nama} selesai {format_tanggal(last.selesai)}, tetapi pengaktifan "
            "kembali atau perpanjangannya belum tercatat.",
            SALAH,
            KESEPAKATAN,
            last.jenis,
            last.baris,
            last.mulai,
            last.selesai,
        )


def _kontrak(fakta: FaktaRadar, per_tanggal: date) -> Iterator[Temuan]:
    last = max(fakta.kontrak, key=lambda masa: masa.selesai or date.max, default=None)
    if last and last.selesai and last.selesai < per_tanggal:
        yield Temuan(
            KodeRadar.KONTRAK_LEWAT,
            f"{last.nama} berakhir {format_tanggal(last.selesai)}, tetapi masih tercatat "
            "aktif.",
            SALAH,
            "PP 49/2018",
            last.jenis,
            last.baris,
            last.mulai,
            last.selesai,
        )


def _golongan(fakta: FaktaRadar, batas: Ketentuan) -> Iterator[Temuan]:
    rows = sorted(fakta.pangkat, key=lambda row: row.tmt)
    turun = set(fakta.hukuman) & set(batas.nilai["hukuman_turun_pangkat"])
    for before, row in pairwise(rows):
        naik = row.golongan.tingkat - before.golongan.tingkat
        if naik > 1 and row.kp not in batas.nilai["kp_boleh_lompat"]:
            yield Temuan(
                KodeRadar.GOLONGAN_LOMPAT,
                f"Golongan naik {naik} tingkat sekaligus, dari {before.golongan} ke "
                f"{row.golongan} TMT {format_tanggal(row.tmt)}; jenis kenaikan pangkatnya "
                "tidak menerangkan.",
                PERIKSA,
                batas.kutipan,
                row.jenis,
                row.baris,
                mulai=row.tmt,
            )
        elif naik < 0 and not turun:
            yield Temuan(
                KodeRadar.GOLONGAN_TURUN,
                f"Golongan turun dari {before.golongan} ke {row.golongan} TMT "
                f"{format_tanggal(row.tmt)} tanpa sebab yang tercatat.",
                SALAH,
                batas.kutipan,
                row.jenis,
                row.baris,
                mulai=row.tmt,
            )


def _masa_kerja(fakta: FaktaRadar, per_tanggal: date) -> Iterator[Temuan]:
    """Yield where masa kerja shrinks beyond what a new golongan takes off it."""
    rows = sorted(
        (*fakta.pangkat, *fakta.kgb), key=lambda row: (row.tmt, row.golongan.tingkat)
    )
    ketentuan = load_regulasi("simpeg/masa_kerja_pindah_golongan").find(per_tanggal)
    if ketentuan is None:
        return
    for before, row in pairwise(rows):
        if row.golongan.tingkat < before.golongan.tingkat:
            continue
        paling_sedikit = transfer_masa_kerja(
            before.masa_kerja_bulan,
            before.golongan,
            row.golongan,
            per_tanggal=per_tanggal,
        )
        if row.masa_kerja_bulan < paling_sedikit:
            yield Temuan(
                KodeRadar.MASA_KERJA_TURUN,
                f"Masa kerja golongan {format_masa(row.masa_kerja_bulan)} per "
                f"{format_tanggal(row.tmt)}, padahal per {format_tanggal(before.tmt)} "
                f"sudah {format_masa(before.masa_kerja_bulan)}.",
                PERIKSA,
                ketentuan.kutipan,
                row.jenis,
                row.baris,
                mulai=row.tmt,
            )
