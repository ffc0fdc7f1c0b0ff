"""Keys that several topics share."""

from bkpsdmd.calculator.masukan import Kunci, Pilihan
from simpeg.choices import Predikat

LABEL_PREDIKAT = {satu.value: satu.label for satu in Predikat}
PREDIKAT = Kunci("predikat", Pilihan.of(Predikat), "Predikat kinerja")
