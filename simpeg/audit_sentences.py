"""How events of simpeg read, and what the changed fields are called."""

from simpeg.jenis_riwayat import JENIS

# What happens to a file; kinds that are closed have events of their own name, so that
# they can be kept from those who may not know of them.
_BERKAS = {
    "buka": "{pelaku} membuka berkas {objek}",
    "unduh": "{pelaku} mengunduh berkas {objek}",
    "unggah": "{pelaku} menambah berkas {objek} ke arsip",
    "usul": "{pelaku} mengusulkan berkas {objek} untuk arsip",
    "terima": "{pelaku} menerima berkas {objek} ke arsip",
    "tolak": "{pelaku} menolak berkas {objek}",
    "tarik": "{pelaku} menarik berkas {objek} dari arsip",
}
BERKAS_TERTUTUP = tuple(f"berkas.{act}_tertutup" for act in _BERKAS)

SENTENCES = {
    f"{jenis.kunci}.{act}": f"{{pelaku}} {words.format(jenis.nama)} {{objek}}"
    for jenis in JENIS.values()
    for act, words in (
        ("tambah", "menambah {}"),
        ("koreksi", "mengoreksi {} menjadi"),
        ("batal", "membatalkan {}"),
        ("berkas", "melengkapi berkas {}"),
    )
} | {
    **{f"berkas.{act}": words for act, words in _BERKAS.items()},
    **{f"berkas.{act}_tertutup": words for act, words in _BERKAS.items()},
    "pegawai.impor": "{pelaku} mengimpor data {objek} dari SIASN",
    "siasn.unggah": "{pelaku} mengunggah ekspor SIASN {objek}",
    "siasn.perbaiki": "{pelaku} memperbaiki satu baris impor SIASN {objek}",
    "siasn.terapkan": "{pelaku} menerapkan impor SIASN {objek}",
    "siasn.batal": "{pelaku} membatalkan impor SIASN {objek}",
    "siasn.unduh": "{pelaku} mengunduh baris yang ditolak dari impor SIASN {objek}",
    "pegawai.rekonsiliasi": "{pelaku} mengikuti SIASN pada catatan {objek}",
    "rekonsiliasi.unggah": "{pelaku} mengunggah ekspor {objek} untuk rekonsiliasi",
    "rekonsiliasi.terima": "{pelaku} mengikuti SIASN menurut {objek}",
    "rekonsiliasi.tutup": "{pelaku} menutup rekonsiliasi {objek}",
    "rekonsiliasi.unduh": "{pelaku} mengunduh selisih dengan SIASN dari {objek}",
    "rekonsiliasi.ekspor": "{pelaku} mengunduh {objek} menurut nama kolom SIASN",
    "selisih.pertahankan": "{pelaku} mempertahankan catatan {objek} terhadap SIASN",
    "selisih.tanya": "{pelaku} menanyakan perbedaan dengan SIASN kepada {objek}",
    "selisih.jawab": "{pelaku} menjawab perbedaan dengan SIASN tentang {objek}",
    "rombongan.batal": "{pelaku} membatalkan {objek}; catatan kembali seperti semula",
    "pegawai.rombongan_batal": "{pelaku} mengembalikan catatan {objek} seperti semula",
    "pegawai.ubah": "{pelaku} mengubah data utama {objek}",
    "pegawai.konfirmasi": "{pelaku} menyatakan data {objek} sudah benar",
    "pegawai.buka": "{pelaku} membuka data {objek} yang hanya untuk petugas",
    "pegawai.ekspor": "{pelaku} mengunduh daftar pegawai",
    "acuan.tambah": "{pelaku} menambah {objek} ke data acuan",
    "acuan.ubah": "{pelaku} mengubah data acuan {objek}",
    "penandatangan.tambah": "{pelaku} menetapkan penandatangan {objek}",
    "penandatangan.akhiri": "{pelaku} mengakhiri penandatangan {objek}",
    "daftar_jabatan.ubah": "{pelaku} mengubah jabatan {objek}",
    "daftar_jabatan.tambah": "{pelaku} menambah {objek} ke daftar jabatan",
    "unit.tambah": "{pelaku} menambah unit kerja {objek}",
    "unit.ganti_nama": "{pelaku} mengganti nama unit kerja menjadi {objek}",
    "unit.tata": "{pelaku} menata unit kerja {objek}",
    "penataan.tambah": "{pelaku} menyusun penataan organisasi {objek}",
    "penataan.ubah": "{pelaku} mengubah konsep penataan {objek}",
    "penataan.langkah": "{pelaku} menambah langkah pada penataan {objek}",
    "penataan.hapus_langkah": "{pelaku} menghapus langkah dari penataan {objek}",
    "penataan.ajukan": "{pelaku} mengajukan penataan {objek}",
    "penataan.setujui": "{pelaku} menyetujui penataan {objek}",
    "penataan.kembalikan": "{pelaku} mengembalikan penataan {objek}",
    "penataan.terapkan": "{pelaku} menerapkan penataan {objek}",
    "penataan.batal": "{pelaku} membatalkan penataan {objek}",
    "penataan.lampiran": "{pelaku} mengunduh lampiran penataan {objek}",
    "demo.isi": "{pelaku} mengisi portal dengan kantor contoh",
    "peran.beri": "{pelaku} memberi peran {objek}",
    "peran.akhiri": "{pelaku} mengakhiri peran {objek}",
    "dokumen.cetak_biodata": "{pelaku} mencetak biodata {objek}",
    "dokumen.cetak_drh": "{pelaku} mencetak daftar riwayat hidup {objek}",
    "dokumen.cetak_kartu": "{pelaku} mencetak kartu riwayat {objek}",
    "nominatif.cetak": "{pelaku} mencetak daftar nominatif",
    "tindakan.minta": "{pelaku} meminta {objek} untuk banyak orang",
    "tindakan.lanjutkan": "{pelaku} melanjutkan {objek}",
    "duk.cetak": "{pelaku} mencetak daftar urut kepangkatan {objek}",
}

FIELD_LABELS = {
    "jumlah_orang": "orang yang pindah",
    "jenis_mutasi": "jenis mutasi",
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
