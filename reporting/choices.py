"""The kinds of periodic reports, and of the work that makes them."""

from enum import StrEnum
from typing import Self


class JenisLaporan(StrEnum):
    """The value is what commands and addresses carry."""

    label: str

    PASAL24 = "pasal24", "Pelaksanaan e-Government"

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.label) for member in cls]


class JobKind(StrEnum):
    PUBLISH = "reporting.publish_laporan"
    CORRECT = "reporting.correct_laporan"
