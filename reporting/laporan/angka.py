"""Key figures: exact inside, rounded only where a person reads them.

Percentages have one decimal, half away from zero. A ratio whose denominator is zero has
no value: it prints "–" and says what there is none of, never 0 % and never 100 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bkpsdmd.ui.formats import KOSONG, format_angka

MINUS = "−"


@dataclass(frozen=True, slots=True)
class Definisi:
    """What a figure means. `versi` changes whenever two values cannot be compared."""

    kode: str
    nama: str
    rumus: str
    sumber: str
    versi: str
    # Printed where the denominator is zero; empty for a count, which has none.
    tanpa_penyebut: str = ""
    # A: computed by the portal, M: typed by a person, R: from a register.
    kelas: str = "A"


@dataclass(frozen=True, slots=True)
class Nilai:
    """A count, or with `penyebut` a ratio in percent."""

    pembilang: int
    penyebut: int | None = None

    @property
    def exact(self) -> Fraction | None:
        """Return the count or the percentage, unrounded; None without denominator."""
        if self.penyebut is None:
            return Fraction(self.pembilang)
        if self.penyebut == 0:
            return None
        return Fraction(self.pembilang * 100, self.penyebut)

    @property
    def is_persen(self) -> bool:
        return self.penyebut is not None

    @property
    def teks(self) -> str:
        """Return "1.234", "78,9 %" or "–"."""
        if not self.is_persen:
            return format_angka(self.pembilang)
        return KOSONG if self.exact is None else f"{format_sepersepuluh(self.exact)} %"


@dataclass(frozen=True, slots=True)
class Angka:
    """A key figure beside that of the period before, where the two can be compared."""

    definisi: Definisi
    nilai: Nilai
    sebelumnya: Nilai | None = None
    is_definisi_berubah: bool = False

    @property
    def sebelumnya_teks(self) -> str:
        return self.sebelumnya.teks if self.sebelumnya else KOSONG

    @property
    def selisih_teks(self) -> str:
        """Return "+12", "−1,2 poin" or "–"; the difference of the unrounded values."""
        now = self.nilai.exact
        before = self.sebelumnya.exact if self.sebelumnya else None
        if now is None or before is None:
            return KOSONG
        change = now - before
        if not self.nilai.is_persen:
            return _with_sign(format_angka(int(abs(change))), change)
        # What reads as 0,0 has no direction.
        tenths = round_tenths(change)
        return _with_sign(f"{format_sepersepuluh(abs(change))} poin", tenths)

    @property
    def catatan(self) -> str:
        """Say why a value or a comparison is missing, where the figure cannot."""
        if self.nilai.exact is None:
            return self.definisi.tanpa_penyebut
        if self.is_definisi_berubah:
            return "definisinya berubah sejak periode sebelumnya"
        return ""


def round_tenths(value: Fraction) -> int:
    """Return the value in tenths, rounded once; a half goes away from zero."""
    tenths = int(abs(value) * 10 + Fraction(1, 2))
    return tenths if value >= 0 else -tenths


def format_sepersepuluh(value: Fraction) -> str:
    """Return "78,9": always one decimal, without the sign of percent."""
    whole, tenth = divmod(round_tenths(value), 10)
    return f"{format_angka(whole)},{tenth}"


def _with_sign(teks: str, change: Fraction | int) -> str:
    if change == 0:
        return teks
    return ("+" if change > 0 else MINUS) + teks
