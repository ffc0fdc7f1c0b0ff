"""Predikat kinerja and how a unit's predikat are spread."""

from bkpsdmd.calculator.masukan import Bulat, Kunci, Masukan, Peta, Pilihan
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from ekinerja.choices import CapaianOrganisasi
from ekinerja.rules.pola_distribusi import (
    Batas,
    FaktaPola,
    KodePola,
    check_pola_distribusi,
)
from ekinerja.rules.predikat import FaktaPredikat, KodePredikat, compute_predikat
from simpeg.choices import Ekspektasi, Predikat

from .kunci import LABEL_PREDIKAT


def answer_predikat(masukan: Masukan) -> Jawaban:
    fakta = FaktaPredikat(masukan["hasil_kerja"], masukan["perilaku_kerja"])
    hasil = compute_predikat(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(
        hasil,
        predikat=hasil.predikat,
        siasn={
            "hasilKinerjaNilai": hasil.sandi_hasil_kerja,
            "perilakuKerjaNilai": hasil.sandi_perilaku_kerja,
            "kuadranKinerjaNilai": hasil.sandi_kuadran,
        },
    )


def answer_pola_distribusi(masukan: Masukan) -> Jawaban:
    fakta = FaktaPola(masukan["capaian"], masukan["jumlah"])
    hasil = check_pola_distribusi(fakta, per_tanggal=masukan["tanggal"])
    batas = {kelompok: _name_batas(satu) for kelompok, satu in hasil.batas.items()}
    return Jawaban.of(hasil, sesuai=hasil.sesuai, batas=batas)


def _name_batas(batas: Batas) -> dict[str, int]:
    nilai = {"min": batas.minimum, "maks": batas.maksimum}
    return {nama: orang for nama, orang in nilai.items() if orang is not None}


KELOMPOK = {**LABEL_PREDIKAT, "bp_dan_kurang": "Butuh Perbaikan dan Kurang"}
LABEL_BATAS = {"": "", ".min": "Paling sedikit", ".maks": "Paling banyak"}

TOPIK = (
    Topik(
        "predikat",
        "Predikat kinerja",
        (
            Kunci("hasil_kerja", Pilihan.of(Ekspektasi), "Rating hasil kerja"),
            Kunci("perilaku_kerja", Pilihan.of(Ekspektasi), "Rating perilaku kerja"),
        ),
        answer_predikat,
        KodePredikat,
        uraian="Predikat dari rating hasil kerja dan rating perilaku kerja.",
        kalimat="Predikat kinerja {predikat}.",
        keluaran={
            "predikat": Keluaran("Predikat", pilihan=LABEL_PREDIKAT),
            "siasn": Keluaran("Sandi SIASN"),
            "siasn.hasilKinerjaNilai": Keluaran("Hasil kerja"),
            "siasn.perilakuKerjaNilai": Keluaran("Perilaku kerja"),
            "siasn.kuadranKinerjaNilai": Keluaran("Kuadran kinerja"),
        },
    ),
    Topik(
        "pola_distribusi",
        "Pola distribusi predikat",
        (
            Kunci("capaian", Pilihan.of(CapaianOrganisasi), "Capaian organisasi"),
            Kunci(
                "jumlah",
                Peta(Pilihan.of(Predikat), Bulat(), "Predikat", "Orang"),
                "Pegawai tiap predikat",
            ),
        ),
        answer_pola_distribusi,
        KodePola,
        uraian="Kesesuaian predikat pegawai satu unit dengan capaian organisasinya.",
        kalimat="sesuai",
        keluaran={
            "sesuai": Keluaran(
                "Kesesuaian",
                ya="Distribusi sesuai dengan pola.",
                tidak="Distribusi tidak sesuai dengan pola; alasan diminta.",
            ),
            "batas": Keluaran("Batas (orang)"),
            **{
                f"batas.{kelompok}{kunci}": Keluaran(label or sebutan)
                for kelompok, sebutan in KELOMPOK.items()
                for kunci, label in LABEL_BATAS.items()
            },
        },
    ),
)
