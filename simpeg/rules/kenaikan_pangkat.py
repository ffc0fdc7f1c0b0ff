"""Kenaikan pangkat: who may rise, to which golongan, and from when."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import (
    Alasan,
    Hasil,
    Kepastian,
    Ketentuan,
    Kode,
    load_regulasi,
)
from bkpsdmd.regulations.teks import format_angka, format_masa, format_tanggal
from simpeg.choices import Eselon, Jenjang, Pendidikan, Predikat, TingkatHukuman

from .golongan import GolonganPNS
from .periode_kp import describe_periode, find_tmt_kp
from .waktu import add_months, first_of_month_from


class KodeKenaikanPangkat(Kode):
    PANGKAT_DI_ATAS = "pangkat_di_atas", "Masih ada pangkat di atasnya"
    MASA_PANGKAT = "masa_pangkat", "Masa dalam pangkat terakhir"
    MASA_JABATAN = "masa_jabatan", "Masa dalam jabatan struktural"
    PREDIKAT = "predikat", "Predikat kinerja tahun-tahun terakhir"
    HUKUMAN = "hukuman", "Tidak sedang menjalani hukuman sedang atau berat"
    BATAS_PENDIDIKAN = "batas_pendidikan", "Pangkat tertinggi menurut pendidikan"
    UJIAN_DINAS = "ujian_dinas", "Lulus ujian dinas saat pindah golongan"
    PANGKAT_ATASAN = "pangkat_atasan", "Tidak melampaui pangkat atasan langsung"
    RENTANG_ESELON = "rentang_eselon", "Pangkat dalam rentang jabatan struktural"
    MASA_PANGKAT_BEDA = (
        "masa_pangkat_bacaan_lain",
        "Sumber lain menyebut masa pangkat yang berbeda",
    )
    MASA_JABATAN_BEDA = (
        "masa_jabatan_bacaan_lain",
        "Sumber lain tidak meminta masa jabatan",
    )
    GOLONGAN_JENJANG = "golongan_jenjang", "Pangkat baru dalam golongan jenjangnya"
    ANGKA_KREDIT = "angka_kredit", "Angka kredit sejak pangkat terakhir"
    SASARAN_IJAZAH = "sasaran_ijazah", "Golongan yang disesuaikan dengan ijazah"
    UJIAN_IJAZAH = "ujian_ijazah", "Lulus ujian penyesuaian ijazah"
    DIPERIKSA_PETUGAS = "diperiksa_petugas", "Syarat yang tidak dapat dihitung di sini"
    PENETAPAN = "penetapan_prestasi", "Penetapan prestasi kerja luar biasa"
    MASA_KERJA = "masa_kerja", "Masa kerja dan masa pangkat untuk pengabdian"
    TMT = "tmt_kp", "TMT kenaikan pangkat yang paling awal"
    KETERANGAN_KURANG = "keterangan_kurang", "Keterangan yang menentukan belum diisi"


@dataclass(frozen=True)
class FaktaPangkat:
    """What every kind looks at; `predikat` by calendar year.

    A fact of one kind that is None is not known: it is asked for where it decides.
    """

    golongan: GolonganPNS
    tmt_golongan: date
    predikat: Mapping[int, Predikat]
    hukuman_berjalan: TingkatHukuman | None


@dataclass(frozen=True)
class FaktaReguler(FaktaPangkat):
    """`lulus_ujian` also says that the exam is waived."""

    pendidikan: Pendidikan | None = None
    lulus_ujian: bool | None = None
    golongan_atasan: GolonganPNS | None = None


@dataclass(frozen=True)
class FaktaStruktural(FaktaPangkat):
    eselon: Eselon
    tmt_jabatan: date | None = None


@dataclass(frozen=True)
class FaktaFungsional(FaktaPangkat):
    """`ak_sejak_pangkat` is the credit collected since the last promotion."""

    jenjang: Jenjang | None = None
    ak_sejak_pangkat: Decimal | None = None


@dataclass(frozen=True)
class FaktaPenyesuaianIjazah(FaktaPangkat):
    pendidikan: Pendidikan
    lulus_ujian: bool | None = None


@dataclass(frozen=True)
class FaktaPengabdian(FaktaPangkat):
    """`masa_kerja_bulan` is the unbroken service as PNS on the day asked about."""

    masa_kerja_bulan: int | None = None


@dataclass(frozen=True)
class FaktaPrestasi(FaktaPangkat):
    penetapan_prestasi: bool | None = None


@dataclass(frozen=True, kw_only=True)
class HasilKenaikanPangkat(Hasil):
    """`memenuhi_syarat` is judged on the day asked about.

    `golongan_baru` names the target also of a refusal, None without a higher one.
    `tmt_kp` is None when something other than time is missing.
    """

    memenuhi_syarat: bool
    golongan_baru: GolonganPNS | None
    tmt_kp: date | None


@dataclass(frozen=True)
class Syarat:
    """One condition; `sejak` is the day time alone fulfils it, None if it cannot.

    `kolom` names the fact that is missing, so that it could not be judged.
    """

    alasan: Alasan
    sejak: date | None = None
    kolom: str = ""

    @property
    def terpenuhi(self) -> bool:
        return self.alasan.terpenuhi


def check_kenaikan_pangkat(
    fakta: FaktaPangkat, *, per_tanggal: date
) -> HasilKenaikanPangkat:
    """Return whether the conditions hold on `per_tanggal`, and the earliest TMT.

    The TMT never lies before `per_tanggal`: it is the first permitted day on or after
    all conditions hold. Raises DomainError where a fact that decides is not known, and
    KetentuanNotInForceError when no rule applies.
    Dasar hukum: see regulations/kp_*.yaml, periode_kenaikan_pangkat.yaml.
    """
    sasaran = _find_sasaran(fakta, per_tanggal)
    syarat = (
        *_check_sasaran(fakta, sasaran),
        *PEMERIKSAAN[type(fakta)](fakta, sasaran, per_tanggal),
        _check_hukuman(fakta, per_tanggal),
    )
    _refuse_unknown(syarat)
    tmt, alasan_tmt = _find_tmt(fakta, syarat, per_tanggal)
    alasan = (*(satu.alasan for satu in syarat), alasan_tmt)
    return HasilKenaikanPangkat(
        memenuhi_syarat=all(satu.terpenuhi for satu in syarat),
        golongan_baru=sasaran,
        tmt_kp=tmt,
        alasan=alasan,
        dasar_hukum=tuple(
            dict.fromkeys(a.dasar_hukum for a in alasan if a.dasar_hukum)
        ),
    )


def _refuse_unknown(syarat: Iterable[Syarat]) -> None:
    """Raise DomainError for a missing fact that decides: nothing else refuses."""
    diketahui = [satu for satu in syarat if not satu.kolom]
    if any(not satu.terpenuhi and satu.sejak is None for satu in diketahui):
        return
    for satu in syarat:
        if satu.kolom:
            raise DomainError(
                f"{satu.kolom} harus diisi untuk kasus ini.",
                kolom=satu.kolom,
                kode=KodeKenaikanPangkat.KETERANGAN_KURANG,
            )


def is_ujian_dinas_needed(golongan: GolonganPNS, *, per_tanggal: date) -> bool:
    """Return whether a regular promotion out of `golongan` takes the exam."""
    return golongan in load_regulasi("simpeg/kp_ujian_dinas").on(per_tanggal).nilai


def is_atasan_a_limit(*, per_tanggal: date) -> bool:
    """Return whether a regular promotion may not pass the superior's pangkat."""
    ketentuan = load_regulasi("simpeg/kp_reguler").on(per_tanggal)
    return not ketentuan.nilai["boleh_melampaui_atasan"]


def is_below_eselon(
    golongan: GolonganPNS, eselon: Eselon, *, per_tanggal: date
) -> bool:
    """Return whether `golongan` is one step below the range of the post."""
    rentang = load_regulasi("simpeg/kp_rentang_eselon").on(per_tanggal).nilai[eselon]
    return golongan.tingkat == GolonganPNS(rentang[0]).tingkat - 1


def _find_sasaran(fakta: FaktaPangkat, per_tanggal: date) -> GolonganPNS | None:
    """Return the golongan to rise to: that of the diploma, or the next one."""
    if isinstance(fakta, FaktaPenyesuaianIjazah):
        ketentuan = load_regulasi("simpeg/kp_penyesuaian_ijazah").on(per_tanggal)
        baris = ketentuan.nilai["sasaran"].get(fakta.pendidikan)
        sasaran = GolonganPNS(baris["menjadi"]) if baris else fakta.golongan
        return sasaran if sasaran.tingkat > fakta.golongan.tingkat else None
    tangga = list(GolonganPNS)
    return tangga[fakta.golongan.tingkat] if fakta.golongan != tangga[-1] else None


def _check_sasaran(
    fakta: FaktaPangkat, sasaran: GolonganPNS | None
) -> tuple[Syarat, ...]:
    if sasaran is not None or isinstance(fakta, FaktaPenyesuaianIjazah):
        return ()
    pesan = f"{fakta.golongan} adalah golongan tertinggi; tidak ada pangkat di atasnya."
    return (_judge(KodeKenaikanPangkat.PANGKAT_DI_ATAS, pesan, False),)


# -- One function per kind -----------------------------------------------------------


def _check_reguler(
    fakta: FaktaReguler, sasaran: GolonganPNS | None, per_tanggal: date
) -> Iterator[Syarat]:
    ketentuan = load_regulasi("simpeg/kp_reguler").on(per_tanggal)
    spesialis = ketentuan.nilai["spesialis"]
    is_spesialis = (
        fakta.pendidikan is Pendidikan.SPESIALIS
        and fakta.golongan == spesialis["golongan"]
    )
    syarat = spesialis["syarat"] if is_spesialis else ketentuan.nilai["umum"]
    yield _check_masa_pangkat(fakta, syarat, ketentuan, per_tanggal)
    yield _check_predikat(fakta, syarat, ketentuan, per_tanggal)
    if sasaran is None:
        return
    yield _check_pendidikan(fakta, sasaran, per_tanggal)
    if is_ujian_dinas_needed(fakta.golongan, per_tanggal=per_tanggal):
        yield _check_ujian_dinas(fakta, sasaran, per_tanggal)
    if not ketentuan.nilai["boleh_melampaui_atasan"]:
        yield _check_atasan(fakta, sasaran, ketentuan)


def _check_struktural(
    fakta: FaktaStruktural, sasaran: GolonganPNS | None, per_tanggal: date
) -> Iterator[Syarat]:
    ketentuan = load_regulasi("simpeg/kp_struktural").on(per_tanggal)
    if is_below_eselon(fakta.golongan, fakta.eselon, per_tanggal=per_tanggal):
        syarat = ketentuan.nilai["setingkat_di_bawah"]
        yield _check_masa_pangkat(fakta, syarat, ketentuan, per_tanggal)
        masa_jabatan = _check_masa_jabatan(fakta, syarat, ketentuan, per_tanggal)
        yield masa_jabatan
        if masa_jabatan.sejak and not masa_jabatan.terpenuhi:
            yield from _note_tanpa_masa_jabatan(fakta, ketentuan, per_tanggal)
    else:
        syarat = ketentuan.nilai["dalam_rentang"]
        yield _check_masa_pangkat(fakta, syarat, ketentuan, per_tanggal)
        yield _note_bacaan_lain(fakta, ketentuan, per_tanggal)
    yield _check_predikat(fakta, syarat, ketentuan, per_tanggal)
    yield _check_rentang(fakta, per_tanggal)


def _check_fungsional(
    fakta: FaktaFungsional, sasaran: GolonganPNS | None, per_tanggal: date
) -> Iterator[Syarat]:
    ketentuan = load_regulasi("simpeg/kp_fungsional").on(per_tanggal)
    yield _check_masa_pangkat(fakta, ketentuan.nilai, ketentuan, per_tanggal)
    yield _check_predikat(fakta, ketentuan.nilai, ketentuan, per_tanggal)
    if sasaran is None:
        return
    if fakta.jenjang is None:
        yield _ask(KodeKenaikanPangkat.GOLONGAN_JENJANG, "jenjang", "Jenjang")
        return
    kebutuhan = load_regulasi("simpeg/kebutuhan_angka_kredit").on(per_tanggal)
    yield _check_jenjang(fakta.jenjang, sasaran, kebutuhan)
    yield _check_angka_kredit(fakta, fakta.jenjang, kebutuhan)


def _check_penyesuaian_ijazah(
    fakta: FaktaPenyesuaianIjazah, sasaran: GolonganPNS | None, per_tanggal: date
) -> Iterator[Syarat]:
    ketentuan = load_regulasi("simpeg/kp_penyesuaian_ijazah").on(per_tanggal)
    syarat = ketentuan.nilai["syarat"]
    yield _check_ijazah(fakta, ketentuan)
    yield _check_masa_pangkat(fakta, syarat, ketentuan, per_tanggal)
    yield _check_predikat(fakta, syarat, ketentuan, per_tanggal)
    yield _check_ujian_ijazah(fakta.lulus_ujian, ketentuan)
    yield _judge(
        KodeKenaikanPangkat.DIPERIKSA_PETUGAS,
        "Di luar hitungan ini, periksa juga: tugas sesuai ijazah dan formasinya ada.",
        True,
        ketentuan.kutipan,
    )


def _check_prestasi(
    fakta: FaktaPrestasi, sasaran: GolonganPNS | None, per_tanggal: date
) -> Iterator[Syarat]:
    ketentuan = load_regulasi("simpeg/kp_prestasi_luar_biasa").on(per_tanggal)
    yield _check_masa_pangkat(fakta, ketentuan.nilai, ketentuan, per_tanggal)
    yield _check_predikat(fakta, ketentuan.nilai, ketentuan, per_tanggal)
    ada = fakta.penetapan_prestasi
    if ada is None:
        yield _ask(
            KodeKenaikanPangkat.PENETAPAN, "penetapan_prestasi", "Penetapan prestasi"
        )
        return
    yield _judge(
        KodeKenaikanPangkat.PENETAPAN,
        f"Penetapan prestasi kerja luar biasa {'sudah' if ada else 'belum'} ada.",
        ada,
        ketentuan.kutipan,
    )


def _check_pengabdian(
    fakta: FaktaPengabdian, sasaran: GolonganPNS | None, per_tanggal: date
) -> Iterator[Syarat]:
    ketentuan = load_regulasi("simpeg/kp_pengabdian").on(per_tanggal)
    yield _check_masa_kerja(fakta, ketentuan, per_tanggal)
    yield _check_predikat(fakta, ketentuan.nilai, ketentuan, per_tanggal)
    yield _judge(
        KodeKenaikanPangkat.DIPERIKSA_PETUGAS,
        "Di luar hitungan ini, periksa juga: meninggal atau mencapai batas usia pensiun, "
        "masa kerja PNS tidak terputus, dan tanpa hukuman sedang atau berat dalam setahun "
        "terakhir.",
        True,
        ketentuan.kutipan,
    )


# -- One function per condition ------------------------------------------------------


def _check_masa_pangkat(
    fakta: FaktaPangkat,
    syarat: Mapping[str, Any],
    ketentuan: Ketentuan,
    per_tanggal: date,
) -> Syarat:
    return _await(
        KodeKenaikanPangkat.MASA_PANGKAT,
        f"Dalam pangkat {fakta.golongan} sejak {format_tanggal(fakta.tmt_golongan)}",
        fakta.tmt_golongan,
        syarat["masa_pangkat_bulan"],
        ketentuan,
        per_tanggal,
    )


def _check_masa_jabatan(
    fakta: FaktaStruktural,
    syarat: Mapping[str, Any],
    ketentuan: Ketentuan,
    per_tanggal: date,
) -> Syarat:
    if fakta.tmt_jabatan is None:
        return _ask(KodeKenaikanPangkat.MASA_JABATAN, "tmt_jabatan", "TMT jabatan")
    return _await(
        KodeKenaikanPangkat.MASA_JABATAN,
        f"Dalam jabatan eselon {fakta.eselon} sejak {format_tanggal(fakta.tmt_jabatan)}",
        fakta.tmt_jabatan,
        syarat["masa_jabatan_bulan"],
        ketentuan,
        per_tanggal,
    )


def _check_predikat(
    fakta: FaktaPangkat,
    syarat: Mapping[str, Any],
    ketentuan: Ketentuan,
    per_tanggal: date,
) -> Syarat:
    minimum = Predikat(syarat["predikat"])
    akhir = per_tanggal.year
    nilai = {
        tahun: fakta.predikat.get(tahun)
        for tahun in range(akhir - syarat["penilaian_tahun"], akhir)
    }
    isi = ", ".join(
        f"{tahun} {predikat.label if predikat else 'belum ada'}"
        for tahun, predikat in nilai.items()
    )
    return _judge(
        KodeKenaikanPangkat.PREDIKAT,
        f"Predikat kinerja {isi}; setiap tahun paling rendah {minimum.label}.",
        all(predikat and predikat.reaches(minimum) for predikat in nilai.values()),
        ketentuan.kutipan,
    )


def _check_hukuman(fakta: FaktaPangkat, per_tanggal: date) -> Syarat:
    ketentuan = load_regulasi("simpeg/kp_hukuman").on(per_tanggal)
    hukuman = fakta.hukuman_berjalan
    pesan = (
        f"Sedang menjalani hukuman disiplin {hukuman.label.lower()}"
        if hukuman
        else "Tidak sedang menjalani hukuman disiplin"
    )
    return _judge(
        KodeKenaikanPangkat.HUKUMAN,
        f"{pesan}; yang menghalangi adalah hukuman {' atau '.join(ketentuan.nilai)}.",
        hukuman not in ketentuan.nilai,
        ketentuan.kutipan,
    )


def _check_pendidikan(
    fakta: FaktaReguler, sasaran: GolonganPNS, per_tanggal: date
) -> Syarat:
    if fakta.pendidikan is None:
        return _ask(KodeKenaikanPangkat.BATAS_PENDIDIKAN, "pendidikan", "Pendidikan")
    ketentuan = load_regulasi("simpeg/kp_batas_pendidikan").on(per_tanggal)
    batas = GolonganPNS(ketentuan.nilai[fakta.pendidikan])
    return _judge(
        KodeKenaikanPangkat.BATAS_PENDIDIKAN,
        f"Dengan {fakta.pendidikan.label} pangkat reguler tertinggi {batas}; yang dituju "
        f"{sasaran}.",
        sasaran.tingkat <= batas.tingkat,
        ketentuan.kutipan,
    )


def _check_ujian_dinas(
    fakta: FaktaReguler, sasaran: GolonganPNS, per_tanggal: date
) -> Syarat:
    lulus = fakta.lulus_ujian
    if lulus is None:
        return _ask(KodeKenaikanPangkat.UJIAN_DINAS, "lulus_ujian", "Kelulusan ujian")
    ketentuan = load_regulasi("simpeg/kp_ujian_dinas").on(per_tanggal)
    ujian = ketentuan.nilai[fakta.golongan]
    pesan = (
        f"Dari {fakta.golongan} ke {sasaran} diperlukan ujian dinas"
        f"{' tingkat ' + ujian['tingkat'] if ujian['tingkat'] else ''}; "
        f"{_describe_lulus(lulus)}."
    )
    kepastian = ketentuan.kepastian
    if ujian["tingkat"] is None:
        kepastian = Kepastian.BELUM_DIVERIFIKASI
        pesan += " Sumber lain hanya menyebut ujian dinas dari II/d dan III/d."
    if not lulus and fakta.pendidikan and fakta.pendidikan in ujian["pembebasan"]:
        pesan += (
            f" Ijazah {fakta.pendidikan.label} membebaskan dari ujian ini; nyatakan lulus "
            "bila ijazahnya sudah diakui."
        )
    return _judge(
        KodeKenaikanPangkat.UJIAN_DINAS, pesan, lulus, ketentuan.cite(kepastian)
    )


def _check_atasan(
    fakta: FaktaReguler, sasaran: GolonganPNS, ketentuan: Ketentuan
) -> Syarat:
    atasan = fakta.golongan_atasan
    if atasan is None:
        return _ask(
            KodeKenaikanPangkat.PANGKAT_ATASAN,
            "golongan_atasan",
            "Pangkat atasan langsung",
        )
    return _judge(
        KodeKenaikanPangkat.PANGKAT_ATASAN,
        f"Pangkat baru {sasaran} tidak boleh melampaui pangkat atasan langsung, "
        f"{atasan}.",
        sasaran.tingkat <= atasan.tingkat,
        ketentuan.kutipan,
    )


def _check_rentang(fakta: FaktaStruktural, per_tanggal: date) -> Syarat:
    ketentuan = load_regulasi("simpeg/kp_rentang_eselon").on(per_tanggal)
    bawah, atas = map(GolonganPNS, ketentuan.nilai[fakta.eselon])
    pesan = f"Rentang pangkat eselon {fakta.eselon} {bawah} sampai {atas}"
    if fakta.golongan.tingkat < bawah.tingkat - 1:
        pesan += f"; {fakta.golongan} lebih dari setingkat di bawahnya."
    elif fakta.golongan.tingkat >= atas.tingkat:
        pesan += f"; {fakta.golongan} sudah yang tertinggi."
    else:
        pesan += f"; sekarang {fakta.golongan}."
    return _judge(
        KodeKenaikanPangkat.RENTANG_ESELON,
        pesan,
        bawah.tingkat - 1 <= fakta.golongan.tingkat < atas.tingkat,
        ketentuan.kutipan,
    )


def _note_bacaan_lain(
    fakta: FaktaStruktural, ketentuan: Ketentuan, per_tanggal: date
) -> Syarat:
    """Return the note that the time in the pangkat is disputed; it refuses nobody."""
    dipakai = ketentuan.nilai["dalam_rentang"]["masa_pangkat_bulan"]
    lain = ketentuan.nilai["dalam_rentang_bacaan_lain"]
    return _judge(
        KodeKenaikanPangkat.MASA_PANGKAT_BEDA,
        f"Sumber berbeda tentang masa pangkat dalam rentang jabatan: yang dipakai "
        f"{format_masa(dipakai)}; sumber lain {format_masa(lain)}, tercapai "
        f"{format_tanggal(add_months(fakta.tmt_golongan, lain))}.",
        True,
        ketentuan.kutipan,
    )


def _note_tanpa_masa_jabatan(
    fakta: FaktaStruktural, ketentuan: Ketentuan, per_tanggal: date
) -> Iterator[Syarat]:
    """Yield the note that a long time in the pangkat may do; it admits nobody."""
    bulan = ketentuan.nilai["tanpa_masa_jabatan_pangkat_bulan"]
    if add_months(fakta.tmt_golongan, bulan) <= per_tanggal:
        yield _judge(
            KodeKenaikanPangkat.MASA_JABATAN_BEDA,
            f"Sumber lain tidak meminta masa jabatan itu bagi yang sudah "
            f"{format_masa(bulan)} dalam pangkat: kenaikannya pada periode sesudah "
            "pelantikan. Tanyakan kepada Kantor Regional BKN.",
            True,
            ketentuan.kutipan,
        )


def _check_jenjang(
    jenjang: Jenjang, sasaran: GolonganPNS, kebutuhan: Ketentuan
) -> Syarat:
    golongan = kebutuhan.nilai[jenjang]["golongan"]
    cocok = sasaran in golongan
    pesan = (
        f"Golongan jenjang {jenjang.label}: {', '.join(golongan)}; yang dituju "
        f"{sasaran}."
    )
    if not cocok:
        pesan += " Naik jenjang lebih dahulu (uji kompetensi dan formasi)."
    return _judge(KodeKenaikanPangkat.GOLONGAN_JENJANG, pesan, cocok, kebutuhan.kutipan)


def _check_angka_kredit(
    fakta: FaktaFungsional, jenjang: Jenjang, kebutuhan: Ketentuan
) -> Syarat:
    punya = fakta.ak_sejak_pangkat
    if punya is None:
        return _ask(
            KodeKenaikanPangkat.ANGKA_KREDIT, "ak_sejak_pangkat", "Angka kredit"
        )
    butuh = _find_kebutuhan(fakta.golongan, jenjang, kebutuhan)
    kurang = max(butuh - punya, Decimal(0))
    pesan = (
        f"Angka kredit sejak pangkat terakhir {format_angka(punya)}, "
        f"dari {fakta.golongan} diperlukan {butuh}"
    )
    pesan += f"; kurang {format_angka(kurang)}." if kurang else "."
    return _judge(
        KodeKenaikanPangkat.ANGKA_KREDIT, pesan, not kurang, kebutuhan.kutipan
    )


def _find_kebutuhan(
    golongan: GolonganPNS, jenjang: Jenjang, kebutuhan: Ketentuan
) -> int:
    """Return the credit for one pangkat: it belongs to the golongan one rises from.

    Somebody whose jenjang rose first still rises from a golongan of the jenjang below;
    a golongan has the same need in either category.
    """
    sendiri = kebutuhan.nilai[jenjang]
    baris = (sendiri, *kebutuhan.nilai.values())
    cocok = (satu for satu in baris if golongan in satu["golongan"])
    butuh: int = next(cocok, sendiri)["pangkat"]
    return butuh


def _check_ijazah(fakta: FaktaPenyesuaianIjazah, ketentuan: Ketentuan) -> Syarat:
    baris = ketentuan.nilai["sasaran"].get(fakta.pendidikan)
    if baris is None:
        pesan = f"Tidak ada penyesuaian pangkat untuk ijazah {fakta.pendidikan.label}."
        return _judge(
            KodeKenaikanPangkat.SASARAN_IJAZAH, pesan, False, ketentuan.kutipan
        )
    sampai = GolonganPNS(baris["sampai"])
    return _judge(
        KodeKenaikanPangkat.SASARAN_IJAZAH,
        f"Ijazah {fakta.pendidikan.label} menyesuaikan golongan {sampai} ke bawah menjadi "
        f"{baris['menjadi']}; sekarang {fakta.golongan}.",
        fakta.golongan.tingkat <= sampai.tingkat,
        ketentuan.kutipan,
    )


def _check_ujian_ijazah(lulus: bool | None, ketentuan: Ketentuan) -> Syarat:
    if lulus is None:
        return _ask(KodeKenaikanPangkat.UJIAN_IJAZAH, "lulus_ujian", "Kelulusan ujian")
    return _judge(
        KodeKenaikanPangkat.UJIAN_IJAZAH,
        f"Ujian kenaikan pangkat penyesuaian ijazah {_describe_lulus(lulus)}.",
        lulus,
        ketentuan.kutipan,
    )


def _check_masa_kerja(
    fakta: FaktaPengabdian, ketentuan: Ketentuan, per_tanggal: date
) -> Syarat:
    """Return whether one of the pairs of service and time in the pangkat is reached."""
    masa_kerja = fakta.masa_kerja_bulan
    if masa_kerja is None:
        return _ask(KodeKenaikanPangkat.MASA_KERJA, "masa_kerja_bulan", "Masa kerja")
    sejak, pasangan = min(
        (
            (_find_pengabdian(fakta, masa_kerja, satu, per_tanggal), satu)
            for satu in ketentuan.nilai["pasangan"]
        ),
        key=lambda satu: satu[0],
    )
    terpenuhi = sejak <= per_tanggal
    pesan = (
        f"Masa kerja {format_masa(masa_kerja)}, dalam pangkat {fakta.golongan} sejak "
        f"{format_tanggal(fakta.tmt_golongan)}. Syaratnya masa kerja paling sedikit "
        f"{format_masa(pasangan['masa_kerja_bulan'])} dengan "
        f"{format_masa(pasangan['masa_pangkat_bulan'])} dalam pangkat: "
        f"{'tercapai' if terpenuhi else f'baru tercapai {format_tanggal(sejak)}'}."
    )
    alasan = Alasan(
        KodeKenaikanPangkat.MASA_KERJA, pesan, terpenuhi, sejak, ketentuan.kutipan
    )
    return Syarat(alasan, sejak)


def _find_pengabdian(
    fakta: FaktaPengabdian,
    masa_kerja_bulan: int,
    pasangan: Mapping[str, int],
    per_tanggal: date,
) -> date:
    kurang = max(pasangan["masa_kerja_bulan"] - masa_kerja_bulan, 0)
    return max(
        add_months(per_tanggal, kurang),
        add_months(fakta.tmt_golongan, pasangan["masa_pangkat_bulan"]),
    )


# -- Building blocks -----------------------------------------------------------------


def _await(
    kode: KodeKenaikanPangkat,
    keadaan: str,
    mulai: date,
    bulan: int,
    ketentuan: Ketentuan,
    per_tanggal: date,
) -> Syarat:
    """Return a condition that time alone fulfils."""
    sejak = add_months(mulai, bulan)
    terpenuhi = sejak <= per_tanggal
    pesan = (
        f"{keadaan}; paling sedikit {format_masa(bulan)}, "
        f"{'tercapai' if terpenuhi else 'baru tercapai'} {format_tanggal(sejak)}."
    )
    return Syarat(Alasan(kode, pesan, terpenuhi, sejak, ketentuan.kutipan), sejak)


def _judge(
    kode: KodeKenaikanPangkat, pesan: str, terpenuhi: bool, dasar_hukum: str = ""
) -> Syarat:
    """Return a condition that waiting does not fulfil."""
    return Syarat(Alasan(kode, pesan, terpenuhi, dasar_hukum=dasar_hukum))


def _ask(kode: KodeKenaikanPangkat, kolom: str, nama: str) -> Syarat:
    """Return a condition that cannot be judged without the fact `kolom`."""
    pesan = f"{nama} belum diketahui; syarat lain sudah menentukan hasilnya."
    return Syarat(Alasan(kode, pesan, terpenuhi=False), kolom=kolom)


def _describe_lulus(lulus: bool) -> str:
    return "sudah lulus" if lulus else "belum lulus"


def _find_tmt(
    fakta: FaktaPangkat, syarat: Iterable[Syarat], per_tanggal: date
) -> tuple[date | None, Alasan]:
    if any(not satu.terpenuhi and satu.sejak is None for satu in syarat):
        pesan = "TMT baru dapat disebut bila syarat selain waktu terpenuhi."
        return None, Alasan(KodeKenaikanPangkat.TMT, pesan, terpenuhi=False)
    sejak = max([per_tanggal, *(satu.sejak for satu in syarat if satu.sejak)])
    if isinstance(fakta, FaktaPengabdian):
        tmt = first_of_month_from(sejak)
        pesan = (
            f"TMT paling awal {format_tanggal(tmt)}; pengabdian tidak terikat periode."
        )
        return tmt, Alasan(KodeKenaikanPangkat.TMT, pesan, nilai=tmt)
    tmt, periode = find_tmt_kp(sejak)
    pesan = (
        f"TMT paling awal {format_tanggal(tmt)}; periode kenaikan pangkat "
        f"{describe_periode(periode)}."
    )
    alasan = Alasan(
        KodeKenaikanPangkat.TMT, pesan, nilai=tmt, dasar_hukum=periode.kutipan
    )
    return tmt, alasan


PEMERIKSAAN: Mapping[type[FaktaPangkat], Callable[..., Iterable[Syarat]]] = {
    FaktaReguler: _check_reguler,
    FaktaStruktural: _check_struktural,
    FaktaFungsional: _check_fungsional,
    FaktaPenyesuaianIjazah: _check_penyesuaian_ijazah,
    FaktaPengabdian: _check_pengabdian,
    FaktaPrestasi: _check_prestasi,
}
