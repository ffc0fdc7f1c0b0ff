"""What the law sets, by effective date; plain Python, so that rules stay plain too."""

from .hasil import Alasan, Hasil, Kode
from .ketentuan import Kepastian, Ketentuan, KetentuanNotInForceError, Regulasi
from .reader import list_regulasi, load_regulasi

__all__ = [
    "Alasan",
    "Hasil",
    "Kepastian",
    "Ketentuan",
    "KetentuanNotInForceError",
    "Kode",
    "Regulasi",
    "list_regulasi",
    "load_regulasi",
]
