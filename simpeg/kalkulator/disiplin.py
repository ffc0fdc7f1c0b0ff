"""Penalty for absence."""

from bkpsdmd.calculator.masukan import Bulat, Kunci, Masukan
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from simpeg.choices import TingkatHukuman
from simpeg.rules.disiplin import KodeHukumanAbsen, find_hukuman_absen

HARI = Bulat(maksimum=366)


def answer_hukuman_absen(masukan: Masukan) -> Jawaban:
    hasil = find_hukuman_absen(
        hari_kumulatif=masukan["hari_kumulatif"],
        hari_berturut=masukan["hari_berturut"],
        per_tanggal=masukan["tanggal"],
    )
    hukuman = hasil.hukuman
    return Jawaban.of(
        hasil,
        tingkat=hukuman and hukuman.tingkat,
        kode_siasn=hukuman and hukuman.kode_siasn,
        uraian=hukuman and hukuman.uraian,
    )


TOPIK = (
    Topik(
        "hukuman_absen",
        "Hukuman karena tidak masuk kerja",
        (
            Kunci("hari_kumulatif", HARI, "Hari kerja tidak masuk dalam setahun"),
            Kunci("hari_berturut", HARI, "Hari kerja tidak masuk berturut-turut"),
        ),
        answer_hukuman_absen,
        KodeHukumanAbsen,
        uraian="Jenis hukuman disiplin PNS yang tidak masuk kerja tanpa alasan yang sah.",
        keluaran={
            "tingkat": Keluaran(
                "Tingkat hukuman",
                pilihan={satu.value: satu.label for satu in TingkatHukuman},
            ),
            "kode_siasn": Keluaran("Kode SIASN"),
            "uraian": Keluaran("Jenis hukuman"),
        },
    ),
)
