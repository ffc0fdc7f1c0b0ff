"""The five states of a job; the value is stored, `label` and `warna` are shown."""

from enum import StrEnum


class JobState(StrEnum):
    label: str
    warna: str

    MENUNGGU = "menunggu", "Menunggu", "secondary"
    BERJALAN = "berjalan", "Berjalan", "primary"
    SELESAI = "selesai", "Selesai", "success"
    GAGAL = "gagal", "Gagal", "danger"
    DIBATALKAN = "dibatalkan", "Dibatalkan", "secondary"

    def __new__(cls, value: str, label: str, warna: str) -> "JobState":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.warna = warna
        return member


# A job in one of these may still change by itself.
ACTIVE = (JobState.MENUNGGU, JobState.BERJALAN)
