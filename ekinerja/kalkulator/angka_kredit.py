"""Angka kredit of functional posts."""

from fractions import Fraction

from bkpsdmd.calculator.masukan import Bulat, Desimal, Kunci, Masukan, Pilihan
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from ekinerja.rules.ak_integrasi import KodeIntegrasi, compute_ak_integrasi
from ekinerja.rules.ak_pendidikan import KodeAKPendidikan, compute_ak_pendidikan
from ekinerja.rules.ak_target import FaktaTarget, KodeTarget, compute_ak_target
from ekinerja.rules.angka_kredit import (
    FaktaAngkaKredit,
    KodeAngkaKredit,
    compute_angka_kredit,
)
from simpeg.choices import Jenjang
from simpeg.rules.golongan import GolonganPNS

from .kunci import PREDIKAT

JENJANG = Kunci("jenjang", Pilihan.of(Jenjang), "Jenjang")
GOLONGAN = Kunci("golongan", Pilihan.of(GolonganPNS), "Golongan/ruang")


def answer_angka_kredit(masukan: Masukan) -> Jawaban:
    fakta = FaktaAngkaKredit(masukan["jenjang"], masukan["predikat"], masukan["bulan"])
    hasil = compute_angka_kredit(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(hasil, angka_kredit=hasil.angka_kredit, penuh=hasil.penuh)


def answer_ak_target(masukan: Masukan) -> Jawaban:
    fakta = FaktaTarget(
        masukan["jenjang"], masukan["golongan"], Fraction(masukan["total"])
    )
    hasil = compute_ak_target(fakta, per_tanggal=masukan["tanggal"])
    pangkat, jenjang = hasil.pangkat, hasil.jenjang
    return Jawaban.of(
        hasil,
        kp=pangkat
        and {
            "terpenuhi": pangkat.terpenuhi,
            "kurang": pangkat.kurang,
            "perlu_naik_jenjang": hasil.perlu_naik_jenjang,
        },
        jenjang=jenjang and {"terpenuhi": jenjang.terpenuhi, "kurang": jenjang.kurang},
        puncak=hasil.puncak,
    )


def answer_ak_pendidikan(masukan: Masukan) -> Jawaban:
    hasil = compute_ak_pendidikan(masukan["jenjang"], per_tanggal=masukan["tanggal"])
    return Jawaban.of(hasil, angka_kredit=hasil.angka_kredit)


def answer_ak_integrasi(masukan: Masukan) -> Jawaban:
    hasil = compute_ak_integrasi(
        masukan["golongan"],
        Fraction(masukan["konvensional"]),
        per_tanggal=masukan["tanggal"],
    )
    return Jawaban.of(hasil, angka_kredit=hasil.angka_kredit)


TOPIK = (
    Topik(
        "angka_kredit",
        "Konversi predikat ke angka kredit",
        (
            JENJANG,
            PREDIKAT,
            Kunci("bulan", Bulat(minimum=1, maksimum=12), "Banyaknya bulan"),
        ),
        answer_angka_kredit,
        KodeAngkaKredit,
        uraian="Angka kredit dari predikat kinerja setahun atau beberapa bulan.",
        kalimat="Angka kredit {angka_kredit}.",
        keluaran={
            "angka_kredit": Keluaran("Angka kredit"),
            "penuh": Keluaran("Sebelum dibulatkan dua angka"),
        },
    ),
    Topik(
        "ak_target",
        "Angka kredit yang masih kurang",
        (JENJANG, GOLONGAN, Kunci("total", Desimal(), "Total termasuk AK dasar")),
        answer_ak_target,
        KodeTarget,
        uraian="Kekurangan angka kredit untuk kenaikan pangkat dan kenaikan jenjang.",
        kalimat=(
            "Kurang untuk naik pangkat: {kp.kurang}; untuk naik jenjang: {jenjang.kurang}"
        ),
        keluaran={
            "kp": Keluaran("Kenaikan pangkat"),
            "kp.terpenuhi": Keluaran("Angka kreditnya cukup"),
            "kp.perlu_naik_jenjang": Keluaran("Perlu naik jenjang dahulu"),
            "jenjang": Keluaran("Kenaikan jenjang"),
            "jenjang.terpenuhi": Keluaran("Angka kreditnya cukup"),
            "puncak": Keluaran(
                "Puncak",
                ya="Sudah di golongan tertinggi; tidak ada angka kredit yang dituju.",
                tidak="Masih ada pangkat yang dapat dituju.",
            ),
        },
    ),
    Topik(
        "ak_pendidikan",
        "Angka kredit dari pendidikan",
        (JENJANG,),
        answer_ak_pendidikan,
        KodeAKPendidikan,
        uraian="Angka kredit bagi pejabat fungsional yang memperoleh ijazah lebih tinggi.",
        kalimat="Angka kredit {angka_kredit}.",
    ),
    Topik(
        "ak_integrasi",
        "Integrasi angka kredit konvensional",
        (GOLONGAN, Kunci("konvensional", Desimal(), "Angka kredit konvensional")),
        answer_ak_integrasi,
        KodeIntegrasi,
        uraian="Angka kredit integrasi dari angka kredit kumulatif konvensional.",
        kalimat="Angka kredit integrasi {angka_kredit}.",
    ),
)
