"""What a look over a whole record finds, with the row that mends it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bkpsdmd.regulations import Kode
from simpeg.choices import TingkatTemuan

HARI = timedelta(days=1)
# Where no law speaks and the portal compares its own records.
KESEPAKATAN = "Kesepakatan portal: pembandingan antarriwayat [kesepakatan]"


@dataclass(frozen=True)
class Temuan:
    """`jenis` and `baris` name the row to look at; `baris` is None where one is missing.

    `mulai` to `selesai` are the days the finding speaks of.
    """

    kode: Kode
    pesan: str
    tingkat: TingkatTemuan
    dasar_hukum: str = KESEPAKATAN
    jenis: str = ""
    baris: int | None = None
    mulai: date | None = None
    selesai: date | None = None


@dataclass(frozen=True)
class Masa:
    """A recorded period; `selesai` is its last day, None where it goes on."""

    jenis: str
    baris: int | None
    nama: str
    mulai: date
    selesai: date | None = None

    def covers(self, hari: date) -> bool:
        return self.mulai <= hari <= (self.selesai or date.max)

    def shares(self, lain: "Masa") -> bool:
        """Return whether both have a day in common."""
        return self.mulai <= (lain.selesai or date.max) and lain.mulai <= (
            self.selesai or date.max
        )


def sort_masa(rows: Sequence[Masa]) -> list[Masa]:
    return sorted(rows, key=lambda row: (row.mulai, row.selesai or date.max))


def find_jeda(rows: Sequence[Masa]) -> Iterator[tuple[Masa, Masa]]:
    """Yield (before, after) where nobody of a row covers the days between."""
    before: Masa | None = None
    for row in sort_masa(rows):
        if before is not None:
            if before.selesai and before.selesai + HARI < row.mulai:
                yield before, row
            if before.selesai is None or (row.selesai and row.selesai < before.selesai):
                continue
        before = row
