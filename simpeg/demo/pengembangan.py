"""Courses, certificates, credits, medals and penalties of one career."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from bkpsdmd.regulations import load_regulasi
from simpeg.choices import JenisAngkaKredit, JenisASN, Jenjang, Predikat
from simpeg.rules.penghargaan import KelasSatyalancana
from simpeg.rules.waktu import add_years, count_calendar_months

from .baris import Baris
from .orang import CLTN, Orang

# SIASN's ids of kinds of training.
FUNGSIONAL, TEKNIS, SOSIALISASI, BIMTEK, SEMINAR, E_LEARNING = (
    "2",
    "3",
    "7",
    "8",
    "9",
    "16",
)
Kursus = tuple[str, str, int]
KURSUS_UMUM: tuple[Kursus, ...] = (
    (BIMTEK, "Bimtek Penyusunan SKP dan Dialog Kinerja", 16),
    (BIMTEK, "Bimtek Pengelolaan Arsip Dinamis", 24),
    (TEKNIS, "Pelatihan Pengadaan Barang/Jasa Tingkat Dasar", 60),
    (TEKNIS, "Pelatihan Pengelolaan Keuangan Daerah", 40),
    (E_LEARNING, "Pelatihan Jarak Jauh Core Values ASN BerAKHLAK", 20),
    (E_LEARNING, "Pelatihan Keamanan Informasi bagi ASN", 12),
    (SEMINAR, "Seminar Reformasi Birokrasi Daerah", 8),
    (SOSIALISASI, "Sosialisasi Disiplin Pegawai Negeri Sipil", 6),
    (BIMTEK, "Bimtek Tata Naskah Dinas", 16),
    (TEKNIS, "Pelatihan Pelayanan Publik", 30),
)
KURSUS_GURU: tuple[Kursus, ...] = (
    (TEKNIS, "Pelatihan Implementasi Kurikulum Merdeka", 32),
    (FUNGSIONAL, "Pendidikan Guru Penggerak", 306),
    (BIMTEK, "Bimtek Asesmen Nasional Berbasis Komputer", 16),
    (SEMINAR, "Seminar Pendidikan Inklusif", 8),
    (E_LEARNING, "Pelatihan Pembelajaran Digital", 36),
)
KURSUS_SEHAT: tuple[Kursus, ...] = (
    (TEKNIS, "Pelatihan Basic Trauma and Cardiac Life Support", 50),
    (TEKNIS, "Pelatihan Pencegahan dan Pengendalian Infeksi", 40),
    (BIMTEK, "Bimtek Rekam Medis Elektronik", 16),
    (SEMINAR, "Seminar Keselamatan Pasien", 8),
    (FUNGSIONAL, "Pelatihan Jabatan Fungsional Kesehatan", 80),
)
SEHAT = {
    "Perawat",
    "Bidan",
    "Dokter",
    "Dokter Gigi",
    "Apoteker",
    "Nutrisionis",
    "Pranata Laboratorium Kesehatan",
    "Tenaga Sanitasi Lingkungan",
}
LEMBAGA = "Lembaga Pelatihan Contoh"
# Courses before the training of CPNS got its present name and form.
LATSAR = date(2015, 1, 1)
# Days absent in a year, and the penalty PP 94/2021 sets for them, by SIASN's id.
HUKUMAN = (("3", "1", 0), ("5", "2", 0), ("9", "3", 0), ("12", "23", 6))
SEDANG = "23"
MULAI_PP_94 = date(2021, 8, 31)
PEMBERI_SATYALANCANA = "Presiden Republik Indonesia"
TELADAN_KABUPATEN = "306"


def list_pelatihan(orang: Orang, rng: Random, sampai: date) -> Iterator[Baris]:
    """Yield the training of CPNS, courses in another year each, and certificates."""
    if orang.tmt_pns and rng.random() < 0.95:
        yield _latsar(orang, rng)
    nama = orang.slot.fungsional.nama if orang.slot.fungsional else ""
    is_sehat = nama in SEHAT
    pilihan = (
        *(KURSUS_GURU if nama == "Guru" else KURSUS_SEHAT if is_sehat else ()),
        *KURSUS_UMUM,
    )
    first = max(orang.tmt_cpns.year + 1, sampai.year - 9)
    years = range(first, sampai.year)
    banyak = min(
        rng.choices((0, 1, 2, 3, 4, 5), (14, 20, 24, 20, 14, 8))[0], len(years)
    )
    for tahun, (jenis, judul, jam) in zip(
        sorted(rng.sample(years, banyak)), rng.sample(pilihan, banyak), strict=True
    ):
        mulai = date(tahun, rng.randint(2, 11), rng.randint(1, 20))
        selesai = mulai + timedelta(days=max(jam // 8 - 1, 0))
        yield (
            "kursus",
            {
                "jenis": jenis,
                "nama": judul,
                "tanggal_mulai": mulai,
                "tanggal_selesai": selesai,
                "jumlah_jam": jam,
                **_sertifikat(orang, rng, selesai),
            },
        )
    yield from _list_sertifikasi(orang, rng, sampai, nama, is_sehat=is_sehat)


def _latsar(orang: Orang, rng: Random) -> Baris:
    """Return the training that every CPNS finishes before becoming a PNS."""
    golongan = orang.pangkat[0][0].split("/")[0]
    selesai = orang.tmt_cpns + timedelta(days=rng.randint(150, 330))
    lama = f"Diklat Prajabatan Golongan {golongan}"
    baru = f"Pelatihan Dasar CPNS Golongan {golongan}"
    return (
        "diklat",
        {
            "nama": baru if selesai >= LATSAR else lama,
            "tanggal_selesai": selesai,
            "jumlah_jam": 511 if selesai >= LATSAR else 174,
            **_sertifikat(orang, rng, selesai),
        },
    )


def _list_sertifikasi(
    orang: Orang, rng: Random, sampai: date, jabatan: str, *, is_sehat: bool
) -> Iterator[Baris]:
    if jabatan == "Guru":
        nama, share, lama = "Sertifikat Pendidik", 0.6, None
    elif is_sehat:
        nama, share, lama = f"Surat Tanda Registrasi {jabatan}", 0.8, 5
    else:
        nama, share, lama = "Sertifikasi Pengadaan Barang/Jasa Tingkat Dasar", 0.1, None
    tmt = max(orang.tmt_cpns, add_years(sampai, -4)) + timedelta(
        days=rng.randint(20, 700)
    )
    if rng.random() < share and tmt < sampai:
        yield (
            "sertifikasi",
            {
                "nama": nama,
                "tmt": tmt,
                "tmt_selesai": add_years(tmt, lama) if lama else None,
                **_sertifikat(orang, rng, tmt, "Lembaga Sertifikasi Contoh"),
            },
        )


def _sertifikat(
    orang: Orang, rng: Random, tanggal: date, lembaga: str = LEMBAGA
) -> dict[str, object]:
    return {
        "sk_nomor": f"{rng.randint(1, 9999):04}/{orang.nomor:05}/CONTOH/{tanggal.year}",
        "sk_tanggal": tanggal,
        "sk_pejabat": lembaga,
    }


# -- Credits ------------------------------------------------------------------------


def list_angka_kredit(
    orang: Orang, predikat: Mapping[int, Predikat]
) -> Iterator[Baris]:
    """Yield the rating of each year turned into credits, by the post then held.

    Only a PNS is promoted by them. A year in which the jenjang changed makes two.
    """
    fungsional = orang.slot.fungsional
    if fungsional is None or orang.jenis_asn is not JenisASN.PNS:
        return
    masa = [
        (row.tmt, jenjang)
        for row in orang.jabatan
        if row.jabatan.startswith(fungsional.nama)
        and (jenjang := _jenjang_of(row.jabatan))
    ]
    masa.append((date.max, Jenjang.PEMULA))
    for tahun, satu in sorted(predikat.items()):
        awal, akhir = date(tahun, 1, 1), date(tahun + 1, 1, 1)
        persen = load_regulasi("ekinerja/persen_predikat").find(awal)
        koefisien = load_regulasi("ekinerja/koefisien_angka_kredit").find(awal)
        if persen is None or koefisien is None:
            continue
        for (tmt, jenjang), (ganti, _) in pairwise(masa):
            mulai, selesai = max(awal, tmt), min(akhir, ganti)
            bulan = count_calendar_months(mulai, selesai)
            if bulan < 1:
                continue
            jumlah = (
                Decimal(koefisien.nilai[jenjang]) * persen.nilai[satu] * bulan / 1200
            ).quantize(Decimal("0.001"))
            yield (
                "angka-kredit",
                {
                    "jenis": JenisAngkaKredit.KONVERSI.value,
                    "mulai": mulai,
                    "selesai": selesai - timedelta(days=1),
                    "utama": jumlah,
                    "jumlah": jumlah,
                    "sk_nomor": f"PAK/{orang.nomor:05}/{mulai:%m}/CONTOH/{tahun + 1}",
                    "sk_tanggal": date(tahun + 1, 1, 28),
                    "sk_pejabat": "Pejabat Penilai Contoh",
                },
            )


def _jenjang_of(kode: str) -> Jenjang | None:
    return next((one for one in Jenjang if kode.endswith(f" {one.label}")), None)


# -- Medals and penalties -----------------------------------------------------------


def list_penilaian_diri(orang: Orang, rng: Random, sampai: date) -> Iterator[Baris]:
    """Yield the penalty of the few who have one, and the medals of those who have none."""
    if orang.jenis_asn is not JenisASN.PNS:
        return
    is_dihukum_sedang = False
    if orang.tmt_pns and orang.slot.pemeran is None and rng.random() < 0.014:
        earliest = max(MULAI_PP_94, orang.tmt_pns) + timedelta(days=60)
        tmt = sampai - timedelta(days=rng.randint(40, 1500))
        if tmt > earliest:
            hukuman = _hukuman(orang, rng, tmt)
            is_dihukum_sedang = hukuman[1]["jenis"] == SEDANG
            yield hukuman
    is_pernah_cltn = any(kode == CLTN for kode, _ in orang.kedudukan)
    if not (is_dihukum_sedang or is_pernah_cltn):
        yield from _list_satyalancana(orang, rng, sampai)
    if rng.random() < 0.03 and orang.tmt_cpns.year + 2 < sampai.year:
        tahun = rng.randint(
            max(orang.tmt_cpns.year + 1, sampai.year - 8), sampai.year - 1
        )
        hari = date(tahun, 11, 29)
        yield (
            "penghargaan",
            {
                "jenis": TELADAN_KABUPATEN,
                "tahun": tahun,
                "sk_nomor": f"188.45/{orang.nomor:05}/CONTOH/{tahun}",
                "sk_tanggal": hari,
                "sk_pejabat": "Bupati",
            },
        )


def _hukuman(orang: Orang, rng: Random, tmt: date) -> Baris:
    hari, jenis, bulan = rng.choice(HUKUMAN)
    selesai = None
    if bulan:
        selesai = (tmt.replace(day=1) + timedelta(days=31 * bulan)).replace(day=1)
    return (
        "disiplin",
        {
            "jenis": jenis,
            "nomor_pp": "PP 94/2021",
            "pelanggaran": f"Tidak masuk kerja tanpa alasan yang sah selama {hari} hari kerja "
            "dalam satu tahun.",
            "tmt": tmt,
            "tmt_selesai": selesai,
            "sk_nomor": f"862/{orang.nomor:05}/CONTOH/{tmt.year}",
            "sk_tanggal": tmt - timedelta(days=15),
            "sk_pejabat": "Kepala Perangkat Daerah",
        },
    )


def _list_satyalancana(orang: Orang, rng: Random, sampai: date) -> Iterator[Baris]:
    """Yield the classes reached, given on Independence Day; a few were never proposed."""
    tahun_kerja = load_regulasi("simpeg/satyalancana").on(sampai).nilai
    for kelas in KelasSatyalancana:
        jatuh = add_years(orang.tmt_cpns, tahun_kerja[kelas])
        hari = date(jatuh.year + (jatuh > date(jatuh.year, 5, 1)), 8, 17)
        if hari >= sampai:
            return
        if rng.random() < 0.8:
            yield (
                "penghargaan",
                {
                    "jenis": kelas.siasn,
                    "tahun": hari.year,
                    "sk_nomor": f"{hari.year % 100}/TK/CONTOH/{hari.year}",
                    "sk_tanggal": hari - timedelta(days=9),
                    "sk_pejabat": PEMBERI_SATYALANCANA,
                },
            )
