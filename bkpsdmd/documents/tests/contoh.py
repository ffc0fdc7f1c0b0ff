"""Smallest whole content of each paper; tests change what they are about."""

from typing import Any

from bkpsdmd.documents.shapes import (
    BarisDuk,
    Duk,
    KodeAkses,
    Laporan,
    Penandatangan,
    SlipKode,
)

# Markup of typst, HTML and XML: all of it is text to a paper.
INJEKSI = '#panic("x") <script>&amp; $x$ *tebal* _miring_ @rujuk \\ [a] // b'

PEJABAT: Penandatangan = {
    "tempat_tanggal": "Barabai, 31 Desember 2026",
    "jabatan": "Kepala Badan",
    "nama": "Dr. Noor Contoh, M.A.P.",
    "pangkat": "Pembina Utama Muda",
    "nip": "19700101 199503 1 001",
}


def build_baris(nomor: int, **lain: str) -> BarisDuk:
    baris: BarisDuk = {
        "urut": str(nomor),
        "nama": f"Warga Contoh {nomor}, S.Pd.",
        "nip": f"19850412 201001 1 {nomor % 1000:03}",
        "golongan": "III/b",
        "tmt_golongan": "01-04-2022",
        "jabatan": "Guru Ahli Pertama",
        "tmt_jabatan": "01-01-2020",
        "masa_kerja_tahun": "12",
        "masa_kerja_bulan": "3",
        "diklat": "",
        "diklat_waktu": "",
        "diklat_jam": "",
        "pendidikan": "S-1 Pendidikan",
        "pendidikan_lulus": "2008",
        "pendidikan_tingkat": "S-1",
        "usia": "41",
        "catatan": "",
        "keterangan": "",
    }
    return baris | lain  # type: ignore[return-value, operator]


def build_duk(pns: int = 3, cpns: int = 1, **lain: Any) -> Duk:
    duk: Duk = {
        "judul": "Daftar Urut Kepangkatan Pegawai Negeri Sipil",
        "judul_pendek": "DUK 2026",
        "dibuat": "2026-12-31T09:00:00+08:00",
        "unit": "Dinas Contoh",
        "keadaan": "31 Desember 2026",
        "bagian": [
            {
                "judul": "",
                "nihil": "Nihil: tidak ada PNS.",
                "baris": [build_baris(n) for n in range(1, pns + 1)],
            },
            {
                "judul": "Calon Pegawai Negeri Sipil",
                "nihil": "Nihil: tidak ada CPNS.",
                "baris": [build_baris(n) for n in range(pns + 1, pns + cpns + 1)],
            },
        ],
        "catatan": ["CPNS dicantumkan di bagian akhir."],
        "penandatangan": PEJABAT,
    }
    return duk | lain  # type: ignore[return-value, operator]


def build_laporan(**lain: Any) -> Laporan:
    laporan: Laporan = {
        "judul": "Laporan Pelaksanaan e-Government",
        "judul_pendek": "Laporan Triwulan III 2026",
        "dibuat": "2026-10-10T09:00:00+08:00",
        "sub_judul": "Badan Contoh",
        "periode": "1 Juli – 30 September 2026",
        "nomor": "500.12/001/BKPSDMD/X/2026",
        "identitas": [("Kepada", "Kepala Dinas Contoh")],
        "pengantar": ["Laporan ini memuat satu triwulan."],
        "judul_ringkasan": "Ringkasan",
        "periode_ini": "Triwulan III",
        "periode_lalu": "Triwulan II",
        "ringkasan": [
            {
                "kode": "R-01",
                "nama": "Akun terdaftar",
                "nilai": "6.012",
                "sebelumnya": "–",
                "selisih": "–",
            }
        ],
        "bab": [
            {
                "judul": "Pendahuluan",
                "isi": [
                    {"jenis": "paragraf", "teks": "Kalimat pembuka."},
                    {"jenis": "daftar", "butir": ["Butir pertama"]},
                    {
                        "jenis": "tabel",
                        "judul": "Insiden",
                        "kolom": [
                            {"label": "Kategori", "lebar": 3},
                            {"label": "Jumlah", "rata": "kanan"},
                        ],
                        "baris": [["Phishing", "2"]],
                        "jumlah": ["Jumlah", "2"],
                    },
                ],
            }
        ],
        "penutup": ["Demikian laporan ini."],
        "penandatangan": PEJABAT,
        "tembusan": ["Sekretaris Daerah"],
        "indikator": [
            {
                "kode": "R-01",
                "nama": "Akun terdaftar",
                "rumus": "Banyaknya akun aktif.",
                "sumber": "Akun portal",
                "kelas": "A",
            }
        ],
        "keterangan_data": [("Data dibekukan", "10 Oktober 2026")],
    }
    return laporan | lain  # type: ignore[return-value, operator]


def build_kode(banyak: int = 1, **lain: str) -> KodeAkses:
    slip: SlipKode = {
        "nama": "Warga Contoh",
        "nip": "19850412 201001 1 001",
        "unit": "Dinas Contoh",
        "kode": "K7QM-4TXP-92HD",
        "berlaku": "Berlaku sampai 9 Desember 2026",
    }
    return {
        "judul": "Kode aktivasi akun",
        "judul_pendek": "Kode aktivasi",
        "dibuat": "2026-11-25T10:00:00+08:00",
        "langkah": ["Buka portal.", "Ketik NIP dan kode.", "Buat kata sandi."],
        "peringatan": "Kode hanya dapat dipakai satu kali.",
        "slip": [slip | lain for _ in range(banyak)],  # type: ignore[misc, operator]
    }
