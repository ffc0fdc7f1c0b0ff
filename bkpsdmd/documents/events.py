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
    "naskah.draf": "{pelaku} menyusun draf {objek}",
    "naskah.ubah_draf": "{pelaku} mengubah draf {objek}",
    "naskah.nomor": "{pelaku} memberi nomor {objek}",
    "naskah.cara": "{pelaku} mengubah cara tanda tangan {objek}",
    "naskah.paraf": "{pelaku} menandatangani {objek}; penanda tangan berikutnya menunggu",
    "naskah.tandatangan": "{pelaku} menandatangani {objek}",
    "naskah.gagal_ttd": "Tanda tangan {pelaku} pada {objek} tidak jadi",
    "naskah.pindaian": "{pelaku} mengunggah pindaian {objek} yang sudah ditandatangani",
    "naskah.batal": "{pelaku} membatalkan {objek}",
    "naskah.unduh_paket": "{pelaku} mengunduh {objek}",
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
