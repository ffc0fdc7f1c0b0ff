"""The kinds of riwayat a person page carries, each told once.

A kind says which model it is, what its form asks, what may never be, where it stands on
the page and who may see it. Service, form, views, table, linimasa and audit sentences
read it from here; what a kind has beyond this is a check of its own in `services`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bkpsdmd.ui.formats import format_angka, format_rupiah, format_tanggal_singkat
from simpeg import models
from simpeg.choices import JenisASN, JenisPenugasan, Periodik
from simpeg.models.riwayat import Riwayat
from simpeg.permissions import Permission

SK = ("sk_nomor", "sk_tanggal", "sk_pejabat")
PPPK = frozenset({JenisASN.PPPK, JenisASN.PPPK_PARUH_WAKTU})
PNS = frozenset({JenisASN.PNS})


@dataclass(frozen=True)
class Lajur:
    """A column of the table: what a cell says, and in small below it."""

    judul: str
    utama: Callable[[Any], object]
    kecil: Callable[[Any], object] | None = None


@dataclass(frozen=True)
class Peristiwa:
    """How a row stands in the linimasa: paths of its day and its words.

    Kinds that need more words than one pattern holds are told in `selectors.linimasa`.
    """

    tanggal: str
    judul: str
    pola: str = "{}"
    tulis: Callable[[str], str] = str
    # The last day, of kinds whose gaps and overlaps matter.
    selesai: str = ""
    # What a rule on the next dates needs of the row beside its words.
    kode: str = ""


@dataclass(frozen=True, kw_only=True)
class JenisRiwayat:
    """One kind. `kolom` and `sk` are fields of the model in the order of the form."""

    kunci: str
    nama: str
    model: type[Riwayat]
    arsip: str
    kolom: tuple[str, ...]
    lajur: tuple[Lajur, ...]
    ikon: str
    kosong: str
    sk: tuple[str, ...] = SK
    # Fields that may be empty in an import, but not in what an officer records.
    wajib: frozenset[str] = frozenset({"sk_nomor", "sk_tanggal"})
    label: Mapping[str, str] = field(default_factory=dict)
    bantuan: Mapping[str, str] = field(default_factory=dict)
    hanya_pns: frozenset[str] = frozenset()
    rupiah: frozenset[str] = frozenset()
    # Conditions on what a field that points to a short list offers.
    pilihan: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # Of a long form, the field a section begins with and what the section is called.
    seksi: Mapping[str, str] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    # No two rows in force agree in all of these.
    unik: tuple[str, ...] = ()
    # First and last day; two rows in force may not share a day if `is_tunggal`.
    rentang: tuple[str, str] | None = None
    is_tunggal: bool = False
    # Days that may lie ahead; all others have passed when they are recorded.
    mendatang: frozenset[str] = frozenset()
    untuk: frozenset[JenisASN] = frozenset(JenisASN)
    izin: Permission = Permission.RIWAYAT_CHANGE
    # Seen by the person and by those with PEGAWAI_SENSITIVE alone.
    is_tertutup: bool = False
    # The read table of today's state hangs on it.
    is_keadaan: bool = False
    peristiwa: Peristiwa | None = None

    @property
    def judul(self) -> str:
        return self.nama[0].upper() + self.nama[1:]

    @property
    def isian(self) -> tuple[str, ...]:
        """Return the fields a person fills in, in order."""
        return (*self.kolom, *self.sk)

    @property
    def arsip_satuan(self) -> bool:
        """Tell whether each row has a paper of its own; one KK proves all parents."""
        return self.arsip not in ("kk", "sk_kedudukan")

    @property
    def label_bukti(self) -> str:
        """Return what the column with number, date and file is called."""
        is_sk = "sk_nomor" in self.sk and "sk_nomor" not in self.label
        return "SK" if is_sk else "Bukti"

    def label_of(self, name: str) -> str:
        """Return what a field is called on form and table of this kind."""
        label = self.label.get(name) or self.model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        return str(label)


def _masa(row: Any) -> str:
    tahun, bulan = row.masa_kerja
    return f"{tahun} th {bulan} bl"


def _angka(jumlah: object) -> str:
    """Write a credit alike from both databases: 12,5 and not 12.500."""
    return format_angka(Decimal(str(jumlah)).normalize())


def _sampai(row: Any, name: str = "tmt_selesai", kata: str = "sampai") -> str:
    day: dt.date | None = getattr(row, name)
    return f"{kata} {format_tanggal_singkat(day)}" if day else ""


def _jam(row: Any) -> str:
    return f"{row.jumlah_jam} jam" if row.jumlah_jam else ""


def _keadaan_anggota(row: Any) -> str:
    return _sampai(row, "tanggal_meninggal", "meninggal")


def _level(row: Any, *names: str) -> str:
    """Write levels side by side, each with its name in short."""
    return ", ".join(
        f"{row._meta.get_field(name).verbose_name} {getattr(row, name)}"
        for name in names
    )


_MANAJERIAL = (
    "integritas",
    "kerja_sama",
    "komunikasi",
    "orientasi_hasil",
    "pelayanan_publik",
    "pengembangan_diri",
    "mengelola_perubahan",
    "pengambilan_keputusan",
)
PENILAI = ("penilai_nama", "penilai_nip", "penilai_jabatan")
ATASAN = ("atasan_nama", "atasan_nip", "atasan_jabatan")
SEKSI_PENILAI = {
    "penilai_nama": "Pejabat penilai",
    "atasan_nama": "Atasan pejabat penilai",
}
DOKUMEN = ("sk_nomor", "sk_tanggal")
LABEL_DOKUMEN = {
    "sk_nomor": "nomor dokumen",
    "sk_tanggal": "tanggal dokumen",
}
LABEL_ASESMEN = {
    "sk_nomor": "nomor laporan",
    "sk_tanggal": "tanggal laporan",
    "sk_pejabat": "penyelenggara",
}

PANGKAT = JenisRiwayat(
    kunci="pangkat",
    nama="riwayat pangkat",
    model=models.RiwayatPangkat,
    arsip="sk_kp",
    izin=Permission.PANGKAT_CHANGE,
    kolom=(
        "golongan",
        "jenis",
        "tmt",
        "masa_kerja_bulan",
        "pertek_nomor",
        "pertek_tanggal",
    ),
    hanya_pns=frozenset({"jenis", "pertek_nomor", "pertek_tanggal"}),
    bantuan={"tmt": "Terhitung mulai tanggal menurut SK, selalu tanggal 1."},
    related=("golongan", "jenis"),
    lajur=(
        Lajur("Golongan", lambda r: r.golongan_id, lambda r: r.golongan.pangkat),
        Lajur("TMT", lambda r: r.tmt, lambda r: r.jenis),
        Lajur("Masa kerja", _masa),
    ),
    ikon="stairs-up",
    kosong="Tambahkan dari SK pengangkatan atau impor data SIASN.",
    mendatang=frozenset({"tmt"}),
    is_keadaan=True,
)
JABATAN = JenisRiwayat(
    kunci="jabatan",
    nama="riwayat jabatan",
    model=models.RiwayatJabatan,
    arsip="sk_jabatan",
    kolom=(
        "jenis_penugasan",
        "jabatan",
        "unit_kerja",
        "tmt",
        "tmt_selesai",
        "tanggal_pelantikan",
    ),
    bantuan={
        "jenis_penugasan": "Plt., Plh., Pj., dan tugas tambahan berdiri di samping "
        "jabatan definitif.",
        "jabatan": "Ketik sebagian nama, lalu pilih.",
        "unit_kerja": "Ketik sebagian nama, lalu pilih. Jabatan pimpinan: unit yang "
        "dipimpin.",
        "tmt": "Terhitung mulai tanggal menurut SK.",
        "tmt_selesai": "Hari pertama sesudah penugasan. Wajib untuk Plt., Plh., Pj., "
        "dan tugas tambahan; kosongkan untuk jabatan definitif.",
    },
    related=("jabatan", "unit_kerja"),
    lajur=(
        Lajur(
            "Jabatan",
            lambda r: r.jabatan.nama,
            lambda r: (
                ""
                if r.jenis_penugasan == JenisPenugasan.DEFINITIF
                else r.get_jenis_penugasan_display()
            ),
        ),
        Lajur(
            "Unit kerja",
            lambda r: r.nama_unit,
            lambda r: (
                f"kini {r.unit_kerja.nama}"
                if r.nama_unit != r.unit_kerja.nama
                else "unit ini sudah ditutup"
                if r.unit_kerja.selesai
                else ""
            ),
        ),
        Lajur(
            "TMT",
            lambda r: r.tmt,
            lambda r: _sampai(r, kata="sampai sebelum"),
        ),
    ),
    ikon="briefcase",
    kosong="Tambahkan dari SK pengangkatan dalam jabatan atau impor data SIASN.",
    mendatang=frozenset({"tmt", "tmt_selesai", "tanggal_pelantikan"}),
    is_keadaan=True,
)
PENDIDIKAN = JenisRiwayat(
    kunci="pendidikan",
    nama="riwayat pendidikan",
    model=models.RiwayatPendidikan,
    arsip="ijazah",
    kolom=(
        "tingkat",
        "nama",
        "sekolah",
        "tahun_lulus",
        "tanggal_lulus",
        "nomor_ijazah",
    ),
    sk=(),
    wajib=frozenset({"tahun_lulus", "sekolah"}),
    bantuan={"nama": "Sebagaimana tertulis pada ijazah, mis. S-1 Administrasi Negara."},
    related=("tingkat",),
    lajur=(
        Lajur("Pendidikan", lambda r: r.nama, lambda r: r.tingkat.nama),
        Lajur("Sekolah", lambda r: r.sekolah),
        Lajur("Lulus", lambda r: r.tahun_lulus and str(r.tahun_lulus)),
        Lajur("Ijazah", lambda r: r.nomor_ijazah),
    ),
    ikon="school",
    kosong="Tambahkan dari ijazah atau impor data SIASN.",
    unik=("tingkat", "nama", "tahun_lulus"),
    is_keadaan=True,
)
DIKLAT = JenisRiwayat(
    kunci="diklat",
    nama="diklat struktural",
    model=models.RiwayatDiklat,
    arsip="sertifikat_diklat",
    kolom=("nama", "tingkat", "tanggal_selesai", "jumlah_jam"),
    label={
        "sk_nomor": "nomor sertifikat",
        "sk_tanggal": "tanggal sertifikat",
        "sk_pejabat": "penyelenggara",
    },
    wajib=frozenset({"sk_nomor"}),
    bantuan={
        "tingkat": "1 untuk PKN I/PIM I, 2 untuk PKN II/PIM II, 3 untuk PKA/PIM III, "
        "4 untuk PKP/PIM IV. Kosongkan untuk diklat struktural lainnya."
    },
    lajur=(
        Lajur("Latihan", lambda r: r.nama, lambda r: r.tingkat and f"Tk. {r.tingkat}"),
        Lajur("Selesai", lambda r: r.tanggal_selesai, _jam),
    ),
    ikon="award",
    kosong="Tambahkan dari sertifikat pelatihan kepemimpinan.",
    unik=("nama", "tanggal_selesai"),
    is_keadaan=True,
    peristiwa=Peristiwa("tanggal_selesai", "nama"),
)
KURSUS = JenisRiwayat(
    kunci="kursus",
    nama="kursus dan diklat lain",
    model=models.RiwayatKursus,
    arsip="sertifikat_kursus",
    kolom=("jenis", "nama", "tanggal_mulai", "tanggal_selesai", "jumlah_jam"),
    label=DIKLAT.label,
    wajib=frozenset(),
    related=("jenis",),
    lajur=(
        Lajur("Kursus", lambda r: r.nama, lambda r: r.jenis.nama),
        Lajur("Selesai", lambda r: r.tanggal_selesai, _jam),
        Lajur("Penyelenggara", lambda r: r.sk_pejabat),
    ),
    ikon="certificate",
    kosong="Tambahkan dari sertifikat bimtek, seminar, atau pelatihan teknis.",
    unik=("nama", "tanggal_mulai"),
    rentang=("tanggal_mulai", "tanggal_selesai"),
    peristiwa=Peristiwa("tanggal_selesai", "nama"),
)
SERTIFIKASI = JenisRiwayat(
    kunci="sertifikasi",
    nama="sertifikasi",
    model=models.RiwayatSertifikasi,
    arsip="sertifikat_sertifikasi",
    kolom=("nama", "tmt", "tmt_selesai"),
    label={
        "sk_nomor": "nomor sertifikat",
        "sk_tanggal": "tanggal sertifikat",
        "sk_pejabat": "lembaga penerbit",
    },
    bantuan={"tmt_selesai": "Kosongkan bila berlaku seterusnya."},
    lajur=(
        Lajur("Sertifikasi", lambda r: r.nama, lambda r: r.sk_pejabat),
        Lajur("Berlaku", lambda r: r.tmt, _sampai),
    ),
    ikon="certificate",
    kosong="Tambahkan dari sertifikat kompetensi, mis. pengadaan barang/jasa.",
    unik=("nama", "tmt"),
    rentang=("tmt", "tmt_selesai"),
    mendatang=frozenset({"tmt_selesai"}),
    peristiwa=Peristiwa("tmt", "nama", "Sertifikasi {}"),
)
ANGKA_KREDIT = JenisRiwayat(
    kunci="angka-kredit",
    nama="angka kredit",
    model=models.RiwayatAngkaKredit,
    arsip="pak",
    kolom=("jenis", "mulai", "selesai", "utama", "penunjang", "jumlah"),
    bantuan={"jumlah": "Jumlah kredit baru menurut PAK, mis. 12,5."},
    label={
        "sk_nomor": "nomor PAK",
        "sk_tanggal": "tanggal PAK",
    },
    lajur=(
        Lajur("Masa penilaian", lambda r: r.mulai, lambda r: _sampai(r, "selesai")),
        Lajur("Jenis", lambda r: r.get_jenis_display()),
        Lajur("Jumlah", lambda r: _angka(r.jumlah)),
    ),
    ikon="chart-line",
    kosong="Tambahkan dari PAK pejabat fungsional.",
    rentang=("mulai", "selesai"),
    unik=("jenis", "mulai"),
    peristiwa=Peristiwa("selesai", "jumlah", "Angka kredit {}", _angka),
)
KGB = JenisRiwayat(
    kunci="kgb",
    nama="kenaikan gaji berkala",
    model=models.RiwayatKGB,
    arsip="sk_kgb",
    kolom=("golongan", "tmt", "masa_kerja_bulan", "gaji_lama", "gaji_baru"),
    bantuan={
        "tmt": "Terhitung mulai tanggal gaji baru menurut SK.",
        "gaji_baru": "Dalam rupiah, mis. 3.500.000.",
    },
    rupiah=frozenset({"gaji_lama", "gaji_baru"}),
    related=("golongan",),
    lajur=(
        Lajur("TMT", lambda r: r.tmt),
        Lajur("Golongan", lambda r: r.golongan_id, _masa),
        Lajur(
            "Gaji pokok baru",
            lambda r: format_rupiah(r.gaji_baru),
            lambda r: r.gaji_lama and f"semula {format_rupiah(r.gaji_lama)}",
        ),
    ),
    ikon="cash",
    kosong="Tambahkan dari SK kenaikan gaji berkala.",
    unik=("tmt",),
    mendatang=frozenset({"tmt"}),
    peristiwa=Peristiwa(
        "tmt", "golongan", "Kenaikan gaji berkala {}", kode="masa_kerja_bulan"
    ),
)
PMK = JenisRiwayat(
    kunci="pmk",
    nama="peninjauan masa kerja",
    model=models.RiwayatPMK,
    arsip="sk_pmk",
    kolom=(
        "pengalaman",
        "tanggal_mulai",
        "tanggal_selesai",
        "masa_kerja_bulan",
        "pertek_nomor",
        "pertek_tanggal",
    ),
    label={"masa_kerja_bulan": "masa kerja diakui"},
    lajur=(
        Lajur("Tempat bekerja", lambda r: r.pengalaman),
        Lajur(
            "Masa bekerja",
            lambda r: r.tanggal_mulai,
            lambda r: _sampai(r, "tanggal_selesai"),
        ),
        Lajur("Diakui", _masa),
    ),
    ikon="hourglass",
    kosong="Tambahkan dari SK peninjauan masa kerja (PMK).",
    rentang=("tanggal_mulai", "tanggal_selesai"),
    is_tunggal=True,
    untuk=PNS,
    peristiwa=Peristiwa("sk_tanggal", "pengalaman", "Peninjauan masa kerja: {}"),
)
KONTRAK = JenisRiwayat(
    kunci="kontrak",
    nama="perjanjian kerja",
    model=models.RiwayatKontrak,
    arsip="perjanjian_kerja",
    kolom=("ke", "tmt", "tmt_akhir", "golongan", "gaji_pokok"),
    label={
        "sk_nomor": "nomor perjanjian",
        "sk_tanggal": "tanggal perjanjian",
        "sk_pejabat": "pejabat yang menandatangani",
    },
    bantuan={"tmt_akhir": "Hari terakhir yang masih termasuk perjanjian."},
    rupiah=frozenset({"gaji_pokok"}),
    related=("golongan",),
    lajur=(
        Lajur("Perjanjian", lambda r: f"ke-{r.ke}", lambda r: r.golongan_id),
        Lajur("Mulai", lambda r: r.tmt, lambda r: _sampai(r, "tmt_akhir")),
        Lajur("Gaji pokok", lambda r: r.gaji_pokok and format_rupiah(r.gaji_pokok)),
    ),
    ikon="signature",
    kosong="Tambahkan dari perjanjian kerja PPPK.",
    unik=("ke",),
    rentang=("tmt", "tmt_akhir"),
    is_tunggal=True,
    mendatang=frozenset({"tmt", "tmt_akhir"}),
    untuk=PPPK,
    peristiwa=Peristiwa("tmt", "ke", "Perjanjian kerja ke-{}", selesai="tmt_akhir"),
)
ORANG_TUA = JenisRiwayat(
    kunci="orang-tua",
    nama="orang tua",
    model=models.RiwayatOrangTua,
    arsip="kk",
    kolom=(
        "hubungan",
        "nama",
        "tempat_lahir",
        "tanggal_lahir",
        "pekerjaan",
        "tanggal_meninggal",
    ),
    sk=(),
    wajib=frozenset(),
    lajur=(
        Lajur("Nama", lambda r: r.nama, _keadaan_anggota),
        Lajur("Hubungan", lambda r: r.get_hubungan_display()),
        Lajur("Lahir", lambda r: r.tanggal_lahir, lambda r: r.tempat_lahir),
    ),
    ikon="users",
    kosong="Tambahkan ayah dan ibu menurut kartu keluarga atau akta kelahiran.",
    unik=("hubungan",),
    is_tertutup=True,
)
PASANGAN = JenisRiwayat(
    kunci="pasangan",
    nama="pasangan",
    model=models.RiwayatPasangan,
    arsip="akta_nikah",
    kolom=(
        "nama",
        "nik",
        "tempat_lahir",
        "tanggal_lahir",
        "pekerjaan",
        "is_asn",
        "karis_karsu",
        "tanggal_nikah",
        "sk_nomor",
        "tanggal_cerai",
        "akta_cerai",
        "tanggal_meninggal",
    ),
    sk=(),
    label={"sk_nomor": "nomor akta nikah"},
    wajib=frozenset({"sk_nomor"}),
    bantuan={"nik": "16 angka pada KTP. Hanya terlihat oleh yang berwenang."},
    seksi={"nama": "Pasangan", "tanggal_nikah": "Perkawinan"},
    lajur=(
        Lajur("Nama", lambda r: r.nama, lambda r: r.pekerjaan),
        Lajur("Lahir", lambda r: r.tanggal_lahir, lambda r: r.tempat_lahir),
        Lajur(
            "Nikah",
            lambda r: r.tanggal_nikah,
            lambda r: _sampai(r, "tanggal_cerai", "cerai") or _keadaan_anggota(r),
        ),
    ),
    ikon="users",
    kosong="Tambahkan suami atau istri menurut akta nikah.",
    rentang=("tanggal_nikah", "tanggal_cerai"),
    unik=("nama", "tanggal_nikah"),
    is_tertutup=True,
)
ANAK = JenisRiwayat(
    kunci="anak",
    nama="anak",
    model=models.RiwayatAnak,
    arsip="akta_anak",
    kolom=(
        "nama",
        "jenis",
        "jenis_kelamin",
        "tempat_lahir",
        "tanggal_lahir",
        "sk_nomor",
        "pasangan",
        "pekerjaan",
        "is_ditunjang",
        "tanggal_meninggal",
    ),
    sk=(),
    label={"sk_nomor": "nomor akta kelahiran"},
    wajib=frozenset({"tanggal_lahir"}),
    related=("pasangan",),
    lajur=(
        Lajur("Nama", lambda r: r.nama, _keadaan_anggota),
        Lajur("Jenis", lambda r: r.get_jenis_display(), lambda r: r.pasangan),
        Lajur("Lahir", lambda r: r.tanggal_lahir, lambda r: r.tempat_lahir),
        Lajur("Tunjangan", lambda r: "ya" if r.is_ditunjang else "tidak"),
    ),
    ikon="users",
    kosong="Tambahkan anak menurut akta kelahiran.",
    unik=("nama", "tanggal_lahir"),
    is_tertutup=True,
)
PENGHARGAAN = JenisRiwayat(
    kunci="penghargaan",
    nama="penghargaan",
    model=models.RiwayatPenghargaan,
    arsip="piagam",
    kolom=("jenis", "keterangan", "tahun"),
    bantuan={"keterangan": "Nama penghargaan, bila jenisnya “lainnya”."},
    related=("jenis",),
    lajur=(
        Lajur("Penghargaan", lambda r: r.jenis.nama, lambda r: r.keterangan),
        Lajur("Tahun", lambda r: str(r.tahun)),
        Lajur("Pemberi", lambda r: r.sk_pejabat),
    ),
    ikon="star",
    kosong="Tambahkan dari Keppres, SK, atau piagam penghargaan.",
    unik=("jenis", "keterangan", "tahun"),
    peristiwa=Peristiwa(
        "sk_tanggal", "jenis__nama", "Penghargaan {}", kode="jenis__kode"
    ),
)
HUKUMAN = JenisRiwayat(
    kunci="disiplin",
    nama="hukuman disiplin",
    model=models.RiwayatHukuman,
    arsip="sk_hukdis",
    kolom=("jenis", "nomor_pp", "pelanggaran", "tmt", "tmt_selesai"),
    bantuan={
        "nomor_pp": "Dasar penjatuhan, mis. PP 94/2021.",
        "tmt_selesai": "Kosongkan bila hukuman tidak berjangka.",
    },
    related=("jenis",),
    lajur=(
        Lajur("Hukuman", lambda r: r.jenis.nama, lambda r: r.nomor_pp),
        Lajur("Pelanggaran", lambda r: r.pelanggaran),
        Lajur("Mulai", lambda r: r.tmt, _sampai),
    ),
    ikon="gavel",
    kosong="Tambahkan hanya dari SK hukuman disiplin yang sudah ditetapkan.",
    unik=("jenis", "tmt"),
    rentang=("tmt", "tmt_selesai"),
    mendatang=frozenset({"tmt", "tmt_selesai"}),
    is_tertutup=True,
    peristiwa=Peristiwa(
        "tmt",
        "jenis__nama",
        "Hukuman disiplin: {}",
        selesai="tmt_selesai",
        kode="jenis__tambahan",
    ),
)


SKP = JenisRiwayat(
    kunci="skp",
    nama="SKP mulai 2022",
    model=models.RiwayatSKP,
    arsip="skp",
    kolom=(
        "tahun",
        "hasil_kerja",
        "perilaku_kerja",
        "kuadran",
        *PENILAI,
        "is_penilai_asn",
    ),
    sk=DOKUMEN,
    label=LABEL_DOKUMEN,
    wajib=frozenset({"sk_tanggal", "penilai_nama"}),
    seksi={"tahun": "Yang dinilai", **SEKSI_PENILAI},
    lajur=(
        Lajur("Tahun", lambda r: str(r.tahun)),
        Lajur(
            "Predikat",
            lambda r: r.get_kuadran_display(),
            lambda r: (
                f"hasil {r.get_hasil_kerja_display().lower()}, "
                f"perilaku {r.get_perilaku_kerja_display().lower()}"
            ),
        ),
        Lajur("Penilai", lambda r: r.penilai_nama, lambda r: r.penilai_jabatan),
    ),
    ikon="chart-bar",
    kosong="Tambahkan dari dokumen evaluasi kinerja tahunan.",
    unik=("tahun",),
    peristiwa=Peristiwa("sk_tanggal", "tahun", "Evaluasi kinerja {}", kode="kuadran"),
)
KINERJA_PERIODIK = JenisRiwayat(
    kunci="kinerja-periodik",
    nama="kinerja periodik",
    model=models.RiwayatKinerjaPeriodik,
    arsip="kinerja_periodik",
    kolom=(
        "periodik",
        "mulai",
        "selesai",
        "hasil_kerja",
        "perilaku_kerja",
        "kuadran",
        "persentase",
        "koefisien",
        "jabatan",
        "unit_kerja",
        *PENILAI,
    ),
    sk=DOKUMEN,
    label=LABEL_DOKUMEN,
    wajib=frozenset({"sk_tanggal"}),
    bantuan={
        "jabatan": "Jabatan yang dinilai, sebagaimana tertulis pada dokumen.",
        "persentase": "Persentase pengali angka kredit, mis. 100; hanya pejabat "
        "fungsional.",
        "koefisien": "Koefisien angka kredit per tahun, mis. 12,5; hanya pejabat "
        "fungsional.",
    },
    seksi={
        "periodik": "Yang dinilai",
        "persentase": "Angka kredit dan jabatan",
        **SEKSI_PENILAI,
    },
    lajur=(
        Lajur("Periode", lambda r: r.mulai, lambda r: _sampai(r, "selesai")),
        Lajur("Irama", lambda r: r.get_periodik_display()),
        Lajur(
            "Predikat",
            lambda r: r.get_kuadran_display(),
            lambda r: (
                f"hasil {r.get_hasil_kerja_display().lower()}, "
                f"perilaku {r.get_perilaku_kerja_display().lower()}"
            ),
        ),
    ),
    ikon="calendar-event",
    kosong="Tambahkan dari dokumen evaluasi kinerja bulanan atau triwulanan.",
    unik=("periodik", "mulai"),
    rentang=("mulai", "selesai"),
    peristiwa=Peristiwa(
        "selesai",
        "periodik",
        "Evaluasi kinerja {}",
        lambda kode: Periodik(kode).label.lower(),
    ),
)
SKP_LAMA = JenisRiwayat(
    kunci="skp-lama",
    nama="SKP sampai 2021",
    model=models.RiwayatSKPLama,
    arsip="skp",
    kolom=(
        "tahun",
        "peraturan",
        "nilai_skp",
        "orientasi_pelayanan",
        "integritas",
        "komitmen",
        "disiplin",
        "inisiatif_kerja",
        "kerja_sama",
        "kepemimpinan",
        "jumlah",
        "nilai_perilaku",
        "nilai_prestasi",
        "konversi_nilai",
        "nilai_integrasi",
        *PENILAI,
        *ATASAN,
    ),
    sk=DOKUMEN,
    label=LABEL_DOKUMEN,
    wajib=frozenset({"sk_tanggal"}),
    bantuan={
        "peraturan": "Tahun 2021 dapat tercatat menurut keduanya.",
        "kepemimpinan": "Kosongkan bila tidak memimpin.",
        "nilai_prestasi": "Gabungan nilai SKP dan perilaku menurut bobotnya.",
        "konversi_nilai": "Isi bila nilai 2021 dikonversi.",
        "nilai_integrasi": "Isi bila dua nilai 2021 digabungkan.",
    },
    seksi={
        "tahun": "Yang dinilai",
        "orientasi_pelayanan": "Perilaku kerja",
        "nilai_perilaku": "Hasil penilaian",
        **SEKSI_PENILAI,
    },
    lajur=(
        Lajur("Tahun", lambda r: str(r.tahun), lambda r: r.get_peraturan_display()),
        Lajur("Nilai prestasi", lambda r: _angka(r.nilai_prestasi)),
        Lajur(
            "SKP dan perilaku",
            lambda r: f"{_angka(r.nilai_skp)} dan {_angka(r.nilai_perilaku)}",
        ),
        Lajur("Penilai", lambda r: r.penilai_nama, lambda r: r.penilai_jabatan),
    ),
    ikon="chart-bar",
    kosong="Tambahkan dari penilaian prestasi kerja tahun 2014 sampai 2021.",
    unik=("tahun", "peraturan"),
    peristiwa=Peristiwa("sk_tanggal", "tahun", "Penilaian prestasi kerja {}"),
)
# The marks of a DP3; the last is for those who lead.
UNSUR_DP3 = (
    "kesetiaan",
    "prestasi_kerja",
    "tanggung_jawab",
    "ketaatan",
    "kejujuran",
    "kerja_sama",
    "prakarsa",
    "kepemimpinan",
)
DP3 = JenisRiwayat(
    kunci="dp3",
    nama="DP3",
    model=models.RiwayatDP3,
    arsip="dp3",
    kolom=(
        "tahun",
        *UNSUR_DP3,
        "jumlah",
        "rata_rata",
        *PENILAI,
        *ATASAN,
    ),
    sk=DOKUMEN,
    label=LABEL_DOKUMEN,
    wajib=frozenset({"sk_tanggal"}),
    bantuan={
        "tahun": "DP3 berlaku sampai penilaian tahun 2013.",
        "kepemimpinan": "Kosongkan bila tidak memimpin.",
    },
    seksi={"tahun": "Yang dinilai", "kesetiaan": "Unsur penilaian", **SEKSI_PENILAI},
    lajur=(
        Lajur("Tahun", lambda r: str(r.tahun)),
        Lajur("Nilai rata-rata", lambda r: _angka(r.rata_rata)),
        Lajur("Jumlah", lambda r: _angka(r.jumlah)),
        Lajur("Penilai", lambda r: r.penilai_nama, lambda r: r.penilai_jabatan),
    ),
    ikon="chart-bar",
    kosong="Tambahkan dari DP3 tahun 2013 dan sebelumnya.",
    unik=("tahun",),
    untuk=PNS,
    peristiwa=Peristiwa("sk_tanggal", "tahun", "DP3 {}"),
)
KOMPETENSI = JenisRiwayat(
    kunci="kompetensi",
    nama="uji kompetensi",
    model=models.RiwayatKompetensi,
    arsip="hasil_asesmen",
    kolom=(
        "tanggal",
        "integritas",
        "kerja_sama",
        "komunikasi",
        "orientasi_hasil",
        "pelayanan_publik",
        "pengembangan_diri",
        "mengelola_perubahan",
        "pengambilan_keputusan",
        "perekat_bangsa",
    ),
    label=LABEL_ASESMEN,
    wajib=frozenset(),
    bantuan={"integritas": "Level tiap kompetensi menurut laporan, 1 sampai 5."},
    seksi={
        "tanggal": "Asesmen",
        "integritas": "Kompetensi manajerial",
        "perekat_bangsa": "Kompetensi sosial kultural",
    },
    lajur=(
        Lajur("Asesmen", lambda r: r.tanggal, lambda r: r.sk_pejabat),
        Lajur("Manajerial", lambda r: _level(r, *_MANAJERIAL)),
        Lajur("Sosial kultural", lambda r: _level(r, "perekat_bangsa")),
    ),
    ikon="clipboard-list",
    kosong="Tambahkan dari laporan asesmen kompetensi.",
    unik=("tanggal",),
    is_tertutup=True,
    peristiwa=Peristiwa("tanggal", "sk_pejabat", "Uji kompetensi {}"),
)
POTENSI = JenisRiwayat(
    kunci="potensi",
    nama="uji potensi",
    model=models.RiwayatPotensi,
    arsip="hasil_asesmen",
    kolom=(
        "tanggal",
        "berpikir_kritis",
        "intelektual",
        "interpersonal",
        "kesadaran_diri",
        "motivasi_komitmen",
        "total",
    ),
    label=LABEL_ASESMEN,
    wajib=frozenset(),
    bantuan={"berpikir_kritis": "Nilai tiap unsur menurut laporan, 0 sampai 100."},
    seksi={"tanggal": "Asesmen", "berpikir_kritis": "Unsur potensi"},
    lajur=(
        Lajur("Asesmen", lambda r: r.tanggal, lambda r: r.sk_pejabat),
        Lajur("Total", lambda r: _angka(r.total)),
        Lajur("Intelektual", lambda r: _angka(r.intelektual)),
    ),
    ikon="clipboard-list",
    kosong="Tambahkan dari laporan asesmen potensi.",
    unik=("tanggal",),
    is_tertutup=True,
    peristiwa=Peristiwa("tanggal", "sk_pejabat", "Uji potensi {}"),
)
PINDAH_INSTANSI = JenisRiwayat(
    kunci="pindah-instansi",
    nama="pindah instansi",
    model=models.RiwayatPindahInstansi,
    arsip="sk_pindah",
    kolom=(
        "arah",
        "tmt",
        "instansi_asal",
        "satuan_kerja_asal",
        "jabatan_asal",
        "instansi_tujuan",
        "satuan_kerja_tujuan",
        "jabatan_tujuan",
        "usul_nomor",
        "usul_tanggal",
        "asal_nomor",
        "asal_tanggal",
        "tujuan_nomor",
        "tujuan_tanggal",
        "pertek_nomor",
        "pertek_tanggal",
    ),
    bantuan={
        "arah": "Pindah keluar mengakhiri keaktifan di sini mulai TMT-nya.",
        "asal_nomor": "Persetujuan melepas (lolos butuh).",
    },
    seksi={
        "arah": "Perpindahan",
        "instansi_asal": "Instansi asal",
        "instansi_tujuan": "Instansi tujuan",
        "usul_nomor": "Surat dan persetujuan",
    },
    lajur=(
        Lajur("Arah", lambda r: r.get_arah_display()),
        Lajur("Dari", lambda r: r.instansi_asal, lambda r: r.jabatan_asal),
        Lajur("Ke", lambda r: r.instansi_tujuan, lambda r: r.jabatan_tujuan),
        Lajur("TMT", lambda r: r.tmt),
    ),
    ikon="arrow-right",
    kosong="Tambahkan dari SK pindah masuk atau keluar instansi.",
    unik=("tmt",),
    mendatang=frozenset({"tmt"}),
    untuk=PNS,
    is_keadaan=True,
    peristiwa=Peristiwa("tmt", "instansi_tujuan", "Pindah ke {}"),
)
UNOR = JenisRiwayat(
    kunci="unor",
    nama="perpindahan unit",
    model=models.RiwayatUnor,
    arsip="sk_mutasi_unit",
    kolom=("unit_kerja", "tmt"),
    bantuan={
        "unit_kerja": "Ketik sebagian nama, lalu pilih. Unit kerja hari ini mengikuti "
        "riwayat jabatan; catat juga di sana.",
    },
    related=("unit_kerja",),
    lajur=(
        Lajur("Unit kerja baru", lambda r: r.unit_kerja.nama),
        Lajur("TMT", lambda r: r.tmt),
    ),
    ikon="sitemap",
    kosong="Tambahkan dari SK perpindahan antarunit (riwayat PNS unor).",
    unik=("tmt",),
    mendatang=frozenset({"tmt"}),
    peristiwa=Peristiwa("tmt", "unit_kerja__nama", "Pindah unit ke {}"),
)
PWK = JenisRiwayat(
    kunci="pwk",
    nama="pindah wilayah kerja",
    model=models.RiwayatPWK,
    arsip="sk_pwk",
    kolom=("lokasi", "unit", "satuan_kerja", "kpkn", "tmt"),
    lajur=(
        Lajur("Lokasi baru", lambda r: r.lokasi, lambda r: r.unit),
        Lajur("Satuan kerja", lambda r: r.satuan_kerja, lambda r: r.kpkn),
        Lajur("TMT", lambda r: r.tmt),
    ),
    ikon="map-pin",
    kosong="Tambahkan dari SK pindah wilayah kerja (PWK).",
    unik=("tmt",),
    mendatang=frozenset({"tmt"}),
    untuk=PNS,
    peristiwa=Peristiwa("tmt", "lokasi", "Pindah wilayah kerja ke {}"),
)
KEDUDUKAN = JenisRiwayat(
    kunci="kedudukan",
    nama="kedudukan hukum",
    model=models.RiwayatKedudukan,
    arsip="sk_kedudukan",
    kolom=("kedudukan", "tmt"),
    wajib=frozenset(),
    bantuan={
        "kedudukan": "Pemberhentian, CLTN, tugas belajar, dan pindah instansi "
        "mengubahnya sendiri; catat di sini hanya yang lain.",
    },
    related=("kedudukan",),
    lajur=(
        Lajur("Kedudukan hukum", lambda r: r.kedudukan.nama),
        Lajur("TMT", lambda r: r.tmt, lambda r: r.get_sumber_display()),
    ),
    ikon="user",
    kosong="Tambahkan menurut SK-nya atau impor data SIASN.",
    unik=("tmt",),
    mendatang=frozenset({"tmt"}),
    is_keadaan=True,
    peristiwa=Peristiwa(
        "tmt", "kedudukan__nama", "Kedudukan: {}", kode="kedudukan__kelompok"
    ),
)
CLTN = JenisRiwayat(
    kunci="cltn",
    nama="CLTN dan penugasan luar",
    model=models.RiwayatCLTN,
    arsip="sk_cltn",
    kolom=("jenis", "tmt", "tmt_selesai", "pertek_nomor", "pertek_tanggal"),
    label={"pertek_nomor": "nomor persetujuan BKN"},
    bantuan={
        "jenis": "Satu SK satu catatan: CLTN, perpanjangannya, lalu pengaktifan kembali.",
        "tmt": "Hari pertama; untuk pengaktifan, hari bertugas kembali.",
        "tmt_selesai": "Kosongkan untuk pengaktifan kembali.",
    },
    related=("jenis", "kedudukan"),
    lajur=(
        Lajur("Jenis", lambda r: r.jenis.nama, lambda r: r.kedudukan),
        Lajur("Mulai", lambda r: r.tmt, _sampai),
        Lajur("Persetujuan BKN", lambda r: r.pertek_nomor),
    ),
    ikon="calendar",
    kosong="Tambahkan dari SK cuti di luar tanggungan negara, atau SK sebagai pejabat "
    "negara, kepala desa, atau prajurit wajib.",
    unik=("tmt",),
    rentang=("tmt", "tmt_selesai"),
    mendatang=frozenset({"tmt", "tmt_selesai"}),
    untuk=PNS,
    is_keadaan=True,
    peristiwa=Peristiwa(
        "tmt", "jenis__nama", selesai="tmt_selesai", kode="jenis__kode"
    ),
)
TUGAS_BELAJAR = JenisRiwayat(
    kunci="tugas-belajar",
    nama="tugas belajar",
    model=models.RiwayatTugasBelajar,
    arsip="sk_tugas_belajar",
    kolom=(
        "jenis",
        "tmt",
        "tmt_selesai",
        "is_dibebaskan",
        "tingkat",
        "nama",
        "sekolah",
    ),
    bantuan={
        "jenis": "Satu SK satu catatan: tugas belajar, perpanjangannya, lalu pengaktifan.",
        "tmt_selesai": "Kosongkan untuk pengaktifan kembali.",
        "is_dibebaskan": "Beri tanda bila SK membebaskan dari tugas jabatan, juga pada SK "
        "pengaktifannya: kedudukan hukum mengikutinya.",
    },
    related=("jenis", "tingkat", "kedudukan"),
    lajur=(
        Lajur("Jenis", lambda r: r.jenis.nama, lambda r: r.kedudukan),
        Lajur("Studi", lambda r: r.nama, lambda r: r.sekolah),
        Lajur("Mulai", lambda r: r.tmt, _sampai),
    ),
    ikon="school",
    kosong="Tambahkan dari SK tugas belajar.",
    unik=("tmt",),
    rentang=("tmt", "tmt_selesai"),
    mendatang=frozenset({"tmt", "tmt_selesai"}),
    untuk=PNS,
    is_keadaan=True,
    peristiwa=Peristiwa("tmt", "jenis__nama", selesai="tmt_selesai"),
)
PEMBERHENTIAN = JenisRiwayat(
    kunci="pemberhentian",
    nama="pemberhentian",
    model=models.RiwayatPemberhentian,
    arsip="sk_pemberhentian",
    kolom=("jenis", "kedudukan", "tmt", "keterangan"),
    label={"tmt": "TMT pemberhentian"},
    bantuan={
        "kedudukan": "Kedudukan hukum sesudah berhenti, mis. Pensiun.",
        "tmt": "Mulai hari ini orangnya tidak lagi terhitung aktif.",
    },
    pilihan={"kedudukan": {"kelompok": "berakhir"}},
    related=("jenis", "kedudukan"),
    lajur=(
        Lajur("Jenis", lambda r: r.jenis.nama, lambda r: r.keterangan),
        Lajur("Kedudukan", lambda r: r.kedudukan),
        Lajur("TMT", lambda r: r.tmt),
    ),
    ikon="user-x",
    kosong="Tambahkan dari SK pensiun atau SK pemberhentian.",
    unik=("tmt",),
    mendatang=frozenset({"tmt"}),
    is_tertutup=True,
    is_keadaan=True,
    peristiwa=Peristiwa("tmt", "jenis__nama"),
)


@dataclass(frozen=True)
class Bagian:
    """A tab of the person page with the kinds on it."""

    kunci: str
    label: str
    jenis: tuple[JenisRiwayat, ...]


# The order of the official file (daftar riwayat hidup), standing and audit around it.
BAGIAN = (
    Bagian("pangkat", "Pangkat", (PANGKAT,)),
    Bagian("jabatan", "Jabatan", (JABATAN,)),
    Bagian("mutasi", "Mutasi", (UNOR, PINDAH_INSTANSI, PWK)),
    Bagian("pendidikan", "Pendidikan", (PENDIDIKAN,)),
    Bagian("diklat", "Diklat", (DIKLAT, KURSUS, SERTIFIKASI)),
    Bagian("angka-kredit", "Angka kredit", (ANGKA_KREDIT,)),
    Bagian("kinerja", "Kinerja", (SKP, KINERJA_PERIODIK, SKP_LAMA, DP3)),
    Bagian("kompetensi", "Kompetensi", (KOMPETENSI, POTENSI)),
    Bagian("gaji", "Gaji", (KGB, PMK, KONTRAK)),
    Bagian("keluarga", "Keluarga", (ORANG_TUA, PASANGAN, ANAK)),
    Bagian("penghargaan", "Penghargaan", (PENGHARGAAN,)),
    Bagian("disiplin", "Disiplin", (HUKUMAN,)),
    Bagian("kedudukan", "Kedudukan", (KEDUDUKAN, CLTN, TUGAS_BELAJAR)),
    Bagian("pemberhentian", "Pemberhentian", (PEMBERHENTIAN,)),
)
JENIS = {jenis.kunci: jenis for bagian in BAGIAN for jenis in bagian.jenis}
ARSIP_TERTUTUP = frozenset(j.arsip for j in JENIS.values() if j.is_tertutup)


def get_bagian(jenis: JenisRiwayat) -> Bagian:
    """Return the tab a kind stands on."""
    return next(bagian for bagian in BAGIAN if jenis in bagian.jenis)
