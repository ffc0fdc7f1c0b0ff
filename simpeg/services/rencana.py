"""What would be written about one person, worked out before anything is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simpeg.selectors.keadaan import HimpunanRiwayat

Nilai = str | None
Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Tambahan:
    """A riwayat to add, as keyword arguments of its model; `ganti` is the row it corrects."""

    model: type[Any]
    isi: dict[str, Any]
    ganti: Any = None


@dataclass(slots=True)
class Rencana:
    """All that one act would do to one person.

    `perubahan` is it in words, before and after: what pages show and the log keeps.
    """

    himpunan: HimpunanRiwayat
    identitas: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    tambahan: list[Tambahan] = field(default_factory=list)
    perubahan: dict[str, list[Nilai]] = field(default_factory=dict)

    @property
    def is_baru(self) -> bool:
        return self.himpunan.pegawai.pk is None

    @property
    def is_berubah(self) -> bool:
        return bool(self.identitas or self.tambahan)

    def change(self, topik: str, lama: Nilai, baru: Nilai) -> None:
        self.perubahan[topik] = [lama, baru]
