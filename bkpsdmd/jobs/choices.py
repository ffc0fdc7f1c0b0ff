"""The five states of a job; the value is stored, `label` and `warna` are shown."""

from enum import StrEnum


class JobState(StrEnum):
    MENUNGGU = "menunggu"
    BERJALAN = "berjalan"
    SELESAI = "selesai"
    GAGAL = "gagal"
    DIBATALKAN = "dibatalkan"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def warna(self) -> str:
        return _COLOURS[self]


_COLOURS = {
    JobState.MENUNGGU: "secondary",
    JobState.BERJALAN: "primary",
    JobState.SELESAI: "success",
    JobState.GAGAL: "danger",
    JobState.DIBATALKAN: "secondary",
}

# A job in one of these may still change by itself.
ACTIVE = (JobState.MENUNGGU, JobState.BERJALAN)
