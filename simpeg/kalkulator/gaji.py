"""Basic pay."""

from bkpsdmd.calculator.masukan import Kunci, Masukan, Teks, Wajib, YaTidak
from bkpsdmd.calculator.registry import Jawaban, Topik
from simpeg.rules.gaji import FaktaGaji, KodeGaji, compute_gaji_pokok
from simpeg.rules.golongan import parse_golongan

from .kunci import JENIS_ASN, MASA_KERJA


def answer_gaji_pokok(masukan: Masukan) -> Jawaban:
    fakta = FaktaGaji(
        golongan=parse_golongan(masukan["golongan"], masukan["jenis_asn"]),
        mkg_bulan=masukan["mkg_bulan"],
        is_cpns=masukan.get("cpns", False),
    )
    hasil = compute_gaji_pokok(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(
        hasil, gaji_rupiah=hasil.gaji_rupiah, baris_mkg_tahun=hasil.baris_mkg_tahun
    )


TOPIK = (
    Topik(
        "gaji_pokok",
        "Gaji pokok",
        (
            JENIS_ASN,
            Kunci("golongan", Teks(maks=8), "Golongan"),
            Kunci("mkg_bulan", MASA_KERJA, "Masa kerja golongan (bulan)"),
            Kunci("cpns", YaTidak(), "Masih CPNS", Wajib.OPSIONAL),
        ),
        answer_gaji_pokok,
        KodeGaji,
    ),
)
