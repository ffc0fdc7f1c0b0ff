"""Basic pay, and the service that decides it."""

from bkpsdmd.calculator.masukan import Kunci, Masukan, Pilihan, Teks, Wajib, YaTidak
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from simpeg.rules.gaji import FaktaGaji, KodeGaji, compute_gaji_pokok
from simpeg.rules.golongan import GolonganPNS, parse_golongan
from simpeg.rules.masa_kerja import (
    FaktaMasaKerja,
    KodeMasaKerja,
    KodePmkSwasta,
    compute_masa_kerja,
    compute_pmk_swasta,
)

from .kunci import JENIS_ASN, MASA_KERJA


def answer_gaji_pokok(masukan: Masukan) -> Jawaban:
    fakta = FaktaGaji(
        golongan=parse_golongan(masukan["golongan"], masukan["jenis_asn"]),
        mkg_bulan=masukan["mkg_bulan"],
        is_cpns=masukan.get("cpns", False),
    )
    hasil = compute_gaji_pokok(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(
        hasil, gaji_rupiah=hasil.gaji_rupiah, baris_mkg_tahun=hasil.baris_mkg_tahun
    )


def answer_mkg(masukan: Masukan) -> Jawaban:
    fakta = FaktaMasaKerja(
        golongan=masukan["golongan"],
        mkg_bulan=masukan["mkg_bulan"],
        golongan_baru=masukan.get("golongan_baru"),
        pmk_bulan=masukan.get("pmk_bulan", 0),
    )
    hasil = compute_masa_kerja(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(hasil, mkg_bulan=hasil.mkg_bulan)


def answer_pmk_swasta(masukan: Masukan) -> Jawaban:
    hasil = compute_pmk_swasta(masukan["lama_bulan"], per_tanggal=masukan["tanggal"])
    return Jawaban.of(hasil, diakui_bulan=hasil.diakui_bulan)


TOPIK = (
    Topik(
        "gaji_pokok",
        "Gaji pokok",
        (
            JENIS_ASN,
            Kunci(
                "golongan",
                Teks(maks=8),
                "Golongan",
                petunjuk="Ditulis III/b bagi PNS, IX bagi PPPK.",
            ),
            Kunci("mkg_bulan", MASA_KERJA, "Masa kerja golongan (bulan)"),
            Kunci("cpns", YaTidak(), "Masih CPNS", Wajib.OPSIONAL),
        ),
        answer_gaji_pokok,
        KodeGaji,
        uraian="Gaji pokok sebulan menurut golongan dan masa kerja golongan.",
        kalimat="Gaji pokok {gaji_rupiah} sebulan",
        keluaran={
            "gaji_rupiah": Keluaran("Gaji pokok sebulan"),
            "baris_mkg_tahun": Keluaran("Baris skala yang dipakai"),
        },
    ),
    Topik(
        "mkg",
        "Masa kerja golongan",
        (
            Kunci("golongan", Pilihan.of(GolonganPNS), "Golongan/ruang"),
            Kunci("mkg_bulan", MASA_KERJA, "Masa kerja golongan (bulan)"),
            Kunci(
                "golongan_baru",
                Pilihan.of(GolonganPNS),
                "Golongan/ruang baru",
                Wajib.OPSIONAL,
            ),
            Kunci(
                "pmk_bulan",
                MASA_KERJA,
                "Tambahan dari peninjauan masa kerja (bulan)",
                Wajib.OPSIONAL,
            ),
        ),
        answer_mkg,
        KodeMasaKerja,
        uraian=(
            "Masa kerja golongan PNS setelah pindah golongan dan peninjauan masa kerja."
        ),
        keluaran={"mkg_bulan": Keluaran("Masa kerja golongan")},
    ),
    Topik(
        "pmk_swasta",
        "Pengakuan masa kerja swasta",
        (Kunci("lama_bulan", MASA_KERJA, "Lama bekerja tanpa putus (bulan)"),),
        answer_pmk_swasta,
        KodePmkSwasta,
        uraian=(
            "Bagian satu masa kerja pada badan hukum swasta yang dapat diakui dalam "
            "peninjauan masa kerja."
        ),
        keluaran={"diakui_bulan": Keluaran("Masa kerja yang diakui")},
    ),
)
