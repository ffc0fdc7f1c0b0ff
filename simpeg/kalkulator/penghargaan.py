"""Satyalancana Karya Satya."""

from collections.abc import Iterator

from bkpsdmd.calculator.masukan import (
    Boleh,
    Daftar,
    KodeMasukan,
    Kunci,
    Masukan,
    MasukanError,
    Objek,
    Pilihan,
    Tanggal,
    Wajib,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from simpeg.choices import TingkatHukuman
from simpeg.rules.penghargaan import (
    FaktaSatyalancana,
    HukumanTercatat,
    KelasSatyalancana,
    KodeSatyalancana,
    MasaCltn,
    find_satyalancana,
)


def answer_satyalancana(masukan: Masukan) -> Jawaban:
    if masukan["tmt_cpns"] > masukan["tanggal"]:
        raise MasukanError(
            KodeMasukan.NILAI_MUSTAHIL, "tmt_cpns", "harus tidak sesudah tanggal."
        )
    fakta = FaktaSatyalancana(
        tmt_cpns=masukan["tmt_cpns"],
        hukuman=tuple(HukumanTercatat(**satu) for satu in masukan.get("hukuman", ())),
        cltn=tuple(_read_cltn(masukan.get("cltn", ()))),
    )
    hasil = find_satyalancana(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(hasil, kelas=hasil.kelas)


def _read_cltn(cltn: list[Masukan]) -> Iterator[MasaCltn]:
    for posisi, satu in enumerate(cltn):
        masa = MasaCltn(**satu)
        if masa.selesai is not None and masa.selesai < masa.mulai:
            raise MasukanError(
                KodeMasukan.NILAI_MUSTAHIL,
                f"cltn[{posisi}].selesai",
                "harus tidak mendahului mulai.",
            )
        yield masa


HUKUMAN = Objek(
    (
        Kunci("tingkat", Pilihan.of(TingkatHukuman), "Tingkat"),
        Kunci("tanggal", Tanggal(), "Tanggal hukuman"),
    )
)
CLTN = Objek(
    (
        Kunci("mulai", Tanggal(), "Mulai"),
        Kunci("selesai", Boleh(Tanggal()), "Selesai"),
    )
)

TOPIK = (
    Topik(
        "satyalancana",
        "Satyalancana Karya Satya",
        (
            Kunci("tmt_cpns", Tanggal(), "TMT CPNS"),
            Kunci("hukuman", Daftar(HUKUMAN), "Hukuman disiplin", Wajib.OPSIONAL),
            Kunci(
                "cltn",
                Daftar(CLTN),
                "Cuti di luar tanggungan negara",
                Wajib.OPSIONAL,
            ),
        ),
        answer_satyalancana,
        KodeSatyalancana,
        uraian="Kelas tertinggi yang dapat diusulkan pada suatu bulan.",
        keluaran={
            "kelas": Keluaran(
                "Kelas", pilihan={satu.value: satu.label for satu in KelasSatyalancana}
            )
        },
    ),
)
