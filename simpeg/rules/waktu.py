"""Calendar arithmetic as personnel rules count it."""

from calendar import isleap, monthrange
from datetime import date


def add_years(tanggal: date, tahun: int) -> date:
    """Return the anniversary; 29 February falls on the 28th in a common year.

    So an age is reached within February, as the convention on pensions has it.
    """
    sasaran = tanggal.year + tahun
    if (tanggal.month, tanggal.day) == (2, 29) and not isleap(sasaran):
        return date(sasaran, 2, 28)
    return tanggal.replace(year=sasaran)


def first_of_next_month(tanggal: date) -> date:
    """Return day 1 of the month after the one `tanggal` lies in."""
    if tanggal.month == 12:
        return date(tanggal.year + 1, 1, 1)
    return date(tanggal.year, tanggal.month + 1, 1)


def add_months(tanggal: date, bulan: int) -> date:
    """Return the same day `bulan` months later, the last of the month at most."""
    tahun, indeks = divmod(tanggal.year * 12 + tanggal.month - 1 + bulan, 12)
    hari = tanggal.day
    if hari > 28:
        hari = min(hari, monthrange(tahun, indeks + 1)[1])
    return date(tahun, indeks + 1, hari)


def count_months(dari: date, sampai: date) -> int:
    """Return the full months from one day to another, as masa kerja counts them."""
    return count_calendar_months(dari, sampai) - (sampai.day < dari.day)


def count_calendar_months(dari: date, sampai: date) -> int:
    """Return the months from month to month, whatever the days."""
    return (sampai.year - dari.year) * 12 + sampai.month - dari.month


def first_of_month_from(tanggal: date) -> date:
    """Return the first day 1 that is not before `tanggal`."""
    return tanggal if tanggal.day == 1 else first_of_next_month(tanggal)


def compute_usia(lahir: date, tanggal: date) -> int:
    """Return the age in whole years on `tanggal`."""
    before = (tanggal.month, tanggal.day) < (lahir.month, lahir.day)
    return tanggal.year - lahir.year - before


def compute_kunci_masa_kerja(tmt: date, bulan: int) -> int:
    """Return a number that tells service: `bulan` months of it were full on `tmt`.

    The month in which it began, then the day of the month on which another is full. It
    stays as time passes, and comparing it with `find_kunci_masa_kerja` counts months.
    """
    return (tmt.year * 12 + tmt.month - bulan) * 32 + tmt.day


def find_kunci_masa_kerja(bulan: int, *, per_tanggal: date) -> int:
    """Return the largest key of those who have so many full months on a day, or more."""
    return (per_tanggal.year * 12 + per_tanggal.month - bulan) * 32 + per_tanggal.day


def count_masa_kerja(kunci: int, *, per_tanggal: date) -> int:
    """Return the full months of service of a key on a day; none before it began."""
    return max(0, (find_kunci_masa_kerja(0, per_tanggal=per_tanggal) - kunci) // 32)
