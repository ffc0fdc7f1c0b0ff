"""Leave: balances of the annual leave, and which kind is allowed how long."""

from dataclasses import replace
from typing import Any

from bkpsdmd.calculator.masukan import (
    Bulat,
    Kunci,
    Masukan,
    Objek,
    Pilihan,
    Wajib,
    YaTidak,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Satuan, Topik
from simpeg.choices import AlasanCuti, JenisASN, JenisCuti, JenisKelamin
from simpeg.rules.cuti import FaktaCuti, KodeCuti, SatuanCuti, check_cuti
from simpeg.rules.cuti_tahunan import (
    FaktaCutiTahunan,
    KodeCutiTahunan,
    TigaTahun,
    compute_cuti_tahunan,
)

from .kunci import JENIS_ASN, JENIS_KELAMIN, MASA_KERJA

# More days than a year has are a slip; the rule judges the rest.
HARI = Bulat(maksimum=366)
TIGA_TAHUN = Objek(
    (
        Kunci("n_2", HARI, "Tahun N-2"),
        Kunci("n_1", HARI, "Tahun N-1"),
        Kunci("n", HARI, "Tahun N, semua yang sudah diambil"),
    )
)


def answer_cuti_tahunan(masukan: Masukan) -> Jawaban:
    fakta = FaktaCutiTahunan(
        jenis_asn=masukan["jenis_asn"],
        tahun=masukan["tahun"],
        masa_kerja_bulan=masukan["masa_kerja_bulan"],
        terpakai=TigaTahun(**masukan["terpakai"]),
        berhak_n_1=masukan.get("berhak_n_1"),
        berhak_n_2=masukan.get("berhak_n_2"),
        ditangguhkan_n_1=masukan.get("ditangguhkan_n_1", 0),
        is_cuti_besar_n=masukan.get("cuti_besar_n", False),
        perjanjian_bulan=masukan.get("kontrak_bulan"),
        ajukan_hari=masukan.get("ajukan_hari"),
    )
    hasil = compute_cuti_tahunan(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(
        hasil,
        hak_hari=hasil.hak.total,
        sisa=hasil.sisa._asdict(),
        sesudah=hasil.sesudah._asdict() if hasil.sesudah else None,
        boleh=hasil.boleh,
    )


def answer_cuti(masukan: Masukan) -> Jawaban:
    hasil = check_cuti(_build_fakta_cuti(masukan), per_tanggal=masukan["tanggal"])
    return Jawaban.of(
        hasil,
        boleh=hasil.boleh,
        maks=hasil.maks and {"nilai": hasil.maks.nilai, "satuan": hasil.maks.satuan},
        ganti_dengan=hasil.ganti_dengan,
    )


def _build_fakta_cuti(masukan: Masukan) -> FaktaCuti:
    jenis, jenis_asn = masukan["jenis_cuti"], masukan["jenis_asn"]
    return FaktaCuti(
        jenis_asn=jenis_asn,
        jenis_cuti=jenis,
        masa_kerja_bulan=masukan["masa_kerja_bulan"],
        **_read_seperlunya(masukan, jenis, is_pns=jenis_asn is JenisASN.PNS),
    )


def _read_seperlunya(
    masukan: Masukan, jenis: JenisCuti, *, is_pns: bool
) -> dict[str, Any]:
    """Read the keys this kind and ground of leave depend on, and no other."""
    if jenis is JenisCuti.MELAHIRKAN:
        return _read_kelahiran(masukan)
    if jenis is JenisCuti.TAHUNAN:
        return {} if is_pns else {"alasan": masukan.find("alasan")}
    if jenis is JenisCuti.SAKIT:
        alasan = masukan.find("alasan")
        if alasan is not AlasanCuti.GUGUR_KANDUNGAN:
            return {"alasan": alasan}
        return {"alasan": alasan, "jenis_kelamin": masukan.find("jenis_kelamin")}
    if jenis is JenisCuti.BESAR and is_pns:
        return {
            "alasan": masukan.find("alasan"),
            "cuti_tahunan_terpakai": masukan.find("cuti_tahunan_terpakai") or 0,
            **_read_kelahiran(masukan),
        }
    if jenis is JenisCuti.ALASAN_PENTING and is_pns:
        alasan = masukan.find("alasan")
        if alasan is not AlasanCuti.ISTRI_MELAHIRKAN_CAESAR:
            return {"alasan": alasan}
        return {
            "alasan": alasan,
            "jenis_kelamin": masukan.find("jenis_kelamin"),
            "rawat_inap_hari": masukan.find("rawat_inap_hari"),
        }
    return {}


def _read_kelahiran(masukan: Masukan) -> dict[str, Any]:
    """Read which birth it is, of a woman alone."""
    jenis_kelamin = masukan.find("jenis_kelamin")
    if jenis_kelamin is not JenisKelamin.PEREMPUAN:
        return {"jenis_kelamin": jenis_kelamin}
    return {"jenis_kelamin": jenis_kelamin, "anak_ke": masukan.find("anak_ke")}


SISA = {
    "sisa.n_2": Keluaran("Tahun N-2", Satuan.HARI),
    "sisa.n_1": Keluaran("Tahun N-1", Satuan.HARI),
    "sisa.n": Keluaran("Tahun N", Satuan.HARI),
}

TOPIK = (
    Topik(
        "cuti_tahunan",
        "Sisa cuti tahunan",
        (
            JENIS_ASN,
            Kunci("tahun", Bulat(minimum=1900, maksimum=2200), "Tahun (N)"),
            Kunci("masa_kerja_bulan", MASA_KERJA, "Masa kerja (bulan)"),
            Kunci("terpakai", TIGA_TAHUN, "Hari kerja yang sudah digunakan"),
            Kunci("berhak_n_1", YaTidak(), "Berhak cuti pada N-1", Wajib.OPSIONAL),
            Kunci("berhak_n_2", YaTidak(), "Berhak cuti pada N-2", Wajib.OPSIONAL),
            Kunci(
                "ditangguhkan_n_1",
                HARI,
                "Hari N-1 yang ditangguhkan dengan SK",
                Wajib.OPSIONAL,
            ),
            Kunci("cuti_besar_n", YaTidak(), "Cuti besar pada tahun N", Wajib.OPSIONAL),
            Kunci(
                "kontrak_bulan",
                MASA_KERJA,
                "Lamanya perjanjian kerja PPPK (bulan)",
                Wajib.OPSIONAL,
            ),
            Kunci("ajukan_hari", HARI, "Hari kerja yang diajukan", Wajib.OPSIONAL),
        ),
        answer_cuti_tahunan,
        KodeCutiTahunan,
        uraian="Hak, sisa tiap tahun, dan apakah permintaan cuti tahunan cukup sisanya.",
        kalimat="boleh",
        keluaran={
            "hak_hari": Keluaran("Hak sebelum digunakan tahun ini", Satuan.HARI),
            "sisa": Keluaran("Sisa sekarang"),
            "sesudah": Keluaran("Sisa sesudah cuti yang diajukan"),
            **SISA,
            **{kunci.replace("sisa", "sesudah"): isi for kunci, isi in SISA.items()},
            "boleh": Keluaran(
                "Boleh diambil",
                ya="Cuti tahunan boleh diambil",
                tidak="Cuti tahunan tidak boleh diambil",
            ),
        },
    ),
    Topik(
        "cuti",
        "Hak dan lamanya cuti",
        (
            JENIS_ASN,
            Kunci("jenis_cuti", Pilihan.of(JenisCuti), "Jenis cuti"),
            Kunci("masa_kerja_bulan", MASA_KERJA, "Masa kerja (bulan)"),
            replace(JENIS_KELAMIN, wajib=Wajib.SEPERLUNYA),
            Kunci(
                "anak_ke",
                Bulat(maksimum=30),
                "Kelahiran ke-",
                Wajib.SEPERLUNYA,
            ),
            Kunci("alasan", Pilihan.of(AlasanCuti), "Alasan", Wajib.SEPERLUNYA),
            Kunci(
                "rawat_inap_hari",
                Bulat(minimum=1, maksimum=366),
                "Rawat inap istri (hari)",
                Wajib.SEPERLUNYA,
            ),
            Kunci(
                "cuti_tahunan_terpakai",
                HARI,
                "Cuti tahunan yang sudah diambil tahun ini (hari kerja)",
                Wajib.SEPERLUNYA,
            ),
        ),
        answer_cuti,
        KodeCuti,
        uraian="Apakah suatu jenis cuti boleh diberikan, dan paling lama berapa.",
        kalimat="boleh",
        keluaran={
            "boleh": Keluaran(
                "Boleh diberikan",
                ya="Cuti boleh diberikan",
                tidak="Cuti tidak dapat diberikan",
            ),
            "maks": Keluaran("Paling lama"),
            "maks.satuan": Keluaran(
                "Satuan", pilihan={satu.value: satu.label for satu in SatuanCuti}
            ),
            "ganti_dengan": Keluaran(
                "Diganti dengan",
                pilihan={satu.value: satu.label for satu in JenisCuti},
            ),
        },
    ),
)
