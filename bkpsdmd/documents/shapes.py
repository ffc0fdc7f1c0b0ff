"""What each paper's template expects: plain, JSON-able, already formatted for reading.

The caller writes words, dates and numbers with `formatting`; a template only sets them.
Every text is printed literally. `Naskah` is common to all papers.
"""

from typing import Literal, NotRequired, TypedDict


class Naskah(TypedDict):
    """`dibuat` is an ISO instant, the creation date in the file: part of the data, so
    that the same data gives the same bytes."""

    judul: str
    judul_pendek: str  # for the foot of each page: "DUK 2026"
    dibuat: str
    draf: NotRequired[bool]


class Periksa(TypedDict):
    """How anybody checks the paper; `alamat` and `qr` (SVG) are "" without an address."""

    kode: str
    alamat: str
    qr: str


class Penandatangan(TypedDict):
    tempat_tanggal: str  # "Barabai, 31 Desember 2026"
    jabatan: str
    nama: str
    atas_nama: NotRequired[str]  # "a.n. Bupati …", printed above the jabatan
    pangkat: NotRequired[str]
    nip: NotRequired[str]


# -- duk.typ ---------------------------------------------------------------------------


class BarisDuk(TypedDict):
    """One person; an unknown value is an empty text."""

    urut: str
    nama: str
    nip: str
    golongan: str
    tmt_golongan: str
    jabatan: str
    tmt_jabatan: str
    masa_kerja_tahun: str
    masa_kerja_bulan: str
    diklat: str
    diklat_waktu: str  # "06/2018"
    diklat_jam: str
    pendidikan: str
    pendidikan_lulus: str
    pendidikan_tingkat: str
    usia: str
    catatan: str
    keterangan: str


class BagianDuk(TypedDict):
    """A part of the list under one band; the first usually has no `judul`."""

    judul: str
    nihil: str  # the sentence that stands where there is nobody
    baris: list[BarisDuk]


class Duk(Naskah):
    unit: str
    keadaan: str  # "31 Desember 2026"
    bagian: list[BagianDuk]
    catatan: list[str]  # sentences at the foot of the table
    penandatangan: Penandatangan | None


# -- laporan_pasal24.typ ---------------------------------------------------------------


class Ringkasan(TypedDict):
    """A key figure; `sebelumnya` and `selisih` are "–" where there is none."""

    kode: str
    nama: str
    nilai: str
    sebelumnya: str
    selisih: str
    catatan: NotRequired[str]


class KolomTabel(TypedDict):
    label: str
    lebar: NotRequired[float]  # share of the width, 1 by default
    rata: NotRequired[Literal["kiri", "tengah", "kanan"]]


class Paragraf(TypedDict):
    jenis: Literal["paragraf"]
    teks: str


class Daftar(TypedDict):
    jenis: Literal["daftar"]
    butir: list[str]


class Tabel(TypedDict):
    """A table with no rows prints `nihil` ("Nihil", "Belum ada data") and its reason."""

    jenis: Literal["tabel"]
    judul: str
    kolom: list[KolomTabel]
    baris: list[list[str]]
    nihil: NotRequired[str]
    alasan_nihil: NotRequired[str]
    jumlah: NotRequired[list[str]]  # a last row in bold
    catatan: NotRequired[str]


class Grafik(TypedDict):
    """`svg` from `charts.render_svg`, `uraian` says in words what it shows."""

    jenis: Literal["grafik"]
    judul: str
    svg: str
    uraian: str
    catatan: NotRequired[str]


Blok = Paragraf | Daftar | Tabel | Grafik


class Bab(TypedDict):
    judul: str
    isi: list[Blok]


class Indikator(TypedDict):
    kode: str
    nama: str
    rumus: str
    sumber: str
    kelas: str  # A computed by the portal, M typed by a person, R from a register


class Laporan(Naskah):
    sub_judul: str
    periode: str
    nomor: str | None
    identitas: list[tuple[str, str]]  # label and value, under the title
    pengantar: list[str]
    judul_ringkasan: str
    periode_ini: str
    periode_lalu: str
    ringkasan: list[Ringkasan]
    bab: list[Bab]
    penutup: list[str]
    penandatangan: Penandatangan | None
    tembusan: list[str]
    indikator: list[Indikator]
    keterangan_data: list[tuple[str, str]]  # cut-off, sources, versions
    periksa: NotRequired[Periksa]


# -- statistik.typ ---------------------------------------------------------------------


class Statistik(Naskah):
    untuk: str  # whom the figures speak of: "Dinas Contoh, PNS"
    keadaan: str  # "31 Desember 2026"
    temuan: str
    lanskap: bool
    kepala_tegak: bool  # the heads of many narrow columns stand
    isi: list[Blok]
    catatan: list[str]


# -- kode_akses.typ --------------------------------------------------------------------


class SlipKode(TypedDict):
    nama: str
    nip: str
    unit: str
    kode: str
    berlaku: str  # "Berlaku sampai 30 November 2026 pukul 16.00"


class KodeAkses(Naskah):
    langkah: list[str]
    peringatan: str
    slip: list[SlipKode]


# -- perorangan.typ --------------------------------------------------------------------


class KelompokButir(TypedDict):
    judul: str
    butir: list[tuple[str, str]]  # label and value


class TabelOrang(TypedDict):
    """Rows of one kind; a cell may hold a second line, set small, after a newline."""

    judul: str  # "" where the part has one table alone
    kolom: list[KolomTabel]
    baris: list[list[str]]
    nihil: str
    kosong: NotRequired[int]  # empty lines to be filled in by hand


class BagianOrang(TypedDict):
    judul: str
    tabel: list[TabelOrang]


class Perorangan(Naskah):
    """A paper about one person: biodata, daftar riwayat hidup, kartu riwayat."""

    nama: str
    nip: str
    keadaan: str  # "31 Desember 2026"
    foto: bool  # leave room for a photograph of 3 by 4 cm
    kelompok: list[KelompokButir]
    bagian: list[BagianOrang]
    catatan: list[str]
    penutup: str
    penandatangan: Penandatangan | None


# -- daftar.typ ------------------------------------------------------------------------


class BagianDaftar(TypedDict):
    judul: str  # the band above the rows; "" for none
    baris: list[list[str]]  # a newline in a cell starts its second line


class DaftarOrang(Naskah):
    """A long list in landscape; `lebar` of the columns is in millimetres on A4."""

    untuk: str
    keadaan: str
    kolom: list[KolomTabel]
    bagian: list[BagianDaftar]
    nihil: str
    catatan: list[str]
    penandatangan: Penandatangan | None


# -- naskah_dinas.typ ------------------------------------------------------------------


class Butir(TypedDict):
    jenis: Literal["butir"]
    butir: list[tuple[str, str]]  # label and value


class PenandatanganNaskah(TypedDict):
    atas_nama: str
    jabatan: str
    nama: str
    pangkat: str
    nip: str


class IsiNaskah(TypedDict):
    """What a draft keeps of an official paper: its words."""

    judul: str
    judul_pendek: str
    isi: list[Paragraf | Butir | Daftar | Tabel]
    tembusan: NotRequired[list[str]]
    klasifikasi: NotRequired[str]
    kop_kunci: NotRequired[str]  # whose letterhead; by default the office's


class NaskahDinas(IsiNaskah):
    """An official paper, with what numbering adds (`naskah.rendering.build_data`)."""

    dibuat: str
    draf: bool
    batal: NotRequired[bool]  # the watermark of a draft says so
    nomor: str
    tempat_tanggal: str
    penandatangan: list[PenandatanganNaskah]
    elektronik: bool  # boxes in the place of room for a hand
    kalimat_tte: str
    periksa: Periksa | None


# -- surat.typ -------------------------------------------------------------------------


class IsiSurat(IsiNaskah):
    """What a draft keeps of a letter; `judul` only names the file, it is not printed."""

    sifat: str
    lampiran: str  # "1 (satu) berkas", or "-"
    hal: str
    kepada: list[str]  # after "Yth."; several are numbered, a newline starts a line
    di: str  # the place of the addressee: "Barabai"; "" for none


class Surat(IsiSurat, NaskahDinas):
    """A letter of an office; up to four people sign it."""
