"""Workload: by tasks, and by one rate."""

from fractions import Fraction

from bkpsdmd.calculator.masukan import (
    Daftar,
    Desimal,
    KodeMasukan,
    Kunci,
    Masukan,
    MasukanError,
    Objek,
    Pilihan,
    Wajib,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from bkpsdmd.regulations.angka import round_half_up
from eformasi.choices import (
    AturanPembulatan,
    BasisJamKerja,
    MetodeAbk,
    PeriodeVolume,
    SatuanWaktu,
)
from eformasi.rules.abk import (
    KodeAbk,
    KodeAbkMetode,
    TugasAbk,
    compute_abk,
    compute_abk_metode,
)

from .kunci import Positif, need_one_of


def answer_abk(masukan: Masukan) -> Jawaban:
    if not masukan["tugas"]:
        raise MasukanError(
            KodeMasukan.NILAI_MUSTAHIL,
            "tugas",
            "harus memuat paling sedikit satu tugas.",
        )
    hasil = compute_abk(
        [TugasAbk(**satu) for satu in masukan["tugas"]],
        basis=masukan.get("basis"),
        pembulatan=masukan.get("pembulatan"),
        per_tanggal=masukan["tanggal"],
    )
    return Jawaban.of(
        hasil,
        baris=[round_half_up(satu, 6) for satu in hasil.baris],
        total=round_half_up(hasil.total, 6),
        kebutuhan=hasil.kebutuhan,
    )


def answer_abk_metode(masukan: Masukan) -> Jawaban:
    nama, nilai = need_one_of(masukan, "standar", "orang_per_unit")
    standar = Fraction(nilai) if nama == "standar" else 1 / Fraction(nilai)
    hasil = compute_abk_metode(
        masukan["metode"],
        beban=masukan["beban"],
        standar=standar,
        per_tanggal=masukan["tanggal"],
    )
    return Jawaban.of(hasil, kebutuhan=hasil.kebutuhan)


TUGAS = Objek(
    (
        Kunci("volume", Positif(), "Jumlah hasil"),
        Kunci("waktu", Positif(), "Waktu penyelesaian tiap hasil"),
        Kunci("satuan", Pilihan.of(SatuanWaktu), "Satuan waktu"),
        Kunci("periode", Pilihan.of(PeriodeVolume), "Jumlah hasil dihitung"),
    )
)
KEBUTUHAN = Keluaran("Kebutuhan (orang)")

TOPIK = (
    Topik(
        "abk",
        "Analisis beban kerja",
        (
            Kunci(
                "basis",
                Pilihan.of(BasisJamKerja),
                "Jam kerja efektif setahun",
                Wajib.OPSIONAL,
            ),
            Kunci(
                "pembulatan",
                Pilihan.of(AturanPembulatan),
                "Pembulatan",
                Wajib.OPSIONAL,
            ),
            Kunci("tugas", Daftar(TUGAS), "Tugas"),
        ),
        answer_abk,
        KodeAbk,
        uraian="Kebutuhan pegawai suatu jabatan dari tugas-tugasnya.",
        kalimat="Kebutuhan {kebutuhan} orang.",
        keluaran={
            "baris": Keluaran("Kebutuhan tiap tugas"),
            "total": Keluaran("Jumlah sebelum dibulatkan"),
            "kebutuhan": KEBUTUHAN,
        },
    ),
    Topik(
        "abk_metode",
        "Kebutuhan menurut hasil, objek, atau peralatan kerja",
        (
            Kunci("metode", Pilihan.of(MetodeAbk), "Metode"),
            Kunci("beban", Desimal(), "Beban kerja (satuan)"),
            Kunci(
                "standar", Positif(), "Kemampuan satu orang (satuan)", Wajib.SEPERLUNYA
            ),
            Kunci("orang_per_unit", Positif(), "Orang tiap satuan", Wajib.SEPERLUNYA),
        ),
        answer_abk_metode,
        KodeAbkMetode,
        uraian="Kebutuhan pegawai bila beban kerja satu macam.",
        kalimat="Kebutuhan {kebutuhan} orang.",
        keluaran={"kebutuhan": KEBUTUHAN},
    ),
)
