"""Teachers."""

from bkpsdmd.calculator.masukan import (
    Daftar,
    Desimal,
    Kunci,
    Masukan,
    Objek,
    Pilihan,
    Wajib,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from eformasi.choices import KelompokGuru
from eformasi.rules.guru import (
    KodeGuru,
    Mapel,
    compute_guru_bk,
    compute_guru_mapel,
    compute_guru_sd,
)

from .kunci import ORANG


def answer_guru(masukan: Masukan) -> Jawaban:
    return ANSWERS[masukan["jenjang"]](masukan)


def _answer_sd(masukan: Masukan) -> Jawaban:
    hasil = compute_guru_sd(
        sekolah=masukan.need("sekolah"),
        rombel=masukan.need("rombel"),
        per_tanggal=masukan["tanggal"],
    )
    rincian = {
        "guru_kelas": hasil.guru_kelas,
        "guru_agama": hasil.guru_agama,
        "guru_pjok": hasil.guru_pjok,
    }
    return Jawaban.of(hasil, kebutuhan=hasil.kebutuhan, rincian=rincian)


def _answer_smp(masukan: Masukan) -> Jawaban:
    mapel = [Mapel(**satu) for satu in masukan.need("mapel")]
    hasil = compute_guru_mapel(mapel, per_tanggal=masukan["tanggal"])
    return Jawaban.of(hasil, kebutuhan=hasil.kebutuhan, rincian=list(hasil.orang))


def _answer_bk(masukan: Masukan) -> Jawaban:
    hasil = compute_guru_bk(
        masukan.need("peserta_didik"), per_tanggal=masukan["tanggal"]
    )
    rincian = {"guru_bk": hasil.kebutuhan}
    return Jawaban.of(hasil, kebutuhan=hasil.kebutuhan, rincian=rincian)


ANSWERS = {
    KelompokGuru.SD: _answer_sd,
    KelompokGuru.SMP: _answer_smp,
    KelompokGuru.BK: _answer_bk,
}

MAPEL = Objek(
    (
        Kunci("rombel", ORANG, "Rombongan belajar"),
        Kunci("jam", Desimal(maksimum=100), "Jam seminggu tiap rombongan belajar"),
    )
)

TOPIK = (
    Topik(
        "guru",
        "Kebutuhan guru",
        (
            Kunci("jenjang", Pilihan.of(KelompokGuru), "Kelompok guru"),
            Kunci("sekolah", ORANG, "Sekolah (SD)", Wajib.SEPERLUNYA),
            Kunci("rombel", ORANG, "Rombongan belajar (SD)", Wajib.SEPERLUNYA),
            Kunci(
                "mapel",
                Daftar(MAPEL),
                "Mata pelajaran di satu sekolah (SMP)",
                Wajib.SEPERLUNYA,
            ),
            Kunci("peserta_didik", ORANG, "Peserta didik (BK)", Wajib.SEPERLUNYA),
        ),
        answer_guru,
        KodeGuru,
        uraian="Guru yang dibutuhkan SD, SMP, atau untuk bimbingan dan konseling.",
        kalimat="Kebutuhan {kebutuhan} guru.",
        keluaran={
            "kebutuhan": Keluaran("Kebutuhan (orang)"),
            "rincian": Keluaran("Rincian (orang)"),
            "rincian.guru_pjok": Keluaran("Guru PJOK"),
            "rincian.guru_bk": Keluaran("Guru BK"),
        },
    ),
)
