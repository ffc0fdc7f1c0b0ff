"""Which papers a person's archive must hold, which it holds, and which a service needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from bkpsdmd.regulations import Ketentuan, load_regulasi
from simpeg.choices import StatusKepegawaian

# The regulation files with the papers of services, in the order a page lists them.
LAYANAN = (
    "simpeg/berkas_kenaikan_pangkat",
    "simpeg/berkas_kgb",
    "simpeg/berkas_satyalancana",
    "simpeg/berkas_cuti_besar",
    "simpeg/berkas_pensiun",
)
# A code of a service's list that asks for the paper of the latest record.
TERAKHIR = "_terakhir"
PANGKAT = "pangkat"


@dataclass(frozen=True, slots=True)
class JenisArsip:
    """A kind of paper; `riwayat` are kinds of record each of which has one of its own."""

    kode: str
    nama: str
    siasn: str
    kelompok: str
    riwayat: tuple[str, ...]
    untuk: tuple[str, ...]
    is_tertutup: bool

    def fits(self, status: StatusKepegawaian) -> bool:
        return not self.untuk or status.jenis_asn.value in self.untuk


class Sifat(StrEnum):
    """How much a paper is wanted."""

    WAJIB = "wajib"
    ANJURAN = "anjuran"
    BILA_ADA = "bila_ada"


@dataclass(frozen=True, slots=True)
class FaktaCatatan:
    """A record in force that a paper proves; `tmt` sorts, and tells the first pangkat."""

    kunci: str
    pk: int
    label: str
    tmt: date | None
    is_berberkas: bool
    is_pengangkatan: bool = False


@dataclass(frozen=True, slots=True)
class FaktaArsip:
    """`ada` are the kinds of which a file is in force, linked to a record or not."""

    status: StatusKepegawaian
    ada: frozenset[str]
    catatan: tuple[FaktaCatatan, ...] = ()


@dataclass(frozen=True, slots=True)
class ButirArsip:
    """One paper that is wanted; `catatan` is the record it proves, None for the others."""

    jenis: JenisArsip
    sifat: Sifat
    is_ada: bool
    catatan: FaktaCatatan | None = None

    @property
    def nama(self) -> str:
        """Return "SK jabatan Analis, TMT 1 Jan 2020": the paper and what it proves."""
        if self.catatan is None:
            return self.jenis.nama
        return f"{self.jenis.nama} {self.catatan.label}"

    @property
    def rujukan(self) -> str:
        """Return the record it proves as "kind-id", "" for the others."""
        return f"{self.catatan.kunci}-{self.catatan.pk}" if self.catatan else ""


@dataclass(frozen=True, slots=True)
class HasilLayanan:
    """Whether the archive holds what a service asks for; `lain` is made when asking."""

    kode: str
    nama: str
    ada: tuple[ButirArsip, ...]
    kurang: tuple[ButirArsip, ...]
    bila_ada: tuple[ButirArsip, ...]
    lain: tuple[str, ...]
    dasar_hukum: str

    @property
    def is_siap(self) -> bool:
        return not self.kurang

    @property
    def status(self) -> str:
        return f"Kurang {len(self.kurang)} dokumen" if self.kurang else "Siap"


def list_jenis_arsip(per_tanggal: date) -> Mapping[str, JenisArsip]:
    """Return the kinds of paper by code, in the order of the official file."""
    return _read_jenis(load_regulasi("simpeg/jenis_arsip").on(per_tanggal))


@cache
def _read_jenis(ketentuan: Ketentuan) -> Mapping[str, JenisArsip]:
    return {
        row["kode"]: JenisArsip(
            kode=row["kode"],
            nama=row["nama"],
            siasn=row["siasn"],
            kelompok=row["kelompok"],
            riwayat=tuple(row["riwayat"].split()),
            untuk=tuple(row["untuk"].split()),
            is_tertutup=row["tertutup"] == "ya",
        )
        for row in ketentuan.nilai
    }


def check_arsip(fakta: FaktaArsip, *, per_tanggal: date) -> tuple[ButirArsip, ...]:
    """Return every paper this person's archive should hold, and whether it does.

    Mandatory ones by status, and one for each record in force. The paper of the first
    pangkat is the decree of appointment. Dasar hukum: see regulations/arsip_wajib.yaml.
    """
    jenis = list_jenis_arsip(per_tanggal)
    daftar = load_regulasi("simpeg/arsip_wajib").on(per_tanggal).nilai
    wajib = {*daftar["semua"], *daftar.get(fakta.status.value, ())}
    butir = []
    for satu in jenis.values():
        if not satu.fits(fakta.status):
            continue
        if satu.riwayat:
            butir += [
                ButirArsip(
                    satu,
                    Sifat.WAJIB
                    if catatan.kunci in daftar["riwayat"]
                    else Sifat.ANJURAN,
                    catatan.is_berberkas,
                    catatan,
                )
                for catatan in fakta.catatan
                if catatan.kunci in satu.riwayat
                and (catatan.is_berberkas or not catatan.is_pengangkatan)
            ]
        else:
            sifat = Sifat.WAJIB if satu.kode in wajib else Sifat.BILA_ADA
            if sifat is Sifat.WAJIB or satu.kode in fakta.ada:
                butir.append(ButirArsip(satu, sifat, satu.kode in fakta.ada))
    return tuple(butir)


def check_layanan(fakta: FaktaArsip, *, per_tanggal: date) -> tuple[HasilLayanan, ...]:
    """Return, for each service open to this status, what its file already has.

    Dasar hukum: see regulations/berkas_*.yaml.
    """
    return tuple(
        _check_satu(kode, isi, fakta, ketentuan, per_tanggal)
        for nama in LAYANAN
        for ketentuan in (load_regulasi(nama).on(per_tanggal),)
        for kode, isi in ketentuan.nilai.items()
        if fakta.status.value in isi["untuk"]
    )


def _check_satu(
    kode: str,
    isi: Mapping[str, tuple[str, ...]],
    fakta: FaktaArsip,
    ketentuan: Ketentuan,
    per_tanggal: date,
) -> HasilLayanan:
    wajib = [_find(satu, Sifat.WAJIB, fakta, per_tanggal) for satu in isi["arsip"]]
    lain = [_find(satu, Sifat.BILA_ADA, fakta, per_tanggal) for satu in isi["bila_ada"]]
    return HasilLayanan(
        kode=kode,
        nama=str(isi["nama"]),
        ada=tuple(b for b in wajib if b.is_ada),
        kurang=tuple(b for b in wajib if not b.is_ada),
        bila_ada=tuple(b for b in lain if not b.is_ada),
        lain=isi["lain"],
        dasar_hukum=ketentuan.kutipan,
    )


def _find(kode: str, sifat: Sifat, fakta: FaktaArsip, per_tanggal: date) -> ButirArsip:
    """Return the paper asked for: of the latest record, or any of its kind."""
    jenis = list_jenis_arsip(per_tanggal)[kode.removesuffix(TERAKHIR)]
    catatan = [c for c in fakta.catatan if c.kunci in jenis.riwayat]
    if not kode.endswith(TERAKHIR) or not catatan:
        return ButirArsip(jenis, sifat, jenis.kode in fakta.ada)
    akhir = max(catatan, key=lambda c: (c.tmt or date.min, c.pk))
    is_ada = akhir.is_berberkas
    if akhir.is_pengangkatan and not is_ada:
        # The latest pangkat is still that of the appointment.
        is_ada = "sk_cpns" in fakta.ada
    return ButirArsip(jenis, sifat, is_ada, akhir)
