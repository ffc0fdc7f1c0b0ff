"""Projection of needs."""

from bkpsdmd.calculator.masukan import (
    Daftar,
    Kunci,
    Masukan,
    Pilihan,
    SatuAtauDaftar,
    Wajib,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from eformasi.rules.proyeksi import FaktaProyeksi, KodeProyeksi, compute_proyeksi

from .kunci import ORANG


def answer_proyeksi(masukan: Masukan) -> Jawaban:
    kebutuhan, bup = masukan["kebutuhan"], masukan["bup"]
    fakta = FaktaProyeksi(
        kebutuhan=kebutuhan if isinstance(kebutuhan, list) else [kebutuhan] * len(bup),
        bezetting=masukan["bezetting"],
        bup=bup,
        is_dibatasi_bup="batas" in masukan,
    )
    hasil = compute_proyeksi(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(
        hasil,
        bezetting=list(hasil.bezetting),
        kekurangan=list(hasil.kekurangan),
        usulan=list(hasil.usulan),
    )


TOPIK = (
    Topik(
        "proyeksi",
        "Proyeksi kebutuhan",
        (
            Kunci(
                "kebutuhan", SatuAtauDaftar(ORANG), "Kebutuhan, tetap atau tiap tahun"
            ),
            Kunci("bezetting", ORANG, "Pegawai yang ada pada awal"),
            Kunci("bup", Daftar(ORANG), "Pegawai yang mencapai BUP tiap tahun"),
            Kunci("batas", Pilihan({"bup": "bup"}), "Batas usulan", Wajib.OPSIONAL),
        ),
        answer_proyeksi,
        KodeProyeksi,
        uraian="Pegawai yang tersisa, kekurangan, dan usulan tiap tahun.",
        keluaran={
            "bezetting": Keluaran("Bezetting tanpa pengadaan"),
            "kekurangan": Keluaran("Kekurangan tanpa pengadaan"),
            "usulan": Keluaran("Usulan tiap tahun"),
        },
    ),
)
