"""What happens to accounts, as sentences of the audit log."""

from enum import StrEnum


class Kejadian(StrEnum):
    BUAT = "akun.buat"
    UBAH = "akun.ubah"
    AKTIVASI = "akun.aktivasi"
    ATUR_ULANG = "akun.atur_ulang"
    GANTI_SANDI = "akun.ganti_sandi"
    TERBITKAN_KODE = "akun.terbitkan_kode"
    BUKA_KUNCI = "akun.buka_kunci"
    NONAKTIFKAN = "akun.nonaktifkan"
    AKTIFKAN = "akun.aktifkan"
    DUA_LANGKAH_HIDUP = "akun.dua_langkah_hidup"
    DUA_LANGKAH_MATI = "akun.dua_langkah_mati"
    TAMBAH_KUNCI = "akun.tambah_kunci_sandi"
    HAPUS_KUNCI = "akun.hapus_kunci_sandi"
    KODE_CADANGAN = "akun.kode_cadangan"
    HAPUS_DUA_LANGKAH = "akun.hapus_dua_langkah"
    MINTA_PEMULIHAN = "akun.minta_pemulihan"
    TOLAK_PEMULIHAN = "akun.tolak_pemulihan"
    AKHIRI_SESI = "akun.akhiri_sesi"


# What the owner of an account is shown: who opened it, and with what.
KEAMANAN = (
    Kejadian.AKTIVASI,
    Kejadian.ATUR_ULANG,
    Kejadian.GANTI_SANDI,
    Kejadian.TERBITKAN_KODE,
    Kejadian.DUA_LANGKAH_HIDUP,
    Kejadian.DUA_LANGKAH_MATI,
    Kejadian.TAMBAH_KUNCI,
    Kejadian.HAPUS_KUNCI,
    Kejadian.KODE_CADANGAN,
    Kejadian.HAPUS_DUA_LANGKAH,
)
# What is told at the next log-ins as well: a way in that was added or taken away.
CARA_MASUK = (
    Kejadian.DUA_LANGKAH_HIDUP,
    Kejadian.DUA_LANGKAH_MATI,
    Kejadian.TAMBAH_KUNCI,
    Kejadian.HAPUS_KUNCI,
)

SENTENCES: dict[str, str] = {
    Kejadian.BUAT: "{pelaku} membuat akun {objek}",
    Kejadian.UBAH: "{pelaku} mengubah data akun {objek}",
    Kejadian.AKTIVASI: "{pelaku} mengaktifkan akun {objek} dengan kode",
    Kejadian.ATUR_ULANG: "{pelaku} mengatur ulang kata sandi akun {objek} dengan kode",
    Kejadian.GANTI_SANDI: "{pelaku} mengganti kata sandi akun {objek}",
    Kejadian.TERBITKAN_KODE: "{pelaku} menerbitkan kode untuk akun {objek}",
    Kejadian.BUKA_KUNCI: "{pelaku} membuka kunci akun {objek}",
    Kejadian.NONAKTIFKAN: "{pelaku} menonaktifkan akun {objek}",
    Kejadian.AKTIFKAN: "{pelaku} mengaktifkan kembali akun {objek}",
    Kejadian.DUA_LANGKAH_HIDUP: "{pelaku} memasang verifikasi dua langkah pada akun {objek}",
    Kejadian.DUA_LANGKAH_MATI: "{pelaku} mematikan verifikasi dua langkah pada akun {objek}",
    Kejadian.TAMBAH_KUNCI: "{pelaku} menambah kunci sandi pada akun {objek}",
    Kejadian.HAPUS_KUNCI: "{pelaku} menghapus kunci sandi dari akun {objek}",
    Kejadian.KODE_CADANGAN: "{pelaku} membuat kode cadangan baru untuk akun {objek}",
    Kejadian.HAPUS_DUA_LANGKAH: "{pelaku} menghapus verifikasi dua langkah akun {objek}",
    Kejadian.MINTA_PEMULIHAN: "{pelaku} meminta pemulihan verifikasi dua langkah akun {objek}",
    Kejadian.TOLAK_PEMULIHAN: "{pelaku} menolak pemulihan verifikasi dua langkah akun {objek}",
    Kejadian.AKHIRI_SESI: "{pelaku} mengeluarkan perangkat lain dari akun {objek}",
}
