"""What the 18 digits of a NIP (PNS) or nomor induk (PPPK) say and whether they can.

Dasar hukum: Perka BKN 22/2007 and 43/2007 for PNS. The number of a PPPK keeps the
frame: year of appointment, then 2 and the number of the work agreement.
"""

import re
from dataclasses import dataclass
from datetime import date

from bkpsdmd.regulations import Alasan, Hasil, Kode, load_regulasi
from bkpsdmd.regulations.teks import BULAN, format_tanggal
from simpeg.choices import JenisASN, JenisKelamin

from .waktu import add_years, compute_usia

DASAR_PNS = "Perka BKN 22/2007 jo. Perka BKN 43/2007"
DASAR_PPPK = "Peraturan BKN 1/2019 [belum diverifikasi]"
# No civil servant alive was appointed earlier: a bound of plausibility, not of law.
TAHUN_TERKECIL = 1950
KELAMIN = {"1": JenisKelamin.LAKI_LAKI, "2": JenisKelamin.PEREMPUAN}


class KodeNip(Kode):
    JUMLAH_ANGKA = "jumlah_angka", "NIP tepat 18 angka"
    TANGGAL_LAHIR = "tanggal_lahir", "Angka 1-8 tanggal yang ada dan sudah lewat"
    PENANDA_JENIS = "penanda_jenis", "Angka 13-14 bulan 01-12 (PNS) atau 21-29 (PPPK)"
    JENIS_KELAMIN = "jenis_kelamin", "Angka 15 adalah 1 atau 2"
    NOMOR_URUT = "nomor_urut", "Angka 16-18 adalah 001-999"
    TAHUN_PENGANGKATAN = "tahun_pengangkatan", "Angka 9-12 tahun yang masuk akal"
    KESESUAIAN_JENIS_ASN = "kesesuaian_jenis_asn", "Jenis ASN sama dengan data"
    NIP_TUNGGAL = "nip_tunggal", "NIP tidak dipakai orang lain"
    KESESUAIAN_JENIS_KELAMIN = (
        "kesesuaian_jenis_kelamin",
        "Jenis kelamin sama dengan data (peringatan)",
    )
    KESESUAIAN_TANGGAL_LAHIR = (
        "kesesuaian_tanggal_lahir",
        "Tanggal lahir sama dengan data (peringatan)",
    )
    KESESUAIAN_TMT_CPNS = (
        "kesesuaian_tmt_cpns",
        "Bulan pengangkatan sama dengan TMT CPNS (peringatan)",
    )
    USIA_MINIMUM = "usia_minimum", "Usia saat diangkat cukup (peringatan)"
    USIA_MAKSIMUM = (
        "usia_maksimum",
        "Usia saat diangkat tidak melewati batas (peringatan)",
    )


@dataclass(frozen=True)
class FaktaNip:
    """The number as typed, and what other records say of the same person, if known.

    `is_dipakai`: another person, retired ones included, already bears this number.
    """

    nip: str
    jenis_kelamin: JenisKelamin | None = None
    tanggal_lahir: date | None = None
    jenis_asn: JenisASN | None = None
    tmt_cpns: date | None = None
    bup_tahun: int | None = None
    is_dipakai: bool = False


@dataclass(frozen=True)
class BagianNip:
    """The parts of an 18-digit number; None where the digits make no sense."""

    angka: str
    jenis_asn: JenisASN | None
    tanggal_lahir: date | None
    tahun_pengangkatan: int
    bulan_pengangkatan: int | None
    kontrak_ke: int | None
    jenis_kelamin: JenisKelamin | None
    nomor_urut: int

    @property
    def tmt_pengangkatan(self) -> str | None:
        """`YYYY-MM` of a PNS, `YYYY` of a PPPK."""
        if self.jenis_asn is None:
            return None
        bulan = self.bulan_pengangkatan
        return f"{self.tahun_pengangkatan:04}" + (f"-{bulan:02}" if bulan else "")


@dataclass(frozen=True, kw_only=True)
class HasilNip(Hasil):
    """`kesalahan` make the number invalid, `peringatan` ask an officer to look."""

    sah: bool
    bagian: BagianNip | None
    kesalahan: tuple[Kode, ...]
    peringatan: tuple[Kode, ...]


def normalize_nip(teks: str) -> str:
    """Return `teks` without the spaces, dots and apostrophes files bring along."""
    return re.sub(r"[\s.'’]", "", teks)


def parse_nip(teks: str) -> BagianNip | None:
    """Return the parts of the number, or None when it is not 18 digits."""
    angka = normalize_nip(teks)
    if not re.fullmatch(r"[0-9]{18}", angka):
        return None
    penanda = int(angka[12:14])
    is_pns, is_pppk = 1 <= penanda <= 12, 21 <= penanda <= 29
    return BagianNip(
        angka=angka,
        jenis_asn=JenisASN.PNS if is_pns else JenisASN.PPPK if is_pppk else None,
        tanggal_lahir=_read_date(angka[:8]),
        tahun_pengangkatan=int(angka[8:12]),
        bulan_pengangkatan=penanda if is_pns else None,
        kontrak_ke=penanda - 20 if is_pppk else None,
        jenis_kelamin=KELAMIN.get(angka[14]),
        nomor_urut=int(angka[15:]),
    )


def compose_nip_pns(
    *, tanggal_lahir: date, tmt_cpns: date, jenis_kelamin: JenisKelamin, nomor_urut: int
) -> str:
    """Return the 18 digits of a PNS."""
    awal = f"{tanggal_lahir:%Y%m%d}{tmt_cpns:%Y%m}"
    return awal + _compose_akhir(jenis_kelamin, nomor_urut)


def compose_ni_pppk(
    *,
    tanggal_lahir: date,
    tahun_pengangkatan: int,
    kontrak_ke: int,
    jenis_kelamin: JenisKelamin,
    nomor_urut: int,
) -> str:
    """Return the 18 digits of a PPPK."""
    awal = f"{tanggal_lahir:%Y%m%d}{tahun_pengangkatan}2{kontrak_ke}"
    return awal + _compose_akhir(jenis_kelamin, nomor_urut)


def check_nip(fakta: FaktaNip, *, per_tanggal: date) -> HasilNip:
    """Return the parts of the number with every error and warning that applies."""
    bagian = parse_nip(fakta.nip)
    if bagian is None:
        syarat = [_check_jumlah_angka(fakta.nip)]
        return _build_hasil(None, syarat, [], DASAR_PNS)
    syarat = [
        _check_jumlah_angka(bagian.angka),
        _check_tanggal_lahir(bagian, per_tanggal),
        _check_penanda_jenis(bagian),
        _check_jenis_kelamin(bagian),
        _check_nomor_urut(bagian),
        _check_tahun_pengangkatan(bagian, per_tanggal),
        *_check_jenis_asn(bagian, fakta),
        *_check_tunggal(fakta),
    ]
    kecocokan = [
        *_compare_jenis_kelamin(bagian, fakta),
        *_compare_tanggal_lahir(bagian, fakta),
        *_compare_tmt_cpns(bagian, fakta),
    ]
    if all(alasan.terpenuhi for alasan in syarat):
        kecocokan += _check_usia(bagian, fakta, per_tanggal)
    dasar = DASAR_PPPK if bagian.jenis_asn is JenisASN.PPPK else DASAR_PNS
    return _build_hasil(bagian, syarat, kecocokan, dasar)


def _build_hasil(
    bagian: BagianNip | None,
    syarat: list[Alasan],
    kecocokan: list[Alasan],
    dasar: str,
) -> HasilNip:
    alasan = (*syarat, *kecocokan)
    kutipan = (dasar, *(satu.dasar_hukum for satu in alasan if satu.dasar_hukum))
    return HasilNip(
        sah=all(satu.terpenuhi for satu in syarat),
        bagian=bagian,
        kesalahan=tuple(satu.kode for satu in syarat if not satu.terpenuhi),
        peringatan=tuple(satu.kode for satu in kecocokan if not satu.terpenuhi),
        alasan=alasan,
        dasar_hukum=tuple(dict.fromkeys(kutipan)),
    )


def _read_date(angka: str) -> date | None:
    try:
        return date(int(angka[:4]), int(angka[4:6]), int(angka[6:]))
    except ValueError:
        return None


def _compose_akhir(jenis_kelamin: JenisKelamin, nomor_urut: int) -> str:
    angka = next(angka for angka, jenis in KELAMIN.items() if jenis is jenis_kelamin)
    return f"{angka}{nomor_urut:03}"


# -- Conditions: one unmet makes the number invalid ----------------------------------


def _check_jumlah_angka(teks: str) -> Alasan:
    angka = normalize_nip(teks)
    if re.fullmatch(r"[0-9]{18}", angka):
        return Alasan(KodeNip.JUMLAH_ANGKA, "NIP terdiri atas 18 angka.")
    rusak = re.fullmatch(r"[0-9],?[0-9]*E\+?[0-9]+", angka, re.IGNORECASE)
    saran = " Berkas lembar kerja merusaknya: ubah kolom NIP menjadi teks."
    return Alasan(
        KodeNip.JUMLAH_ANGKA,
        f"NIP harus tepat 18 angka; yang tertulis {len(angka)} tanda."
        + (saran if rusak else ""),
        terpenuhi=False,
    )


def _check_tanggal_lahir(bagian: BagianNip, per_tanggal: date) -> Alasan:
    lahir = bagian.tanggal_lahir
    if lahir is None:
        pesan = f"Angka 1-8 ({bagian.angka[:8]}) bukan tanggal yang ada."
    elif lahir >= per_tanggal:
        pesan = f"Tanggal lahir {format_tanggal(lahir)} belum lewat."
    else:
        pesan = f"Tanggal lahir {format_tanggal(lahir)}."
        return Alasan(KodeNip.TANGGAL_LAHIR, pesan, nilai=lahir)
    return Alasan(KodeNip.TANGGAL_LAHIR, pesan, terpenuhi=False, nilai=lahir)


def _check_penanda_jenis(bagian: BagianNip) -> Alasan:
    penanda = bagian.angka[12:14]
    if bagian.jenis_asn is None:
        pesan = (
            f"Angka 13-14 ({penanda}) bukan bulan 01-12 (PNS) dan bukan 21-29 (PPPK)."
        )
    elif bagian.kontrak_ke:
        pesan = f"Nomor induk PPPK, perjanjian kerja ke-{bagian.kontrak_ke}."
    else:
        pesan = f"NIP PNS, diangkat {_name_bulan(bagian)}."
    terpenuhi = bagian.jenis_asn is not None
    return Alasan(KodeNip.PENANDA_JENIS, pesan, terpenuhi, nilai=penanda)


def _check_jenis_kelamin(bagian: BagianNip) -> Alasan:
    angka, jenis = bagian.angka[14], bagian.jenis_kelamin
    if jenis is None:
        pesan = f"Angka 15 ({angka}) harus 1 (laki-laki) atau 2 (perempuan)."
    else:
        pesan = f"Angka 15 ({angka}): {jenis.label.lower()}."
    return Alasan(KodeNip.JENIS_KELAMIN, pesan, jenis is not None, nilai=angka)


def _check_nomor_urut(bagian: BagianNip) -> Alasan:
    if bagian.nomor_urut:
        pesan = f"Nomor urut {bagian.nomor_urut:03}."
    else:
        pesan = (
            "Nomor urut 000 tidak ada; lembar kerja kerap membulatkan tiga angka akhir."
        )
    terpenuhi = bagian.nomor_urut > 0
    return Alasan(KodeNip.NOMOR_URUT, pesan, terpenuhi, nilai=bagian.nomor_urut)


def _check_tahun_pengangkatan(bagian: BagianNip, per_tanggal: date) -> Alasan:
    tahun = bagian.tahun_pengangkatan
    terpenuhi = TAHUN_TERKECIL <= tahun <= per_tanggal.year
    pesan = f"Tahun pengangkatan {tahun:04}" + (
        "." if terpenuhi else f" di luar {TAHUN_TERKECIL} sampai {per_tanggal.year}."
    )
    return Alasan(KodeNip.TAHUN_PENGANGKATAN, pesan, terpenuhi, nilai=tahun)


def _check_jenis_asn(bagian: BagianNip, fakta: FaktaNip) -> list[Alasan]:
    if fakta.jenis_asn is None or bagian.jenis_asn is None:
        return []
    is_pns = fakta.jenis_asn is JenisASN.PNS
    terpenuhi = is_pns == (bagian.jenis_asn is JenisASN.PNS)
    pesan = (
        f"Susunan nomor ini milik {bagian.jenis_asn.label}; menurut data orangnya "
        f"{fakta.jenis_asn.label}."
    )
    return [Alasan(KodeNip.KESESUAIAN_JENIS_ASN, pesan, terpenuhi)]


def _check_tunggal(fakta: FaktaNip) -> list[Alasan]:
    if not fakta.is_dipakai:
        return []
    pesan = "NIP ini sudah dipakai orang lain."
    return [Alasan(KodeNip.NIP_TUNGGAL, pesan, terpenuhi=False)]


# -- Comparisons: one unmet is a warning, for data are corrected and the NIP stays ---


def _compare_jenis_kelamin(bagian: BagianNip, fakta: FaktaNip) -> list[Alasan]:
    if fakta.jenis_kelamin is None or bagian.jenis_kelamin is None:
        return []
    nip, data = bagian.jenis_kelamin, fakta.jenis_kelamin
    pesan = (
        f"Jenis kelamin menurut NIP {nip.label.lower()}, menurut data "
        f"{data.label.lower()}."
    )
    return [Alasan(KodeNip.KESESUAIAN_JENIS_KELAMIN, pesan, nip is data)]


def _compare_tanggal_lahir(bagian: BagianNip, fakta: FaktaNip) -> list[Alasan]:
    if fakta.tanggal_lahir is None or bagian.tanggal_lahir is None:
        return []
    nip, data = bagian.tanggal_lahir, fakta.tanggal_lahir
    pesan = (
        f"Tanggal lahir menurut NIP {format_tanggal(nip)}, menurut data "
        f"{format_tanggal(data)}."
    )
    return [Alasan(KodeNip.KESESUAIAN_TANGGAL_LAHIR, pesan, nip == data)]


def _compare_tmt_cpns(bagian: BagianNip, fakta: FaktaNip) -> list[Alasan]:
    if fakta.tmt_cpns is None or bagian.jenis_asn is not JenisASN.PNS:
        return []
    pesan = (
        f"Bulan pengangkatan menurut NIP {_name_bulan(bagian)}, TMT CPNS "
        f"{format_tanggal(fakta.tmt_cpns)}."
    )
    sama = bagian.tmt_pengangkatan == f"{fakta.tmt_cpns:%Y-%m}"
    return [Alasan(KodeNip.KESESUAIAN_TMT_CPNS, pesan, sama)]


def _name_bulan(bagian: BagianNip) -> str:
    """Return the month of appointment of a PNS: `Januari 2010`."""
    bulan = BULAN[(bagian.bulan_pengangkatan or 1) - 1]
    return f"{bulan} {bagian.tahun_pengangkatan:04}"


def _check_usia(bagian: BagianNip, fakta: FaktaNip, per_tanggal: date) -> list[Alasan]:
    """Judge the age at appointment; nothing when no limit is on record for the date."""
    if bagian.jenis_asn is JenisASN.PPPK:
        return _check_usia_pppk(bagian, fakta, per_tanggal)
    return _check_usia_cpns(bagian, per_tanggal)


def _check_usia_cpns(bagian: BagianNip, per_tanggal: date) -> list[Alasan]:
    batas = load_regulasi("simpeg/usia_pengangkatan_cpns").find(per_tanggal)
    if batas is None or not bagian.tanggal_lahir or not bagian.bulan_pengangkatan:
        return []
    diangkat = date(bagian.tahun_pengangkatan, bagian.bulan_pengangkatan, 1)
    minimum, maksimum = batas.nilai["minimum"], batas.nilai["maksimum"]
    tertentu = batas.nilai["maksimum_jabatan_tertentu"]
    usia = compute_usia(bagian.tanggal_lahir, diangkat)
    return [
        Alasan(
            KodeNip.USIA_MINIMUM,
            f"Usia saat diangkat {usia} tahun, paling rendah {minimum} tahun.",
            diangkat >= add_years(bagian.tanggal_lahir, minimum),
            dasar_hukum=batas.kutipan,
        ),
        Alasan(
            KodeNip.USIA_MAKSIMUM,
            f"Usia saat diangkat {usia} tahun, paling tinggi tepat {maksimum} tahun; "
            f"jabatan tertentu {tertentu} tahun.",
            diangkat <= add_years(bagian.tanggal_lahir, maksimum),
            dasar_hukum=batas.kutipan,
        ),
    ]


def _check_usia_pppk(
    bagian: BagianNip, fakta: FaktaNip, per_tanggal: date
) -> list[Alasan]:
    batas = load_regulasi("simpeg/usia_pengangkatan_pppk").find(per_tanggal)
    if batas is None or not bagian.tanggal_lahir:
        return []
    # Only the year is known: the doubt goes to the person.
    usia = bagian.tahun_pengangkatan - bagian.tanggal_lahir.year
    bup_tahun = fakta.bup_tahun or _find_highest_bup(per_tanggal)
    minimum = batas.nilai["minimum"]
    maksimum = bup_tahun - batas.nilai["sebelum_batas_usia_jabatan"]
    return [
        Alasan(
            KodeNip.USIA_MINIMUM,
            f"Usia pada tahun pengangkatan {usia} tahun, paling rendah {minimum} tahun.",
            usia >= minimum,
            dasar_hukum=batas.kutipan,
        ),
        Alasan(
            KodeNip.USIA_MAKSIMUM,
            f"Usia pada tahun pengangkatan {usia} tahun, paling tinggi {maksimum} tahun "
            f"untuk batas usia jabatan {bup_tahun} tahun.",
            usia <= maksimum,
            dasar_hukum=batas.kutipan,
        ),
    ]


def _find_highest_bup(per_tanggal: date) -> int:
    """Return the limit no post exceeds: without the post only this can be judged."""
    batas = load_regulasi("simpeg/batas_usia_pensiun_jf").on(per_tanggal)
    return int(max(batas.nilai.values()))
