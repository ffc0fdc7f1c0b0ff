"""EJ of a jabatan, EU of a unit."""

from bkpsdmd.calculator.masukan import Daftar, Desimal, Kunci, Masukan, Objek
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from eformasi.choices import TingkatEfektivitas
from eformasi.rules.efektivitas import (
    BebanJabatan,
    HasilEfektivitas,
    KodeEfektivitas,
    compute_efektivitas,
)

from .kunci import ORANG


def answer_ej(masukan: Masukan) -> Jawaban:
    jabatan = BebanJabatan(masukan["beban_jam"], masukan["pemangku"])
    return _show(compute_efektivitas([jabatan], per_tanggal=masukan["tanggal"]))


def answer_eu(masukan: Masukan) -> Jawaban:
    jabatan = [BebanJabatan(**satu) for satu in masukan["jabatan"]]
    return _show(compute_efektivitas(jabatan, per_tanggal=masukan["tanggal"]))


def _show(hasil: HasilEfektivitas) -> Jawaban:
    return Jawaban.of(hasil, nilai=hasil.nilai, tingkat=hasil.tingkat)


BEBAN = (
    Kunci("beban_jam", Desimal(), "Beban kerja setahun (jam)"),
    Kunci("pemangku", ORANG, "Pemangku jabatan (orang)"),
)
KELUARAN = {
    "nilai": Keluaran("Nilai"),
    "tingkat": Keluaran(
        "Tingkat",
        pilihan={
            satu.value: f"{satu} ({satu.label.lower()})" for satu in TingkatEfektivitas
        },
    ),
}

TOPIK = (
    Topik(
        "ej",
        "Efektivitas dan efisiensi jabatan (EJ)",
        BEBAN,
        answer_ej,
        KodeEfektivitas,
        uraian="Beban kerja suatu jabatan terhadap jam kerja efektif pemangkunya.",
        keluaran=KELUARAN,
    ),
    Topik(
        "eu",
        "Efektivitas dan efisiensi unit (EU)",
        (Kunci("jabatan", Daftar(Objek(BEBAN)), "Jabatan di unit itu"),),
        answer_eu,
        KodeEfektivitas,
        uraian="Beban kerja suatu unit terhadap jam kerja efektif pegawainya.",
        keluaran=KELUARAN,
    ),
)
