"""How good the data of one person are, and what to mend first.

Four dimensions, as BKN measures an instansi: kelengkapan (is it there), ketepatan waktu
(is it of today), akurasi (can it be so), konsistensi (does it agree with the rest). Each
point is met or not; a finding names the form that mends it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Kode, load_regulasi
from bkpsdmd.regulations.teks import format_masa, format_tanggal
from simpeg.choices import DimensiMutu, JenisKelamin, Pendidikan, StatusKepegawaian

from .arsip import ButirArsip, Sifat, list_jenis_arsip
from .gaji import find_skala, list_baris
from .golongan import parse_golongan
from .kelengkapan import LABEL, HasilKelengkapan
from .nik import FaktaNik, check_nik
from .nip import FaktaNip, KodeNip, check_nip
from .radar import KodeRadar
from .waktu import add_months, first_of_month_from

PENUH = 10_000
ISI, ARSIP, RADAR = "isi_", "arsip_", "radar_"
# SIASN ids of marital states.
MENIKAH, BELUM_KAWIN = "1", "4"
# Nobody finishes the shortest school earlier: a bound of plausibility, not of law.
USIA_LULUS_TERMUDA = 10


class KodeMutu(Kode):
    """Points beside those of each mandatory field (`isi_…`) and paper (`arsip_…`)."""

    PERIKSA = "periksa", "Data belum diperiksa ulang"
    KGB = "kgb", "KGB terakhir belum tercatat"
    PNS = "pns", "SK PNS belum tercatat"
    KONTRAK = "kontrak", "Perjanjian kerja yang berlaku belum tercatat"
    PENSIUN = "pensiun", "Melewati TMT pensiun, masih tercatat aktif"
    NIK = "nik", "NIK berbeda dari tanggal lahir atau jenis kelamin"
    NIP = "nip", "NIP berbeda dari data lain"
    NOMOR_HP = "nomor_hp", "Nomor HP tidak lazim"
    SUREL = "surel", "Surel tidak lazim"
    TAHUN_LULUS = "tahun_lulus", "Tahun lulus tidak mungkin"
    TMT_PNS = "tmt_pns", "TMT PNS sebelum masa percobaan CPNS berakhir"
    GELAR = "gelar", "Gelar belum dicantumkan"
    IJAZAH = "ijazah", "Ada gelar, ijazahnya belum tercatat"
    PASANGAN = "pasangan", "Menikah, pasangan belum tercatat"
    STATUS_KAWIN = "status_kawin", "Ada pasangan, status perkawinan belum kawin"
    UNIT = "unit", "Unit kerja pada jabatan sudah berakhir"


@dataclass(frozen=True, slots=True)
class Tempat:
    """The form that mends a finding: a route, the kind of record, query and anchor."""

    rute: str
    jenis: str = ""
    kueri: tuple[tuple[str, str], ...] = ()
    jangkar: str = ""


@dataclass(frozen=True, slots=True)
class Temuan:
    """A point that is not met; `naik` is what mending it adds to the score."""

    dimensi: DimensiMutu
    kode: str
    kalimat: str
    tempat: Tempat
    naik: int


@dataclass(frozen=True, slots=True)
class FaktaKontradiksi:
    """A finding of another check of the records that do not fit together."""

    kode: str
    kalimat: str
    jenis: str


@dataclass(frozen=True, slots=True)
class FaktaMutu:
    """One person's record as far as its quality hangs on it.

    `diperiksa` is when somebody last went through it. `gaji_tmt`, `gaji_mkg_bulan` are of
    the last record that fixed the pay; `pasangan` counts those in force.
    """

    status: StatusKepegawaian
    is_aktif: bool
    kelengkapan: HasilKelengkapan
    arsip: tuple[ButirArsip, ...]
    nip: str
    nik: str
    jenis_kelamin: JenisKelamin
    tanggal_lahir: date
    tmt_cpns: date | None = None
    tmt_pns: date | None = None
    diperiksa: date | None = None
    golongan: str = ""
    gaji_tmt: date | None = None
    gaji_mkg_bulan: int = 0
    kontrak_sampai: date | None = None
    tmt_pensiun: date | None = None
    nomor_hp: str = ""
    surel: str = ""
    status_kawin: str = ""
    pasangan: int = 0
    tingkat: Pendidikan | None = None
    tahun_lulus: int | None = None
    is_bergelar: bool = False
    is_unit_aktif: bool | None = None
    kontradiksi: tuple[FaktaKontradiksi, ...] = ()


@dataclass(frozen=True, slots=True)
class HasilMutu:
    """Scores in hundredths of a percent; `temuan` in the order in which to mend them.

    `berubah_pada` is the first day on which time alone adds a finding.
    """

    skor: int
    dimensi: Mapping[DimensiMutu, int]
    temuan: tuple[Temuan, ...]
    berubah_pada: date | None


@dataclass(frozen=True, slots=True)
class _Butir:
    """A point that applies to a person; `sampai` is the last day time leaves it met."""

    dimensi: DimensiMutu
    kode: str
    is_terpenuhi: bool
    kalimat: str = ""
    tempat: Tempat = Tempat("simpeg:pegawai-detail")
    sampai: date | None = None


def compute_mutu(fakta: FaktaMutu, *, per_tanggal: date) -> HasilMutu:
    """Return the score of each dimension, the whole, and what lowers them.

    Dasar hukum: see regulations/mutu_data.yaml, kolom_wajib.yaml, arsip_wajib.yaml.
    """
    aturan = load_regulasi("simpeg/mutu_data").on(per_tanggal).nilai
    butir = [
        *_check_kelengkapan(fakta),
        *_check_waktu(fakta, aturan, per_tanggal),
        *_check_akurasi(fakta, per_tanggal),
        *_check_konsistensi(fakta, aturan),
    ]
    dimensi = {satu: _compute_skor(butir, satu) for satu in DimensiMutu}
    bobot = aturan["bobot"]
    seluruh = sum(bobot.values())
    jumlah = sum(dimensi[satu] * bobot[satu.value] for satu in DimensiMutu)
    banyak = Counter(satu.dimensi for satu in butir)
    temuan = [
        Temuan(
            satu.dimensi,
            satu.kode,
            satu.kalimat,
            satu.tempat,
            _round(
                Decimal(PENUH * bobot[satu.dimensi.value])
                / (seluruh * banyak[satu.dimensi])
            ),
        )
        for satu in butir
        if not satu.is_terpenuhi
    ]
    return HasilMutu(
        skor=_round(Decimal(jumlah) / seluruh),
        dimensi=dimensi,
        # What helps most comes first; looking through the whole once more comes last.
        temuan=tuple(
            sorted(temuan, key=lambda satu: (satu.kode == KodeMutu.PERIKSA, -satu.naik))
        ),
        berubah_pada=min(
            (
                satu.sampai
                for satu in butir
                if satu.sampai and satu.sampai > per_tanggal
            ),
            default=None,
        ),
    )


def describe_kode(kode: str, *, per_tanggal: date) -> str:
    """Return what a point is called in a list of points."""
    if kode.startswith(ISI):
        return f"{LABEL[kode.removeprefix(ISI)]} kosong"
    if kode.startswith(ARSIP):
        jenis = list_jenis_arsip(per_tanggal).get(kode.removeprefix(ARSIP))
        return f"Arsip: {jenis.nama if jenis else kode.removeprefix(ARSIP)}"
    try:
        if kode.startswith(RADAR):
            return KodeRadar(kode.removeprefix(RADAR)).arti
        return KodeMutu(kode).arti
    except ValueError:
        return kode.replace("_", " ")


def list_kode(*, per_tanggal: date) -> list[tuple[str, DimensiMutu]]:
    """Return every point there can be, with its dimension."""
    daftar = load_regulasi("simpeg/arsip_wajib").on(per_tanggal).nilai
    papers = {
        kode for name, some in daftar.items() if name != "riwayat" for kode in some
    }
    kinds = [
        kode
        for kode, satu in list_jenis_arsip(per_tanggal).items()
        if kode in papers or set(satu.riwayat) & set(daftar["riwayat"])
    ]
    codes = [
        *(f"{ISI}{kolom}" for kolom in LABEL),
        *(f"{ARSIP}{kode}" for kode in kinds),
        *(kode.value for kode in KodeMutu),
        *(f"{RADAR}{kode.value}" for kode in KodeRadar),
    ]
    return [(kode, find_dimensi(kode)) for kode in codes]


def find_dimensi(kode: str) -> DimensiMutu:
    """Return the dimension a point belongs to."""
    if kode.startswith((ISI, ARSIP)):
        return DimensiMutu.KELENGKAPAN
    return _DIMENSI.get(kode, DimensiMutu.KONSISTENSI)


_DIMENSI: Mapping[str, DimensiMutu] = {
    **dict.fromkeys(
        (
            KodeMutu.PERIKSA,
            KodeMutu.KGB,
            KodeMutu.PNS,
            KodeMutu.KONTRAK,
            KodeMutu.PENSIUN,
        ),
        DimensiMutu.WAKTU,
    ),
    **dict.fromkeys(
        (
            KodeMutu.NIK,
            KodeMutu.NIP,
            KodeMutu.NOMOR_HP,
            KodeMutu.SUREL,
            KodeMutu.TAHUN_LULUS,
        ),
        DimensiMutu.AKURASI,
    ),
}


def _compute_skor(butir: list[_Butir], dimensi: DimensiMutu) -> int:
    own = [satu for satu in butir if satu.dimensi is dimensi]
    if not own:
        return PENUH
    met = sum(satu.is_terpenuhi for satu in own)
    return _round(Decimal(PENUH * met) / len(own))


def _round(nilai: Decimal) -> int:
    return int(nilai.quantize(Decimal(1), ROUND_HALF_UP))


# -- Kelengkapan ------------------------------------------------------------------------

_UTAMA = {"tempat_lahir", "agama", "status_kawin", "nik", "nomor_hp", "email", "alamat"}
_PENGANGKATAN = {
    "tmt_cpns",
    "sk_cpns_nomor",
    "sk_cpns_tanggal",
    "tmt_pns",
    "sk_pns_nomor",
    "sk_pns_tanggal",
}
_RIWAYAT = {
    "golongan": "pangkat",
    "jabatan": "jabatan",
    "unit_kerja": "jabatan",
    "kedudukan": "kedudukan",
    "pendidikan": "pendidikan",
    "tahun_lulus": "pendidikan",
}


def _form_of(kolom: str) -> Tempat:
    if kolom in _PENGANGKATAN:
        return Tempat("simpeg:pegawai-pengangkatan", jangkar=f"id_{kolom}")
    if kolom in _RIWAYAT:
        return Tempat("simpeg:riwayat-create", jenis=_RIWAYAT[kolom])
    return Tempat("simpeg:pegawai-update", jangkar=f"id_{kolom}")


def _check_kelengkapan(fakta: FaktaMutu) -> Iterator[_Butir]:
    for kolom in fakta.kelengkapan.wajib:
        is_terisi = kolom not in fakta.kelengkapan.kosong
        # An impossible NIK counts as none, see `check_kelengkapan`.
        kurang = "kosong atau bukan NIK" if kolom == "nik" else "belum terisi"
        yield _Butir(
            DimensiMutu.KELENGKAPAN,
            f"{ISI}{kolom}",
            is_terisi,
            f"{LABEL[kolom]} {kurang}.",
            _form_of(kolom),
        )
    for butir in fakta.arsip:
        if butir.sifat is not Sifat.WAJIB:
            continue
        kueri = [("jenis", butir.jenis.kode)]
        if butir.rujukan:
            kueri.append(("untuk", butir.rujukan))
        yield _Butir(
            DimensiMutu.KELENGKAPAN,
            f"{ARSIP}{butir.jenis.kode}",
            butir.is_ada,
            f"{butir.nama} belum ada dalam arsip.",
            Tempat("simpeg:berkas-create", kueri=tuple(kueri)),
        )


# -- Ketepatan waktu --------------------------------------------------------------------


def _check_waktu(
    fakta: FaktaMutu, aturan: Mapping[str, int], per_tanggal: date
) -> Iterator[_Butir]:
    if not fakta.is_aktif:
        return
    yield _check_periksa(fakta, aturan["periksa_bulan"], per_tanggal)
    if fakta.status is StatusKepegawaian.CPNS and fakta.tmt_cpns:
        batas = add_months(fakta.tmt_cpns, aturan["cpns_bulan"])
        yield _Butir(
            DimensiMutu.WAKTU,
            KodeMutu.PNS,
            per_tanggal < batas,
            f"CPNS sejak {format_tanggal(fakta.tmt_cpns)}, SK PNS belum tercatat.",
            Tempat("simpeg:pegawai-pengangkatan", jangkar="id_tmt_pns"),
            sampai=batas,
        )
    if fakta.status is StatusKepegawaian.PNS:
        yield from _check_kgb(fakta, aturan["kgb_toleransi_bulan"], per_tanggal)
    if fakta.status.jenis_asn.value != "pns":
        sampai = fakta.kontrak_sampai
        yield _Butir(
            DimensiMutu.WAKTU,
            KodeMutu.KONTRAK,
            sampai is not None and sampai >= per_tanggal,
            f"Perjanjian kerja berakhir {format_tanggal(sampai)}; perpanjangannya belum "
            "tercatat."
            if sampai
            else "Perjanjian kerja belum tercatat.",
            Tempat("simpeg:riwayat-create", jenis="kontrak"),
            sampai=_next_day(sampai),
        )
    if fakta.tmt_pensiun:
        yield _Butir(
            DimensiMutu.WAKTU,
            KodeMutu.PENSIUN,
            per_tanggal < fakta.tmt_pensiun,
            f"TMT pensiun {format_tanggal(fakta.tmt_pensiun)} sudah lewat, tetapi masih "
            "tercatat aktif.",
            Tempat("simpeg:riwayat-create", jenis="pemberhentian"),
            sampai=fakta.tmt_pensiun,
        )


def _next_day(hari: date | None) -> date | None:
    return date.fromordinal(hari.toordinal() + 1) if hari else None


def _check_periksa(fakta: FaktaMutu, bulan: int, per_tanggal: date) -> _Butir:
    batas = add_months(fakta.diperiksa, bulan) if fakta.diperiksa else None
    return _Butir(
        DimensiMutu.WAKTU,
        KodeMutu.PERIKSA,
        batas is not None and per_tanggal < batas,
        f"Terakhir diperiksa {format_tanggal(fakta.diperiksa)}, lebih dari {bulan} bulan "
        "lalu."
        if fakta.diperiksa
        else "Data ini belum pernah diperiksa bersama berkasnya.",
        Tempat("simpeg:pegawai-detail", jangkar="periksa"),
        sampai=batas,
    )


def _check_kgb(fakta: FaktaMutu, toleransi: int, per_tanggal: date) -> Iterator[_Butir]:
    """Ask for the raise that time has brought, some months after it was due.

    Nothing is asked of those on the last row of their scale.
    """
    if not fakta.golongan or fakta.gaji_tmt is None:
        return
    try:
        golongan = parse_golongan(fakta.golongan, fakta.status.jenis_asn)
        skala = find_skala(golongan, per_tanggal=per_tanggal)
    except DomainError:
        return
    tahun = fakta.gaji_mkg_bulan // 12
    atas = [
        b.masa_kerja_tahun
        for b in list_baris(skala, golongan)
        if b.masa_kerja_tahun > tahun
    ]
    if not atas:
        return
    dasar = first_of_month_from(fakta.gaji_tmt)
    jatuh = add_months(dasar, atas[0] * 12 - fakta.gaji_mkg_bulan)
    batas = add_months(jatuh, toleransi)
    yield _Butir(
        DimensiMutu.WAKTU,
        KodeMutu.KGB,
        per_tanggal < batas,
        f"KGB yang jatuh {format_tanggal(jatuh)} belum tercatat.",
        Tempat("simpeg:riwayat-create", jenis="kgb"),
        sampai=batas,
    )


# -- Akurasi ----------------------------------------------------------------------------


def _check_akurasi(fakta: FaktaMutu, per_tanggal: date) -> Iterator[_Butir]:
    yield from _check_nik_cocok(fakta)
    yield _check_nip_cocok(fakta, per_tanggal)
    for kode, nilai, kolom, is_lazim, label in (
        (KodeMutu.NOMOR_HP, fakta.nomor_hp, "nomor_hp", _is_nomor_hp, "Nomor HP"),
        (KodeMutu.SUREL, fakta.surel, "email", _is_surel, "Surel"),
    ):
        if nilai:
            yield _Butir(
                DimensiMutu.AKURASI,
                kode,
                is_lazim(nilai),
                f"{label} tidak seperti lazimnya; periksa penulisannya.",
                Tempat("simpeg:pegawai-update", jangkar=f"id_{kolom}"),
            )
    if fakta.tahun_lulus:
        yield _Butir(
            DimensiMutu.AKURASI,
            KodeMutu.TAHUN_LULUS,
            fakta.tahun_lulus >= fakta.tanggal_lahir.year + USIA_LULUS_TERMUDA,
            f"Tahun lulus {fakta.tahun_lulus} terlalu dekat dengan tahun lahir.",
            Tempat("simpeg:pegawai-bagian", jenis="pendidikan"),
        )


def _check_nik_cocok(fakta: FaktaMutu) -> Iterator[_Butir]:
    hasil = check_nik(
        FaktaNik(
            fakta.nik,
            jenis_kelamin=fakta.jenis_kelamin,
            tanggal_lahir=fakta.tanggal_lahir,
        )
    )
    if not hasil.sah:
        # Counted as empty already.
        return
    yield _Butir(
        DimensiMutu.AKURASI,
        KodeMutu.NIK,
        not hasil.peringatan,
        "Tanggal lahir atau jenis kelamin dalam NIK berbeda dari data; cocokkan dengan "
        "KTP.",
        Tempat("simpeg:pegawai-update", jangkar="id_nik"),
    )


def _check_nip_cocok(fakta: FaktaMutu, per_tanggal: date) -> _Butir:
    hasil = check_nip(
        FaktaNip(
            fakta.nip,
            jenis_kelamin=fakta.jenis_kelamin,
            tanggal_lahir=fakta.tanggal_lahir,
            jenis_asn=fakta.status.jenis_asn,
            tmt_cpns=fakta.tmt_cpns,
        ),
        per_tanggal=per_tanggal,
    )
    # Age at the appointment is a matter for whoever appointed, not of this record.
    usia = {KodeNip.USIA_MINIMUM, KodeNip.USIA_MAKSIMUM}
    salah = [a for a in hasil.alasan if not a.terpenuhi and a.kode not in usia]
    pesan = salah[0].pesan if salah else ""
    return _Butir(
        DimensiMutu.AKURASI,
        KodeMutu.NIP,
        not salah,
        pesan,
        Tempat("simpeg:pegawai-pengangkatan", jangkar="id_tmt_cpns"),
    )


def _is_nomor_hp(teks: str) -> bool:
    angka = re.sub(r"[\s().-]", "", teks)
    return re.fullmatch(r"(\+?62|0)8[0-9]{7,12}", angka) is not None


def _is_surel(teks: str) -> bool:
    return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}", teks) is not None


# -- Konsistensi ------------------------------------------------------------------------


def _check_konsistensi(fakta: FaktaMutu, aturan: Mapping[str, int]) -> Iterator[_Butir]:
    if fakta.tmt_cpns and fakta.tmt_pns:
        yield _Butir(
            DimensiMutu.KONSISTENSI,
            KodeMutu.TMT_PNS,
            fakta.tmt_pns >= add_months(fakta.tmt_cpns, aturan["percobaan_bulan"]),
            f"TMT PNS {format_tanggal(fakta.tmt_pns)} kurang dari "
            f"{format_masa(aturan['percobaan_bulan'])} sesudah TMT CPNS "
            f"{format_tanggal(fakta.tmt_cpns)}.",
            Tempat("simpeg:pegawai-pengangkatan", jangkar="id_tmt_pns"),
        )
    yield from _check_gelar(fakta)
    yield from _check_kawin(fakta)
    if fakta.is_unit_aktif is not None:
        yield _Butir(
            DimensiMutu.KONSISTENSI,
            KodeMutu.UNIT,
            fakta.is_unit_aktif,
            "Unit kerja pada jabatan terakhir sudah berakhir; catat SK jabatan yang baru.",
            Tempat("simpeg:riwayat-create", jenis="jabatan"),
        )
    for satu in fakta.kontradiksi:
        yield _Butir(
            DimensiMutu.KONSISTENSI,
            f"{RADAR}{satu.kode}",
            False,
            satu.kalimat,
            Tempat("simpeg:pegawai-bagian", jenis=satu.jenis)
            if satu.jenis
            else Tempat("simpeg:pegawai-detail"),
        )


def _check_gelar(fakta: FaktaMutu) -> Iterator[_Butir]:
    if fakta.tingkat is None:
        return
    urutan = list(Pendidikan)
    tingkat = urutan.index(fakta.tingkat)
    if tingkat >= urutan.index(Pendidikan.S1):
        yield _Butir(
            DimensiMutu.KONSISTENSI,
            KodeMutu.GELAR,
            fakta.is_bergelar,
            f"Ijazah {fakta.tingkat.label} tercatat, gelarnya belum dicantumkan.",
            Tempat("simpeg:pegawai-update", jangkar="id_gelar_belakang"),
        )
    elif tingkat < urutan.index(Pendidikan.D1):
        yield _Butir(
            DimensiMutu.KONSISTENSI,
            KodeMutu.IJAZAH,
            not fakta.is_bergelar,
            f"Nama bergelar, tetapi pendidikan tertinggi yang tercatat "
            f"{fakta.tingkat.label}.",
            Tempat("simpeg:riwayat-create", jenis="pendidikan"),
        )


def _check_kawin(fakta: FaktaMutu) -> Iterator[_Butir]:
    if fakta.status_kawin == MENIKAH:
        yield _Butir(
            DimensiMutu.KONSISTENSI,
            KodeMutu.PASANGAN,
            fakta.pasangan > 0,
            "Status perkawinan menikah, tetapi suami atau istri belum tercatat.",
            Tempat("simpeg:riwayat-create", jenis="pasangan"),
        )
    elif fakta.status_kawin == BELUM_KAWIN:
        yield _Butir(
            DimensiMutu.KONSISTENSI,
            KodeMutu.STATUS_KAWIN,
            fakta.pasangan == 0,
            "Suami atau istri tercatat, tetapi status perkawinan belum kawin.",
            Tempat("simpeg:pegawai-update", jangkar="id_status_kawin"),
        )
