"""One row as a person: what SIASN says, in our terms and types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from simpeg.choices import JenisJabatan


@dataclass(frozen=True, slots=True)
class DataPangkat:
    golongan: str
    tmt: date
    masa_kerja_bulan: int = 0


@dataclass(frozen=True, slots=True)
class DataUnit:
    """A unit as a row names it; `opd` is the perangkat daerah it belongs to."""

    siasn_id: str
    nama: str
    opd_siasn_id: str
    opd_nama: str


@dataclass(frozen=True, slots=True)
class DataJabatan:
    siasn_id: str
    nama: str
    jenis: JenisJabatan
    eselon: str
    tmt: date
    unit: DataUnit


@dataclass(frozen=True, slots=True)
class DataPendidikan:
    """`nama` is empty where only the level is told."""

    tingkat: str
    nama: str
    tahun_lulus: int | None = None
    tanggal_lulus: date | None = None
    sekolah: str = ""


@dataclass(frozen=True, slots=True)
class DataOrang:
    """`identitas` maps fields of a pegawai to what the row says; empty cells are left out.

    An empty cell says that SIASN does not know, never that ours is wrong.
    """

    nip: str
    siasn_id: str
    identitas: Mapping[str, str | date]
    pangkat_awal: DataPangkat | None = None
    pangkat: DataPangkat | None = None
    jabatan: DataJabatan | None = None
    pendidikan: DataPendidikan | None = None
    kedudukan: str = ""


@dataclass(frozen=True, slots=True)
class Acuan:
    """Reference lists a row is read against: SIASN id -> name."""

    agama: Mapping[str, str] = field(default_factory=dict)
    kawin: Mapping[str, str] = field(default_factory=dict)
    pendidikan: Mapping[str, str] = field(default_factory=dict)
    kedudukan: Mapping[str, str] = field(default_factory=dict)
