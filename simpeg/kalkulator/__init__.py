"""The personnel topics of `manage.py compute` and of the Kalkulator pages.

Here the keys of the contract meet the rules: each function builds the facts, calls one
rule and names what the answer shows.
"""

from bkpsdmd.calculator.registry import register, register_kode
from simpeg.rules.disiplin import KodeRiwayatHukuman
from simpeg.rules.golongan import KodeGolongan
from simpeg.rules.kedudukan import KodePenugasan
from simpeg.rules.kinerja import KodeRiwayatKinerja
from simpeg.rules.linimasa import KodeLinimasa
from simpeg.rules.mutu import KodeMutu
from simpeg.rules.pangkat import KodePangkat
from simpeg.rules.radar import KodeRadar

from . import (
    cuti,
    disiplin,
    duk,
    gaji,
    keberatan,
    kgb,
    pangkat,
    pegawai,
    penghargaan,
    pensiun,
)

TOPIK = (
    *pegawai.TOPIK,
    *gaji.TOPIK,
    *kgb.TOPIK,
    *pangkat.TOPIK,
    *pensiun.TOPIK,
    *duk.TOPIK,
    *cuti.TOPIK,
    *disiplin.TOPIK,
    *penghargaan.TOPIK,
    *keberatan.TOPIK,
)


def register_topics() -> None:
    """Add the personnel topics and codes; called once, when the app is ready."""
    register(*TOPIK)
    register_kode("Golongan", KodeGolongan)
    register_kode("Riwayat pangkat", KodePangkat)
    register_kode("Riwayat hukuman disiplin", KodeRiwayatHukuman)
    register_kode("Riwayat kinerja", KodeRiwayatKinerja)
    register_kode("Riwayat CLTN dan tugas belajar", KodePenugasan)
    register_kode("Mutu data", KodeMutu)
    register_kode("Linimasa karier", KodeLinimasa)
    register_kode("Radar data", KodeRadar)
