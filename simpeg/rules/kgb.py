"""Kenaikan gaji berkala: when the next rows of the salary scale are reached."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_masa, format_rupiah, format_tanggal
from simpeg.choices import Predikat

from .gaji import BarisGaji, find_skala, list_baris
from .golongan import Golongan, GolonganPNS
from .waktu import add_months, add_years, first_of_month_from

# The calendar years before a TMT whose ratings can matter to it.
TAHUN_PENILAIAN = 2


class KodeKgb(Kode):
    TMT_DASAR = "tmt_dasar", "TMT dasar yang bukan tanggal 1"
    BARIS_BERIKUTNYA = "baris_berikutnya", "Baris skala di atas masa kerja dasar"
    BARIS_TANPA_KENAIKAN = "baris_tanpa_kenaikan", "Baris yang tidak menaikkan gaji"
    PREDIKAT = "predikat", "Predikat kinerja untuk kenaikan gaji berkala"
    MASA_PERJANJIAN = "masa_perjanjian", "Lama perjanjian kerja PPPK"
    DALAM_PERJANJIAN = "dalam_perjanjian", "Kenaikan jatuh dalam perjanjian kerja PPPK"
    PENUNDAAN = "penundaan", "Penundaan kenaikan gaji berkala"
    PENUNDAAN_TERLALU_LAMA = (
        "penundaan_terlalu_lama",
        "Penundaan melebihi batas satu keputusan",
    )
    PEMBERITAHUAN = "pemberitahuan", "Waktu surat pemberitahuan"


@dataclass(frozen=True)
class Penundaan:
    mulai: date
    bulan: int


@dataclass(frozen=True)
class FaktaKgb:
    """`tmt_dasar` and `mkg_bulan_dasar` come from the last SK that fixed the pay.

    The contract matters to PPPK alone. `banyak` is how many steps to list.
    """

    golongan: Golongan
    tmt_dasar: date
    mkg_bulan_dasar: int
    kontrak_mulai: date | None = None
    kontrak_selesai: date | None = None
    predikat: Mapping[int, Predikat] = field(default_factory=dict)
    penundaan: Penundaan | None = None
    banyak: int = 1

    @property
    def is_pns(self) -> bool:
        return isinstance(self.golongan, GolonganPNS)


@dataclass(frozen=True)
class LangkahKgb:
    """One raise; `mkg_bulan` is the row of the scale, also when it was postponed.

    `tmt_semula` is the day the row is reached, `tmt` the day the raise is granted.
    """

    tmt: date
    tmt_semula: date
    mkg_bulan: int
    gaji_lama_rupiah: int
    gaji_baru_rupiah: int
    batas_pemberitahuan: date


@dataclass(frozen=True, kw_only=True)
class HasilKgb(Hasil):
    """`berhak` speaks of the first step; `puncak` when the scale has no row left.

    `kgb` lists the steps by time alone, also when the first may not be granted yet.
    """

    berhak: bool
    puncak: bool
    kgb: tuple[LangkahKgb, ...]


def compute_kgb(fakta: FaktaKgb, *, per_tanggal: date) -> HasilKgb:
    """Return the next raises by time, and whether the first may be granted.

    Amounts are those of the scale in force on `per_tanggal`. A condition whose facts
    are not given is not held against the person. Raises DomainError for a postponement
    longer than one decree may order, KetentuanNotInForceError without a scale.
    Dasar hukum: see regulations/kgb_*.yaml, gaji_pokok_pns, gaji_pokok_pppk.
    """
    _refuse_long_penundaan(fakta, per_tanggal)
    skala = find_skala(fakta.golongan, per_tanggal=per_tanggal)
    sekarang, atas = _split_baris(fakta, list_baris(skala, fakta.golongan))
    naik = [baris for baris in atas if baris.gaji_rupiah > sekarang.gaji_rupiah]
    langkah = _build_langkah(fakta, sekarang, naik[: fakta.banyak], per_tanggal)
    syarat = [_check_baris(fakta, sekarang, langkah, skala)]
    if langkah:
        syarat.append(_check_predikat(fakta, langkah[0], per_tanggal))
        if not fakta.is_pns:
            syarat += _check_perjanjian(fakta, langkah, per_tanggal)
    keterangan = (
        *_explain_dasar(fakta, sekarang, atas),
        *_explain_penundaan(fakta, langkah, per_tanggal),
        *_explain_pemberitahuan(fakta, langkah, per_tanggal),
    )
    alasan = (*syarat, *keterangan)
    return HasilKgb(
        berhak=all(satu.terpenuhi for satu in syarat),
        puncak=not atas,
        kgb=tuple(langkah),
        alasan=alasan,
        dasar_hukum=tuple(
            dict.fromkeys(a.dasar_hukum for a in alasan if a.dasar_hukum)
        ),
    )


def _split_baris(
    fakta: FaktaKgb, baris: Sequence[BarisGaji]
) -> tuple[BarisGaji, Sequence[BarisGaji]]:
    """Return the row paid now and the rows above the masa kerja."""
    posisi = bisect_right(
        baris, fakta.mkg_bulan_dasar // 12, key=lambda row: row.masa_kerja_tahun
    )
    return baris[max(posisi - 1, 0)], baris[posisi:]


def _build_langkah(
    fakta: FaktaKgb,
    sekarang: BarisGaji,
    naik: Sequence[BarisGaji],
    per_tanggal: date,
) -> list[LangkahKgb]:
    pemberitahuan = load_regulasi("simpeg/kgb_pemberitahuan").on(per_tanggal).nilai
    langkah = []
    for lama, baru in zip((sekarang, *naik), naik, strict=False):
        semula = _find_tmt(fakta, baru)
        tmt = _postpone(fakta, semula)
        langkah.append(
            LangkahKgb(
                tmt=tmt,
                tmt_semula=semula,
                mkg_bulan=baru.masa_kerja_tahun * 12,
                gaji_lama_rupiah=lama.gaji_rupiah,
                gaji_baru_rupiah=baru.gaji_rupiah,
                batas_pemberitahuan=add_months(tmt, -pemberitahuan),
            )
        )
    return langkah


def _find_tmt(fakta: FaktaKgb, baris: BarisGaji) -> date:
    """Return when the row is reached: months served below it are kept."""
    kurang = baris.masa_kerja_tahun * 12 - fakta.mkg_bulan_dasar
    return add_months(first_of_month_from(fakta.tmt_dasar), kurang)


def _postpone(fakta: FaktaKgb, tmt: date) -> date:
    """Return the day the step is granted; the steps after it keep their own."""
    penundaan = fakta.penundaan
    if penundaan is None or not fakta.is_pns:
        return tmt
    selesai = add_months(penundaan.mulai, penundaan.bulan)
    if penundaan.mulai.replace(day=1) <= tmt < selesai:
        return first_of_month_from(selesai)
    return tmt


def _refuse_long_penundaan(fakta: FaktaKgb, per_tanggal: date) -> None:
    if fakta.penundaan is None:
        return
    batas = load_regulasi("simpeg/kgb_penundaan").on(per_tanggal).nilai
    if fakta.penundaan.bulan > batas:
        raise DomainError(
            f"penundaan.bulan {fakta.penundaan.bulan} melebihi {batas} bulan: penundaan "
            "yang lebih lama memerlukan keputusan baru.",
            kolom="penundaan.bulan",
            kode=KodeKgb.PENUNDAAN_TERLALU_LAMA,
        )


def _check_baris(
    fakta: FaktaKgb,
    sekarang: BarisGaji,
    langkah: Sequence[LangkahKgb],
    skala: Ketentuan,
) -> Alasan:
    if langkah:
        pertama = langkah[0]
        pesan = (
            f"Masa kerja golongan {format_masa(pertama.mkg_bulan)} tercapai "
            f"{format_tanggal(pertama.tmt_semula)}: gaji pokok naik dari "
            f"{format_rupiah(pertama.gaji_lama_rupiah)} menjadi "
            f"{format_rupiah(pertama.gaji_baru_rupiah)}."
        )
    else:
        pesan = (
            f"Baris {sekarang.masa_kerja_tahun} tahun adalah baris terakhir skala "
            f"golongan {fakta.golongan}: tidak ada KGB lagi."
        )
    return Alasan(
        KodeKgb.BARIS_BERIKUTNYA,
        pesan,
        bool(langkah),
        sekarang.masa_kerja_tahun,
        skala.kutipan,
    )


def _check_predikat(fakta: FaktaKgb, langkah: LangkahKgb, per_tanggal: date) -> Alasan:
    if fakta.is_pns:
        return _check_predikat_pns(fakta, langkah, per_tanggal)
    ketentuan = load_regulasi("simpeg/kgb_pppk").on(per_tanggal)
    banyak = _find_syarat_pppk(fakta, langkah, ketentuan)["penilaian_tahun"]
    minimum = Predikat(ketentuan.nilai["predikat"])
    diketahui = _list_predikat(fakta, langkah.tmt, per_tanggal, banyak)
    pesan = (
        f"{_describe_predikat(diketahui)}; PPPK memerlukan paling rendah {minimum.label} "
        f"dalam {banyak} tahun terakhir."
    )
    terpenuhi = all(satu.reaches(minimum) for satu in diketahui.values())
    return Alasan(KodeKgb.PREDIKAT, pesan, terpenuhi, None, ketentuan.kutipan)


def _check_predikat_pns(
    fakta: FaktaKgb, langkah: LangkahKgb, per_tanggal: date
) -> Alasan:
    ketentuan = load_regulasi("simpeg/kgb_predikat_pns").on(per_tanggal)
    minimum = Predikat(ketentuan.nilai["dipakai"])
    lain = Predikat(ketentuan.nilai["bacaan_lain"])
    diketahui = _list_predikat(fakta, langkah.tmt, per_tanggal, TAHUN_PENILAIAN)
    if langkah.tmt != langkah.tmt_semula:
        # The postponement has answered for the ratings before the day it moved.
        semula = langkah.tmt_semula.year
        diketahui = {
            tahun: satu for tahun, satu in diketahui.items() if tahun >= semula
        }
    terakhir = dict(sorted(diketahui.items())[-1:])
    terpenuhi = all(satu.reaches(minimum) for satu in terakhir.values())
    pesan = (
        f"{_describe_predikat(terakhir)}; nilai cukup dibaca sebagai paling rendah "
        f"{minimum.label}. Padanan ini belum ditetapkan: sebagian daerah meminta "
        f"{lain.label}."
    )
    if terpenuhi and not all(satu.reaches(lain) for satu in terakhir.values()):
        pesan += " Menurut bacaan itu syarat ini tidak terpenuhi."
    return Alasan(KodeKgb.PREDIKAT, pesan, terpenuhi, None, ketentuan.kutipan)


def _list_predikat(
    fakta: FaktaKgb, tmt: date, per_tanggal: date, banyak: int
) -> dict[int, Predikat]:
    """Return the ratings given for the years before `tmt`.

    When none of them is given yet, those that can be known on `per_tanggal` stand in.
    """
    for akhir in (tmt, min(tmt, per_tanggal)):
        tahun = range(akhir.year - banyak, akhir.year)
        diketahui = {
            satu: fakta.predikat[satu] for satu in tahun if satu in fakta.predikat
        }
        if diketahui:
            return diketahui
    return {}


def _describe_predikat(diketahui: Mapping[int, Predikat]) -> str:
    if not diketahui:
        return (
            "Predikat kinerja sebelum TMT belum diberikan, jadi belum diperiksa di sini"
        )
    isi = ", ".join(f"{tahun} {satu.label}" for tahun, satu in diketahui.items())
    return f"Predikat kinerja {isi}"


def _find_syarat_pppk(
    fakta: FaktaKgb, langkah: LangkahKgb, ketentuan: Ketentuan
) -> Mapping[str, int]:
    """Return what the step asks for: less for the first one of some golongan."""
    umum: Mapping[str, int] = ketentuan.nilai["umum"]
    pertama: Mapping[str, int] = ketentuan.nilai["pertama"].get(fakta.golongan, umum)
    mkg_tahun = pertama.get("mkg_tahun")
    return pertama if langkah.mkg_bulan == (mkg_tahun or 0) * 12 else umum


def _check_perjanjian(
    fakta: FaktaKgb, langkah: Sequence[LangkahKgb], per_tanggal: date
) -> tuple[Alasan, ...]:
    lama = _check_lama(fakta, langkah[0], per_tanggal)
    selesai = fakta.kontrak_selesai
    return (lama,) if selesai is None else (lama, _check_dalam(langkah, selesai))


def _check_lama(fakta: FaktaKgb, langkah: LangkahKgb, per_tanggal: date) -> Alasan:
    """Judge the length of the agreement, which some first steps ask less of."""
    ketentuan = load_regulasi("simpeg/kgb_pppk").on(per_tanggal)
    tahun = _find_syarat_pppk(fakta, langkah, ketentuan)["perjanjian_tahun"]
    mulai, selesai = fakta.kontrak_mulai, fakta.kontrak_selesai
    syarat = f"KGB memerlukan perjanjian kerja lebih dari {tahun} tahun"
    if mulai is None or selesai is None:
        pesan = (
            f"{syarat}; masa perjanjian belum diberikan, jadi belum diperiksa di sini."
        )
        return Alasan(KodeKgb.MASA_PERJANJIAN, pesan, dasar_hukum=ketentuan.kutipan)
    pesan = (
        f"{syarat}; perjanjian ini {format_tanggal(mulai)} sampai "
        f"{format_tanggal(selesai)}."
    )
    return Alasan(
        KodeKgb.MASA_PERJANJIAN,
        pesan,
        selesai > add_years(mulai, tahun),
        selesai,
        ketentuan.kutipan,
    )


def _check_dalam(langkah: Sequence[LangkahKgb], selesai: date) -> Alasan:
    tmt, terakhir = langkah[0].tmt, langkah[-1].tmt
    terpenuhi = tmt <= selesai
    letak = "dalam" if terpenuhi else "sesudah"
    pesan = (
        f"KGB {format_tanggal(tmt)} jatuh {letak} perjanjian kerja, yang berakhir "
        f"{format_tanggal(selesai)}."
    )
    if terakhir > selesai:
        pesan += " Yang sesudahnya diberikan bila perjanjian diperpanjang."
    return Alasan(KodeKgb.DALAM_PERJANJIAN, pesan, terpenuhi, selesai)


def _explain_dasar(
    fakta: FaktaKgb, sekarang: BarisGaji, atas: Sequence[BarisGaji]
) -> tuple[Alasan, ...]:
    reasons = []
    if fakta.tmt_dasar.day != 1:
        pesan = (
            f"TMT dasar {format_tanggal(fakta.tmt_dasar)} bukan tanggal 1: dihitung dari "
            f"{format_tanggal(first_of_month_from(fakta.tmt_dasar))} (kesepakatan portal)."
        )
        reasons.append(Alasan(KodeKgb.TMT_DASAR, pesan))
    if any(baris.gaji_rupiah <= sekarang.gaji_rupiah for baris in atas):
        pesan = (
            f"Baris {sekarang.masa_kerja_tahun} tahun sudah dibayarkan, jadi mencapainya "
            "tidak menaikkan gaji dan dilewati (kesepakatan portal)."
        )
        reasons.append(Alasan(KodeKgb.BARIS_TANPA_KENAIKAN, pesan))
    return tuple(reasons)


def _explain_penundaan(
    fakta: FaktaKgb, langkah: Sequence[LangkahKgb], per_tanggal: date
) -> tuple[Alasan, ...]:
    if fakta.penundaan is None:
        return ()
    kutipan = load_regulasi("simpeg/kgb_penundaan").on(per_tanggal).kutipan
    if not fakta.is_pns:
        pesan = (
            "Penundaan KGB diatur bagi PNS; bagi PPPK tidak ditemukan ketentuannya, jadi "
            "tidak diperhitungkan."
        )
        return (Alasan(KodeKgb.PENUNDAAN, pesan, False, None, kutipan),)
    kena = next((satu for satu in langkah if satu.tmt != satu.tmt_semula), None)
    if kena is None:
        pesan = "Masa penundaan tidak mengenai KGB yang didaftar."
        return (Alasan(KodeKgb.PENUNDAAN, pesan, dasar_hukum=kutipan),)
    pesan = (
        f"KGB {format_tanggal(kena.tmt_semula)} ditunda dan diberikan mulai "
        f"{format_tanggal(kena.tmt)}; masa penundaan dihitung penuh untuk KGB sesudahnya."
    )
    return (Alasan(KodeKgb.PENUNDAAN, pesan, True, kena.tmt, kutipan),)


def _explain_pemberitahuan(
    fakta: FaktaKgb, langkah: Sequence[LangkahKgb], per_tanggal: date
) -> tuple[Alasan, ...]:
    if not langkah:
        return ()
    ketentuan = load_regulasi("simpeg/kgb_pemberitahuan").on(per_tanggal)
    pesan = (
        f"Diberitahukan {ketentuan.nilai} bulan sebelumnya, paling lambat "
        f"{format_tanggal(langkah[0].batas_pemberitahuan)}."
    )
    if not fakta.is_pns:
        pesan += " Bagi PPPK waktu ini kesepakatan portal."
    return (
        Alasan(
            KodeKgb.PEMBERITAHUAN,
            pesan,
            nilai=langkah[0].batas_pemberitahuan,
            dasar_hukum=ketentuan.kutipan,
        ),
    )
