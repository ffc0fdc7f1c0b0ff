from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from eformasi.rules.pecahan import divide, sum_exact

DESIMAL = st.decimals(0, 10**15, places=6)
PECAHAN = st.fractions(0, 10**6)


@given(st.lists(DESIMAL | PECAHAN))
def test_sum_loses_nothing(bilangan: list[Decimal | Fraction]) -> None:
    assert sum_exact(bilangan) == sum(map(Fraction, bilangan))


@given(atas=DESIMAL | PECAHAN, bawah=(DESIMAL | PECAHAN).filter(bool))
def test_quotient_loses_nothing(
    atas: Decimal | Fraction, bawah: Decimal | Fraction
) -> None:
    assert divide(atas, bawah) == Fraction(atas) / Fraction(bawah)
