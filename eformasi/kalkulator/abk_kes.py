"""People of a health facility."""

from fractions import Fraction

from bkpsdmd.calculator.masukan import (
    Daftar,
    Desimal,
    KodeMasukan,
    Kunci,
    Masukan,
    MasukanError,
    Objek,
    Wajib,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from bkpsdmd.regulations.angka import round_half_up
from eformasi.rules.abk_kes import (
    KegiatanPokok,
    KodeAbkKes,
    compute_abk_kes,
    compute_sbk,
    compute_stp,
)

from .kunci import Positif, need_one_of


def answer_abk_kes(masukan: Masukan) -> Jawaban:
    hasil = compute_abk_kes(
        [
            _read_kegiatan(satu, masukan, f"kegiatan[{posisi}].")
            for posisi, satu in enumerate(masukan["kegiatan"])
        ],
        wkt_menit=masukan["wkt_menit"],
        stp=_read_stp(masukan),
        per_tanggal=masukan["tanggal"],
    )
    return Jawaban.of(
        hasil,
        jkt=round_half_up(hasil.jkt, 6),
        stp=round_half_up(hasil.stp, 6),
        total=round_half_up(hasil.total, 6),
        kebutuhan=hasil.kebutuhan,
    )


def _read_kegiatan(satu: Masukan, masukan: Masukan, awalan: str) -> KegiatanPokok:
    nama, nilai = need_one_of(satu, "sbk", "norma_menit", awalan=awalan)
    sbk = (
        Fraction(nilai)
        if nama == "sbk"
        else compute_sbk(wkt_menit=masukan["wkt_menit"], norma_menit=nilai)
    )
    return KegiatanPokok(satu["capaian"], sbk)


def _read_stp(masukan: Masukan) -> Fraction:
    nama, nilai = need_one_of(masukan, "ftp_persen", "stp")
    if nama == "stp":
        return Fraction(nilai)
    if nilai == 100:
        raise MasukanError(
            KodeMasukan.NILAI_MUSTAHIL, "ftp_persen", "harus di bawah 100."
        )
    return compute_stp(nilai)


KEGIATAN = Objek(
    (
        Kunci("capaian", Desimal(), "Capaian setahun"),
        Kunci("sbk", Positif(), "Standar beban kerja (SBK)", Wajib.SEPERLUNYA),
        Kunci("norma_menit", Positif(), "Norma waktu (menit)", Wajib.SEPERLUNYA),
    )
)

TOPIK = (
    Topik(
        "abk_kes",
        "ABK Kes",
        (
            Kunci("wkt_menit", Positif(), "Waktu kerja tersedia setahun (menit)"),
            Kunci("kegiatan", Daftar(KEGIATAN), "Kegiatan pokok"),
            Kunci(
                "ftp_persen",
                Desimal(maksimum=100),
                "Faktor tugas penunjang (persen)",
                Wajib.SEPERLUNYA,
            ),
            Kunci(
                "stp",
                Desimal(minimum=1),
                "Standar tugas penunjang (STP)",
                Wajib.SEPERLUNYA,
            ),
        ),
        answer_abk_kes,
        KodeAbkKes,
        uraian="Kebutuhan SDM kesehatan suatu fasilitas menurut beban kerjanya.",
        kalimat="Kebutuhan {kebutuhan} orang.",
        keluaran={
            "jkt": Keluaran("Jumlah kebutuhan tugas pokok (JKT)"),
            "stp": Keluaran("Standar tugas penunjang (STP)"),
            "total": Keluaran("Jumlah sebelum dibulatkan"),
            "kebutuhan": Keluaran("Kebutuhan (orang)"),
        },
    ),
)
