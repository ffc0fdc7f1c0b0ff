"""Exact numbers, rounded the way the office rounds.

Rules compute exactly and round once: with `Fraction` where something is divided, or
with `Decimal` inside `exact_decimals()` where it is not, which is faster.
"""

from contextlib import AbstractContextManager
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    localcontext,
)
from fractions import Fraction

# More digits than any sum or product of values a form or a file can hold.
DIGIT_TERBANYAK = 400
LEBAR = Context(prec=DIGIT_TERBANYAK, rounding=ROUND_HALF_UP)
TEPAT = Context(prec=DIGIT_TERBANYAK, traps=[DivisionByZero, Inexact, InvalidOperation])


def exact_decimals() -> AbstractContextManager[Context]:
    """Let decimals be computed without loss; a quotient without end raises Inexact."""
    return localcontext(TEPAT)


def round_half_up(nilai: Fraction | Decimal | int, desimal: int = 0) -> Decimal:
    """Return `nilai` with so many decimals, all of them written; a half goes up.

    Below zero a half goes away from zero, as ROUND_HALF_UP of `decimal` does.
    """
    if isinstance(nilai, Decimal):
        return nilai.quantize(Decimal((0, (1,), -desimal)), context=LEBAR)
    # In integers: a Fraction would be reduced at every step.
    pembilang, penyebut = nilai.as_integer_ratio()
    utuh = (2 * abs(pembilang) * 10**desimal + penyebut) // (2 * penyebut)
    return Decimal(f"{'-' if pembilang < 0 else ''}{utuh}E-{desimal}")


def round_rupiah(nilai: Fraction | Decimal | int) -> int:
    """Return an amount in whole rupiah, half up."""
    return int(round_half_up(nilai))


def to_decimal(nilai: Fraction | Decimal | int) -> Decimal:
    """Return the decimal that equals `nilai`, without zeros at its end.

    Raises ValueError for a number that no decimal equals, such as a third.
    """
    if isinstance(nilai, Fraction):
        return _expand(nilai)
    ringkas = Decimal(nilai).normalize(LEBAR)
    # 1E+1 is written 10.
    return ringkas if ringkas != int(ringkas) else Decimal(int(ringkas))


def _expand(pecahan: Fraction) -> Decimal:
    for desimal in range(DIGIT_TERBANYAK):
        if 10**desimal % pecahan.denominator == 0:
            utuh = pecahan.numerator * 10**desimal // pecahan.denominator
            return Decimal(f"{utuh}E-{desimal}")
    raise ValueError(f"no decimal equals {pecahan}")
