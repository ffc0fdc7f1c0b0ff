"""The case files of eformasi, and how to run one."""

from pathlib import Path

from bkpsdmd.calculator.tests.cases import HARI_INI, Kasus, answer, check_kasus

__all__ = [
    "HARI_INI",
    "answer",
    "check_kasus",
    "find_uncited",
    "list_kasus",
    "read_kasus",
]

_kasus = Kasus(Path(__file__).parent / "kasus")
list_kasus, read_kasus = _kasus.list, _kasus.read
find_uncited = _kasus.find_uncited
