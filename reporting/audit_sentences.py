"""How events of reporting read, and what the changed fields are called."""

SENTENCES = {
    "laporan.terbitkan": "{pelaku} menerbitkan {objek}",
    "laporan.minta_perbaikan": "{pelaku} meminta perbaikan {objek}",
    "laporan.perbaiki": "{pelaku} memperbaiki laporan; yang berlaku kini {objek}",
    "laporan.unduh": "{pelaku} mengunduh {objek}",
    "laporan.pengaturan": "{pelaku} menyimpan pengaturan laporan {objek}",
}

FIELD_LABELS = {
    "jenis_periode": "periode",
    "dasar": "dasar hukum",
    "catatan": "catatan atas dasar hukum",
}
