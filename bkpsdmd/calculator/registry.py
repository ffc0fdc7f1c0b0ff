"""The topics that can be computed: one list behind the command and the pages.

Each app registers its topics from `apps.py`. A topic names its input keys and a
function that calls a rule and picks what the answer shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bkpsdmd.regulations import Alasan, Hasil, Kode

from .masukan import Kunci, Masukan, Tanggal, Wajib, read_masukan

TANGGAL = Kunci("tanggal", Tanggal(), "Keadaan tanggal", Wajib.OPSIONAL)


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
    """`compute` gets the values read, `tanggal` always among them."""

    nama: str
    label: str
    kunci: tuple[Kunci, ...]
    compute: Callable[[Masukan], Jawaban]
    kode: type[Kode]
    semua_kunci: tuple[Kunci, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "semua_kunci", (*self.kunci, TANGGAL))


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
