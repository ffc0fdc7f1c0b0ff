"""States of a day's seal and ways an event comes about; the value is stored."""

from enum import StrEnum


class KeadaanSegel(StrEnum):
    UTUH = "utuh"
    RUSAK = "rusak"

    @property
    def label(self) -> str:
        return {"utuh": "Utuh", "rusak": "Tidak cocok"}[self]

    @property
    def warna(self) -> str:
        return {"utuh": "ok", "rusak": "bad"}[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.label) for member in cls]


class Saluran(StrEnum):
    """Where the work came from; see `context.Source`."""

    LAMAN = "laman"
    PERINTAH = "perintah"
    TUGAS = "tugas"

    @property
    def label(self) -> str:
        return {
            "laman": "halaman portal",
            "perintah": "perintah di server",
            "tugas": "pekerjaan di belakang layar",
        }[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.label) for member in cls]
