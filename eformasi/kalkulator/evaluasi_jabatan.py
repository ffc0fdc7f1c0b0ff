"""Class of a jabatan."""

from bkpsdmd.calculator.masukan import Bulat, Kunci, Masukan, Peta, Pilihan, Wajib
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Satuan, Topik
from eformasi.choices import JenisEvaluasi
from eformasi.rules.evaluasi_jabatan import (
    KodeEvaluasi,
    evaluate_jabatan,
    find_kelas,
)

from .kunci import need_one_of

# The factors of both kinds; which belong to a kind is in the regulation file.
FAKTOR = ("1", "2", "3", "4", "4a", "4b", "5", "6", "7", "8", "9")
# What an officer reads beside the numbers: the same number means another factor in each.
PETUNJUK_FAKTOR = (
    "Struktural: 1 ruang lingkup dan dampak program, 2 pengaturan organisasi, 3 wewenang "
    "penyeliaan dan manajerial, 4a sifat hubungan, 4b tujuan hubungan, 5 kesulitan "
    "pengarahan pekerjaan, 6 kondisi lain. Fungsional dan pelaksana: 1 pengetahuan, "
    "2 pengawasan penyelia, 3 pedoman, 4 kompleksitas, 5 ruang lingkup dan dampak, "
    "6 hubungan personal, 7 tujuan hubungan, 8 persyaratan fisik, 9 lingkungan pekerjaan."
)


def answer_evaluasi_jabatan(masukan: Masukan) -> Jawaban:
    nama, nilai = need_one_of(masukan, "level", "skor")
    tanggal = masukan["tanggal"]
    if nama == "skor":
        hasil = find_kelas(nilai, per_tanggal=tanggal)
    else:
        hasil = evaluate_jabatan(masukan.need("jenis"), nilai, per_tanggal=tanggal)
    return Jawaban.of(hasil, skor=hasil.skor, kelas=hasil.kelas)


TOPIK = (
    Topik(
        "evaluasi_jabatan",
        "Evaluasi jabatan",
        (
            Kunci(
                "jenis", Pilihan.of(JenisEvaluasi), "Jenis jabatan", Wajib.SEPERLUNYA
            ),
            Kunci(
                "level",
                Peta(
                    Pilihan({nama: nama for nama in FAKTOR}),
                    Bulat(minimum=1, maksimum=9),
                ),
                "Level tiap faktor",
                Wajib.SEPERLUNYA,
                petunjuk=PETUNJUK_FAKTOR,
            ),
            Kunci("skor", Bulat(maksimum=10**5), "Jumlah nilai", Wajib.SEPERLUNYA),
        ),
        answer_evaluasi_jabatan,
        KodeEvaluasi,
        uraian="Nilai dan kelas jabatan dari level faktor-faktornya.",
        kalimat="Kelas jabatan {kelas}.",
        keluaran={
            "skor": Keluaran("Jumlah nilai", Satuan.POLOS),
            "kelas": Keluaran("Kelas jabatan", Satuan.POLOS),
        },
    ),
)
