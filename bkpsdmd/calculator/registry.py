"""The topics that can be computed: one list behind the command and the pages.

Each app registers its topics from `apps.py`. A topic names its input keys and a
function that calls a rule and picks what the answer shows.

What the pages say beside that is optional, by keyword:

    Topik(
        "kgb", "Kenaikan gaji berkala", KUNCI, answer_kgb, KodeKgb,
        uraian="Tanggal dan besar kenaikan gaji berkala berikutnya.",
        kalimat="berhak",
        keluaran={
            "berhak": Keluaran("Hak atas KGB", ya="Berhak atas KGB", tidak="Belum berhak"),
            "kgb": Keluaran("Jadwal"),
            "kgb.batas_pemberitahuan": Keluaran("Diberitahukan paling lambat"),
        },
    )

`keluaran` names keys of the answer, inner ones with a dot; a key that is not named gets
a label and a unit from its own words: `gaji_lama_rupiah` is "Gaji lama", in rupiah, and
`_bulan`, `_tahun`, `_hari`, `_menit`, `_jam`, `_persen` say their unit too.
`kalimat` is the answer in one sentence: the name of a yes/no key (its `ya` or `tidak`
is the sentence), or a text with other values in braces, written as people read them:
"Gaji pokok {gaji_rupiah} sebulan", inner ones as {kp.kurang}. Without it the first
value is the sentence.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from enum import StrEnum
from traceback import extract_tb
from typing import Any

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Hasil, Kode

from .masukan import KodeMasukan, Kunci, Masukan, Tanggal, Wajib, read_masukan

logger = logging.getLogger(__name__)

TANGGAL = Kunci(
    "tanggal",
    Tanggal(),
    "Keadaan tanggal",
    Wajib.OPSIONAL,
    "Memilih peraturan yang berlaku pada hari itu. Kosong berarti hari ini.",
)


class Satuan(StrEnum):
    """How the page writes a value of the answer; each of `kata.SATUAN` is one."""

    RUPIAH = "rupiah"
    PERSEN = "persen"
    BULAN = "bulan"
    TAHUN = "tahun"
    HARI = "hari"
    JAM = "jam"
    MENIT = "menit"
    # A number without unit, such as a year or a sequence number.
    POLOS = ""


@dataclass(frozen=True)
class Keluaran:
    """What one key of the answer is called; `pilihan` puts its codes in words."""

    label: str
    satuan: Satuan | None = None
    ya: str = "Ya"
    tidak: str = "Tidak"
    pilihan: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Jawaban:
    """What a topic answers; `hasil` holds plain values, dates and decimals."""

    hasil: dict[str, Any]
    alasan: tuple[Alasan, ...]
    dasar_hukum: tuple[str, ...]

    @classmethod
    def of(cls, hasil: Hasil, **nilai: Any) -> "Jawaban":
        """Return `nilai` with the reasons and the legal basis of a rule's result."""
        return cls(nilai, hasil.alasan, hasil.dasar_hukum)

    def as_json(self) -> dict[str, Any]:
        return {
            "hasil": self.hasil,
            "alasan": [
                {
                    "kode": alasan.kode,
                    "pesan": alasan.pesan,
                    "terpenuhi": alasan.terpenuhi,
                }
                for alasan in self.alasan
            ],
            "dasar_hukum": self.dasar_hukum,
        }


@dataclass(frozen=True)
class Topik:
    """`compute` gets the values read, `tanggal` always among them.

    `kode` is the rule's; the app it comes from is the module the pages file it under.
    """

    nama: str
    label: str
    kunci: tuple[Kunci, ...]
    compute: Callable[[Masukan], Jawaban]
    kode: type[Kode]
    _: KW_ONLY
    uraian: str = ""
    kalimat: str = ""
    keluaran: Mapping[str, Keluaran] = field(default_factory=dict)
    panduan: tuple[str, ...] = ()
    semua_kunci: tuple[Kunci, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "semua_kunci", (*self.kunci, TANGGAL))

    @property
    def app(self) -> str:
        """The label of the app whose rule answers: `simpeg`."""
        return self.kode.__module__.partition(".")[0]

    @property
    def is_pribadi(self) -> bool:
        """Whether a case names a person, and so must stay out of addresses."""
        return any(satu.tipe.is_pribadi for satu in self.kunci)


_topik: dict[str, Topik] = {}
_kode: dict[str, type[Kode]] = {}


def register(*topik: Topik) -> None:
    """Add topics, each name once."""
    for satu in topik:
        if satu.nama in _topik:
            raise ValueError(f"topic {satu.nama} is registered twice")
        _topik[satu.nama] = satu
        register_kode(f"Topik `{satu.nama}`: {satu.label}", satu.kode)


def register_kode(judul: str, kode: type[Kode]) -> None:
    """Add codes to the list in `docs/kode.md`, under a heading of their own."""
    _kode[judul] = kode


def list_topik() -> list[Topik]:
    return [_topik[nama] for nama in sorted(_topik)]


def list_kode() -> list[tuple[str, type[Kode]]]:
    return sorted(_kode.items())


def find_topik(nama: str) -> Topik | None:
    return _topik.get(nama)


def evaluate(topik: Topik, data: object, *, hari_ini: date) -> Jawaban:
    """Return the answer to one case, as read from JSON or gathered by a form.

    Raises DomainError when the case is refused or cannot be computed.
    """
    masukan = read_masukan(topik.semua_kunci, data)
    masukan.setdefault("tanggal", hari_ini)
    return topik.compute(masukan)


def evaluate_or_refuse(topik: Topik, data: object, *, hari_ini: date) -> Jawaban:
    """Return the answer; a fault of ours becomes a refusal of this case alone.

    The place is logged, never the exception's text: it may quote personal data.
    """
    try:
        return evaluate(topik, data, hari_ini=hari_ini)
    except DomainError:
        raise
    except Exception as error:
        tempat = extract_tb(error.__traceback__)[-1]
        logger.error(
            "compute %s: %s in %s:%s",
            topik.nama,
            type(error).__name__,
            tempat.filename,
            tempat.lineno,
        )
        galat = KodeMasukan.GALAT_PROGRAM
        raise DomainError(f"{galat.arti}; lihat log.", kode=galat) from None
