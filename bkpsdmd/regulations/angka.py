"""Exact numbers, rounded the way the office rounds.

Rules compute with `Fraction`, so that nothing is lost on the way, and round once.
"""

from decimal import Decimal
from fractions import Fraction
from math import floor

# More than any sum or product of values a form or a file can hold.
DESIMAL_TERBANYAK = 200


def round_half_up(nilai: Fraction | Decimal | int, desimal: int = 0) -> Decimal:
    """Return `nilai` with so many decimals, all of them written; a half goes up.

    Below zero a half goes away from zero, as ROUND_HALF_UP of `decimal` does.
    """
    pecahan = Fraction(nilai)
    utuh = floor(abs(pecahan) * 10**desimal + Fraction(1, 2))
    return Decimal(f"{'-' if pecahan < 0 else ''}{utuh}E-{desimal}")


def round_rupiah(nilai: Fraction | Decimal | int) -> int:
    """Return an amount in whole rupiah, half up."""
    return int(round_half_up(nilai))


def to_decimal(nilai: Fraction | Decimal | int) -> Decimal:
    """Return the decimal that equals `nilai`, without zeros at its end.

    Raises ValueError for a number that no decimal equals, such as a third.
    """
    pecahan = Fraction(nilai)
    for desimal in range(DESIMAL_TERBANYAK):
        if 10**desimal % pecahan.denominator == 0:
            utuh = pecahan.numerator * 10**desimal // pecahan.denominator
            return Decimal(f"{utuh}E-{desimal}")
    raise ValueError(f"no decimal equals {pecahan}")
