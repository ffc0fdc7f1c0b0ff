"""Closed lists of the personnel domain, in plain Python: the rules import them.

The value is the stable code that files, commands and the database carry; `label` is
what a person reads; `siasn` is the id SIASN uses for the same thing ("" where it has
none). Lists that an office or BKN may extend are reference tables, not enums.
"""

from enum import StrEnum
from typing import Self


class Choice(StrEnum):
    """A code with its Indonesian label and, where there is one, its SIASN id."""

    label: str
    siasn: str

    # The defaults let type checkers accept the lookup `Jenjang("pemula")`.
    def __new__(cls, value: str, label: str = "", siasn: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.siasn = siasn
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (code, label) pairs, as Django fields and forms take them."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def from_siasn(cls, siasn: str) -> Self | None:
        """Return the member with this SIASN id, or None."""
        return next((m for m in cls if siasn and m.siasn == siasn), None)


class JenisASN(Choice):
    PNS = "pns", "PNS"
    PPPK = "pppk", "PPPK"
    PPPK_PARUH_WAKTU = "pppk_paruh_waktu", "PPPK Paruh Waktu"


class StatusKepegawaian(Choice):
    """What a person is today; SIASN tells only CPNS (C) from PNS (P)."""

    CPNS = "cpns", "CPNS", "C"
    PNS = "pns", "PNS", "P"
    PPPK = "pppk", "PPPK"
    PPPK_PARUH_WAKTU = "pppk_paruh_waktu", "PPPK Paruh Waktu"

    @property
    def jenis_asn(self) -> JenisASN:
        return JenisASN.PNS if self is self.CPNS else JenisASN(self.value)


class JenisKelamin(Choice):
    LAKI_LAKI = "L", "Laki-laki", "M"
    PEREMPUAN = "P", "Perempuan", "F"


class KelompokJabatan(Choice):
    """The groups of UU 20/2023, on which age limits and statistics depend."""

    JPT = "jpt", "Jabatan Pimpinan Tinggi"
    ADMINISTRATOR = "administrator", "Administrator"
    PENGAWAS = "pengawas", "Pengawas"
    PELAKSANA = "pelaksana", "Pelaksana"
    JF = "jf", "Jabatan Fungsional"


class JenisJabatan(Choice):
    """The kinds SIASN exchanges; see `KelompokJabatan` for those of the law."""

    STRUKTURAL = "struktural", "Jabatan Struktural", "1"
    FUNGSIONAL = "fungsional", "Jabatan Fungsional", "2"
    PELAKSANA = "pelaksana", "Pelaksana", "4"


class Jenjang(Choice):
    """Steps of a functional post, lowest first within each category."""

    PEMULA = "pemula", "Pemula", "PM"
    TERAMPIL = "terampil", "Terampil", "TR"
    MAHIR = "mahir", "Mahir", "MH"
    PENYELIA = "penyelia", "Penyelia", "PY"
    AHLI_PERTAMA = "ahli_pertama", "Ahli Pertama", "PT"
    AHLI_MUDA = "ahli_muda", "Ahli Muda", "MU"
    AHLI_MADYA = "ahli_madya", "Ahli Madya", "MA"
    AHLI_UTAMA = "ahli_utama", "Ahli Utama", "UT"


class Eselon(Choice):
    """Levels of structural posts, highest first; V is abolished but still recorded."""

    I_A = "I.a", "I.a", "11"
    I_B = "I.b", "I.b", "12"
    II_A = "II.a", "II.a", "21"
    II_B = "II.b", "II.b", "22"
    III_A = "III.a", "III.a", "31"
    III_B = "III.b", "III.b", "32"
    IV_A = "IV.a", "IV.a", "41"
    IV_B = "IV.b", "IV.b", "42"
    V_A = "V.a", "V.a", "51"
    V_B = "V.b", "V.b", "52"


class JenisPenugasan(Choice):
    DEFINITIF = "definitif", "Definitif", "D"
    TUGAS_TAMBAHAN = "tugas_tambahan", "Tugas Tambahan", "TT"
    PLT = "plt", "Pelaksana Tugas (Plt.)", "PLT"
    PLH = "plh", "Pelaksana Harian (Plh.)", "PLH"
    PJ = "pj", "Penjabat (Pj.)", "PJ"


class Pendidikan(Choice):
    """Levels of education that rules tell apart, lowest first."""

    SD = "sd", "SD", "05"
    SLTP = "sltp", "SLTP", "10"
    SLTP_KEJURUAN = "sltp_kejuruan", "SLTP Kejuruan", "12"
    SLTA = "slta", "SLTA", "15"
    D1 = "d1", "D-I", "20"
    D2 = "d2", "D-II", "25"
    SGPLB = "sgplb", "SGPLB"
    D3 = "d3", "D-III", "30"
    D4 = "d4", "D-IV", "35"
    S1 = "s1", "S-1", "40"
    PROFESI = "profesi", "Profesi", "42"
    S2 = "s2", "S-2", "45"
    SPESIALIS = "spesialis", "Spesialis", "47"
    SUBSPESIALIS = "subspesialis", "Subspesialis", "49"
    S3 = "s3", "S-3", "50"

    @classmethod
    def from_siasn(cls, siasn: str) -> Self | None:
        """Return the level of a SIASN id; 17 and 18 are kinds of SLTA."""
        return super().from_siasn("15" if siasn in {"17", "18"} else siasn)


class Sumber(Choice):
    MANUAL = "manual", "Dicatat petugas"
    SIASN = "siasn", "Impor SIASN"


class Predikat(Choice):
    """Yearly performance rating, best first; facts of ekinerja that rules here need."""

    SANGAT_BAIK = "sangat_baik", "Sangat Baik", "1"
    BAIK = "baik", "Baik", "2"
    BUTUH_PERBAIKAN = "butuh_perbaikan", "Butuh Perbaikan", "3"
    KURANG = "kurang", "Kurang", "4"
    SANGAT_KURANG = "sangat_kurang", "Sangat Kurang", "5"

    def reaches(self, minimum: "Predikat") -> bool:
        """Return whether this rating is `minimum` or better."""
        urutan = list(type(self))
        return urutan.index(self) <= urutan.index(minimum)


class JenisKenaikanPangkat(Choice):
    REGULER = "reguler", "Reguler", "101"
    STRUKTURAL = "struktural", "Pilihan, jabatan struktural", "201"
    FUNGSIONAL = "fungsional", "Pilihan, jabatan fungsional", "202"
    PENYESUAIAN_IJAZAH = "penyesuaian_ijazah", "Penyesuaian ijazah", "203"
    PENGABDIAN = "pengabdian", "Pengabdian"
    PRESTASI_LUAR_BIASA = "prestasi_luar_biasa", "Prestasi kerja luar biasa", "208"


class JenisCuti(Choice):
    """Kinds a person asks for; cuti bersama comes by Keppres and is not asked for."""

    TAHUNAN = "tahunan", "Cuti Tahunan"
    BESAR = "besar", "Cuti Besar"
    SAKIT = "sakit", "Cuti Sakit"
    MELAHIRKAN = "melahirkan", "Cuti Melahirkan"
    ALASAN_PENTING = "alasan_penting", "Cuti karena Alasan Penting"
    CLTN = "cltn", "Cuti di Luar Tanggungan Negara"


class AlasanCuti(Choice):
    """Grounds of leave that change what is allowed, and `lainnya` for the rest."""

    HAJI_PERTAMA = "haji_pertama", "Ibadah haji pertama"
    ISTRI_MELAHIRKAN_CAESAR = (
        "istri_melahirkan_caesar",
        "Istri melahirkan dengan operasi caesar",
    )
    GUGUR_KANDUNGAN = "gugur_kandungan", "Gugur kandungan"
    KECELAKAAN_KERJA = "kecelakaan_kerja", "Kecelakaan kerja"
    KELUARGA_INTI_SAKIT_KERAS = "keluarga_inti_sakit_keras", "Keluarga inti sakit keras"
    KELUARGA_INTI_MENINGGAL = "keluarga_inti_meninggal", "Keluarga inti meninggal"
    MENGURUS_HAK_KELUARGA = (
        "mengurus_hak_keluarga",
        "Mengurus hak keluarga yang meninggal",
    )
    MELANGSUNGKAN_PERKAWINAN = "melangsungkan_perkawinan", "Melangsungkan perkawinan"
    BENCANA = "bencana", "Kebakaran rumah atau bencana alam"
    LAINNYA = "lainnya", "Alasan lain"


class TingkatHukuman(Choice):
    """Levels of disciplinary penalties, lightest first."""

    RINGAN = "ringan", "Ringan", "R"
    SEDANG = "sedang", "Sedang", "S"
    BERAT = "berat", "Berat", "B"


class JenisAngkaKredit(Choice):
    """How a credit came about; SIASN keeps three yes/no fields instead."""

    PENILAIAN = "penilaian", "Penilaian"
    PERTAMA = "pertama", "Angka kredit pertama"
    INTEGRASI = "integrasi", "Integrasi"
    KONVERSI = "konversi", "Konversi predikat kinerja"


class JenisAnak(Choice):
    KANDUNG = "kandung", "Anak kandung"
    TIRI = "tiri", "Anak tiri"
    ANGKAT = "angkat", "Anak angkat"


class HubunganOrangTua(Choice):
    AYAH = "ayah", "Ayah"
    IBU = "ibu", "Ibu"


class KeadaanBerkas(Choice):
    """What an archive file is good for; only a `berlaku` one proves anything."""

    DIUSULKAN = "diusulkan", "Menunggu persetujuan"
    BERLAKU = "berlaku", "Berlaku"
    DITOLAK = "ditolak", "Ditolak"
    DIGANTI = "diganti", "Sudah diganti"
    DITARIK = "ditarik", "Ditarik"

    @property
    def warna(self) -> str:
        return {"diusulkan": "info", "berlaku": "ok", "ditolak": "bad"}.get(
            self.value, "netral"
        )


class HasilPeriksa(Choice):
    """Whether a stored file is still what was uploaded."""

    BELUM = "", "Belum diperiksa"
    UTUH = "utuh", "Utuh"
    RUSAK = "rusak", "Rusak"
    HILANG = "hilang", "Hilang"


class DimensiMutu(Choice):
    """The four sides of data quality that BKN measures an instansi by."""

    KELENGKAPAN = "kelengkapan", "Kelengkapan"
    WAKTU = "waktu", "Ketepatan waktu"
    AKURASI = "akurasi", "Akurasi"
    KONSISTENSI = "konsistensi", "Konsistensi"


class JenisMutasi(Choice):
    """Why a row of riwayat jabatan came about, as SIASN tells them apart."""

    JABATAN = "MJ", "Mutasi jabatan", "MJ"
    UNOR = "MU", "Mutasi unit organisasi", "MU"


class StatusPenataan(Choice):
    """From draft to application of an act on the organisation."""

    KONSEP = "konsep", "Konsep"
    DIAJUKAN = "diajukan", "Menunggu persetujuan"
    DISETUJUI = "disetujui", "Disetujui, menunggu tanggal"
    DITERAPKAN = "diterapkan", "Diterapkan"
    DIBATALKAN = "dibatalkan", "Dibatalkan"


class JenisLangkah(Choice):
    """The steps an act on the organisation is made of."""

    GANTI_NAMA = "ganti_nama", "Ganti nama unit"
    UNIT_BARU = "unit_baru", "Bentuk unit baru"
    PECAH = "pecah", "Pecah unit"
    GABUNG = "gabung", "Gabung unit"
    PINDAH_INDUK = "pindah_induk", "Pindah ke induk lain"
    PINDAH_ORANG = "pindah_orang", "Pindahkan pegawai"
    TUTUP = "tutup", "Tutup unit"


class StatusTautan(Choice):
    DIUSULKAN = "diusulkan", "Menunggu putusan"
    DISETUJUI = "disetujui", "Ditautkan"
    DITOLAK = "ditolak", "Ditolak"
    DILEPAS = "dilepas", "Dilepas"


class Ekspektasi(Choice):
    """How results or conduct stand to what the superior expected, best first."""

    DI_ATAS = "di_atas", "Di atas ekspektasi", "1"
    SESUAI = "sesuai", "Sesuai ekspektasi", "2"
    DI_BAWAH = "di_bawah", "Di bawah ekspektasi", "3"


class Periodik(Choice):
    BULANAN = "bulanan", "Bulanan", "1"
    TRIWULAN = "triwulan", "Triwulan", "2"


class SistemSKP(Choice):
    """The regulation by which a year up to 2021 was rated."""

    PP_46 = "pp_46_2011", "PP 46/2011"
    PP_30 = "pp_30_2019", "PP 30/2019"


class ArahPindah(Choice):
    MASUK = "masuk", "Pindah masuk"
    KELUAR = "keluar", "Pindah keluar"


class TingkatTemuan(Choice):
    """How much a finding weighs, heaviest first."""

    SALAH = "salah", "Bertentangan"
    PERIKSA = "periksa", "Perlu diperiksa"

    @property
    def warna(self) -> str:
        return "bad" if self is TingkatTemuan.SALAH else "warn"


class JenisTindakan(Choice):
    """What one can do for many people at once."""

    CETAK = "cetak", "Cetak dokumen"
    NOMINATIF = "nominatif", "Cetak daftar nominatif"
    TANDAI = "tandai", "Tandai untuk ditindaklanjuti"
    SELESAI = "selesai", "Selesaikan tanda tindak lanjut"
    ISI = "isi", "Isi data yang masih kosong"
    SURAT = "surat", "Susun surat keterangan"
    KODE = "kode", "Cetak kode aktivasi akun"


class HasilTindakan(Choice):
    """What became of an act for one person."""

    MENUNGGU = "menunggu", "Menunggu"
    BERHASIL = "berhasil", "Berhasil"
    DITOLAK = "ditolak", "Ditolak"

    @property
    def warna(self) -> str:
        return {"berhasil": "ok", "ditolak": "bad"}.get(self.value, "netral")


class CakupanApi(Choice):
    """What a program may read. The NIK is never part of anything else."""

    PEGAWAI = "pegawai", "Data pegawai"
    RIWAYAT = "riwayat", "Riwayat"
    PERUBAHAN = "perubahan", "Perubahan"
    NIK = "nik", "NIK"
