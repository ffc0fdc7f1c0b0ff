"""The performance topics of `manage.py compute` and of the Kalkulator pages.

Here the keys of the contract meet the rules: each function builds the facts, calls one
rule and names what the answer shows.
"""

from bkpsdmd.calculator.registry import register

from . import angka_kredit, predikat, presensi, talenta, tpp

TOPIK = (
    *predikat.TOPIK,
    *angka_kredit.TOPIK,
    *talenta.TOPIK,
    *presensi.TOPIK,
    *tpp.TOPIK,
)


def register_topics() -> None:
    """Add the performance topics and their codes; called once, when the app is ready."""
    register(*TOPIK)
