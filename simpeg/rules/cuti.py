"""Which kind of leave is allowed, and for how long at most.

The balances of the annual leave are in `cuti_tahunan.py`.
Dasar hukum: see regulations/cuti_*.yaml, cltn.yaml.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_angka, format_masa
from simpeg.choices import AlasanCuti, Choice, JenisASN, JenisCuti, JenisKelamin


class SatuanCuti(Choice):
    HARI_KERJA = "hari_kerja", "hari kerja"
    HARI = "hari", "hari"
    BULAN = "bulan", "bulan"
    TAHUN = "tahun", "tahun"


class KodeCuti(Kode):
    JENIS_CUTI = "jenis_cuti", "Jenis cuti tersedia bagi jenis ASN itu"
    MASA_KERJA = "masa_kerja", "Masa kerja cukup"
    TANPA_MASA_KERJA = "tanpa_masa_kerja", "Alasan yang mengecualikan masa kerja"
    SEBELUM_SETAHUN = (
        "sebelum_setahun",
        "Keadaan yang membolehkan cuti PPPK sebelum setahun bekerja",
    )
    CUTI_TAHUNAN_TERPAKAI = (
        "cuti_tahunan_terpakai",
        "Cuti tahunan yang sudah diambil diperhitungkan dalam cuti besar",
    )
    JENIS_KELAMIN = "jenis_kelamin", "Jenis kelamin sesuai dengan cutinya"
    KELAHIRAN = "kelahiran", "Kelahiran yang masih memberi cuti melahirkan"
    ALASAN = "alasan", "Alasan memberi hak atas cuti"
    LAMANYA = "lamanya", "Paling lama"
    BACAAN_LAIN = "bacaan_lain", "Sumber berbeda tentang lamanya"
    KETERANGAN_KURANG = (
        "keterangan_kurang",
        "Keterangan yang dibutuhkan tidak ada, atau mustahil",
    )


@dataclass(frozen=True)
class FaktaCuti:
    """What is asked; beyond the first three only what the kind and ground need.

    `anak_ke` counts the births as PNS or PPPK, twins as one.
    """

    jenis_asn: JenisASN
    jenis_cuti: JenisCuti
    masa_kerja_bulan: int
    jenis_kelamin: JenisKelamin | None = None
    anak_ke: int | None = None
    alasan: AlasanCuti | None = None
    rawat_inap_hari: int | None = None
    cuti_tahunan_terpakai: int = 0

    @property
    def is_pns(self) -> bool:
        return self.jenis_asn is JenisASN.PNS

    @property
    def asn(self) -> str:
        """The ladder whose file of a regulation is read."""
        return "pns" if self.is_pns else "pppk"


@dataclass(frozen=True)
class LamaCuti:
    nilai: int | Decimal
    satuan: SatuanCuti

    @classmethod
    def of(cls, nilai: Mapping[str, Any]) -> "LamaCuti":
        """Return the length as a regulation file writes it."""
        return cls(nilai["nilai"], SatuanCuti(nilai["satuan"]))

    def __str__(self) -> str:
        return f"{format_angka(self.nilai)} {self.satuan.label}"


@dataclass(frozen=True, kw_only=True)
class HasilCuti(Hasil):
    """`maks` is None when the leave is refused, or ends only with its cause."""

    boleh: bool
    maks: LamaCuti | None = None
    ganti_dengan: JenisCuti | None = None


def check_cuti(fakta: FaktaCuti, *, per_tanggal: date) -> HasilCuti:
    """Return whether the leave may be given, and how long it may last.

    Raises DomainError when a fact the kind of leave needs is missing, and
    KetentuanNotInForceError when no rule applies on that date.
    """
    jenis = load_regulasi("simpeg/cuti_jenis").on(per_tanggal)
    tersedia = fakta.jenis_cuti in jenis.nilai[fakta.asn]
    pesan = (
        f"{fakta.jenis_cuti.label} {'tersedia' if tersedia else 'tidak tersedia'} bagi "
        f"{fakta.jenis_asn.label}."
    )
    alasan = Alasan(
        KodeCuti.JENIS_CUTI, pesan, terpenuhi=tersedia, dasar_hukum=jenis.kutipan
    )
    if not tersedia:
        return HasilCuti(boleh=False, alasan=(alasan,), dasar_hukum=(jenis.kutipan,))
    hasil = CHECKS[fakta.jenis_cuti](fakta, per_tanggal)
    kutipan = (satu.dasar_hukum for satu in hasil.alasan if satu.dasar_hukum)
    return replace(
        hasil,
        alasan=(alasan, *hasil.alasan),
        dasar_hukum=tuple(dict.fromkeys((jenis.kutipan, *hasil.dasar_hukum, *kutipan))),
    )


def _check_tahunan(fakta: FaktaCuti, per_tanggal: date) -> HasilCuti:
    ketentuan = load_regulasi(f"simpeg/cuti_tahunan_{fakta.asn}").on(per_tanggal)
    masa_kerja = _check_masa_kerja(fakta, ketentuan)
    maks = LamaCuti(ketentuan.nilai["hak_hari"], SatuanCuti.HARI_KERJA)
    if masa_kerja.terpenuhi:
        return _allow(ketentuan, maks, masa_kerja)
    if fakta.is_pns:
        return _refuse(ketentuan, masa_kerja)
    khusus = load_regulasi("simpeg/cuti_tahunan_pppk_khusus").on(per_tanggal)
    boleh = fakta.alasan in khusus.nilai["alasan"]
    keadaan = Alasan(
        KodeCuti.SEBELUM_SETAHUN,
        "Sebelum masa kerja itu PPPK diberi cuti tahunan hanya bila keluarga inti sakit "
        "keras atau meninggal, untuk mengurus haknya, atau untuk perkawinan pertama.",
        terpenuhi=boleh,
        dasar_hukum=khusus.kutipan,
    )
    if not boleh:
        return _refuse(khusus, masa_kerja, keadaan)
    maks = LamaCuti(khusus.nilai["hak_hari"], SatuanCuti.HARI_KERJA)
    return _allow(khusus, maks, masa_kerja, keadaan)


def _check_besar(fakta: FaktaCuti, per_tanggal: date) -> HasilCuti:
    ketentuan = load_regulasi("simpeg/cuti_besar").on(per_tanggal)
    alasan = [_check_masa_kerja(fakta, ketentuan)]
    if not alasan[0].terpenuhi:
        pengecualian = _check_pengecualian(fakta, ketentuan, per_tanggal)
        alasan.append(pengecualian)
        if not pengecualian.terpenuhi:
            return _refuse(ketentuan, *alasan)
    if fakta.cuti_tahunan_terpakai:
        pesan = (
            f"{fakta.cuti_tahunan_terpakai} hari kerja cuti tahunan sudah diambil tahun "
            "ini: sebanyak itu hari kerja terakhir dipotong dari cuti besar. Hak cuti "
            "tahunan tahun ini hapus."
        )
    else:
        pesan = "Cuti besar menghapus hak cuti tahunan tahun ini."
    alasan.append(
        Alasan(
            KodeCuti.CUTI_TAHUNAN_TERPAKAI,
            pesan,
            nilai=fakta.cuti_tahunan_terpakai,
            dasar_hukum=ketentuan.kutipan,
        )
    )
    return _allow(ketentuan, LamaCuti.of(ketentuan.nilai["maks"]), *alasan)


def _check_pengecualian(
    fakta: FaktaCuti, ketentuan: Ketentuan, per_tanggal: date
) -> Alasan:
    """Tell whether the cuti besar waits for the years of service."""
    melahirkan = load_regulasi("simpeg/cuti_melahirkan_pns").on(per_tanggal)
    terakhir: int = melahirkan.nilai["kelahiran_terakhir"]
    haji = fakta.alasan in ketentuan.nilai["tanpa_masa_kerja"]
    kelahiran = (
        fakta.jenis_kelamin is JenisKelamin.PEREMPUAN
        and fakta.anak_ke is not None
        and fakta.anak_ke > terakhir
    )
    return Alasan(
        KodeCuti.TANPA_MASA_KERJA,
        "Ibadah haji pertama, dan kelahiran sesudah kelahiran "
        f"ke-{terakhir}, tidak menunggu masa kerja itu dan tidak dapat ditangguhkan.",
        terpenuhi=haji or kelahiran,
        dasar_hukum=ketentuan.kutipan,
    )


def _check_sakit(fakta: FaktaCuti, per_tanggal: date) -> HasilCuti:
    ketentuan = load_regulasi(f"simpeg/cuti_sakit_{fakta.asn}").on(per_tanggal)
    nilai = ketentuan.nilai
    if fakta.alasan in nilai["khusus"]:
        return _check_sakit_khusus(fakta, ketentuan)
    maks = LamaCuti.of(nilai["maks"])
    lain = nilai.get("bacaan_lain")
    if lain is None:
        return _allow(ketentuan, maks)
    berbeda = Alasan(
        KodeCuti.BACAAN_LAIN,
        f"Lamanya diperselisihkan: {maks} menurut {ketentuan.dasar_hukum}, "
        f"{LamaCuti.of(lain)} menurut {lain['sumber']}; portal memakai {maks}.",
        dasar_hukum=ketentuan.kutipan,
    )
    return _allow(ketentuan, maks, berbeda)


def _check_sakit_khusus(fakta: FaktaCuti, ketentuan: Ketentuan) -> HasilCuti:
    lama = ketentuan.nilai["khusus"][fakta.alasan]
    gugur = fakta.alasan is AlasanCuti.GUGUR_KANDUNGAN
    if gugur and fakta.jenis_kelamin is JenisKelamin.LAKI_LAKI:
        pesan = "Cuti sakit karena gugur kandungan hanya bagi pegawai perempuan."
        return _refuse_jenis_kelamin(ketentuan, pesan)
    if lama is not None:
        return _allow(ketentuan, LamaCuti.of(lama))
    pesan = f"Kecelakaan kerja: cuti sakit {ketentuan.nilai['batas_khusus']}."
    alasan = Alasan(KodeCuti.LAMANYA, pesan, dasar_hukum=ketentuan.kutipan)
    return HasilCuti(boleh=True, alasan=(alasan,), dasar_hukum=(ketentuan.kutipan,))


def _check_melahirkan(fakta: FaktaCuti, per_tanggal: date) -> HasilCuti:
    ketentuan = load_regulasi(f"simpeg/cuti_melahirkan_{fakta.asn}").on(per_tanggal)
    nilai = ketentuan.nilai
    perempuan = _need(fakta, "jenis_kelamin") is JenisKelamin.PEREMPUAN
    jenis_kelamin = Alasan(
        KodeCuti.JENIS_KELAMIN,
        "Cuti melahirkan diberikan kepada pegawai perempuan.",
        terpenuhi=perempuan,
        dasar_hukum=ketentuan.kutipan,
    )
    if not perempuan:
        return _refuse(ketentuan, jenis_kelamin)
    anak_ke: int = _need(fakta, "anak_ke")
    if anak_ke < 1:
        raise DomainError(
            "anak_ke harus paling sedikit 1.",
            kolom="anak_ke",
            kode=KodeCuti.KETERANGAN_KURANG,
        )
    boleh = anak_ke <= nilai["kelahiran_terakhir"]
    ganti = nilai["ganti_dengan"] and JenisCuti(nilai["ganti_dengan"])
    pesan = (
        f"Kelahiran ke-{anak_ke} sejak menjadi {fakta.jenis_asn.label}; cuti melahirkan "
        f"diberikan sampai kelahiran ke-{nilai['kelahiran_terakhir']}."
    )
    if not boleh and ganti:
        pesan += (
            f" Gantinya {ganti.label.lower()} {LamaCuti.of(nilai['maks'])}, tanpa syarat "
            "masa kerja, dan tidak dapat ditolak atau ditangguhkan."
        )
    kelahiran = Alasan(
        KodeCuti.KELAHIRAN,
        pesan,
        terpenuhi=boleh,
        nilai=anak_ke,
        dasar_hukum=ketentuan.kutipan,
    )
    if boleh:
        return _allow(ketentuan, LamaCuti.of(nilai["maks"]), jenis_kelamin, kelahiran)
    hasil = _refuse(ketentuan, jenis_kelamin, kelahiran)
    return replace(hasil, ganti_dengan=ganti)


def _check_alasan_penting(fakta: FaktaCuti, per_tanggal: date) -> HasilCuti:
    ketentuan = load_regulasi("simpeg/cuti_alasan_penting").on(per_tanggal)
    nilai = ketentuan.nilai
    alasan: AlasanCuti = _need(fakta, "alasan")
    boleh = alasan in nilai["alasan"]
    dasar = Alasan(
        KodeCuti.ALASAN,
        f"{alasan.label} {'termasuk' if boleh else 'tidak termasuk'} alasan penting.",
        terpenuhi=boleh,
        dasar_hukum=ketentuan.kutipan,
    )
    if not boleh:
        return _refuse(ketentuan, dasar)
    maks = LamaCuti.of(nilai["maks"])
    if alasan != nilai["menurut_rawat_inap"]:
        return _allow(ketentuan, maks, dasar)
    if fakta.jenis_kelamin is JenisKelamin.PEREMPUAN:
        pesan = "Cuti karena istri melahirkan hanya bagi pegawai laki-laki."
        return _refuse_jenis_kelamin(ketentuan, pesan)
    hari: int = _need(fakta, "rawat_inap_hari")
    if hari <= nilai["maks_hari"]:
        maks = LamaCuti(hari, SatuanCuti.HARI)
    return _allow(ketentuan, maks, dasar)


def _check_cltn(fakta: FaktaCuti, per_tanggal: date) -> HasilCuti:
    ketentuan = load_regulasi("simpeg/cltn").on(per_tanggal)
    masa_kerja = _check_masa_kerja(fakta, ketentuan)
    if not masa_kerja.terpenuhi:
        return _refuse(ketentuan, masa_kerja)
    alasan = Alasan(
        KodeCuti.ALASAN,
        "CLTN diberikan karena alasan pribadi dan mendesak, setelah persetujuan BKN.",
        dasar_hukum=ketentuan.kutipan,
    )
    return _allow(ketentuan, LamaCuti.of(ketentuan.nilai["maks"]), masa_kerja, alasan)


CHECKS = {
    JenisCuti.TAHUNAN: _check_tahunan,
    JenisCuti.BESAR: _check_besar,
    JenisCuti.SAKIT: _check_sakit,
    JenisCuti.MELAHIRKAN: _check_melahirkan,
    JenisCuti.ALASAN_PENTING: _check_alasan_penting,
    JenisCuti.CLTN: _check_cltn,
}


def _check_masa_kerja(fakta: FaktaCuti, ketentuan: Ketentuan) -> Alasan:
    syarat: int = ketentuan.nilai["masa_kerja_bulan"]
    return Alasan(
        KodeCuti.MASA_KERJA,
        f"Masa kerja {format_masa(fakta.masa_kerja_bulan)}; dibutuhkan paling singkat "
        f"{format_masa(syarat)} terus-menerus.",
        terpenuhi=fakta.masa_kerja_bulan >= syarat,
        nilai=fakta.masa_kerja_bulan,
        dasar_hukum=ketentuan.kutipan,
    )


def _need(fakta: FaktaCuti, nama: str) -> Any:
    nilai = getattr(fakta, nama)
    if nilai is None:
        raise DomainError(
            f"{nama} harus diisi untuk {fakta.jenis_cuti.label.lower()} ini.",
            kolom=nama,
            kode=KodeCuti.KETERANGAN_KURANG,
        )
    return nilai


def _allow(ketentuan: Ketentuan, maks: LamaCuti, *alasan: Alasan) -> HasilCuti:
    lamanya = Alasan(
        KodeCuti.LAMANYA,
        f"Paling lama {maks}.",
        nilai=maks.nilai,
        dasar_hukum=ketentuan.kutipan,
    )
    return HasilCuti(
        boleh=True,
        maks=maks,
        alasan=(*alasan, lamanya),
        dasar_hukum=(ketentuan.kutipan,),
    )


def _refuse(ketentuan: Ketentuan, *alasan: Alasan) -> HasilCuti:
    return HasilCuti(boleh=False, alasan=alasan, dasar_hukum=(ketentuan.kutipan,))


def _refuse_jenis_kelamin(ketentuan: Ketentuan, pesan: str) -> HasilCuti:
    alasan = Alasan(
        KodeCuti.JENIS_KELAMIN, pesan, terpenuhi=False, dasar_hukum=ketentuan.kutipan
    )
    return _refuse(ketentuan, alasan)
