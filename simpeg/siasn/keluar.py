"""Our records under SIASN's names: for each kind, which field says what.

The names are those of SIASN's web service, its misspellings included: exchange works by
them. Where it wants another spelling for writing than it gives for reading, `EJAAN_TULIS`
tells it. Fields of SIASN that we keep no data for are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from simpeg.choices import (
    Choice,
    Ekspektasi,
    JenisAngkaKredit,
    JenisASN,
    JenisJabatan,
    JenisKelamin,
    JenisPenugasan,
    Periodik,
    Predikat,
)

# A path of attributes, "jabatan.siasn_id", or what to do with the row.
Sumber = str | Callable[[Any], Any]

# As read -> as SIASN wants it written.
EJAAN_TULIS: Mapping[str, str] = {
    "bulanMulaiPenailan": "bulanMulaiPenilaian",
    "tahunMulaiPenailan": "tahunMulaiPenilaian",
    "bulanSelesaiPenailan": "bulanSelesaiPenilaian",
    "tahunSelesaiPenailan": "tahunSelesaiPenilaian",
    "akhirHukumTanggal": "akhirHukumanTanggal",
}


@dataclass(frozen=True)
class JenisKeluar:
    """One kind: what SIASN calls it and its fields, those of every kind aside."""

    nama: str
    kolom: Mapping[str, Sumber]


SK: Mapping[str, Sumber] = {"skNomor": "sk_nomor", "skTanggal": "sk_tanggal"}
SK_BALIK: Mapping[str, Sumber] = {"nomorSk": "sk_nomor", "tanggalSk": "sk_tanggal"}
# What every record begins with; the id is SIASN's and empty for what it does not know.
UMUM: Mapping[str, Sumber] = {
    "id": "siasn_id",
    "idPns": "pegawai.siasn_id",
    "nipBaru": "pegawai.nip",
    "nama": "pegawai.nama",
}


def _tahun(name: str) -> Callable[[Any], int]:
    return lambda row: int(getattr(row, name)) // 12


def _bulan(name: str) -> Callable[[Any], int]:
    return lambda row: int(getattr(row, name)) % 12


def _siasn(enum: type[Choice], name: str) -> Callable[[Any], str]:
    """Return SIASN's id of a choice."""
    return lambda row: enum(getattr(row, name)).siasn if getattr(row, name) else ""


def _jenis_jabatan(jenis: JenisJabatan, name: str) -> Callable[[Any], str]:
    """Return a value of the post where it is of this kind: SIASN has columns for each."""
    return lambda row: getattr(row.jabatan, name) if row.jabatan.jenis == jenis else ""


def _opd(name: str) -> Callable[[Any], str]:
    return lambda row: getattr(row.unit_kerja.opd, name) if row.unit_kerja.opd else ""


def _adalah(jenis: JenisAngkaKredit) -> Callable[[Any], bool]:
    return lambda row: bool(row.jenis == jenis)


PENILAI: Mapping[str, Sumber] = {
    "penilaiNama": "penilai_nama",
    "penilaiNipNrp": "penilai_nip",
    "penilaiJabatan": "penilai_jabatan",
}
ATASAN: Mapping[str, Sumber] = {
    "atasanPenilaiNama": "atasan_nama",
    "atasanPenilaiNipNrp": "atasan_nip",
    "atasanPenilaiJabatan": "atasan_jabatan",
}
KELUARGA: Mapping[str, Sumber] = {
    "namaKeluarga": "nama",
    "tempatLahir": "tempat_lahir",
    "tglLahir": "tanggal_lahir",
    "statusHidup": lambda row: row.tanggal_meninggal is None,
    "tglMeninggal": "tanggal_meninggal",
}

# Kinds of `jenis_riwayat` -> what SIASN has for them.
RIWAYAT: Mapping[str, JenisKeluar] = {
    "pangkat": JenisKeluar(
        "Golongan",
        {
            "golonganId": "golongan.siasn_id",
            "golongan": "golongan_id",
            "pangkat": "golongan.pangkat",
            **SK,
            "tmtGolongan": "tmt",
            "noPertekBkn": "pertek_nomor",
            "tglPertekBkn": "pertek_tanggal",
            "jenisKPId": "jenis_id",
            "jenisKPNama": "jenis.nama",
            "masaKerjaGolonganTahun": _tahun("masa_kerja_bulan"),
            "masaKerjaGolonganBulan": _bulan("masa_kerja_bulan"),
        },
    ),
    "jabatan": JenisKeluar(
        "Jabatan",
        {
            "jenisJabatan": lambda row: JenisJabatan(row.jabatan.jenis).siasn,
            "unorId": "unit_kerja.siasn_id",
            "namaUnor": "unit_kerja.nama",
            "unorIndukId": _opd("siasn_id"),
            "unorIndukNama": _opd("nama"),
            "eselonId": "jabatan.eselon",
            "jabatanFungsionalId": _jenis_jabatan(JenisJabatan.FUNGSIONAL, "siasn_id"),
            "jabatanFungsionalNama": _jenis_jabatan(JenisJabatan.FUNGSIONAL, "nama"),
            "jabatanFungsionalUmumId": _jenis_jabatan(
                JenisJabatan.PELAKSANA, "siasn_id"
            ),
            "jabatanFungsionalUmumNama": _jenis_jabatan(JenisJabatan.PELAKSANA, "nama"),
            "namaJabatan": "jabatan.nama",
            "tmtJabatan": "tmt",
            **SK_BALIK,
            "tmtPelantikan": "tanggal_pelantikan",
            "jenisPenugasanId": _siasn(JenisPenugasan, "jenis_penugasan"),
        },
    ),
    "unor": JenisKeluar(
        "PNS unor",
        {
            "unorBaru": "unit_kerja.siasn_id",
            "namaUnorBaru": "unit_kerja.nama",
            **SK,
        },
    ),
    "pindah-instansi": JenisKeluar(
        "Pindah instansi",
        {
            "jenisPi": "arah",
            "instansiIndukLamaNama": "instansi_asal",
            "satuanKerjaLamaNama": "satuan_kerja_asal",
            "jabatanLama": "jabatan_asal",
            "instansiIndukBaruNama": "instansi_tujuan",
            "satuanKerjaBaruNama": "satuan_kerja_tujuan",
            "jabatanBaru": "jabatan_tujuan",
            "skUsulNomor": "usul_nomor",
            "skUsulTanggal": "usul_tanggal",
            "skBknNomor": "pertek_nomor",
            "skBknTanggal": "pertek_tanggal",
            "skAsalNomor": "asal_nomor",
            "skAsalTanggal": "asal_tanggal",
            "skTujuanNomor": "tujuan_nomor",
            "skTujuanTanggal": "tujuan_tanggal",
            "tmtPi": "tmt",
        },
    ),
    "pwk": JenisKeluar(
        "Pindah wilayah kerja",
        {
            "unorBaru": "unit",
            "lokasiKerjaBaru": "lokasi",
            "kpknBaru": "kpkn",
            "satuanKerja": "satuan_kerja",
            **SK,
            "tmtPwk": "tmt",
        },
    ),
    "pendidikan": JenisKeluar(
        "Pendidikan",
        {
            "pendidikanNama": "nama",
            "tkPendidikanId": "tingkat_id",
            "tkPendidikanNama": "tingkat.nama",
            "tahunLulus": "tahun_lulus",
            "tglLulus": "tanggal_lulus",
            "nomorIjasah": "nomor_ijazah",
            "namaSekolah": "sekolah",
        },
    ),
    "diklat": JenisKeluar(
        "Diklat struktural",
        {
            "latihanStrukturalNama": "nama",
            "nomor": "sk_nomor",
            "tanggal": "sk_tanggal",
            "tanggalSelesai": "tanggal_selesai",
            "tahun": "tanggal_selesai.year",
            "jumlahJam": "jumlah_jam",
            "institusiPenyelenggara": "sk_pejabat",
        },
    ),
    "kursus": JenisKeluar(
        "Kursus",
        {
            "jenisDiklatId": "jenis.kode",
            "jenisKursusNama": "jenis.nama",
            "namaKursus": "nama",
            "noSertipikat": "sk_nomor",
            "institusiPenyelenggara": "sk_pejabat",
            "jumlahJam": "jumlah_jam",
            "tahunKursus": "tanggal_selesai.year",
            "tanggalKursus": "tanggal_mulai",
            "tanggalSelesaiKursus": "tanggal_selesai",
        },
    ),
    "sertifikasi": JenisKeluar(
        "Sertifikasi",
        {
            "namaSertifikasi": "nama",
            "nomorSertifikat": "sk_nomor",
            "tanggalSertifikat": "sk_tanggal",
            "masaBerlakuSertMulai": "tmt",
            "masaBerlakuSertSelesai": "tmt_selesai",
        },
    ),
    "angka-kredit": JenisKeluar(
        "Angka kredit",
        {
            **SK_BALIK,
            "bulanMulaiPenailan": "mulai.month",
            "tahunMulaiPenailan": "mulai.year",
            "bulanSelesaiPenailan": "selesai.month",
            "tahunSelesaiPenailan": "selesai.year",
            "kreditUtamaBaru": "utama",
            "kreditPenunjangBaru": "penunjang",
            "kreditBaruTotal": "jumlah",
            "isAngkaKreditPertama": _adalah(JenisAngkaKredit.PERTAMA),
            "isIntegrasi": _adalah(JenisAngkaKredit.INTEGRASI),
            "isKonversi": _adalah(JenisAngkaKredit.KONVERSI),
        },
    ),
    "skp": JenisKeluar(
        "SKP mulai 2022",
        {
            "tahun": "tahun",
            "hasilKinerja": "get_hasil_kerja_display",
            "hasilKinerjaNilai": _siasn(Ekspektasi, "hasil_kerja"),
            "perilakuKerja": "get_perilaku_kerja_display",
            "PerilakuKerjaNilai": _siasn(Ekspektasi, "perilaku_kerja"),
            "kuadranKinerja": "get_kuadran_display",
            "kuadranKinerjaNilai": _siasn(Predikat, "kuadran"),
            **PENILAI,
            "statusPenilai": lambda row: "ASN" if row.is_penilai_asn else "NON ASN",
        },
    ),
    "kinerja-periodik": JenisKeluar(
        "Kinerja periodik",
        {
            "tahun": "mulai.year",
            "periodikId": _siasn(Periodik, "periodik"),
            "periodikNama": "get_periodik_display",
            "bulanMulaiPenilaian": "mulai.month",
            "bulanSelesaiPenilaian": "selesai.month",
            "hasilKinerja": "get_hasil_kerja_display",
            "hasilKinerjaNilai": _siasn(Ekspektasi, "hasil_kerja"),
            "perilakuKerja": "get_perilaku_kerja_display",
            "perilakuKerjaNilai": _siasn(Ekspektasi, "perilaku_kerja"),
            "kuadranKinerja": "get_kuadran_display",
            "kuadranKinerjaNilai": _siasn(Predikat, "kuadran"),
            "koefisenId": "koefisien",
            "persentase": "persentase",
            "jabatan": "jabatan",
            "unor": "unit_kerja",
            **PENILAI,
        },
    ),
    "skp-lama": JenisKeluar(
        "SKP sampai 2021",
        {
            "tahun": "tahun",
            "nilaiSkp": "nilai_skp",
            "orientasiPelayanan": "orientasi_pelayanan",
            "integritas": "integritas",
            "komitmen": "komitmen",
            "disiplin": "disiplin",
            "kerjasama": "kerja_sama",
            "kepemimpinan": "kepemimpinan",
            "inisiatifKerja": "inisiatif_kerja",
            "jumlah": "jumlah",
            "nilaiPerilakuKerja": "nilai_perilaku",
            "nilaiPrestasiKerja": "nilai_prestasi",
            "konversiNilai": "konversi_nilai",
            "nilaiIntegrasi": "nilai_integrasi",
            "jenisPeraturanKinerjaKd": "get_peraturan_display",
            **PENILAI,
            **ATASAN,
        },
    ),
    "dp3": JenisKeluar(
        "DP3",
        {
            "tahun": "tahun",
            "kesetiaan": "kesetiaan",
            "prestasiKerja": "prestasi_kerja",
            "tanggungJawab": "tanggung_jawab",
            "ketaatan": "ketaatan",
            "kejujuran": "kejujuran",
            "kerjasama": "kerja_sama",
            "prakarsa": "prakarsa",
            "kepemimpinan": "kepemimpinan",
            "jumlah": "jumlah",
            "nilairatarata": "rata_rata",
            **PENILAI,
            **ATASAN,
        },
    ),
    "kompetensi": JenisKeluar(
        "Kompetensi",
        {
            "integritas": "integritas",
            "kerjasama": "kerja_sama",
            "komunikasi": "komunikasi",
            "orientasiPadaHasil": "orientasi_hasil",
            "pelayananPublik": "pelayanan_publik",
            "pengembanganDiri": "pengembangan_diri",
            "mengelolaPerubahan": "mengelola_perubahan",
            "pengambilanKeputusan": "pengambilan_keputusan",
            "perekatBangsa": "perekat_bangsa",
        },
    ),
    "potensi": JenisKeluar(
        "Potensi",
        {
            "berpikirKritis": "berpikir_kritis",
            "intelektual": "intelektual",
            "interpersonal": "interpersonal",
            "kesadaranDiri": "kesadaran_diri",
            "motivasiKomitmen": "motivasi_komitmen",
            "total": "total",
        },
    ),
    "kgb": JenisKeluar(
        "KGB",
        {
            "gajiLama": "gaji_lama",
            "gajiBaru": "gaji_baru",
            **SK_BALIK,
            "tmtGajiBaru": "tmt",
            "masaKerjaTahun": _tahun("masa_kerja_bulan"),
            "masaKerjaBulan": _bulan("masa_kerja_bulan"),
            "golongan": "golongan_id",
        },
    ),
    "pmk": JenisKeluar(
        "Masa kerja",
        {
            "pengalaman": "pengalaman",
            "tanggalAwal": "tanggal_mulai",
            "tanggalSelesai": "tanggal_selesai",
            **SK_BALIK,
            "nomorBkn": "pertek_nomor",
            "tanggalBkn": "pertek_tanggal",
            "masaKerjaTahun": _tahun("masa_kerja_bulan"),
            "masaKerjaBulan": _bulan("masa_kerja_bulan"),
        },
    ),
    "kontrak": JenisKeluar(
        "Kontrak PPPK",
        {
            "nomorPerjanjian": "sk_nomor",
            "tanggalPerjanjian": "sk_tanggal",
            "tanggalMulai": "tmt",
            "tanggalAkhir": "tmt_akhir",
            "golongan": "golongan_id",
            "gaji": "gaji_pokok",
            "perpanjanganKe": lambda row: row.ke - 1,
        },
    ),
    "orang-tua": JenisKeluar("Orang tua", {"hubungan": "hubungan", **KELUARGA}),
    "pasangan": JenisKeluar(
        "Pasangan",
        {
            **KELUARGA,
            "nik": "nik",
            "karisKarsu": "karis_karsu",
            "tgglMenikah": "tanggal_nikah",
            "aktaMenikah": "sk_nomor",
            "tgglCerai": "tanggal_cerai",
            "aktaCerai": "akta_cerai",
            "isPns": "is_asn",
        },
    ),
    "anak": JenisKeluar(
        "Anak",
        {
            **KELUARGA,
            "jenisKelamin": _siasn(JenisKelamin, "jenis_kelamin"),
            "jenisAnakId": "get_jenis_display",
            "aktaKelahiran": "sk_nomor",
            "pasanganId": "pasangan.siasn_id",
            "pekerjaan": "pekerjaan",
            "statusTunjangan": "is_ditunjang",
        },
    ),
    "penghargaan": JenisKeluar(
        "Penghargaan",
        {
            "hargaId": "jenis.kode",
            "hargaNama": "jenis.nama",
            "tahun": "tahun",
            "skNomor": "sk_nomor",
            "skDate": "sk_tanggal",
        },
    ),
    "disiplin": JenisKeluar(
        "Hukuman disiplin",
        {
            "jenisHukumanId": "jenis.kode",
            "jenisHukumanNama": "jenis.nama",
            "jenisTingkatHukumanId": lambda row: row.jenis.tambahan.rpartition("=")[2],
            "alasanHukumanDisiplinNama": "pelanggaran",
            "nomorPp": "nomor_pp",
            **SK,
            "hukumanTanggal": "tmt",
            "akhirHukumTanggal": "tmt_selesai",
        },
    ),
    "cltn": JenisKeluar(
        "CLTN",
        {
            "cltnId": "jenis.kode",
            **SK,
            "tanggalAwal": "tmt",
            "tanggalAkhir": "tmt_selesai",
            "nomorLetterBkn": "pertek_nomor",
            "tanggalLetterBkn": "pertek_tanggal",
        },
    ),
    "tugas-belajar": JenisKeluar(
        "Tugas belajar",
        {
            "namaSekolah": "sekolah",
            "pendidikanNama": "nama",
            "tglMulai": "tmt",
            "tglSelesai": "tmt_selesai",
        },
    ),
    "pemberhentian": JenisKeluar(
        "Pemberhentian",
        {
            "jenisHenti": "jenis.nama",
            "kedudukanHukumPns": "kedudukan_id",
            **SK,
            "asal": "keterangan",
        },
    ),
}
# Records of ours that SIASN has no record of: the standing is a field of the person there.
TANPA_PADANAN = frozenset({"kedudukan"})

DATA_UTAMA = JenisKeluar(
    "Data utama",
    {
        "id": "siasn_id",
        "nipBaru": "nip",
        "nipLama": "nip_lama",
        "nama": "nama",
        "gelarDepan": "gelar_depan",
        "gelarBelakang": "gelar_belakang",
        "tempatLahir": "tempat_lahir",
        "tglLahir": "tanggal_lahir",
        "agamaId": "agama",
        "email": "email",
        "emailGov": "email_dinas",
        "nik": "nik",
        "alamat": "alamat",
        "noHp": "nomor_hp",
        "jenisPegawaiId": "jenis_pegawai",
        "kedudukanPnsId": "keadaan.kedudukan_id",
        "kedudukanPnsNama": "keadaan.kedudukan.nama",
        "statusPegawai": lambda row: (
            ""
            if row.jenis_asn != JenisASN.PNS
            else "P"
            if row.keadaan.status == "pns"
            else "C"
        ),
        "jenisKelamin": _siasn(JenisKelamin, "jenis_kelamin"),
        "jenisKawinId": "status_kawin",
        "tkPendidikanTerakhirId": "keadaan.pendidikan_id",
        "tahunLulus": "keadaan.tahun_lulus",
        "nomorSkCpns": "sk_cpns_nomor",
        "tglSkCpns": "sk_cpns_tanggal",
        "tmtCpns": "tmt_cpns",
        "nomorSkPns": "sk_pns_nomor",
        "tglSkPns": "sk_pns_tanggal",
        "tmtPns": "tmt_pns",
        "golRuangAkhirId": "keadaan.golongan.siasn_id",
        "golRuangAkhir": "keadaan.golongan_id",
        "tmtGolAkhir": "keadaan.tmt_golongan",
        "jabatanNama": "keadaan.jabatan_nama",
        "tmtJabatan": "keadaan.tmt_jabatan",
        "unorId": "keadaan.unit_kerja.siasn_id",
        "unorNama": "keadaan.unit_kerja.nama",
        "unorIndukId": "keadaan.opd.siasn_id",
        "unorIndukNama": "keadaan.opd.nama",
        "noNpwp": "npwp",
        "bpjs": "bpjs",
        "tmtPensiun": "keadaan.tmt_pensiun",
    },
)


def read_nilai(row: Any, sumber: Sumber) -> str:
    """Return one value as SIASN writes it: text, days as d-m-y, yes and no as 1 and 0."""
    value = sumber(row) if callable(sumber) else _follow(row, sumber)
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case date():
            return f"{value:%d-%m-%Y}"
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return str(value)


def _follow(row: Any, path: str) -> Any:
    value = row
    for name in path.split("."):
        if value is None:
            return None
        value = getattr(value, name)
    return value() if callable(value) else value
