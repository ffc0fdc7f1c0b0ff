"""The planning topics of `manage.py compute` and of the Kalkulator pages.

Here the keys of the contract meet the rules: each function builds the facts, calls one
rule and names what the answer shows.
"""

from bkpsdmd.calculator.registry import register, register_kode
from eformasi.rules.pembulatan import KodePembulatan

from . import abk, abk_kes, efektivitas, evaluasi_jabatan, guru, proyeksi

TOPIK = (
    *abk.TOPIK,
    *efektivitas.TOPIK,
    *guru.TOPIK,
    *abk_kes.TOPIK,
    *evaluasi_jabatan.TOPIK,
    *proyeksi.TOPIK,
)


def register_topics() -> None:
    """Add the planning topics and their codes; called once, when the app is ready."""
    register(*TOPIK)
    register_kode("Pembulatan kebutuhan", KodePembulatan)
