"""Additional income of a month (TPP), computed by a rule set that is data.

The order is the same whatever the rule set: preconditions, base, deduction, percentage,
amount, contributions, postponement. No rate stands here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from math import ceil

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Hasil, Kode
from bkpsdmd.regulations.angka import exact_decimals, round_rupiah
from bkpsdmd.regulations.teks import format_angka, format_rupiah
from ekinerja.choices import (
    CaraPlt,
    JenisKejadian,
    JenisStatusKhusus,
    KomponenTpp,
    PengecualianKejadian,
    StatusTpp,
    SyaratTpp,
)
from simpeg.choices import Choice, Predikat

from .aturan_tpp import AturanTpp, BagianPlt, Produktivitas, Tarif

SERATUS = Decimal(100)


class KodeTpp(Kode):
    ATURAN_CONTOH = "aturan_berlaku", "Aturan sudah ditetapkan daerah, bukan contoh"
    SYARAT = "syarat_tpp", "Syarat pembayaran yang harus ada lebih dahulu"
    STATUS_KHUSUS = "status_khusus", "Status yang menggantikan persentase hitungan"
    BOBOT = "bobot_tpp", "Bobot produktivitas dan disiplin"
    HARI_HADIR = "hari_hadir", "Banyaknya hari hadir"
    KEJADIAN = "kejadian_presensi", "Potongan satu kejadian presensi"
    DIKECUALIKAN = "kejadian_dikecualikan", "Kejadian dengan bukti, tanpa potongan"
    POTONGAN_MAKS = "potongan_maks", "Potongan tidak melebihi batas sebulan"
    BAGIAN_DISIPLIN = "bagian_disiplin", "Potongan dari bagian disiplin, terpisah"
    PERSEN = "persen_tpp", "Persentase TPP yang diterima"
    BAGIAN_CPNS = "bagian_cpns_tpp", "Bagian dasar yang diterima CPNS"
    PLT = "plt", "Dasar bagi pelaksana tugas"
    JUMLAH = "jumlah_tpp", "Jumlah TPP sebelum iuran"
    IURAN = "iuran_tpp", "Iuran atas TPP, sampai batas bersama gaji"
    PENUNDAAN = "menit_kumulatif", "Menit sebulan tidak melebihi batas penundaan"
    MASUKAN_TANPA_ATURAN = (
        "masukan_tanpa_aturan",
        "Aturan tidak mengatur masukan atau jenis itu",
    )
    UKURAN_KURANG = "ukuran_kurang", "Menit, jam, atau bulan kejadian tidak disebut"


@dataclass(frozen=True)
class Kejadian:
    """Events of one kind and size, so many times in the month."""

    jenis: JenisKejadian
    menit: int | None = None
    jam: Decimal | None = None
    banyak: int = 1
    dikecualikan: PengecualianKejadian | None = None


@dataclass(frozen=True)
class StatusKhusus:
    """`bulan` counts the full months of a leave."""

    jenis: JenisStatusKhusus
    bulan: int | None = None


@dataclass(frozen=True)
class Plt:
    """The acting post: how it is paid, and its base."""

    cara: CaraPlt
    komponen: Mapping[KomponenTpp, int]


@dataclass(frozen=True, kw_only=True)
class FaktaTpp:
    """What is not known is None; a condition not named in `syarat` is met.

    `potongan_persen` is a total counted elsewhere, `iuran_gaji` what the salary bore.
    """

    komponen: Mapping[KomponenTpp, int] | None = None
    predikat: Predikat | None = None
    potongan_persen: Decimal | None = None
    kejadian: tuple[Kejadian, ...] | None = None
    hari_hadir: int | None = None
    is_cpns: bool = False
    plt: Plt | None = None
    status_khusus: StatusKhusus | None = None
    syarat: Mapping[SyaratTpp, bool] = field(default_factory=dict)
    iuran_gaji: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class BarisTpp:
    """`dasar_rupiah` is shown in whole rupiah; the amount comes from the exact base."""

    komponen: KomponenTpp
    dasar_rupiah: int
    rupiah: int


@dataclass(frozen=True, kw_only=True)
class HasilTpp(Hasil):
    """Percentages are exact; None is what the rule set or the facts do not give."""

    status: StatusTpp
    kurang_syarat: tuple[SyaratTpp, ...] = ()
    potongan_persen: Decimal | None = None
    potongan_disiplin_persen: Decimal | None = None
    menit_kumulatif: int | None = None
    nilai_produktivitas: Decimal | None = None
    nilai_disiplin: Decimal | None = None
    persen: Decimal | None = None
    baris: tuple[BarisTpp, ...] = ()
    total_rupiah: int | None = None
    iuran_rupiah: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _PotonganKejadian:
    alasan: Alasan
    persen: Decimal = Decimal(0)
    disiplin_persen: Decimal = Decimal(0)
    menit: int = 0


@dataclass(frozen=True)
class _Potongan:
    persen: Decimal | None = None
    disiplin_persen: Decimal | None = None
    menit: int | None = None
    alasan: tuple[Alasan, ...] = ()


@dataclass(frozen=True)
class _Persentase:
    persen: Decimal
    produktivitas: Decimal | None = None
    disiplin: Decimal | None = None
    alasan: tuple[Alasan, ...] = ()


def compute_tpp(fakta: FaktaTpp, aturan: AturanTpp) -> HasilTpp:
    """Return what a person receives for a month, before tax.

    Raises DomainError for an event, a status or a way of acting the rule set has no
    rule for, and for an event without its minutes or hours.
    """
    with exact_decimals():
        return _compute(fakta, aturan)


def _compute(fakta: FaktaTpp, aturan: AturanTpp) -> HasilTpp:
    kurang_syarat = tuple(_list_kurang_syarat(fakta, aturan))
    if kurang_syarat:
        return HasilTpp(
            status=StatusTpp.TERTAHAN,
            kurang_syarat=kurang_syarat,
            alasan=(
                *_explain_contoh(aturan),
                *(_explain_kurang_syarat(satu, aturan) for satu in kurang_syarat),
            ),
            dasar_hukum=(aturan.kutipan,),
        )
    potongan = _compute_potongan(fakta, aturan)
    persentase = _compute_persentase(fakta, potongan, aturan)
    dasar = _compute_dasar(fakta, aturan)
    baris = tuple(
        BarisTpp(
            komponen,
            round_rupiah(rupiah),
            round_rupiah(rupiah * persentase.persen / SERATUS),
        )
        for komponen, rupiah in dasar.items()
    )
    total = None
    if fakta.komponen is not None:
        total = sum(satu.rupiah for satu in baris)
    iuran = {} if total is None else _compute_iuran(total, fakta, aturan)
    penundaan = tuple(_check_penundaan(potongan.menit, aturan))
    ditunda = any(not alasan.terpenuhi for alasan in penundaan)
    return HasilTpp(
        status=StatusTpp.DITUNDA if ditunda else StatusTpp.DIBAYAR,
        potongan_persen=potongan.persen,
        potongan_disiplin_persen=potongan.disiplin_persen,
        menit_kumulatif=potongan.menit,
        nilai_produktivitas=persentase.produktivitas,
        nilai_disiplin=persentase.disiplin,
        persen=persentase.persen,
        baris=baris,
        total_rupiah=total,
        iuran_rupiah=iuran,
        alasan=(
            *_explain_contoh(aturan),
            *_explain_syarat(aturan),
            *potongan.alasan,
            *persentase.alasan,
            *_explain_dasar(fakta, aturan),
            *_explain_jumlah(total, aturan),
            *_explain_iuran(iuran, aturan),
            *penundaan,
        ),
        dasar_hukum=(aturan.kutipan,),
    )


# -- Preconditions -------------------------------------------------------------------


def _list_kurang_syarat(fakta: FaktaTpp, aturan: AturanTpp) -> Iterator[SyaratTpp]:
    tidak_diminta: frozenset[SyaratTpp] = frozenset()
    if fakta.status_khusus is not None and aturan.status_khusus is not None:
        tidak_diminta = aturan.status_khusus.tidak_diminta
    for syarat in aturan.syarat:
        ada = fakta.syarat.get(syarat, True) and _has_bukti(syarat, fakta)
        if not ada and syarat not in tidak_diminta:
            yield syarat


def _has_bukti(syarat: SyaratTpp, fakta: FaktaTpp) -> bool:
    """Return whether the facts hold what the condition asks for."""
    if syarat is SyaratTpp.PREDIKAT:
        return fakta.predikat is not None
    if syarat is SyaratTpp.PRESENSI:
        return fakta.potongan_persen is not None or fakta.kejadian is not None
    return True


# -- Base ----------------------------------------------------------------------------


def _compute_dasar(fakta: FaktaTpp, aturan: AturanTpp) -> dict[KomponenTpp, Decimal]:
    """Return the base of each component, exact; none without the own components."""
    if fakta.komponen is None:
        return {}
    dasar: dict[KomponenTpp, Decimal] = {
        komponen: Decimal(rupiah) for komponen, rupiah in fakta.komponen.items()
    }
    if fakta.plt is not None:
        bagian = _find_plt(fakta.plt, aturan)
        sumber = (
            (bagian.sendiri, fakta.komponen),
            (bagian.rangkap, fakta.plt.komponen),
        )
        dasar = {}
        for persen, komponen in sumber:
            # A post that counts for nothing brings no component along.
            for nama, rupiah in komponen.items() if persen else ():
                dasar[nama] = dasar.get(nama, Decimal(0)) + rupiah * persen / SERATUS
    if fakta.is_cpns and aturan.cpns is not None:
        dasar = {nama: rupiah * aturan.cpns / SERATUS for nama, rupiah in dasar.items()}
    return dasar


# -- Deduction -----------------------------------------------------------------------


def _compute_potongan(fakta: FaktaTpp, aturan: AturanTpp) -> _Potongan:
    if fakta.status_khusus is not None:
        return _Potongan()
    if fakta.kejadian is None:
        return _Potongan(fakta.potongan_persen)
    persen = disiplin = Decimal(0)
    menit = 0
    alasan = []
    for posisi, kejadian in enumerate(fakta.kejadian):
        _check_kejadian(kejadian, posisi, aturan)
        satu = _judge_kejadian(kejadian, aturan)
        persen += satu.persen
        disiplin += satu.disiplin_persen
        menit += satu.menit
        alasan.append(satu.alasan)
    if aturan.potongan_maks is not None:
        alasan.append(_explain_maks(persen, aturan.potongan_maks, aturan))
        persen = min(persen, aturan.potongan_maks)
    if disiplin:
        alasan.append(_explain_disiplin_terpisah(disiplin, aturan))
    return _Potongan(
        persen,
        disiplin if aturan.has_bagian_disiplin else None,
        menit if aturan.penundaan is not None else None,
        tuple(alasan),
    )


def _check_kejadian(kejadian: Kejadian, posisi: int, aturan: AturanTpp) -> None:
    """Raise DomainError on an event without a rule or without its size."""
    tarif = aturan.kejadian.get(kejadian.jenis)
    if tarif is None:
        raise _refuse_jenis(
            f"kejadian[{posisi}].jenis", kejadian.jenis, aturan.kejadian
        )
    if kejadian.dikecualikan is not None:
        return
    if tarif.mulai_menit is not None and kejadian.menit is None:
        raise _refuse_ukuran(f"kejadian[{posisi}].menit")
    if tarif.persen_per_jam is not None and kejadian.jam is None:
        raise _refuse_ukuran(f"kejadian[{posisi}].jam")


# A month holds the same few events over and over, and so does an office.
@lru_cache(maxsize=10_000)
def _judge_kejadian(kejadian: Kejadian, aturan: AturanTpp) -> _PotonganKejadian:
    if kejadian.dikecualikan is not None:
        alasan = _explain_dikecualikan(kejadian, kejadian.dikecualikan, aturan)
        return _PotonganKejadian(alasan)
    tarif = aturan.kejadian[kejadian.jenis]
    nilai = _compute_kejadian(kejadian, tarif) * kejadian.banyak
    alasan = _explain_kejadian(kejadian, nilai, tarif, aturan)
    menit = _count_menit(kejadian, tarif) * kejadian.banyak
    if tarif.bagian_disiplin:
        return _PotonganKejadian(alasan, disiplin_persen=nilai, menit=menit)
    return _PotonganKejadian(alasan, persen=nilai, menit=menit)


def _compute_kejadian(kejadian: Kejadian, tarif: Tarif) -> Decimal:
    """Return the percentage of one event: bands by whole minutes, hours as started."""
    if tarif.mulai_menit is not None and kejadian.menit is not None:
        return tarif.mulai_menit.find(kejadian.menit)
    if tarif.persen_per_jam is not None and kejadian.jam is not None:
        return tarif.persen_per_jam * ceil(kejadian.jam)
    return tarif.persen


def _count_menit(kejadian: Kejadian, tarif: Tarif) -> int:
    """Return the minutes that count towards a postponement: late, or not recorded."""
    if kejadian.jenis is JenisKejadian.TERLAMBAT:
        return kejadian.menit or 0
    return tarif.dihitung_menit


# -- Percentage ----------------------------------------------------------------------


def _compute_persentase(
    fakta: FaktaTpp, potongan: _Potongan, aturan: AturanTpp
) -> _Persentase:
    if fakta.status_khusus is not None:
        return _find_status(fakta.status_khusus, aturan)
    sisa = max(SERATUS - (potongan.persen or 0), Decimal(0))
    if aturan.produktivitas is None or aturan.bobot_disiplin is None:
        return _Persentase(sisa, alasan=(_explain_persen(sisa, aturan),))
    produktivitas = aturan.produktivitas.tanpa_predikat
    if fakta.predikat is not None:
        produktivitas = aturan.produktivitas.nilai[fakta.predikat]
    disiplin, bobot = sisa, aturan.produktivitas.bobot
    if fakta.hari_hadir == 0:
        produktivitas = disiplin = aturan.produktivitas.tanpa_hadir
    if _is_hadir_kurang(fakta.hari_hadir, aturan.produktivitas):
        bobot = aturan.produktivitas.bobot_hadir_kurang
    persen = (bobot * produktivitas + aturan.bobot_disiplin * disiplin) / SERATUS
    return _Persentase(
        persen,
        produktivitas,
        disiplin,
        (
            _explain_hari_hadir(fakta.hari_hadir, aturan.produktivitas, aturan),
            _explain_bobot(produktivitas, disiplin, bobot, aturan),
            _explain_persen(persen, aturan),
        ),
    )


def _is_hadir_kurang(hari: int | None, produktivitas: Produktivitas) -> bool:
    return hari is not None and hari < produktivitas.hadir_kurang_dari_hari


def _find_status(status: StatusKhusus, aturan: AturanTpp) -> _Persentase:
    ketentuan = aturan.status_khusus
    tetap = {} if ketentuan is None else ketentuan.tetap
    keterangan = status.jenis.label
    if status.jenis in tetap:
        persen = tetap[status.jenis]
    elif ketentuan is None or status.jenis is not JenisStatusKhusus.CUTI:
        raise _refuse_jenis("status_khusus.jenis", status.jenis, tetap)
    elif status.bulan is None:
        raise _refuse_ukuran("status_khusus.bulan")
    else:
        persen = ketentuan.cuti_mulai_bulan.find(status.bulan)
        keterangan += f" {status.bulan} bulan"
    alasan = Alasan(
        KodeTpp.STATUS_KHUSUS,
        f"{keterangan}: persentase tetap {format_angka(persen)} %; predikat dan presensi "
        "tidak dipakai.",
        nilai=persen,
        dasar_hukum=aturan.kutipan,
    )
    return _Persentase(persen, alasan=(alasan,))


def _find_plt(plt: Plt, aturan: AturanTpp) -> BagianPlt:
    bagian = aturan.plt.get(plt.cara)
    if bagian is None:
        raise _refuse_jenis("plt.cara", plt.cara, aturan.plt)
    return bagian


# -- Contributions and postponement --------------------------------------------------


def _compute_iuran(total: int, fakta: FaktaTpp, aturan: AturanTpp) -> dict[str, int]:
    """Return each contribution whose share in the salary is known."""
    return {
        nama: max(
            round_rupiah(
                min(
                    total * iuran.persen / SERATUS,
                    Decimal(iuran.maks_rupiah - fakta.iuran_gaji[nama]),
                )
            ),
            0,
        )
        for nama, iuran in aturan.iuran.items()
        if nama in fakta.iuran_gaji
    }


def _check_penundaan(menit: int | None, aturan: AturanTpp) -> Iterator[Alasan]:
    if menit is None or aturan.penundaan is None:
        return
    batas, bulan = aturan.penundaan.di_atas_menit, aturan.penundaan.bulan
    lewat = menit > batas
    akibat = f"; pembayaran ditunda {bulan} bulan, hitungannya tetap." if lewat else "."
    yield Alasan(
        KodeTpp.PENUNDAAN,
        f"Menit terlambat dan tanpa catatan presensi sebulan {menit} menit, batas {batas} "
        f"menit{akibat}",
        terpenuhi=not lewat,
        nilai=menit,
        dasar_hukum=aturan.kutipan,
    )


# -- Refusals ------------------------------------------------------------------------


def _refuse_jenis(kolom: str, jenis: Choice, dikenal: Iterable[str]) -> DomainError:
    return DomainError(
        f"{kolom} {jenis} tidak diatur oleh aturan ini; yang diatur: "
        f"{', '.join(dikenal) or 'tidak ada'}.",
        kolom=kolom,
        kode=KodeTpp.MASUKAN_TANPA_ATURAN,
    )


def _refuse_ukuran(kolom: str) -> DomainError:
    return DomainError(
        f"{kolom} harus diisi untuk jenis ini.",
        kolom=kolom,
        kode=KodeTpp.UKURAN_KURANG,
    )


# -- Reasons -------------------------------------------------------------------------


@cache
def _explain_contoh(aturan: AturanTpp) -> tuple[Alasan, ...]:
    if not aturan.is_contoh:
        return ()
    alasan = Alasan(
        KodeTpp.ATURAN_CONTOH,
        f"{aturan.uraian}. Aturan contoh ini belum berlaku di sini sebelum ditetapkan "
        "daerah; hasilnya hanya gambaran.",
        terpenuhi=False,
        dasar_hukum=aturan.kutipan,
    )
    return (alasan,)


@cache
def _explain_syarat(aturan: AturanTpp) -> tuple[Alasan, ...]:
    if not aturan.syarat:
        return ()
    pesan = "Semua syarat pembayaran yang diminta sudah ada."
    return (Alasan(KodeTpp.SYARAT, pesan, dasar_hukum=aturan.kutipan),)


@cache
def _explain_kurang_syarat(syarat: SyaratTpp, aturan: AturanTpp) -> Alasan:
    return Alasan(
        KodeTpp.SYARAT,
        f"{syarat.label} belum ada: TPP tertahan dan belum dihitung, bukan Rp 0.",
        terpenuhi=False,
        nilai=syarat,
        dasar_hukum=aturan.kutipan,
    )


def _describe(kejadian: Kejadian) -> str:
    ukuran = ""
    if kejadian.menit is not None:
        ukuran = f" {kejadian.menit} menit"
    if kejadian.jam is not None:
        ukuran = f" {format_angka(kejadian.jam)} jam"
    return f"{kejadian.jenis.label}{ukuran}, {kejadian.banyak} kali"


def _explain_dikecualikan(
    kejadian: Kejadian, bukti: PengecualianKejadian, aturan: AturanTpp
) -> Alasan:
    return Alasan(
        KodeTpp.DIKECUALIKAN,
        f"{_describe(kejadian)}: dikecualikan ({bukti.label}), tanpa potongan dan tanpa "
        "menit.",
        dasar_hukum=aturan.kutipan,
    )


def _explain_kejadian(
    kejadian: Kejadian, persen: Decimal, tarif: Tarif, aturan: AturanTpp
) -> Alasan:
    dari = "bagian disiplin" if tarif.bagian_disiplin else "TPP"
    return Alasan(
        KodeTpp.KEJADIAN,
        f"{_describe(kejadian)}: potongan {format_angka(persen)} % dari {dari}.",
        terpenuhi=persen == 0,
        nilai=persen,
        dasar_hukum=aturan.kutipan,
    )


def _explain_maks(persen: Decimal, maks: Decimal, aturan: AturanTpp) -> Alasan:
    lewat = persen > maks
    return Alasan(
        KodeTpp.POTONGAN_MAKS,
        f"Jumlah potongan {format_angka(persen)} %, paling banyak {format_angka(maks)} % "
        "sebulan.",
        terpenuhi=not lewat,
        nilai=min(persen, maks),
        dasar_hukum=aturan.kutipan,
    )


def _explain_disiplin_terpisah(persen: Decimal, aturan: AturanTpp) -> Alasan:
    return Alasan(
        KodeTpp.BAGIAN_DISIPLIN,
        f"Potongan {format_angka(persen)} % dari bagian disiplin dicatat terpisah: besar "
        "bagian itu tidak diketahui, maka tidak dicampur dengan persen TPP.",
        terpenuhi=False,
        nilai=persen,
        dasar_hukum=aturan.kutipan,
    )


def _explain_hari_hadir(
    hari: int | None, produktivitas: Produktivitas, aturan: AturanTpp
) -> Alasan:
    batas = produktivitas.hadir_kurang_dari_hari
    if hari is None:
        pesan = f"Hari hadir tidak disebut; dianggap paling sedikit {batas} hari."
    elif hari == 0:
        pesan = "Tidak hadir pada semua hari kerja: produktivitas dan disiplin nihil."
    elif hari < batas:
        pesan = (
            f"Hadir {hari} hari, kurang dari {batas}: bobot produktivitas dikurangi."
        )
    else:
        pesan = f"Hadir {hari} hari, paling sedikit {batas}: bobot penuh."
    return Alasan(
        KodeTpp.HARI_HADIR,
        pesan,
        terpenuhi=not _is_hadir_kurang(hari, produktivitas),
        nilai=hari,
        dasar_hukum=aturan.kutipan,
    )


def _explain_bobot(
    produktivitas: Decimal, disiplin: Decimal, bobot: Decimal, aturan: AturanTpp
) -> Alasan:
    bobot_disiplin = aturan.bobot_disiplin or Decimal(0)
    return Alasan(
        KodeTpp.BOBOT,
        f"{format_angka(bobot)} % x produktivitas {format_angka(produktivitas)} + "
        f"{format_angka(bobot_disiplin)} % x disiplin {format_angka(disiplin)}.",
        nilai=produktivitas,
        dasar_hukum=aturan.kutipan,
    )


def _explain_persen(persen: Decimal, aturan: AturanTpp) -> Alasan:
    return Alasan(
        KodeTpp.PERSEN,
        f"TPP diterima {format_angka(persen)} % dari dasarnya.",
        nilai=persen,
        dasar_hukum=aturan.kutipan,
    )


def _explain_dasar(fakta: FaktaTpp, aturan: AturanTpp) -> Iterator[Alasan]:
    if fakta.komponen is None:
        return
    if fakta.plt is not None:
        bagian = _find_plt(fakta.plt, aturan)
        yield Alasan(
            KodeTpp.PLT,
            f"Plt. {fakta.plt.cara}: {format_angka(bagian.sendiri)} % dasar jabatan "
            f"sendiri dan {format_angka(bagian.rangkap)} % dasar jabatan yang dirangkap.",
            nilai=bagian.rangkap,
            dasar_hukum=aturan.kutipan,
        )
    if fakta.is_cpns and aturan.cpns is not None:
        pesan = f"CPNS menerima {format_angka(aturan.cpns)} % dari dasar."
        kutipan = aturan.kutipan
        yield Alasan(KodeTpp.BAGIAN_CPNS, pesan, nilai=aturan.cpns, dasar_hukum=kutipan)


def _explain_jumlah(total: int | None, aturan: AturanTpp) -> Iterator[Alasan]:
    if total is not None:
        yield Alasan(
            KodeTpp.JUMLAH,
            f"Jumlah semua komponen {format_rupiah(total)}, masing-masing dibulatkan ke "
            "rupiah terdekat.",
            nilai=total,
            dasar_hukum=aturan.kutipan,
        )


def _explain_iuran(iuran: Mapping[str, int], aturan: AturanTpp) -> Iterator[Alasan]:
    for nama, rupiah in iuran.items():
        satu = aturan.iuran[nama]
        yield Alasan(
            KodeTpp.IURAN,
            f"Iuran {nama.upper()} {format_angka(satu.persen)} % atas TPP, bersama gaji "
            f"paling banyak {format_rupiah(satu.maks_rupiah)}: {format_rupiah(rupiah)}, "
            f"{satu.penanggung.label}.",
            nilai=rupiah,
            dasar_hukum=aturan.kutipan,
        )
