"""Daftar urut kepangkatan."""

from dataclasses import replace
from datetime import date

from bkpsdmd.calculator.masukan import (
    Boleh,
    Bulat,
    Daftar,
    KodeMasukan,
    Kunci,
    Masukan,
    MasukanError,
    Objek,
    Pengenal,
    Pilihan,
    Tanggal,
    Wajib,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from simpeg.choices import Eselon, Jenjang, KelompokJabatan, Pendidikan
from simpeg.rules.duk import FaktaDuk, KodeDuk, rank_duk
from simpeg.rules.golongan import GolonganPNS

from .kunci import MASA_KERJA, TANGGAL_LAHIR, refuse_unborn


def answer_duk(masukan: Masukan) -> Jawaban:
    tanggal, pegawai = masukan["tanggal"], masukan["pegawai"]
    # The rule compares texts; the answer gives each id back as it came.
    id_asli = {str(satu["id"]): satu["id"] for satu in pegawai}
    if len(id_asli) < len(pegawai):
        raise MasukanError(
            KodeMasukan.NILAI_MUSTAHIL, "pegawai.id", "dipakai lebih dari satu orang."
        )
    fakta = [
        _build_fakta_duk(satu, tanggal, f"pegawai[{posisi}].")
        for posisi, satu in enumerate(pegawai)
    ]
    hasil = rank_duk(fakta, per_tanggal=tanggal)
    alasan = tuple(
        replace(satu, pesan=f"Urutan {nomor} di atas {nomor + 1}. {satu.pesan}")
        for nomor, satu in enumerate(hasil.alasan, start=1)
    )
    return Jawaban.of(
        replace(hasil, alasan=alasan),
        urutan=[id_asli[posisi.fakta.nomor] for posisi in hasil.urutan],
    )


def _build_fakta_duk(pegawai: Masukan, tanggal: date, awalan: str) -> FaktaDuk:
    refuse_unborn(pegawai, tanggal, awalan)
    diklat = pegawai.get("diklat") or Masukan()
    return FaktaDuk(
        nomor=str(pegawai["id"]),
        golongan=pegawai["golongan"],
        tmt_golongan=pegawai["tmt_golongan"],
        tingkat_jabatan=pegawai["tingkat_jabatan"],
        tmt_jabatan=pegawai["tmt_jabatan"],
        masa_kerja_bulan=pegawai["masa_kerja_bulan"],
        diklat_tingkat=diklat.get("tingkat"),
        diklat_tanggal=diklat.get("tanggal"),
        pendidikan=pegawai["pendidikan"],
        tahun_lulus=pegawai["tahun_lulus"],
        tanggal_lahir=pegawai["tanggal_lahir"],
    )


DIKLAT = Objek(
    (
        Kunci("tingkat", Bulat(minimum=1, maksimum=4), "Tingkat, 1 tertinggi"),
        Kunci("tanggal", Boleh(Tanggal()), "Tanggal lulus"),
    )
)
PEGAWAI_DUK = Objek(
    (
        Kunci("id", Pengenal(), "Pengenal"),
        Kunci("golongan", Pilihan.of(GolonganPNS), "Golongan/ruang"),
        Kunci("tmt_golongan", Tanggal(), "TMT golongan"),
        Kunci(
            "tingkat_jabatan",
            Pilihan(
                {
                    **Pilihan.of(Eselon).pilihan,
                    **Pilihan.of(Jenjang).pilihan,
                    "pelaksana": KelompokJabatan.PELAKSANA,
                }
            ),
            "Eselon, jenjang, atau pelaksana",
        ),
        Kunci("tmt_jabatan", Boleh(Tanggal()), "TMT jabatan"),
        Kunci("masa_kerja_bulan", MASA_KERJA, "Masa kerja (bulan)"),
        Kunci("diklat", Boleh(DIKLAT), "Latihan jabatan", Wajib.OPSIONAL),
        Kunci("pendidikan", Boleh(Pilihan.of(Pendidikan)), "Pendidikan"),
        Kunci("tahun_lulus", Boleh(Bulat(minimum=1900, maksimum=2200)), "Tahun lulus"),
        TANGGAL_LAHIR,
    )
)

TOPIK = (
    Topik(
        "duk",
        "Daftar urut kepangkatan",
        (Kunci("pegawai", Daftar(PEGAWAI_DUK), "Pegawai"),),
        answer_duk,
        KodeDuk,
        uraian="Urutan beberapa PNS menurut pangkat, jabatan, masa kerja, dan seterusnya.",
        keluaran={"urutan": Keluaran("Urutan dari atas")},
    ),
)
