"""NIP and NIK."""

from dataclasses import replace

from bkpsdmd.calculator.masukan import Kunci, Masukan, Nomor, Wajib
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Satuan, Topik
from simpeg.rules.nik import FaktaNik, KodeNik, check_nik
from simpeg.rules.nip import FaktaNip, KodeNip, check_nip

from .kunci import JENIS_ASN, JENIS_KELAMIN, TANGGAL_LAHIR


def answer_nip(masukan: Masukan) -> Jawaban:
    fakta = FaktaNip(
        nip=masukan["nip"],
        jenis_kelamin=masukan.get("jenis_kelamin"),
        tanggal_lahir=masukan.get("tanggal_lahir"),
        jenis_asn=masukan.get("jenis_asn"),
    )
    hasil = check_nip(fakta, per_tanggal=masukan["tanggal"])
    bagian = hasil.bagian
    return Jawaban.of(
        hasil,
        sah=hasil.sah,
        nip=bagian and bagian.angka,
        jenis_asn=bagian and bagian.jenis_asn and bagian.jenis_asn.label,
        tanggal_lahir=bagian and bagian.tanggal_lahir,
        tmt_pengangkatan=bagian and bagian.tmt_pengangkatan,
        kontrak_ke=bagian and bagian.kontrak_ke,
        jenis_kelamin=bagian and bagian.jenis_kelamin,
        nomor_urut=bagian and bagian.nomor_urut,
        kesalahan=hasil.kesalahan,
        peringatan=hasil.peringatan,
    )


def answer_nik(masukan: Masukan) -> Jawaban:
    fakta = FaktaNik(
        nik=masukan["nik"],
        jenis_kelamin=masukan.get("jenis_kelamin"),
        tanggal_lahir=masukan.get("tanggal_lahir"),
    )
    hasil = check_nik(fakta)
    return Jawaban.of(
        hasil, sah=hasil.sah, kesalahan=hasil.kesalahan, peringatan=hasil.peringatan
    )


MASALAH = {
    "kesalahan": Keluaran("Kesalahan"),
    "peringatan": Keluaran("Peringatan"),
}

TOPIK = (
    Topik(
        "nip",
        "Pemeriksaan NIP",
        (
            Kunci("nip", Nomor(), "NIP"),
            replace(JENIS_KELAMIN, wajib=Wajib.OPSIONAL),
            replace(TANGGAL_LAHIR, wajib=Wajib.OPSIONAL),
            replace(JENIS_ASN, wajib=Wajib.OPSIONAL),
        ),
        answer_nip,
        KodeNip,
        uraian="Bagian-bagian sebuah NIP, dan apakah cocok dengan data orangnya.",
        kalimat="sah",
        keluaran={
            "sah": Keluaran("Sah", ya="NIP sah", tidak="NIP tidak sah"),
            "tmt_pengangkatan": Keluaran("Pengangkatan"),
            "kontrak_ke": Keluaran("Perjanjian kerja ke", Satuan.POLOS),
            **MASALAH,
        },
    ),
    Topik(
        "nik",
        "Pemeriksaan NIK",
        (
            Kunci("nik", Nomor(), "NIK"),
            replace(JENIS_KELAMIN, wajib=Wajib.OPSIONAL),
            replace(TANGGAL_LAHIR, wajib=Wajib.OPSIONAL),
        ),
        answer_nik,
        KodeNik,
        uraian="Apakah sebuah NIK tersusun benar dan cocok dengan data orangnya.",
        kalimat="sah",
        keluaran={
            "sah": Keluaran("Sah", ya="NIK sah", tidak="NIK tidak sah"),
            **MASALAH,
        },
    ),
)
