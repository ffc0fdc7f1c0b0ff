"""One valid input per kind of riwayat, as its form is sent; all tests of them use it."""

from __future__ import annotations

from typing import Any

from simpeg.choices import JenisASN
from simpeg.forms.riwayat import build_form
from simpeg.jenis_riwayat import JENIS, JenisRiwayat
from simpeg.models import Jabatan, Pegawai, Referensi
from simpeg.tests.factories import JabatanFactory, PegawaiFactory

SK = {"sk_nomor": "800/7/CONTOH", "sk_tanggal": "2020-03-01", "sk_pejabat": "Bupati"}
DOKUMEN = {"sk_nomor": "EK/7/CONTOH", "sk_tanggal": "2020-03-01"}
# The name of a reference list stands for its first row.
REFERENSI = {
    "kursus": ("jenisDiklat", "8"),
    "penghargaan": ("penghargaan", "201"),
    "disiplin": ("jenisHukuman", "2"),
    "pemberhentian": ("jenisPemberhentian", "1"),
    "cltn": ("cltn", "1"),
    "tugas-belajar": ("cltn", "6"),
}
ISIAN: dict[str, dict[str, Any]] = {
    "pangkat": {
        "golongan": "III/b",
        "tmt": "2014-04-01",
        "masa_kerja_tahun": "4",
        "masa_kerja_sisa": "3",
        "pertek_nomor": "KR/08/CONTOH",
        "pertek_tanggal": "2014-02-10",
        **SK,
    },
    "jabatan": {
        "jenis_penugasan": "definitif",
        "jabatan": "Analis Contoh",
        "unit_kerja": "Bidang Contoh",
        "tmt": "2015-05-01",
        **SK,
    },
    "pendidikan": {
        "tingkat": "45",
        "nama": "S-2 Ilmu Administrasi",
        "sekolah": "Universitas Contoh",
        "tahun_lulus": "2015",
        "nomor_ijazah": "CONTOH-45",
    },
    "diklat": {
        "nama": "Pelatihan Kepemimpinan Pengawas",
        "tingkat": "4",
        "tanggal_selesai": "2019-11-30",
        "jumlah_jam": "900",
        **SK,
    },
    "kursus": {
        "nama": "Bimtek Pengelolaan Arsip",
        "tanggal_mulai": "2019-02-01",
        "tanggal_selesai": "2019-02-03",
        **SK,
    },
    "sertifikasi": {"nama": "Pengadaan Barang/Jasa", "tmt": "2019-01-01", **SK},
    "angka-kredit": {
        "jenis": "konversi",
        "mulai": "2023-01-01",
        "selesai": "2023-12-31",
        "jumlah": "12.5",
        **SK,
    },
    "kgb": {
        "golongan": "III/a",
        "tmt": "2018-01-01",
        "masa_kerja_tahun": "8",
        "masa_kerja_sisa": "0",
        "gaji_lama": "2900000",
        "gaji_baru": "3000000",
        **SK,
    },
    "pmk": {
        "pengalaman": "PT Contoh",
        "tanggal_mulai": "2005-01-01",
        "tanggal_selesai": "2008-12-31",
        "masa_kerja_tahun": "2",
        "masa_kerja_sisa": "0",
        **SK,
    },
    "kontrak": {
        "ke": "1",
        "tmt": "2022-03-01",
        "tmt_akhir": "2027-02-28",
        "golongan": "IX",
        **SK,
    },
    "orang-tua": {"hubungan": "ibu", "nama": "Ibu Contoh"},
    "pasangan": {
        "nama": "Budi Pasangan",
        "tanggal_nikah": "2012-06-01",
        "sk_nomor": "12/CONTOH",
    },
    "anak": {
        "nama": "Ani Anak",
        "jenis": "kandung",
        "jenis_kelamin": "P",
        "tanggal_lahir": "2014-02-02",
    },
    "penghargaan": {"tahun": "2020", **SK},
    "disiplin": {
        "nomor_pp": "PP 94/2021",
        "pelanggaran": "Tidak masuk kerja 5 hari",
        "tmt": "2022-02-01",
        **SK,
        "sk_tanggal": "2022-01-20",
    },
    "skp": {
        "tahun": "2023",
        "hasil_kerja": "sesuai",
        "perilaku_kerja": "di_atas",
        "kuadran": "baik",
        "penilai_nama": "Kepala Contoh",
        **DOKUMEN,
    },
    "kinerja-periodik": {
        "periodik": "triwulan",
        "mulai": "2024-01-01",
        "selesai": "2024-03-31",
        "hasil_kerja": "sesuai",
        "perilaku_kerja": "sesuai",
        "kuadran": "baik",
        **DOKUMEN,
    },
    "skp-lama": {
        "tahun": "2019",
        "peraturan": "pp_46_2011",
        "nilai_skp": "85",
        "nilai_perilaku": "80",
        "nilai_prestasi": "83",
        **DOKUMEN,
    },
    "dp3": {
        "tahun": "2012",
        "kesetiaan": "91",
        "prestasi_kerja": "80",
        "tanggung_jawab": "80",
        "ketaatan": "80",
        "kejujuran": "80",
        "kerja_sama": "80",
        "prakarsa": "80",
        "jumlah": "571",
        "rata_rata": "81,57",
        **DOKUMEN,
    },
    "kompetensi": {
        "tanggal": "2022-06-01",
        "integritas": "3",
        "kerja_sama": "3",
        "komunikasi": "3",
        "orientasi_hasil": "3",
        "pelayanan_publik": "3",
        "pengembangan_diri": "2",
        "mengelola_perubahan": "2",
        "pengambilan_keputusan": "3",
        "perekat_bangsa": "3",
        **SK,
    },
    "potensi": {
        "tanggal": "2022-06-01",
        "berpikir_kritis": "70",
        "intelektual": "72,5",
        "interpersonal": "80",
        "kesadaran_diri": "75",
        "motivasi_komitmen": "77",
        "total": "374,5",
        **SK,
    },
    "unor": {"unit_kerja": "Bidang Contoh", "tmt": "2019-02-01", **SK},
    "pindah-instansi": {
        "arah": "masuk",
        "tmt": "2018-02-01",
        "instansi_asal": "Pemerintah Kab. Seberang",
        "instansi_tujuan": "Pemerintah Kab. Contoh",
        **SK,
    },
    "pwk": {"lokasi": "Kandangan", "tmt": "2017-02-01", **SK},
    "kedudukan": {"kedudukan": "20", "tmt": "2020-04-01", **SK},
    "cltn": {"tmt": "2019-01-01", "tmt_selesai": "2021-12-31", **SK},
    "tugas-belajar": {
        "tmt": "2016-09-01",
        "tmt_selesai": "2018-08-31",
        "is_dibebaskan": "on",
        "tingkat": "45",
        "nama": "Magister Administrasi Publik",
        "sekolah": "Universitas Contoh",
        **SK,
    },
    "pemberhentian": {"kedudukan": "99", "tmt": "2026-01-01", **SK},
}
# A field that an officer may well mistype, and its right value.
BENAR = {
    "pangkat": ("sk_nomor", "800/8/CONTOH"),
    "pendidikan": ("nomor_ijazah", "CONTOH-46"),
    "orang-tua": ("nama", "Ibu Contoh Benar"),
    "pasangan": ("pekerjaan", "Guru"),
    "anak": ("pekerjaan", "Pelajar"),
}


def isian(jenis: JenisRiwayat, /, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends for a valid row of this kind."""
    values = {**ISIAN[jenis.kunci], **changes}
    if jenis.kunci == "jabatan":
        name = "Analis Contoh"
        Jabatan.objects.filter(nama=name).exists() or JabatanFactory(nama=name)
    if reference := REFERENSI.get(jenis.kunci):
        daftar, kode = reference
        row = Referensi.objects.get(daftar=daftar, kode=kode)
        values.setdefault("jenis", row.pk)
    return values


def benar(jenis: JenisRiwayat) -> tuple[str, str]:
    return BENAR.get(jenis.kunci, ("sk_nomor", "800/8/CONTOH"))


def data(jenis: JenisRiwayat, pegawai: Pegawai, /, **changes: Any) -> dict[str, Any]:
    """Return the same as the service takes it."""
    form = build_form(jenis.kunci)(isian(jenis, **changes), pegawai=pegawai)
    assert form.is_valid(), form.errors
    return form.as_data()


def orang_untuk(jenis: JenisRiwayat, kantor: Any) -> Pegawai:
    """Return somebody of the dinas whom this kind fits."""
    if JenisASN.PNS in jenis.untuk:
        return kantor.pegawai
    return PegawaiFactory(nama="Sari Kontrak", pppk=True, di=kantor.bidang)


SEMUA = list(JENIS.values())
