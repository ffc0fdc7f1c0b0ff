"""When the invented people got their accounts and logged in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .karier import add_months

TRIWULAN = 4  # complete ones that lie behind; the running one follows


@dataclass(frozen=True, slots=True)
class Masuk:
    """`menit` counts from midnight of `tanggal`."""

    tanggal: date
    menit: int


def list_triwulan(per_tanggal: date) -> list[tuple[date, date]]:
    """Return the quarters people logged in, as [from, to), oldest first."""
    first_month = (per_tanggal.month - 1) // 3 * 3 + 1
    current = date(per_tanggal.year, first_month, 1)
    starts = [add_months(current, 3 * n) for n in range(-TRIWULAN, 1)]
    return [(start, add_months(start, 3)) for start in starts]


class Pemakaian:
    """How the portal came into use: one perangkat daerah after the other."""

    def __init__(self, opd: list[str], *, seed: int, per_tanggal: date) -> None:
        self._rng = Random(f"masuk-{seed}")  # noqa: S311
        self._today = per_tanggal
        self._quarters = list_triwulan(per_tanggal)
        self._first = {kode: n % TRIWULAN for n, kode in enumerate(opd)}

    def find_akun_dibuka(self, opd: str, tmt: date) -> date:
        """Return when an account was opened: with its OPD, or after the appointment."""
        return max(self._quarters[self._first[opd]][0], tmt + timedelta(days=14))

    def draw(self, opd: str, dibuka: date) -> Iterator[Masuk]:
        """Yield the log-ins of one account, more likely with each quarter."""
        rng = self._rng
        for n, (start, end) in enumerate(self._quarters[self._first[opd] :]):
            if rng.random() > 0.35 + 0.09 * n:
                continue
            first, last = max(start, dibuka), min(end, self._today)
            days = (last - first).days
            if days < 1:
                continue
            for _ in range(rng.randint(1, 2)):
                day = first + timedelta(days=rng.randrange(days))
                yield Masuk(day, rng.randint(7 * 60 + 30, 16 * 60))
