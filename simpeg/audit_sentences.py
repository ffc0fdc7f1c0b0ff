"""How events of simpeg read, and what the changed fields are called."""

from simpeg.jenis_riwayat import JENIS

SENTENCES = {
    f"{jenis.kunci}.{act}": f"{{pelaku}} {words.format(jenis.nama)} {{objek}}"
    for jenis in JENIS.values()
    for act, words in (
        ("tambah", "menambah {}"),
        ("koreksi", "mengoreksi {} menjadi"),
        ("batal", "membatalkan {}"),
    )
} | {
    "pegawai.impor": "{pelaku} mengimpor data {objek} dari SIASN",
    "siasn.unggah": "{pelaku} mengunggah ekspor SIASN {objek}",
    "siasn.perbaiki": "{pelaku} memperbaiki satu baris impor SIASN {objek}",
    "siasn.terapkan": "{pelaku} menerapkan impor SIASN {objek}",
    "siasn.batal": "{pelaku} membatalkan impor SIASN {objek}",
    "siasn.unduh": "{pelaku} mengunduh baris yang ditolak dari impor SIASN {objek}",
    "rombongan.batal": "{pelaku} membatalkan {objek}; catatan kembali seperti semula",
    "pegawai.rombongan_batal": "{pelaku} mengembalikan catatan {objek} seperti semula",
    "pegawai.ubah": "{pelaku} mengubah data utama {objek}",
    "pegawai.konfirmasi": "{pelaku} menyatakan data {objek} sudah benar",
    "pegawai.ekspor": "{pelaku} mengunduh daftar pegawai",
    "acuan.tambah": "{pelaku} menambah {objek} ke data acuan",
    "acuan.ubah": "{pelaku} mengubah data acuan {objek}",
    "penandatangan.tambah": "{pelaku} menetapkan penandatangan {objek}",
    "penandatangan.akhiri": "{pelaku} mengakhiri penandatangan {objek}",
    "daftar_jabatan.ubah": "{pelaku} mengubah jabatan {objek}",
    "daftar_jabatan.tambah": "{pelaku} menambah {objek} ke daftar jabatan",
    "unit.tambah": "{pelaku} menambah unit kerja {objek}",
    "unit.ganti_nama": "{pelaku} mengganti nama unit kerja menjadi {objek}",
    "demo.isi": "{pelaku} mengisi portal dengan kantor contoh",
    "peran.beri": "{pelaku} memberi peran {objek}",
    "peran.akhiri": "{pelaku} mengakhiri peran {objek}",
    "berkas.buka": "{pelaku} membuka berkas {objek}",
    "berkas.buka_tertutup": "{pelaku} membuka berkas {objek}",
    "dokumen.cetak_biodata": "{pelaku} mencetak biodata {objek}",
    "dokumen.cetak_drh": "{pelaku} mencetak daftar riwayat hidup {objek}",
    "dokumen.cetak_kartu": "{pelaku} mencetak kartu riwayat {objek}",
    "duk.cetak": "{pelaku} mencetak daftar urut kepangkatan {objek}",
}

FIELD_LABELS = {
    "is_aktif": "dipakai",
    "usia_bup": "usia pensiun (BUP)",
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
    "nomor_pp": "peraturan",
    "tmt_akhir": "hari terakhir",
    "ke": "perjanjian ke-",
    "is_asn": "juga ASN",
    "is_ditunjang": "mendapat tunjangan anak",
    "email": "surel",
    "email_dinas": "surel dinas",
}
