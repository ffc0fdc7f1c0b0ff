"""The shape of every rule's answer: a result that explains itself.

A rule takes a frozen dataclass of facts and returns a frozen dataclass that extends
`Hasil`. Pages, papers and the calculator print the reasons and the legal basis as they
stand, so an officer can defend each decision.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self


class Kode(StrEnum):
    """Stable codes of one rule, each with its meaning for `docs/kode.md`.

    A code names a condition ("nomor_urut"), not its outcome: `Alasan.terpenuhi` tells
    whether the condition is met.
    """

    arti: str

    def __new__(cls, value: str, arti: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.arti = arti
        return member


@dataclass(frozen=True, slots=True)
class Alasan:
    """One condition a rule looked at, in an Indonesian sentence a person can check."""

    kode: Kode
    pesan: str
    terpenuhi: bool = True
    nilai: Any = None
    dasar_hukum: str = ""


@dataclass(frozen=True, kw_only=True)
class Hasil:
    """What every result carries beside its own answer."""

    alasan: tuple[Alasan, ...] = field(default=())
    dasar_hukum: tuple[str, ...] = field(default=())
