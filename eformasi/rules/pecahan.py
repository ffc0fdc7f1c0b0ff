"""Exact sums and quotients, in integers and reduced once.

A chain of `Fraction` operations reduces at every step; workloads of a whole regency are
computed by the hundred thousand.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm


def divide(pembilang: Decimal | Fraction, penyebut: Decimal | Fraction) -> Fraction:
    """Return the exact quotient of two numbers."""
    atas, per_atas = pembilang.as_integer_ratio()
    bawah, per_bawah = penyebut.as_integer_ratio()
    return Fraction(atas * per_bawah, per_atas * bawah)


def sum_exact(bilangan: Sequence[Decimal | Fraction]) -> Fraction:
    """Return the exact sum."""
    rasio = [satu.as_integer_ratio() for satu in bilangan]
    penyebut = lcm(*(bawah for _, bawah in rasio))
    return Fraction(sum(atas * (penyebut // bawah) for atas, bawah in rasio), penyebut)
