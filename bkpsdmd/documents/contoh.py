"""A letter of invented people, to see how letterhead and paper come out."""

from __future__ import annotations

import datetime as dt

from bkpsdmd.documents import engine
from bkpsdmd.documents.kertas import NilaiNaskah
from bkpsdmd.documents.kop import Kop
from bkpsdmd.documents.rendering import build_payload
from bkpsdmd.documents.shapes import PenandatanganNaskah, Surat
from bkpsdmd.ui.formats import format_tanggal

# As long as subjects get in practice: 200 letters.
HAL = (
    "Undangan rapat koordinasi pemutakhiran data kepegawaian, penyusunan peta jabatan, dan "
    "persiapan penilaian kinerja pegawai bagi seluruh perangkat daerah, kecamatan, serta "
    "unit pelaksana teknis daerah"
)
KALIMAT = (
    "Surat ini hanya contoh untuk melihat kop, kertas, margin, dan hurufnya; orang, nomor, "
    "dan acaranya rekaan. Kalimat ini sengaja dibuat panjang supaya terlihat bagaimana "
    "sebuah alinea memenuhi lebar halaman dan berganti baris."
)
TEMBUSAN = (
    "Bupati (sebagai laporan)",
    "Sekretaris Daerah",
    "Kepala Badan yang namanya panjang sekali sehingga tidak cukup satu baris saja pada "
    "bagian tembusan",
)
PEJABAT: tuple[PenandatanganNaskah, ...] = (
    {
        "atas_nama": "",
        "jabatan": "Kepala Perangkat Daerah",
        "nama": "Prof. Dr. H. Noor Rahman Contoh Panjang Sekali, S.Sos., M.Si., M.A.P.",
        "pangkat": "Pembina Utama Muda",
        "nip": "19700101 199503 1 001",
    },
    {
        "atas_nama": "",
        "jabatan": "Sekretaris",
        "nama": "Hj. Siti Contoh, S.E.",
        "pangkat": "Pembina",
        "nip": "19750202 199803 2 002",
    },
    {
        "atas_nama": "",
        "jabatan": "Kepala Bidang Data, Pengadaan, dan Pengembangan Sumber Daya Manusia",
        "nama": "Ahmad Contoh, S.Kom.",
        "pangkat": "Penata Tingkat I",
        "nip": "19800303 200501 1 003",
    },
)


def render_contoh(
    *, kop: Kop, nilai: NilaiNaskah, dibuat: dt.datetime, is_bertiga: bool = False
) -> bytes:
    """Return a sample letter of one day as PDF, marked as no paper; nothing is stored."""
    payload, created_at = build_payload(
        build_contoh(kop=kop, nilai=nilai, dibuat=dibuat, is_bertiga=is_bertiga),
        kop=kop,
        pengaturan=nilai,
    )
    payload["contoh"] = True
    return engine.compile_pdf("surat", payload, created_at=created_at, tagged=True)


def build_contoh(
    *, kop: Kop, nilai: NilaiNaskah, dibuat: dt.datetime, is_bertiga: bool = False
) -> Surat:
    """Return the letter: long names, a long subject, copies, one signature or three."""
    return {
        "judul": "Contoh surat dinas",
        "judul_pendek": "Contoh surat",
        "dibuat": dibuat.isoformat(),
        "tempat_tanggal": f"{kop.tempat}, {format_tanggal(dibuat)}",
        "nomor": f"{nilai.awalan_nomor}000/001/CONTOH/{dibuat.year}",
        "sifat": nilai.nama_sifat,
        "lampiran": "1 (satu) berkas",
        "hal": HAL,
        "kepada": ["Kepala Dinas Contoh dengan Nama yang Panjang\nKabupaten Contoh"],
        "di": kop.tempat,
        "isi": [
            {"jenis": "paragraf", "teks": KALIMAT},
            {"jenis": "paragraf", "teks": "Rapat diselenggarakan pada:"},
            {
                "jenis": "butir",
                "butir": [
                    ("hari, tanggal", format_tanggal(dibuat)),
                    ("pukul", "09.00 sampai selesai"),
                    ("tempat", "ruang rapat"),
                    ("acara", KALIMAT),
                ],
            },
            {"jenis": "paragraf", "teks": "Peserta diminta membawa:"},
            {
                "jenis": "daftar",
                "butir": ["daftar pegawai", "peta jabatan", f"catatan. {KALIMAT}"],
            },
            *({"jenis": "paragraf", "teks": KALIMAT} for _ in range(3)),  # type: ignore[list-item]
            {
                "jenis": "paragraf",
                "teks": "Atas perhatian Saudara kami ucapkan terima kasih.",
            },
        ],
        "penandatangan": list(PEJABAT if is_bertiga else PEJABAT[:1]),
        "elektronik": False,
        "kalimat_tte": "",
        "periksa": None,
        "draf": False,
        "tembusan": list(nilai.tembusan or TEMBUSAN),
    }
