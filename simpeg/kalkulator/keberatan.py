"""Deadline of an objection."""

from bkpsdmd.calculator.masukan import (
    Bulat,
    Daftar,
    Kunci,
    Masukan,
    Pilihan,
    Tanggal,
    Wajib,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from simpeg.rules.keberatan import (
    FaktaKeberatan,
    JenisHari,
    KodeKeberatan,
    compute_batas_keberatan,
)


def answer_keberatan(masukan: Masukan) -> Jawaban:
    fakta = FaktaKeberatan(
        diterima=masukan["diterima"],
        hari=masukan["hari"],
        jenis_hari=masukan["jenis_hari"],
        libur=masukan.get("libur", ()),
    )
    hasil = compute_batas_keberatan(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(hasil, batas=hasil.batas)


TOPIK = (
    Topik(
        "keberatan",
        "Batas waktu keberatan",
        (
            Kunci("diterima", Tanggal(), "Tanggal keputusan diterima"),
            Kunci("hari", Bulat(minimum=1, maksimum=366), "Lamanya (hari)"),
            Kunci("jenis_hari", Pilihan.of(JenisHari), "Jenis hari"),
            Kunci("libur", Daftar(Tanggal()), "Hari libur", Wajib.OPSIONAL),
        ),
        answer_keberatan,
        KodeKeberatan,
        uraian="Hari terakhir mengajukan keberatan setelah keputusan diterima.",
        kalimat="Keberatan diajukan paling lambat {batas}.",
        keluaran={"batas": Keluaran("Paling lambat")},
    ),
)
