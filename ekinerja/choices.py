"""Closed lists of performance management; `Predikat` and `Ekspektasi` stand in simpeg.

`siasn` is the code of the e-Kinerja services of BKN ("" where they have none).
"""

from simpeg.choices import Choice


class CapaianOrganisasi(Choice):
    """How the organisation did, best first; "istimewa" is never said of a person."""

    ISTIMEWA = "istimewa", "Istimewa"
    BAIK = "baik", "Baik"
    BUTUH_PERBAIKAN = "butuh_perbaikan", "Butuh Perbaikan"
    KURANG = "kurang", "Kurang"
    SANGAT_KURANG = "sangat_kurang", "Sangat Kurang"


class Potensial(Choice):
    """The second axis of the talent box, lowest first."""

    RENDAH = "rendah", "Rendah"
    MENENGAH = "menengah", "Menengah"
    TINGGI = "tinggi", "Tinggi"


class KelasTerlambat(Choice):
    TL1 = "tl1", "TL1"
    TL2 = "tl2", "TL2"
    TL3 = "tl3", "TL3"
    TL4 = "tl4", "TL4"


class KelasPulangCepat(Choice):
    PSW1 = "psw1", "PSW1"
    PSW2 = "psw2", "PSW2"
    PSW3 = "psw3", "PSW3"
    PSW4 = "psw4", "PSW4"


class ContohTpp(Choice):
    """Rule sets of other regencies, shipped to copy from; none is in force here."""

    BALANGAN_2025 = "balangan_2025", "Contoh Kabupaten Balangan 2025"
    TULANG_BAWANG = "tulang_bawang", "Contoh Kabupaten Tulang Bawang"
    SAMARINDA_2022 = "samarinda_2022", "Contoh Kota Samarinda 2022"


class KomponenTpp(Choice):
    """The grounds on which additional income is paid (PP 12/2019 Pasal 58)."""

    PRESTASI_KERJA = "prestasi_kerja", "Prestasi kerja"
    BEBAN_KERJA = "beban_kerja", "Beban kerja"
    KONDISI_KERJA = "kondisi_kerja", "Kondisi kerja"
    TEMPAT_BERTUGAS = "tempat_bertugas", "Tempat bertugas"
    KELANGKAAN_PROFESI = "kelangkaan_profesi", "Kelangkaan profesi"
    PERTIMBANGAN_LAIN = "pertimbangan_lain", "Pertimbangan objektif lain"


class SyaratTpp(Choice):
    PRESENSI = "presensi", "Rekap presensi"
    PREDIKAT = "predikat", "Predikat kinerja bulanan"
    GAJI = "gaji", "Data gaji"
    PAJAK = "pajak", "Status pajak"
    SKP_BULANAN = "skp_bulanan", "Dokumen SKP bulanan"
    SKP_TAHUNAN = "skp_tahunan", "Dokumen SKP tahunan"
    LHKPN = "lhkpn", "LHKPN bagi yang wajib"


class JenisKejadian(Choice):
    """What attendance may cost; measured in minutes, hours or times."""

    TERLAMBAT = "terlambat", "Terlambat"
    PULANG_CEPAT = "pulang_cepat", "Pulang cepat"
    KELUAR_TANPA_IZIN = "keluar_tanpa_izin", "Keluar tanpa izin"
    TANPA_ABSEN_MASUK = "tanpa_absen_masuk", "Tanpa absen masuk"
    TANPA_ABSEN_PULANG = "tanpa_absen_pulang", "Tanpa absen pulang"
    TIDAK_HADIR = "tidak_hadir", "Tidak hadir sehari tanpa keterangan"
    APEL = "apel", "Tidak mengikuti apel atau upacara"


class PengecualianKejadian(Choice):
    SURAT_TUGAS = "surat_tugas", "Surat tugas"
    SAKIT = "sakit", "Sakit dengan surat dokter"
    CUTI = "cuti", "Cuti"
    DISPENSASI = "dispensasi", "Dispensasi"
    KEADAAN_KAHAR = "keadaan_kahar", "Keadaan kahar"


class CaraPlt(Choice):
    PENUH = "penuh", "Penuh dari jabatan yang dirangkap"
    TAMBAHAN = "tambahan", "Tambahan pada jabatan sendiri"


class JenisStatusKhusus(Choice):
    CUTI = "cuti", "Cuti"
    MPP = "mpp", "Masa persiapan pensiun"
    HUKDIS = "hukdis", "Hukuman disiplin"
    CLTN = "cltn", "Cuti di luar tanggungan negara"
    DIPERBANTUKAN = "diperbantukan", "Diperbantukan"


class PenanggungIuran(Choice):
    PEGAWAI = "pegawai", "dipotong dari pegawai"
    PEMBERI_KERJA = "pemberi_kerja", "ditanggung pemberi kerja"


class StatusTpp(Choice):
    DIBAYAR = "dibayar", "Dibayar"
    TERTAHAN = "tertahan", "Tertahan, syarat belum lengkap"
    DITUNDA = "ditunda", "Pembayaran ditunda"
