"""How events of simpeg read, and what the changed fields are called."""

SENTENCES = {
    "pegawai.ubah": "{pelaku} mengubah data utama {objek}",
    "pegawai.konfirmasi": "{pelaku} menyatakan data {objek} sudah benar",
    "pegawai.ekspor": "{pelaku} mengunduh daftar pegawai",
    "pangkat.tambah": "{pelaku} menambah riwayat pangkat {objek}",
    "pangkat.koreksi": "{pelaku} mengoreksi riwayat pangkat menjadi {objek}",
    "pangkat.batal": "{pelaku} membatalkan riwayat pangkat {objek}",
    "jabatan.tambah": "{pelaku} menambah riwayat jabatan {objek}",
    "daftar_jabatan.tambah": "{pelaku} menambah {objek} ke daftar jabatan",
    "unit.tambah": "{pelaku} menambah unit kerja {objek}",
    "unit.ganti_nama": "{pelaku} mengganti nama unit kerja menjadi {objek}",
    "demo.isi": "{pelaku} mengisi portal dengan kantor contoh",
    "peran.beri": "{pelaku} memberi peran {objek}",
    "peran.akhiri": "{pelaku} mengakhiri peran {objek}",
    "berkas.buka": "{pelaku} membuka berkas {objek}",
    "duk.cetak": "{pelaku} mencetak daftar urut kepangkatan {objek}",
}

FIELD_LABELS = {
    "tmt": "TMT",
    "masa_kerja_bulan": "masa kerja golongan (bulan)",
    "sk_nomor": "nomor SK",
    "sk_tanggal": "tanggal SK",
    "sk_pejabat": "pejabat penetap",
    "tmt_selesai": "berakhir",
    "jenis_penugasan": "penugasan",
    "nik": "NIK",
    "npwp": "NPWP",
    "bpjs": "nomor BPJS",
    "email": "surel",
    "email_dinas": "surel dinas",
}
