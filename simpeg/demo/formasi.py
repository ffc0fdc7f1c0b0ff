"""Who is needed where: the slots that the invented people fill, most needed first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from simpeg.choices import Eselon

from . import kantor
from . import pendidikan as studi
from .kantor import Kerja, Unit
from .karier import KEAHLIAN, KETERAMPILAN, Tangga
from .pendidikan import Studi


class Pemeran(StrEnum):
    """The people who get a password; all but the admin are invented ASN."""

    KEPALA_BADAN = "kepala_badan"
    SEKRETARIS = "sekretaris"
    KEPALA_BIDANG = "kepala_bidang"
    VERIFIKATOR = "verifikator"
    PRANATA_KOMPUTER = "pranata_komputer"
    DISKOMINFO = "diskominfo"
    AUDITOR = "auditor"
    ATASAN = "atasan"
    PENGELOLA_OPD = "pengelola_opd"
    PEGAWAI = "pegawai"


@dataclass(frozen=True, slots=True)
class Fungsional:
    """A family of functional posts; `nama` as SIASN has it, without the jenjang."""

    nama: str
    studi: tuple[Studi, ...]
    is_keahlian: bool

    @property
    def tangga(self) -> Tangga:
        return KEAHLIAN if self.is_keahlian else KETERAMPILAN


GURU = Fungsional("Guru", studi.S1_GURU, True)
PERAWAT = Fungsional("Perawat", studi.D3_PERAWAT, False)
NERS = Fungsional("Perawat", studi.NERS, True)
BIDAN = Fungsional("Bidan", studi.D3_BIDAN, False)
DOKTER = Fungsional("Dokter", studi.DOKTER, True)
DOKTER_GIGI = Fungsional("Dokter Gigi", studi.DOKTER_GIGI, True)
APOTEKER = Fungsional("Apoteker", studi.APOTEKER, True)
NUTRISIONIS = Fungsional("Nutrisionis", studi.D3_GIZI, False)
LABORAN = Fungsional("Pranata Laboratorium Kesehatan", studi.D3_LAB, False)
SANITARIAN = Fungsional("Tenaga Sanitasi Lingkungan", studi.D3_SANITASI, False)
PRAKOM = Fungsional("Pranata Komputer", studi.S1_KOMPUTER, True)
PRAKOM_TERAMPIL = Fungsional("Pranata Komputer", studi.D3_KOMPUTER, False)
ANALIS_SDM = Fungsional("Analis Sumber Daya Manusia Aparatur", studi.S1, True)
PRANATA_SDM = Fungsional("Pranata Sumber Daya Manusia Aparatur", studi.D3, False)
AUDITOR = Fungsional("Auditor", studi.S1_AKUNTANSI, True)
PENYULUH = Fungsional("Penyuluh Pertanian", studi.S1_PERTANIAN, True)
PERENCANA = Fungsional("Perencana", studi.S1, True)
ANALIS_KEBIJAKAN = Fungsional("Analis Kebijakan", studi.S1, True)
ARSIPARIS = Fungsional("Arsiparis", studi.D3, False)

# Posts without a jenjang: code, name, what they need.
PELAKSANA = {
    "penelaah": ("Penelaah Teknis Kebijakan", studi.S1),
    "penata": ("Penata Layanan Operasional", studi.S1),
    "pengolah": ("Pengolah Data dan Informasi", studi.D3),
    "administrasi": ("Pengadministrasi Perkantoran", studi.SLTA),
    "operator": ("Operator Layanan Operasional", studi.SLTA),
    "pengelola": ("Pengelola Umum Operasional", (studi.SD,)),
}

# What the people of a unit do, weighted; a text is a key of PELAKSANA.
_SUSUNAN: dict[Kerja, tuple[tuple[Fungsional | str, int], ...]] = {
    Kerja.KANTOR: (
        ("penelaah", 24), ("administrasi", 24), ("operator", 15), ("pengolah", 11),
        ("penata", 8), (ANALIS_KEBIJAKAN, 6), (PERENCANA, 4), (ARSIPARIS, 4),
        ("pengelola", 4),
    ),
    Kerja.KEPEGAWAIAN: (
        (ANALIS_SDM, 40), (PRANATA_SDM, 20), ("pengolah", 15), ("penelaah", 15),
        (PRAKOM, 10),
    ),
    Kerja.KOMPUTER: (
        (PRAKOM, 35), (PRAKOM_TERAMPIL, 25), ("pengolah", 20), ("penelaah", 20),
    ),
    Kerja.PENGAWASAN: ((AUDITOR, 70), ("pengolah", 15), ("penelaah", 15)),
    Kerja.PERTANIAN: ((PENYULUH, 50), ("penelaah", 20), ("administrasi", 30)),
    Kerja.SEKOLAH: ((GURU, 86), ("administrasi", 7), ("operator", 7)),
    Kerja.PUSKESMAS: (
        (PERAWAT, 28), (BIDAN, 30), (NERS, 6), (DOKTER, 7), (DOKTER_GIGI, 3),
        (NUTRISIONIS, 6), (LABORAN, 5), (SANITARIAN, 6), ("administrasi", 9),
    ),
    Kerja.RUMAH_SAKIT: (
        (PERAWAT, 38), (NERS, 14), (BIDAN, 14), (DOKTER, 10), (APOTEKER, 4),
        (LABORAN, 6), ("administrasi", 14),
    ),
}  # fmt: skip
# How the people who lead nothing are spread, in percent.
_SEBARAN = (
    ((Kerja.SEKOLAH,), 46),
    ((Kerja.PUSKESMAS,), 15),
    ((Kerja.RUMAH_SAKIT,), 8),
    (
        (
            Kerja.KANTOR,
            Kerja.KEPEGAWAIAN,
            Kerja.KOMPUTER,
            Kerja.PENGAWASAN,
            Kerja.PERTANIAN,
        ),
        31,
    ),
)
_URUTAN_ESELON = (
    Eselon.II_A, Eselon.II_B, Eselon.III_A, Eselon.III_B, Eselon.IV_A, Eselon.IV_B,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to be filled: a structural post, a functional one, or a pelaksana.

    `memimpin` marks who leads the unit beside the own post (a school, a puskesmas).
    """

    unit: str
    opd: str
    eselon: Eselon | None = None
    fungsional: Fungsional | None = None
    pelaksana: str = ""
    memimpin: bool = False
    pemeran: Pemeran | None = None


@dataclass(frozen=True, slots=True)
class Formasi:
    """All units with the slots; `lowong` are leading posts that nobody holds."""

    units: tuple[Unit, ...]
    opd: dict[str, str]
    pimpinan: tuple[Slot, ...]
    lowong: tuple[Slot, ...]

    def list_slots(self, banyak: int, rng: Random) -> Iterator[Slot]:
        """Yield exactly `banyak` slots: the leaders, then everybody else."""
        yield from self.pimpinan[:banyak]
        rest = banyak - len(self.pimpinan)
        pools = [[u for u in self.units if u.kerja in kinds] for kinds, _ in _SEBARAN]
        weights = [weight for _, weight in _SEBARAN]
        turns = [0] * len(pools)
        indexes = range(len(pools))
        for _ in range(rest):
            (p,) = rng.choices(indexes, weights)
            pool, turn = pools[p], turns[p]
            turns[p] += 1
            unit = pool[turn % len(pool)]
            is_first = turn < len(pool)
            yield self._staff_slot(unit, rng, is_first=is_first)

    def _staff_slot(self, unit: Unit, rng: Random, *, is_first: bool) -> Slot:
        opd = self.opd[unit.kode]
        leads = is_first and unit.pimpinan != "" and unit.eselon is None
        if leads:
            fungsional = GURU if unit.kerja == Kerja.SEKOLAH else NERS
            return Slot(unit.kode, opd, fungsional=fungsional, memimpin=True)
        jobs, weights = zip(*_SUSUNAN[unit.kerja], strict=True)
        (job,) = rng.choices(jobs, weights)
        if isinstance(job, str):
            return Slot(unit.kode, opd, pelaksana=job)
        return Slot(unit.kode, opd, fungsional=job)


# Those who must be there however small the office is.
_PEMERAN = (
    Slot(kantor.BKPSDMD, kantor.BKPSDMD, Eselon.II_B, pemeran=Pemeran.KEPALA_BADAN),
    Slot(
        f"{kantor.BKPSDMD}.0", kantor.BKPSDMD, Eselon.III_A, pemeran=Pemeran.SEKRETARIS
    ),
    Slot(
        f"{kantor.BKPSDMD}.1",
        kantor.BKPSDMD,
        Eselon.III_B,
        pemeran=Pemeran.KEPALA_BIDANG,
    ),
    Slot(f"{kantor.DISHUB}.1", kantor.DISHUB, Eselon.III_B, pemeran=Pemeran.ATASAN),
    Slot(
        f"{kantor.DISHUB}.1",
        kantor.DISHUB,
        pelaksana="penelaah",
        pemeran=Pemeran.PEGAWAI,
    ),
    Slot(
        f"{kantor.DISHUB}.0.1",
        kantor.DISHUB,
        pelaksana="administrasi",
        pemeran=Pemeran.PENGELOLA_OPD,
    ),
    Slot(
        f"{kantor.BKPSDMD}.1",
        kantor.BKPSDMD,
        fungsional=ANALIS_SDM,
        pemeran=Pemeran.VERIFIKATOR,
    ),
    Slot(
        f"{kantor.BKPSDMD}.1",
        kantor.BKPSDMD,
        fungsional=PRAKOM,
        pemeran=Pemeran.PRANATA_KOMPUTER,
    ),
    Slot(
        f"{kantor.DISKOMINFO}.2",
        kantor.DISKOMINFO,
        fungsional=PRAKOM,
        pemeran=Pemeran.DISKOMINFO,
    ),
    Slot(
        f"{kantor.INSPEKTORAT}.2",
        kantor.INSPEKTORAT,
        fungsional=AUDITOR,
        pemeran=Pemeran.AUDITOR,
    ),
)
PALING_SEDIKIT = len(_PEMERAN)
# Each twelfth post of the lower levels is vacant; so is one that leads a dinas.
_LOWONG_TIAP = 12
DIPIMPIN_PLT = "DISPERPUS"


def build_formasi(banyak: int, *, instansi: str) -> Formasi:
    """Return units and leading posts for an office of `banyak` people.

    In a small office, posts below the heads stay vacant: at most three people in ten
    lead a unit.
    """
    units = tuple(kantor.list_units(banyak, instansi=instansi))
    opd = _map_opd(units)
    taken = {slot.unit for slot in _PEMERAN if slot.eselon}
    rank = {eselon: n for n, eselon in enumerate(_URUTAN_ESELON)}
    posts = sorted(
        (unit for unit in units if unit.eselon and unit.kode not in taken),
        # Heads of perangkat daerah first, then level by level in the order of the tree.
        key=lambda unit: (unit.jenis != "opd", rank[unit.eselon or Eselon.IV_B]),
    )
    heads = sum(unit.jenis == "opd" for unit in posts)
    most = max(heads, banyak * 3 // 10 - PALING_SEDIKIT)
    filled: list[Slot] = []
    vacant: list[Slot] = []
    for n, unit in enumerate(posts):
        slot = Slot(unit.kode, opd[unit.kode], unit.eselon)
        is_vacant = unit.kode == DIPIMPIN_PLT or (
            unit.jenis != "opd" and n % _LOWONG_TIAP == 0
        )
        (vacant if is_vacant or n >= most else filled).append(slot)
    return Formasi(units, opd, (*_PEMERAN, *filled), tuple(vacant))


def _map_opd(units: Sequence[Unit]) -> dict[str, str]:
    """Return, for each unit, the perangkat daerah it belongs to."""
    opd: dict[str, str] = {}
    for unit in units:
        if unit.jenis == "opd":
            opd[unit.kode] = unit.kode
        elif unit.induk is not None:
            opd[unit.kode] = opd[unit.induk]
    return opd
