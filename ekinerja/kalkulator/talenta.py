"""The talent box."""

from bkpsdmd.calculator.masukan import Kunci, Masukan, Pilihan
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Satuan, Topik
from ekinerja.choices import Potensial
from ekinerja.rules.talenta import FaktaTalenta, KodeTalenta, compute_kotak_talenta

from .kunci import PREDIKAT


def answer_talenta(masukan: Masukan) -> Jawaban:
    fakta = FaktaTalenta(masukan["predikat"], masukan["potensial"])
    hasil = compute_kotak_talenta(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(hasil, kotak=hasil.kotak)


TOPIK = (
    Topik(
        "talenta",
        "Kotak talenta",
        (PREDIKAT, Kunci("potensial", Pilihan.of(Potensial), "Potensial")),
        answer_talenta,
        KodeTalenta,
        uraian="Kotak talenta dari predikat kinerja dan potensial.",
        kalimat="Kotak talenta {kotak}.",
        keluaran={"kotak": Keluaran("Kotak", Satuan.POLOS)},
    ),
)
