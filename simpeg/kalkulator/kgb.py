"""Kenaikan gaji berkala."""

from datetime import date
from typing import Any

from bkpsdmd.calculator.masukan import (
    Bulat,
    KodeMasukan,
    Kunci,
    Masukan,
    MasukanError,
    Objek,
    Tanggal,
    Teks,
    Wajib,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from simpeg.choices import JenisASN
from simpeg.rules.golongan import parse_golongan
from simpeg.rules.kgb import FaktaKgb, KodeKgb, LangkahKgb, Penundaan, compute_kgb

from .kunci import JENIS_ASN, MASA_KERJA, PREDIKAT_TAHUNAN

PENUNDAAN = Objek(
    (
        Kunci("mulai", Tanggal(), "Mulai ditunda"),
        Kunci("bulan", Bulat(minimum=1, maksimum=1200), "Lama (bulan)"),
    )
)


def answer_kgb(masukan: Masukan) -> Jawaban:
    jenis_asn = masukan["jenis_asn"]
    kontrak_mulai, kontrak_selesai = _read_kontrak(masukan, jenis_asn)
    penundaan = masukan.get("penundaan")
    fakta = FaktaKgb(
        golongan=parse_golongan(masukan["golongan"], jenis_asn),
        tmt_dasar=masukan["tmt_dasar"],
        mkg_bulan_dasar=masukan["mkg_bulan_dasar"],
        kontrak_mulai=kontrak_mulai,
        kontrak_selesai=kontrak_selesai,
        predikat=masukan.get("predikat", {}),
        penundaan=Penundaan(**penundaan) if penundaan else None,
        banyak=masukan.get("banyak", 1),
    )
    hasil = compute_kgb(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(
        hasil,
        berhak=hasil.berhak,
        puncak=hasil.puncak,
        kgb=[_show(langkah) for langkah in hasil.kgb],
    )


def _read_kontrak(
    masukan: Masukan, jenis_asn: JenisASN
) -> tuple[date | None, date | None]:
    """Return the bounds of the contract, which a PNS does not have."""
    if jenis_asn is JenisASN.PNS:
        return None, None
    mulai, selesai = masukan.find("kontrak_mulai"), masukan.find("kontrak_selesai")
    if mulai and selesai and selesai < mulai:
        raise MasukanError(
            KodeMasukan.NILAI_MUSTAHIL,
            "kontrak_selesai",
            "tidak boleh sebelum kontrak_mulai.",
        )
    return mulai, selesai


def _show(langkah: LangkahKgb) -> dict[str, Any]:
    return {
        "tmt": langkah.tmt,
        "mkg_bulan": langkah.mkg_bulan,
        "gaji_lama_rupiah": langkah.gaji_lama_rupiah,
        "gaji_baru_rupiah": langkah.gaji_baru_rupiah,
        "batas_pemberitahuan": langkah.batas_pemberitahuan,
    }


TOPIK = (
    Topik(
        "kgb",
        "Kenaikan gaji berkala",
        (
            JENIS_ASN,
            Kunci(
                "golongan",
                Teks(maks=8),
                "Golongan",
                petunjuk="Ditulis III/b bagi PNS, IX bagi PPPK.",
            ),
            Kunci("tmt_dasar", Tanggal(), "TMT gaji terakhir"),
            Kunci(
                "mkg_bulan_dasar",
                MASA_KERJA,
                "Masa kerja golongan pada TMT itu (bulan)",
            ),
            Kunci(
                "kontrak_mulai",
                Tanggal(),
                "Perjanjian kerja PPPK mulai",
                Wajib.SEPERLUNYA,
            ),
            Kunci(
                "kontrak_selesai",
                Tanggal(),
                "Perjanjian kerja PPPK berakhir",
                Wajib.SEPERLUNYA,
            ),
            Kunci(
                "predikat", PREDIKAT_TAHUNAN, "Predikat menurut tahun", Wajib.OPSIONAL
            ),
            Kunci("penundaan", PENUNDAAN, "Penundaan", Wajib.OPSIONAL),
            Kunci(
                "banyak",
                Bulat(minimum=1, maksimum=100),
                "Banyak kenaikan yang ditampilkan",
                Wajib.OPSIONAL,
            ),
        ),
        answer_kgb,
        KodeKgb,
        uraian="Tanggal dan besar kenaikan gaji berkala berikutnya.",
        kalimat="berhak",
        keluaran={
            "berhak": Keluaran(
                "Hak atas KGB",
                ya="Memenuhi syarat KGB berikutnya",
                tidak="Belum memenuhi syarat KGB",
            ),
            "puncak": Keluaran("Sudah di baris terakhir skala"),
            "kgb": Keluaran("Jadwal menurut waktu"),
            "kgb.tmt": Keluaran("TMT"),
            "kgb.mkg_bulan": Keluaran("Masa kerja golongan"),
            "kgb.batas_pemberitahuan": Keluaran("Diberitahukan paling lambat"),
        },
    ),
)
