"""Questions about personnel records, each with a guide in pictures."""

from bkpsdmd.ui.bantuan import Bantuan, register_bantuan
from simpeg.permissions import Permission

TOPIK = (
    Bantuan(
        "Bagaimana memeriksa data saya dan mengirim berkas?",
        "Buka Data saya, baca tiap bagian, lalu nyatakan bahwa datanya benar. Dokumen yang "
        "kurang dikirim dari bagian Arsip, sebagai PDF atau foto dari ponsel.",
        "simpeg:pegawai-saya",
        Permission.PEGAWAI_SELF,
        "data-saya",
    ),
    Bantuan(
        "Bagaimana mencatat riwayat dari SK?",
        "Buka halaman orangnya, pilih bagian yang sesuai, tekan Tambah, dan isi menurut "
        "urutan pada SK. SK-nya dapat difoto di formulir yang sama.",
        "simpeg:pegawai-list",
        Permission.RIWAYAT_CHANGE,
        "riwayat",
    ),
    Bantuan(
        "Bagaimana memeriksa berkas yang dikirim pegawai?",
        "Buka Usulan Berkas, baca berkasnya, lalu terima atau tolak dengan alasan.",
        "simpeg:arsip-usulan",
        Permission.BERKAS_CHANGE,
        "usulan-berkas",
    ),
    Bantuan(
        "Data siapa yang perlu dilengkapi lebih dahulu?",
        "Mutu Data menunjukkan butir yang paling banyak kurang dan orangnya; Radar Data "
        "menunjukkan riwayat yang saling bertentangan.",
        "simpeg:mutu",
        Permission.RIWAYAT_CHANGE,
        "mutu-data",
    ),
    Bantuan(
        "Bagaimana mencocokkan data dengan SIASN?",
        "Unggah ekspornya di Rekonsiliasi SIASN, lalu putuskan setiap perbedaan: mengikuti "
        "SIASN, mempertahankan catatan kita, atau bertanya kepada pegawainya.",
        "simpeg:rekonsiliasi-list",
        Permission.SIASN_IMPORT,
        "rekonsiliasi",
    ),
    Bantuan(
        "Bagaimana mencetak riwayat hidup dan daftar nominatif?",
        "Satu orang dari halamannya; banyak orang dari Daftar Pegawai yang sudah disaring.",
        "simpeg:pegawai-list",
        Permission.PEGAWAI_LIST,
        "cetak",
    ),
    Bantuan(
        "Bagaimana membuat surat dan meminta tanda tangannya?",
        "Surat keterangan dari halaman pegawainya, surat lain dari Naskah Dinas. Draf "
        "dinomori, ditandatangani, lalu keasliannya dapat diperiksa siapa pun.",
        "documents:naskah-list",
        Permission.SURAT_READ,
        "naskah",
    ),
)


def register_all() -> None:
    for nomor, topik in enumerate(TOPIK):
        register_bantuan(topik, order=50 + nomor)
