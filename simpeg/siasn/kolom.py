"""The columns of a SIASN export, in its present form and in that of "Profil ASN".

Both forms are matched by heading: lower case, words joined by "_". The older names are
translated to the present ones, so nothing else knows that there were two.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from bkpsdmd.exceptions import DomainError

# Column -> what people read. The order is that of the export.
KOLOM: Mapping[str, str] = {
    "pns_id": "PNS ID",
    "nip_baru": "NIP",
    "nip_lama": "NIP lama",
    "nama": "Nama",
    "gelar_depan": "Gelar depan",
    "gelar_belakang": "Gelar belakang",
    "tempat_lahir_nama": "Tempat lahir",
    "tanggal_lahir": "Tanggal lahir",
    "jenis_kelamin": "Jenis kelamin",
    "agama_id": "Agama (id)",
    "agama_nama": "Agama",
    "jenis_kawin_id": "Status perkawinan (id)",
    "jenis_kawin_nama": "Status perkawinan",
    "nik": "NIK",
    "nomor_hp": "Nomor HP",
    "email": "Surel",
    "email_gov": "Surel dinas",
    "alamat": "Alamat",
    "npwp_nomor": "NPWP",
    "bpjs": "Nomor BPJS",
    "jenis_pegawai_id": "Jenis pegawai (id)",
    "jenis_pegawai_nama": "Jenis pegawai",
    "kedudukan_hukum_id": "Kedudukan hukum (id)",
    "kedudukan_hukum_nama": "Kedudukan hukum",
    "status_cpns_pns": "Status CPNS/PNS",
    "nomor_sk_cpns": "Nomor SK CPNS/PPPK",
    "tanggal_sk_cpns": "Tanggal SK CPNS/PPPK",
    "tmt_cpns": "TMT CPNS/PPPK",
    "nomor_sk_pns": "Nomor SK PNS",
    "tanggal_sk_pns": "Tanggal SK PNS",
    "tmt_pns": "TMT PNS",
    "gol_awal_id": "Golongan awal (id)",
    "gol_awal_nama": "Golongan awal",
    "gol_akhir_id": "Golongan (id)",
    "gol_akhir_nama": "Golongan",
    "tmt_golongan": "TMT golongan",
    "mk_tahun": "Masa kerja (tahun)",
    "mk_bulan": "Masa kerja (bulan)",
    "jenis_jabatan_id": "Jenis jabatan (id)",
    "jenis_jabatan_nama": "Jenis jabatan",
    "jabatan_id": "Jabatan (id)",
    "jabatan_nama": "Jabatan",
    "eselon_id": "Eselon (id)",
    "eselon_nama": "Eselon",
    "jft_id": "Jabatan fungsional (id)",
    "jft_nama": "Jabatan fungsional",
    "jfu_id": "Jabatan pelaksana (id)",
    "jfu_nama": "Jabatan pelaksana",
    "tmt_jabatan": "TMT jabatan",
    "tingkat_pendidikan_id": "Tingkat pendidikan (id)",
    "tingkat_pendidikan_nama": "Tingkat pendidikan",
    "pendidikan_nama": "Pendidikan",
    "nama_sekolah": "Nama sekolah",
    "tahun_lulus": "Tahun lulus",
    "tanggal_lulus": "Tanggal lulus",
    "unor_id": "Unit kerja (id)",
    "unor_nama": "Unit kerja",
    "instansi_induk_nama": "Instansi induk",
    "instansi_kerja_nama": "Instansi kerja",
    "satuan_kerja_induk_id": "Satuan kerja induk (id)",
    "satuan_kerja_induk_nama": "Satuan kerja induk",
    "satuan_kerja_kerja_id": "Satuan kerja (id)",
    "satuan_kerja_kerja_nama": "Satuan kerja",
}

# "Profil ASN", the older spreadsheet, and spellings seen beside it.
LAMA: Mapping[str, str] = {
    "id": "pns_id",
    "nip": "nip_baru",
    "tempat_lahir": "tempat_lahir_nama",
    "nomor_bpjs": "bpjs",
    "tgl_sk_cpns": "tanggal_sk_cpns",
    "tgl_sk_pns": "tanggal_sk_pns",
    "golongan_awal_id": "gol_awal_id",
    "golongan_awal_nama": "gol_awal_nama",
    "golongan_id": "gol_akhir_id",
    "golongan_nama": "gol_akhir_nama",
    "tk_pendidikan_id": "tingkat_pendidikan_id",
    "tk_pendidikan_nama": "tingkat_pendidikan_nama",
    "tgl_lulus": "tanggal_lulus",
    "unit_organisasi_id": "unor_id",
    "unit_organisasi_nama": "unor_nama",
}

# Without these no row says who a person is and what golongan they hold. Of a pair one
# column is enough.
WAJIB: Sequence[tuple[str, ...]] = (
    ("nip_baru",),
    ("nama",),
    ("tanggal_lahir",),
    ("jenis_kelamin",),
    ("gol_akhir_nama", "gol_akhir_id"),
    ("tmt_golongan",),
)

# How to write the columns people ask about; the others are plain text.
KETERANGAN: Sequence[tuple[str, bool, str]] = (
    ("NIP BARU", True, "18 angka, disimpan sebagai teks"),
    ("NAMA", True, "nama tanpa gelar"),
    ("TANGGAL LAHIR", True, "hari-bulan-tahun, misalnya 17-08-1985"),
    ("JENIS KELAMIN", True, "M atau F (boleh L atau P)"),
    ("GOL AKHIR NAMA", True, "III/b bagi PNS, IX bagi PPPK; atau GOL AKHIR ID"),
    ("TMT GOLONGAN", True, "hari-bulan-tahun"),
    ("PNS ID", False, "id SIASN; pegawai dicari dengan ini, baru dengan NIP"),
    ("JABATAN NAMA", False, "beserta JENIS JABATAN ID dan TMT JABATAN"),
    ("UNOR NAMA", False, "unit kerja, beserta UNOR ID bila ada"),
    ("SATUAN KERJA KERJA NAMA", False, "perangkat daerah tempat unit itu berada"),
    ("KEDUDUKAN HUKUM ID", False, "dua angka, misalnya 01 untuk aktif"),
    ("TINGKAT PENDIDIKAN ID", False, "dua angka, misalnya 40 untuk S-1"),
)

TANGGAL = frozenset(
    {
        "tanggal_lahir",
        "tanggal_sk_cpns",
        "tmt_cpns",
        "tanggal_sk_pns",
        "tmt_pns",
        "tmt_golongan",
        "tmt_jabatan",
        "tanggal_lulus",
    }
)


def get_label(kolom: str) -> str:
    return KOLOM.get(kolom, kolom)


def get_judul(kolom: str) -> str:
    """Return the heading of a column as an export writes it."""
    return kolom.upper().replace("_", " ")


def normalize_judul(judul: str) -> str:
    """Return a heading as a column name: "TGL SK CPNS" is `tanggal_sk_cpns`."""
    nama = re.sub(r"[^a-z0-9]+", "_", judul.strip("\ufeff").lower()).strip("_")
    return LAMA.get(nama, nama)


def map_judul(judul: Iterable[str]) -> list[str | None]:
    """Return the column that stands at each place; None where nothing is read.

    Raises DomainError that names the mandatory columns that are missing, or a column
    that occurs twice: which of the two holds would be a guess.
    """
    nama = [normalize_judul(satu) for satu in judul]
    ada = [satu if satu in KOLOM else None for satu in nama]
    kembar = sorted({satu for satu in ada if satu and ada.count(satu) > 1})
    if kembar:
        raise DomainError(
            f"Kolom ini tertulis dua kali: {_sebut(kembar)}. Hapus salah satunya, lalu "
            "unggah lagi.",
            kolom="berkas",
            kode="kolom_kembar",
        )
    kurang = [
        pilihan[0] for pilihan in WAJIB if not any(satu in ada for satu in pilihan)
    ]
    if kurang:
        raise DomainError(
            f"Kolom wajib tidak ada di berkas: {_sebut(kurang)}. Pakai berkas ekspor "
            "SIASN apa adanya dengan baris judulnya, atau templat di halaman impor.",
            kolom="berkas",
            kode="kolom_kurang",
        )
    return ada


def _sebut(kolom: Iterable[str]) -> str:
    return ", ".join(get_judul(satu) for satu in kolom)
