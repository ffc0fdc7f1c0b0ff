"""Notes on a row: a stable code, how grave, and a sentence that says what to do.

The codes stand in `docs/kode.md`, what an officer does with them in `docs/siasn.md`.
"""

from dataclasses import dataclass
from enum import StrEnum

from bkpsdmd.regulations import Kode
from simpeg.choices import Choice


class Tingkat(Choice):
    """A row with a `galat` changes nothing; a `peringatan` asks a person to look."""

    GALAT = "galat", "Galat"
    PERINGATAN = "peringatan", "Peringatan"


class KodeCatatan(Kode):
    """Codes of the import itself; those of the rules follow as `nip_…` and `nik_…`."""

    NIP_KOSONG = "nip_kosong", "NIP tidak diisi"
    NIP_JADI_ANGKA = "nip_jadi_angka", "Lembar kerja menyimpan NIP sebagai bilangan"
    NIP_GANDA = "nip_ganda", "NIP sudah ada di baris lain berkas ini"
    PNS_ID_GANDA = "pns_id_ganda", "PNS ID sudah ada di baris lain berkas ini"
    ORANG_BERBEDA = "orang_berbeda", "PNS ID dan NIP milik dua orang di portal"
    ORANG_GANDA = "orang_ganda", "Dua baris menyebut satu orang di portal"
    JENIS_ASN_BERGANTI = "jenis_asn_berganti", "PPPK menjadi PNS: orang yang lain"
    NAMA_KOSONG = "nama_kosong", "Nama tidak diisi"
    NAMA_TERLALU_PANJANG = "nama_terlalu_panjang", "Nama melebihi 200 tanda"
    TANGGAL_TIDAK_TERBACA = "tanggal_tidak_terbaca", "Bukan tanggal yang ada"
    JENIS_KELAMIN_TIDAK_DIKENAL = (
        "jenis_kelamin_tidak_dikenal",
        "Bukan M/F, L/P, atau 1/2",
    )
    GOLONGAN_TIDAK_DIKENAL = "golongan_tidak_dikenal", "Golongan tidak ada di daftar"
    GOLONGAN_TIDAK_COCOK = "golongan_tidak_cocok", "Id dan nama golongan bertentangan"

    NIP_BERUBAH = "nip_berubah", "NIP di berkas berbeda dari NIP di portal"
    NIP_SUDAH_DIGANTI = "nip_sudah_diganti", "NIP di berkas sudah diganti menurut SK"
    PNS_ID_BERBEDA = "pns_id_berbeda", "PNS ID di berkas berbeda dari catatan"
    DARI_NIP = "dari_nip", "Nilai kosong diambil dari NIP"
    NIK_GANDA = "nik_ganda", "NIK juga milik pegawai lain"
    TEKS_MENCURIGAKAN = "teks_mencurigakan", "Nama berisi rumus atau kode halaman"
    NILAI_TERLALU_PANJANG = "nilai_terlalu_panjang", "Nilai tidak muat, tidak dicatat"
    NILAI_TIDAK_DIKENAL = "nilai_tidak_dikenal", "Nilai tidak ada di daftar acuan"
    GOLONGAN_KOSONG = "golongan_kosong", "Golongan tidak diisi"
    TMT_GOLONGAN_KOSONG = "tmt_golongan_kosong", "Golongan tanpa TMT"
    JABATAN_KOSONG = "jabatan_kosong", "Jabatan tidak diisi"
    TMT_JABATAN_KOSONG = "tmt_jabatan_kosong", "Jabatan tanpa TMT"
    UNIT_KOSONG = "unit_kosong", "Unit kerja tidak diisi"
    OPD_KOSONG = "opd_kosong", "Perangkat daerah tidak diisi"
    MASA_KERJA_TIDAK_TERBACA = "masa_kerja_tidak_terbaca", "Masa kerja bukan bilangan"
    MASA_KERJA_JANGGAL = "masa_kerja_janggal", "Masa kerja jauh melebihi lama bekerja"
    TAHUN_LULUS_JANGGAL = "tahun_lulus_janggal", "Tahun lulus bukan tahun yang wajar"
    TMT_JANGGAL = "tmt_janggal", "TMT sebelum pengangkatan"
    TMT_PNS_KOSONG = "tmt_pns_kosong", "Berstatus PNS tanpa TMT PNS"
    TMT_PNS_BELUM_TIBA = "tmt_pns_belum_tiba", "Berstatus PNS, TMT PNS belum tiba"
    BEDA_DENGAN_CATATAN = "beda_dengan_catatan", "Berbeda dengan catatan petugas"
    SIASN_LEBIH_LAMA = "siasn_lebih_lama", "Catatan portal lebih baru daripada SIASN"
    KEDUDUKAN_TANPA_TMT = "kedudukan_tanpa_tmt", "Perubahan kedudukan tanpa TMT"


@dataclass(frozen=True, slots=True)
class Catatan:
    """One note: on which column, how grave, which code, what to do."""

    kolom: str
    kode: str
    tingkat: Tingkat
    pesan: str

    @property
    def is_galat(self) -> bool:
        return self.tingkat is Tingkat.GALAT

    def as_dict(self) -> dict[str, str]:
        return {
            "kolom": self.kolom,
            "kode": str(self.kode),
            "tingkat": self.tingkat.value,
            "pesan": self.pesan,
        }


def galat(kolom: str, kode: StrEnum | str, pesan: str) -> Catatan:
    return Catatan(kolom, str(kode), Tingkat.GALAT, pesan)


def peringatan(kolom: str, kode: StrEnum | str, pesan: str) -> Catatan:
    return Catatan(kolom, str(kode), Tingkat.PERINGATAN, pesan)
