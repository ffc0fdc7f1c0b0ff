"""What happened to settings, numbers and papers, as sentences."""

SENTENCES = {
    "kantor.mulai": "{pelaku} mengisi pengaturan awal {objek}",
    "kantor.ubah": "{pelaku} mengubah pengaturan kantor",
    "buku_nomor.buka": "{pelaku} membuka buku nomor {objek}",
    "buku_nomor.ubah": "{pelaku} mengubah buku nomor {objek}",
    "nomor.ambil": "{pelaku} mengambil nomor {objek}",
    "nomor.batal": "{pelaku} membatalkan nomor {objek}",
    "dokumen.terbit": "{pelaku} menerbitkan {objek}",
    "dokumen.cabut": "{pelaku} mencabut {objek}",
    "dokumen.ganti": "{pelaku} mengganti {objek} dengan dokumen lain",
}
FIELD_LABELS = {
    "nama_instansi": "nama instansi",
    "singkatan": "singkatan",
    "is_contoh": "portal contoh",
    "pola": "pola nomor",
    "margin_kiri_mm": "margin kiri (mm)",
    "margin_kanan_mm": "margin kanan (mm)",
    "margin_atas_mm": "margin atas (mm)",
    "margin_bawah_mm": "margin bawah (mm)",
}
