"""Rank promotions and posts of one career, on the dates that were permitted then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from simpeg.choices import Eselon, Jenjang
from simpeg.rules.golongan import GolonganPNS as G
from simpeg.rules.pangkat import BarisPangkat, expect_masa_kerja
from simpeg.rules.waktu import count_calendar_months

# Months in which a promotion could begin, by the day the period rule took effect
# (domain: PP 12/2002; Peraturan BKN 4/2023 and 4/2025). April and October were open
# under the older rule too.
PERIODE_KP = (
    (date(2025, 10, 1), range(1, 13)),
    (date(2024, 1, 1), (2, 4, 6, 8, 10, 12)),
    (date.min, (4, 10)),
)

# Golongan at appointment and highest one of a regular promotion, by SIASN level
# (PP 99/2000 Pasal 8); a pay scale that starts at three years starts there (II/c).
AWAL = {
    "05": G.I_A,
    "15": G.II_A,
    "17": G.II_A,
    "30": G.II_C,
    "40": G.III_A,
    "42": G.III_B,
}
PUNCAK = {
    "05": G.II_A,
    "15": G.III_B,
    "17": G.III_B,
    "30": G.III_C,
    "40": G.III_D,
    "42": G.IV_A,
}
MASA_KERJA_AWAL = {G.II_C: 36}

# Lowest and highest golongan of those who hold a structural post.
RENTANG_ESELON = {
    Eselon.II_A: (G.IV_C, G.IV_D),
    Eselon.II_B: (G.IV_B, G.IV_C),
    Eselon.III_A: (G.IV_A, G.IV_B),
    Eselon.III_B: (G.III_D, G.IV_A),
    Eselon.IV_A: (G.III_C, G.III_D),
    Eselon.IV_B: (G.III_B, G.III_C),
}
# The way up: each step begins in the golongan below the one that the next step needs.
TANGGA_ESELON = (Eselon.IV_A, Eselon.III_B, Eselon.III_A, Eselon.II_B, Eselon.II_A)

Tangga = tuple[tuple[G, Jenjang], ...]
KEAHLIAN: Tangga = (
    (G.III_A, Jenjang.AHLI_PERTAMA),
    (G.III_C, Jenjang.AHLI_MUDA),
    (G.IV_A, Jenjang.AHLI_MADYA),
    (G.IV_D, Jenjang.AHLI_UTAMA),
)
KETERAMPILAN: Tangga = (
    (G.II_B, Jenjang.TERAMPIL),
    (G.III_A, Jenjang.MAHIR),
    (G.III_C, Jenjang.PENYELIA),
)

# Asking a golongan for its place searches for it: once here, not for each person.
_URUTAN = list(G)
_TINGKAT = {golongan: golongan.tingkat for golongan in G}


@dataclass(frozen=True, slots=True)
class Pangkat:
    """One golongan with its masa kerja on `tmt` and SIASN's id of the kind."""

    golongan: G
    tmt: date
    masa_kerja_bulan: int
    jenis: str


def add_months(tanggal: date, bulan: int) -> date:
    """Return the first of the month that lies `bulan` months away."""
    total = tanggal.year * 12 + tanggal.month - 1 + bulan
    return date(total // 12, total % 12 + 1, 1)


def find_periode(tanggal: date) -> date:
    """Return the first permitted TMT on or after a first of the month."""
    while True:
        months = next(m for mulai, m in PERIODE_KP if tanggal >= mulai)
        if tanggal.month in months:
            return tanggal
        tanggal = add_months(tanggal, 1)


def simulate_pangkat(
    awal: G,
    tmt_cpns: date,
    *,
    puncak: G,
    sampai: date,
    jeda: Callable[[], int],
    jenis: str,
) -> list[Pangkat]:
    """Return the promotions from appointment to `sampai`, one step at a time.

    `jeda` draws the months that must pass before the next one.
    """
    rows = [Pangkat(awal, tmt_cpns, MASA_KERJA_AWAL.get(awal, 0), "211")]
    while _TINGKAT[(last := rows[-1]).golongan] < _TINGKAT[puncak]:
        tmt = find_periode(add_months(last.tmt, jeda()))
        if tmt > sampai:
            break
        golongan = _URUTAN[_TINGKAT[last.golongan]]
        bulan = expect_masa_kerja(
            BarisPangkat(last.golongan, last.tmt, last.masa_kerja_bulan),
            golongan,
            tmt,
            per_tanggal=tmt,
        )
        rows.append(Pangkat(golongan, tmt, bulan, jenis))
    return rows


def find_arrival(rows: list[Pangkat], golongan: G) -> date | None:
    """Return when this golongan, or one above it at the start, was reached."""
    return next(
        (r.tmt for r in rows if _TINGKAT[r.golongan] >= _TINGKAT[golongan]), None
    )


def plan_eselon(
    rng: Random, rows: list[Pangkat], tujuan: Eselon, *, sampai: date, paling_lama: int
) -> list[tuple[Eselon, date]]:
    """Return the structural posts up to `tujuan`, each begun within its range.

    The last one began about `paling_lama` months before `sampai`, or when its golongan
    was reached.
    """
    if tujuan is Eselon.IV_B:
        steps: tuple[Eselon, ...] = (Eselon.IV_B,)
    else:
        steps = TANGGA_ESELON[: TANGGA_ESELON.index(tujuan) + 1]
    plan = []
    for step in steps:
        lo, hi = RENTANG_ESELON[step]
        start = find_arrival(rows, lo)
        if start is None:
            raise ValueError(f"golongan of {step} was never reached")
        end = find_arrival(rows, hi) or sampai
        months = max(count_calendar_months(start, end) - 1, 0)
        if step is tujuan:
            start = max(start, min(add_months(sampai, -paling_lama), end))
            months = min(max(count_calendar_months(start, end) - 1, 0), 3)
        plan.append((step, add_months(start, rng.randint(0, months))))
    return plan


def find_jenjang(golongan: G, tangga: Tangga) -> Jenjang:
    return next(
        jenjang
        for mulai, jenjang in reversed(tangga)
        if _TINGKAT[golongan] >= _TINGKAT[mulai]
    )


def plan_jenjang(
    rows: list[Pangkat], tangga: Tangga, *, mulai: date
) -> list[tuple[Jenjang, date]]:
    """Return the steps of a functional career from `mulai` on.

    A step comes two months before the golongan that needs it.
    """
    first = max((r for r in rows if r.tmt <= mulai), key=lambda r: r.tmt)
    plan = [(find_jenjang(first.golongan, tangga), mulai)]
    for row in rows:
        jenjang = find_jenjang(row.golongan, tangga)
        if row.tmt > mulai and jenjang is not plan[-1][0]:
            plan.append(
                (jenjang, max(add_months(row.tmt, -2), add_months(plan[-1][1], 1)))
            )
    return plan
