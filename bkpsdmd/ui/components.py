"""The plain data that components draw; views fill it, templates print it.

A component knows no domain: a view turns its rows into these before rendering.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Nada(StrEnum):
    """The tone of a status, each with the icon that goes with its word."""

    ikon: str

    OK = "ok", "circle-check"
    WARN = "warn", "alert-triangle"
    BAD = "bad", "circle-x"
    INFO = "info", "info-circle"
    NETRAL = "netral", "circle-dashed"

    def __new__(cls, value: str, ikon: str) -> "Nada":
        member = str.__new__(cls, value)
        member._value_ = value
        member.ikon = ikon
        return member

    @classmethod
    def of(cls, value: str) -> "Nada":
        """Accept our own tones and Bootstrap's colour words, which enums may carry."""
        return cls(_BOOTSTRAP.get(value, value))  # type: ignore[call-arg]


_BOOTSTRAP = {
    "success": "ok",
    "warning": "warn",
    "danger": "bad",
    "primary": "info",
    "secondary": "netral",
}


@dataclass(frozen=True)
class Figure:
    """One figure of a row of cards: what it counts, how many, since when or of what."""

    label: str
    nilai: str
    keterangan: str = ""
    url: str = ""


@dataclass(frozen=True)
class TimelineItem:
    """One event of a linimasa; a cancelled one stays, struck through, with the reason.

    `bukti` names the paper behind it, `bukti_url` opens it. With `nada` it is not an
    event but a finding.
    """

    tanggal: date | None
    judul: str
    keterangan: str = ""
    url: str = ""
    ikon: str = ""
    is_batal: bool = False
    bukti: str = ""
    bukti_url: str = ""
    nada: Nada | None = None


@dataclass(frozen=True)
class Perubahan:
    """One line of "data lama | data baru"."""

    label: str
    lama: Any
    baru: Any

    @property
    def is_berubah(self) -> bool:
        return self.lama != self.baru


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    is_aktif: bool = False
    jumlah: int | None = None


@dataclass(frozen=True)
class Chip:
    """One filter that holds now, and the address of the list without it."""

    label: str
    nilai: str
    url: str


@dataclass(frozen=True)
class ExportLink:
    """A button that keeps the filter; `post` where it starts a job."""

    label: str
    url: str
    ikon: str = "file-spreadsheet"
    post: bool = False


class PanelKind(StrEnum):
    """The three questions Beranda answers, then the figures; in this order."""

    TUGAS = "tugas"
    MENUNGGU = "menunggu"
    MENDATANG = "mendatang"
    ANGKA = "angka"


@dataclass(frozen=True)
class PanelItem:
    """One line of a panel: what, by when, and the page where it is done."""

    judul: str
    url: str = ""
    keterangan: str = ""
    tanggal: date | None = None
    status: str = ""
    nada: Nada = Nada.NETRAL


@dataclass(frozen=True)
class Panel:
    """A part of Beranda. `gambar` is a finished SVG of our chart engine."""

    jenis: PanelKind
    judul: str
    items: Sequence[PanelItem] = ()
    angka: Sequence[Figure] = ()
    gambar: str = ""
    kosong: str = ""
    url: str = ""
    url_label: str = "Lihat semua"
