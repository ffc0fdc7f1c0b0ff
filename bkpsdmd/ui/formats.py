"""How dates, money and numbers are written for people: the Indonesian way, one place.

Pages reach these through the `ui` filters, papers and spreadsheets call them directly.
An empty value is written as a dash, so that a blank cell is never a question.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from bkpsdmd.regulations.teks import BULAN

KOSONG = "–"
_NIP = re.compile(r"\A(\d{8})(\d{6})(\d)(\d{3})\Z")


def _day(value: date | datetime) -> date:
    """Return the day here, for an instant the one in the portal's time zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if value.tzinfo else value.date()
    return value


def format_tanggal(value: date | datetime | None) -> str:
    """Write "1 September 2026"."""
    if not value:
        return KOSONG
    day = _day(value)
    return f"{day.day} {BULAN[day.month - 1]} {day.year}"


def format_tanggal_singkat(value: date | datetime | None) -> str:
    """Write "01-09-2026", for tables."""
    if not value:
        return KOSONG
    day = _day(value)
    return f"{day.day:02}-{day.month:02}-{day.year}"


def format_waktu(value: datetime | None) -> str:
    """Write "1 September 2026, 14.05 WITA"."""
    if not value:
        return KOSONG
    local = timezone.localtime(value)
    return f"{format_tanggal(local)}, {local:%H.%M} {local.tzname()}"


def format_angka(value: Decimal | float | None, desimal: int | None = None) -> str:
    """Write "1.234" or "12,5"; `desimal` fixes the digits after the comma."""
    if value is None or value == "":
        return KOSONG
    number = Decimal(str(value))
    if desimal is not None:
        number = number.quantize(Decimal(1).scaleb(-desimal), rounding=ROUND_HALF_UP)
    return f"{number:,f}".translate(str.maketrans(",.", ".,"))


def format_rupiah(value: Decimal | int | None) -> str:
    """Write "Rp 3.500.000"; a fraction, rare, with two digits."""
    if value is None or value == "":
        return KOSONG
    number = Decimal(str(value))
    whole = number == number.to_integral_value()
    sign = "-" if number < 0 else ""
    return f"{sign}Rp {format_angka(abs(number), 0 if whole else 2)}"


def format_persen(value: Decimal | float | None, desimal: int = 1) -> str:
    """Write 98.5 as "98,5 %": the value is already per hundred."""
    if value is None or value == "":
        return KOSONG
    text = format_angka(value, desimal)
    if desimal and text.endswith("," + "0" * desimal):
        text = text[: -desimal - 1]
    return f"{text} %"


def format_nilai(value: object) -> str:
    """Write what a rule looked at, whatever it is; a year gets no point."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, date):
        return format_tanggal(value)
    if isinstance(value, Decimal) or (isinstance(value, int) and value >= 10_000):
        return format_angka(value)
    return KOSONG if value is None or value == "" else str(value)


def format_nip(value: str | None) -> str:
    """Group an 18-digit NIP 8-6-1-3; anything else is returned as it is."""
    if not value:
        return KOSONG
    match = _NIP.match(str(value))
    return " ".join(match.groups()) if match else str(value)
