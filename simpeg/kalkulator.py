"""The personnel topics of `manage.py compute` and of the Kalkulator pages.

Here the keys of the contract meet the rules: each function builds the facts, calls one
rule and names what the answer shows.
"""

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
    Nomor,
    Objek,
    Pengenal,
    Pilihan,
    Tanggal,
    Teks,
    Wajib,
    YaTidak,
)
from bkpsdmd.calculator.registry import Jawaban, Topik, register, register_kode
from simpeg.choices import (
    Eselon,
    JenisASN,
    JenisKelamin,
    Jenjang,
    KelompokJabatan,
    Pendidikan,
)
from simpeg.rules.duk import FaktaDuk, KodeDuk, rank_duk
from simpeg.rules.gaji import FaktaGaji, KodeGaji, compute_gaji_pokok
from simpeg.rules.golongan import GolonganPNS, KodeGolongan, parse_golongan
from simpeg.rules.nik import FaktaNik, KodeNik, check_nik
from simpeg.rules.nip import FaktaNip, KodeNip, check_nip
from simpeg.rules.pangkat import KodePangkat
from simpeg.rules.pensiun import FaktaPensiun, KodePensiun, compute_pensiun


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


def answer_pensiun(masukan: Masukan) -> Jawaban:
    _refuse_unborn(masukan, masukan["tanggal"])
    kelompok = masukan["kelompok"]
    is_jf = kelompok is KelompokJabatan.JF
    jabatan = masukan.find("jabatan") if is_jf else None
    fakta = FaktaPensiun(
        tanggal_lahir=masukan["tanggal_lahir"],
        kelompok=kelompok,
        jabatan=jabatan or "",
        jenjang=masukan.find("jenjang") if is_jf and not jabatan else None,
    )
    hasil = compute_pensiun(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(
        hasil,
        bup_tahun=hasil.bup_tahun,
        tanggal_bup=hasil.tanggal_bup,
        tmt_pensiun=hasil.tmt_pensiun,
    )


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
    _refuse_unborn(pegawai, tanggal, awalan)
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


def _refuse_unborn(masukan: Masukan, tanggal: date, awalan: str = "") -> None:
    if masukan["tanggal_lahir"] >= tanggal:
        raise MasukanError(
            KodeMasukan.NILAI_MUSTAHIL,
            f"{awalan}tanggal_lahir",
            "harus sebelum tanggal keadaan.",
        )


# -- Keys ----------------------------------------------------------------------------

JENIS_ASN = Kunci(
    "jenis_asn", Pilihan({"PNS": JenisASN.PNS, "PPPK": JenisASN.PPPK}), "Jenis ASN"
)
TANGGAL_LAHIR = Kunci("tanggal_lahir", Tanggal(), "Tanggal lahir")
JENIS_KELAMIN = Kunci("jenis_kelamin", Pilihan.of(JenisKelamin), "Jenis kelamin")
# A century of service: beyond it a number is a slip, below it the scale decides.
MASA_KERJA = Bulat(maksimum=1200)

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
    ),
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
    Topik(
        "pensiun",
        "Batas usia dan TMT pensiun",
        (
            TANGGAL_LAHIR,
            Kunci("kelompok", Pilihan.of(KelompokJabatan), "Kelompok jabatan"),
            Kunci("jabatan", Teks(), "Nama jabatan fungsional", Wajib.SEPERLUNYA),
            Kunci("jenjang", Pilihan.of(Jenjang), "Jenjang", Wajib.SEPERLUNYA),
        ),
        answer_pensiun,
        KodePensiun,
    ),
    Topik(
        "duk",
        "Daftar urut kepangkatan",
        (Kunci("pegawai", Daftar(PEGAWAI_DUK), "Pegawai"),),
        answer_duk,
        KodeDuk,
    ),
)


def register_topics() -> None:
    """Add the personnel topics and codes; called once, when the app is ready."""
    register(*TOPIK)
    register_kode("Golongan", KodeGolongan)
    register_kode("Riwayat pangkat", KodePangkat)
