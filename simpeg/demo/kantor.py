"""The invented office: its units, who leads them, and what kind of work is done there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from simpeg.choices import Eselon

from .nama import KECAMATAN, KELURAHAN


class Kerja(StrEnum):
    """What the staff of a unit do; decides which posts they hold."""

    PIMPINAN = "pimpinan"  # nobody but the leader
    KANTOR = "kantor"
    KEPEGAWAIAN = "kepegawaian"
    KOMPUTER = "komputer"
    PENGAWASAN = "pengawasan"
    PERTANIAN = "pertanian"
    SEKOLAH = "sekolah"
    PUSKESMAS = "puskesmas"
    RUMAH_SAKIT = "rumah_sakit"


@dataclass(frozen=True, slots=True)
class Unit:
    """`jenis` as in `JenisUnit`; a leader without `eselon` does it beside a JF post."""

    kode: str
    nama: str
    jenis: str
    induk: str | None
    kerja: Kerja
    pimpinan: str = ""
    eselon: Eselon | None = None

    @property
    def kode_pimpinan(self) -> str:
        return f"pimpinan-{self.kode}"


AKAR = "00"
SETDA, SETWAN, INSPEKTORAT = "01", "02", "03"
BKPSDMD, DISKOMINFO, DINKES, DISDIK, RSUD = (
    "BKPSDMD",
    "DISKOMINFO",
    "DINKES",
    "DISDIK",
    "RSUD",
)
DISHUB = "DISHUB"
# A perangkat daerah that was called otherwise before this day.
BERGANTI_NAMA = ("BAPPERIDA", "Badan Perencanaan Pembangunan Daerah", date(2024, 1, 2))
# Posts of earlier years whose units were merged since: people hold them in histories.
JABATAN_LAMA = {
    Eselon.IV_A: tuple(
        f"Kepala Seksi {nama}"
        for nama in (
            "Data",
            "Pelaporan",
            "Evaluasi",
            "Kerja Sama",
            "Perizinan",
            "Promosi",
        )
    ),
    Eselon.III_B: tuple(
        f"Kepala Bidang {nama}"
        for nama in ("Program", "Sarana", "Pengendalian", "Pembinaan", "Pendataan")
    ),
    Eselon.III_A: (
        "Kepala Bagian Keuangan",
        "Kepala Bagian Perlengkapan",
        "Kepala Kantor Arsip",
    ),
    Eselon.II_B: ("Kepala Kantor Pelayanan Terpadu", "Kepala Badan Penelitian"),
}
PEOPLE_PER_SD, PEOPLE_PER_SMP, PEOPLE_PER_PUSKESMAS = 22, 95, 300

# code, name, kind of work of its bidang, names of the bidang
_DINAS = (
    (DISDIK, "Dinas Pendidikan dan Kebudayaan", Kerja.KANTOR,
     ("Pembinaan SD", "Pembinaan SMP", "PAUD dan Pendidikan Nonformal", "Kebudayaan")),
    (DINKES, "Dinas Kesehatan", Kerja.KANTOR,
     ("Kesehatan Masyarakat", "Pencegahan dan Pengendalian Penyakit", "Pelayanan Kesehatan")),
    ("DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang", Kerja.KANTOR,
     ("Bina Marga", "Cipta Karya", "Sumber Daya Air", "Tata Ruang")),
    ("DPERKIM", "Dinas Perumahan dan Kawasan Permukiman", Kerja.KANTOR,
     ("Perumahan", "Kawasan Permukiman", "Pertanahan")),
    ("DINSOS", "Dinas Sosial", Kerja.KANTOR,
     ("Rehabilitasi Sosial", "Perlindungan dan Jaminan Sosial", "Pemberdayaan Sosial")),
    ("DPPKB", "Dinas Pengendalian Penduduk dan Keluarga Berencana", Kerja.KANTOR,
     ("Keluarga Berencana", "Pemberdayaan Perempuan", "Perlindungan Anak")),
    ("DKPP", "Dinas Pertanian dan Ketahanan Pangan", Kerja.PERTANIAN,
     ("Tanaman Pangan", "Perkebunan", "Peternakan", "Penyuluhan")),
    ("DISNAKER", "Dinas Tenaga Kerja dan Perindustrian", Kerja.KANTOR,
     ("Pelatihan Kerja", "Hubungan Industrial", "Perindustrian")),
    ("DISDAG", "Dinas Perdagangan, Koperasi dan UKM", Kerja.KANTOR,
     ("Perdagangan", "Koperasi", "Usaha Kecil")),
    ("DLH", "Dinas Lingkungan Hidup", Kerja.KANTOR,
     ("Tata Lingkungan", "Pengelolaan Sampah", "Pengendalian Pencemaran")),
    ("DISDUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil", Kerja.KANTOR,
     ("Pendaftaran Penduduk", "Pencatatan Sipil", "Pengelolaan Informasi")),
    ("DPMD", "Dinas Pemberdayaan Masyarakat dan Desa", Kerja.KANTOR,
     ("Pemerintahan Desa", "Usaha Ekonomi Desa", "Kelembagaan Masyarakat")),
    (DISHUB, "Dinas Perhubungan", Kerja.KANTOR,
     ("Lalu Lintas", "Angkutan", "Sarana dan Prasarana")),
    (DISKOMINFO, "Dinas Komunikasi dan Informatika", Kerja.KOMPUTER,
     ("Informasi Publik", "Penyelenggaraan E-Government", "Statistik dan Persandian")),
    ("DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu", Kerja.KANTOR,
     ("Penanaman Modal", "Pelayanan Perizinan", "Pengaduan dan Data")),
    ("DISPORA", "Dinas Kepemudaan, Olahraga dan Pariwisata", Kerja.KANTOR,
     ("Kepemudaan", "Olahraga", "Pariwisata")),
    ("DISPERPUS", "Dinas Perpustakaan dan Kearsipan", Kerja.KANTOR,
     ("Perpustakaan", "Kearsipan")),
    ("DISKAN", "Dinas Perikanan", Kerja.PERTANIAN,
     ("Perikanan Tangkap", "Perikanan Budidaya")),
    ("SATPOLPP", "Satuan Polisi Pamong Praja dan Pemadam Kebakaran", Kerja.KANTOR,
     ("Ketertiban Umum", "Penegakan Perda", "Pemadam Kebakaran")),
    (BKPSDMD, "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", Kerja.KEPEGAWAIAN,
     ("Pengadaan, Mutasi dan Informasi Kepegawaian", "Pengembangan Kompetensi",
      "Kinerja, Disiplin dan Penghargaan")),
    ("BAPPERIDA", "Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah", Kerja.KANTOR,
     ("Pemerintahan dan Sosial", "Ekonomi dan Infrastruktur", "Riset dan Inovasi")),
    ("BKAD", "Badan Keuangan dan Aset Daerah", Kerja.KANTOR,
     ("Anggaran", "Perbendaharaan", "Akuntansi", "Aset")),
    ("BAPENDA", "Badan Pendapatan Daerah", Kerja.KANTOR,
     ("Pendaftaran dan Pendataan", "Penagihan")),
    ("KESBANGPOL", "Badan Kesatuan Bangsa dan Politik", Kerja.KANTOR,
     ("Ideologi dan Wawasan Kebangsaan", "Politik Dalam Negeri")),
    ("BPBD", "Badan Penanggulangan Bencana Daerah", Kerja.KANTOR,
     ("Kesiapsiagaan", "Kedaruratan dan Logistik")),
)  # fmt: skip

_ASISTEN = (
    ("Pemerintahan dan Kesejahteraan Rakyat", ("Pemerintahan", "Kesejahteraan Rakyat", "Hukum")),
    ("Perekonomian dan Pembangunan", ("Perekonomian", "Pembangunan", "Pengadaan")),
    ("Administrasi Umum", ("Umum", "Organisasi", "Protokol")),
)  # fmt: skip


def list_units(banyak: int, *, instansi: str) -> Iterator[Unit]:
    """Yield the tree for an office of `banyak` people, parents first.

    The perangkat daerah are always the same; schools and health centres grow with the
    people they employ.
    """
    yield Unit(AKAR, instansi, "instansi", None, Kerja.PIMPINAN)
    yield from _setda()
    yield from _opd_with_parts(
        SETWAN, "Sekretariat DPRD", "Sekretaris DPRD", Eselon.II_B,
        [(f"Bagian {n}", f"Kepala Bagian {n}", Eselon.III_A)
         for n in ("Persidangan", "Program dan Keuangan", "Umum")],
    )  # fmt: skip
    yield from _opd_with_parts(
        INSPEKTORAT, "Inspektorat Daerah", "Inspektur Daerah", Eselon.II_B,
        [("Sekretariat Inspektorat", "Sekretaris Inspektorat", Eselon.III_A),
         *((f"Inspektorat Pembantu {n}", f"Inspektur Pembantu {n}", Eselon.III_A)
           for n in ("I", "II", "III"))],
        kerja=Kerja.PENGAWASAN,
    )  # fmt: skip
    for kode, nama, kerja, bidang in _DINAS:
        yield from _dinas(kode, nama, kerja, bidang)
    yield from _opd_with_parts(
        RSUD, "Rumah Sakit Umum Daerah", "Direktur Rumah Sakit Umum Daerah", Eselon.III_A,
        [(f"Bidang {n} RSUD", f"Kepala Bidang {n} RSUD", Eselon.III_B)
         for n in ("Pelayanan Medik", "Keperawatan", "Penunjang")],
        kerja=Kerja.RUMAH_SAKIT,
    )  # fmt: skip
    yield from _kecamatan()
    yield from _puskesmas(max(2, banyak // PEOPLE_PER_PUSKESMAS))
    yield from _sekolah("SDN", max(3, banyak // PEOPLE_PER_SD), 1)
    yield from _sekolah("SMPN", max(2, banyak // PEOPLE_PER_SMP), 2)


def _setda() -> Iterator[Unit]:
    yield Unit(
        SETDA, "Sekretariat Daerah", "opd", AKAR, Kerja.PIMPINAN,
        "Sekretaris Daerah", Eselon.II_A,
    )  # fmt: skip
    for a, (urusan, bagian) in enumerate(_ASISTEN, start=1):
        kode = f"{SETDA}.{a}"
        asisten = f"Asisten {urusan}"
        yield Unit(kode, asisten, "bagian", SETDA, Kerja.PIMPINAN, asisten, Eselon.II_B)
        for b, nama in enumerate(bagian, start=1):
            yield Unit(
                f"{kode}.{b}", f"Bagian {nama}", "bagian", kode, Kerja.KANTOR,
                f"Kepala Bagian {nama}", Eselon.III_A,
            )  # fmt: skip


def _opd_with_parts(
    kode: str,
    nama: str,
    pimpinan: str,
    eselon: Eselon,
    parts: list[tuple[str, str, Eselon]],
    *,
    kerja: Kerja = Kerja.KANTOR,
) -> Iterator[Unit]:
    yield Unit(kode, nama, "opd", AKAR, Kerja.PIMPINAN, pimpinan, eselon)
    for n, (part, leader, level) in enumerate(parts, start=1):
        yield Unit(f"{kode}.{n}", part, "bagian", kode, kerja, leader, level)


def _dinas(
    kode: str, nama: str, kerja: Kerja, bidang: tuple[str, ...]
) -> Iterator[Unit]:
    kepala = "Kepala Pelaksana" if kode == "BPBD" else "Kepala"
    yield Unit(kode, nama, "opd", AKAR, Kerja.PIMPINAN, f"{kepala} {nama}", Eselon.II_B)
    sekretariat = f"{kode}.0"
    yield Unit(
        sekretariat, f"Sekretariat {nama}", "bagian", kode, Kerja.KANTOR,
        f"Sekretaris {nama}", Eselon.III_A,
    )  # fmt: skip
    umum = "Subbagian Umum dan Kepegawaian"
    yield Unit(
        f"{sekretariat}.1", f"{umum} {nama}", "bagian", sekretariat, Kerja.KANTOR,
        f"Kepala {umum} {nama}", Eselon.IV_A,
    )  # fmt: skip
    for n, urusan in enumerate(bidang, start=1):
        part = f"Bidang {urusan}"
        yield Unit(
            f"{kode}.{n}", part, "bagian", kode, kerja, f"Kepala {part}", Eselon.III_B
        )


def _kecamatan() -> Iterator[Unit]:
    for k, nama in enumerate(KECAMATAN, start=1):
        kode = f"KEC{k:02}"
        yield Unit(
            kode, f"Kecamatan {nama}", "opd", AKAR, Kerja.PIMPINAN,
            f"Camat {nama}", Eselon.III_A,
        )  # fmt: skip
        yield Unit(
            f"{kode}.0", f"Sekretariat Kecamatan {nama}", "bagian", kode, Kerja.KANTOR,
            f"Sekretaris Kecamatan {nama}", Eselon.III_B,
        )  # fmt: skip
        for s, urusan in enumerate(
            ("Pemerintahan", "Pemberdayaan Masyarakat"), start=1
        ):
            seksi = f"Seksi {urusan} {nama}"
            yield Unit(
                f"{kode}.{s}", seksi, "bagian", kode, Kerja.KANTOR,
                f"Kepala {seksi}", Eselon.IV_A,
            )  # fmt: skip
        if k <= len(KELURAHAN):
            lurah = KELURAHAN[k - 1]
            yield Unit(
                f"{kode}.9", f"Kelurahan {lurah}", "bagian", kode, Kerja.KANTOR,
                f"Lurah {lurah}", Eselon.IV_A,
            )  # fmt: skip
            yield Unit(
                f"{kode}.9.1", f"Sekretariat Kelurahan {lurah}", "bagian",
                f"{kode}.9", Kerja.KANTOR, f"Sekretaris Kelurahan {lurah}", Eselon.IV_B,
            )  # fmt: skip


def _puskesmas(banyak: int) -> Iterator[Unit]:
    for n in range(1, banyak + 1):
        nama = f"Puskesmas {_tempat(n)}"
        yield Unit(
            f"{DINKES}.P{n:03}",
            nama,
            "bagian",
            DINKES,
            Kerja.PUSKESMAS,
            f"Kepala {nama}",
        )


def _sekolah(jenis: str, banyak: int, bidang: int) -> Iterator[Unit]:
    induk = f"{DISDIK}.{bidang}"
    for n in range(1, banyak + 1):
        nama = f"{jenis} {_nomor(n)} {KECAMATAN[(n - 1) % len(KECAMATAN)]}"
        yield Unit(
            f"{induk}.{n:03}", nama, "bagian", induk, Kerja.SEKOLAH,
            f"Kepala {nama}",
        )  # fmt: skip


def _tempat(n: int) -> str:
    nama = KECAMATAN[(n - 1) % len(KECAMATAN)]
    return nama if n <= len(KECAMATAN) else f"{nama} {_nomor(n)}"


def _nomor(n: int) -> int:
    """Return the number of the n-th one when each kecamatan counts its own."""
    return (n - 1) // len(KECAMATAN) + 1
