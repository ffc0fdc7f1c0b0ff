"""One day of attendance."""

from bkpsdmd.calculator.masukan import Boleh, Jam, Kunci, Masukan, Wajib, YaTidak
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from ekinerja.choices import KelasPulangCepat, KelasTerlambat
from ekinerja.rules.presensi import FaktaPresensi, KodePresensi, compute_presensi


def answer_presensi(masukan: Masukan) -> Jawaban:
    fakta = FaktaPresensi(
        tanggal=masukan["tanggal"],
        masuk=masukan["masuk"],
        pulang=masukan["pulang"],
        is_ramadan=masukan.get("ramadan", False),
    )
    hasil = compute_presensi(fakta)
    return Jawaban.of(
        hasil,
        terlambat_menit=hasil.terlambat_menit,
        kelas_tl=hasil.kelas_terlambat,
        pulang_cepat_menit=hasil.pulang_cepat_menit,
        kelas_psw=hasil.kelas_pulang_cepat,
    )


TOPIK = (
    Topik(
        "presensi",
        "Terlambat dan pulang cepat",
        (
            Kunci("masuk", Boleh(Jam()), "Absen masuk"),
            Kunci("pulang", Boleh(Jam()), "Absen pulang"),
            Kunci("ramadan", YaTidak(), "Bulan Ramadan", Wajib.OPSIONAL),
        ),
        answer_presensi,
        KodePresensi,
        uraian="Menit terlambat dan pulang cepat satu hari, dan kelasnya.",
        kalimat="Terlambat {terlambat_menit}, pulang cepat {pulang_cepat_menit}.",
        keluaran={
            "terlambat_menit": Keluaran("Terlambat"),
            "kelas_tl": Keluaran(
                "Kelas terlambat", pilihan=dict(KelasTerlambat.choices())
            ),
            "pulang_cepat_menit": Keluaran("Pulang cepat"),
            "kelas_psw": Keluaran(
                "Kelas pulang cepat", pilihan=dict(KelasPulangCepat.choices())
            ),
        },
    ),
)
