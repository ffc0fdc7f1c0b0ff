"""Closed lists of performance management; `Predikat` stands in simpeg, which needs it.

`siasn` is the code of the e-Kinerja services of BKN ("" where they have none).
"""

from simpeg.choices import Choice


class Rating(Choice):
    """What the leader judges, of the work done and of the conduct."""

    DI_ATAS = "di_atas", "Di atas ekspektasi", "1"
    SESUAI = "sesuai", "Sesuai ekspektasi", "2"
    DI_BAWAH = "di_bawah", "Di bawah ekspektasi", "3"


class CapaianOrganisasi(Choice):
    """How the organisation did, best first; "istimewa" is never said of a person."""

    ISTIMEWA = "istimewa", "Istimewa"
    BAIK = "baik", "Baik"
    BUTUH_PERBAIKAN = "butuh_perbaikan", "Butuh Perbaikan"
    KURANG = "kurang", "Kurang"
    SANGAT_KURANG = "sangat_kurang", "Sangat Kurang"


class Potensial(Choice):
    """The second axis of the talent box, lowest first."""

    RENDAH = "rendah", "Rendah"
    MENENGAH = "menengah", "Menengah"
    TINGGI = "tinggi", "Tinggi"


class KelasTerlambat(Choice):
    TL1 = "tl1", "TL1"
    TL2 = "tl2", "TL2"
    TL3 = "tl3", "TL3"
    TL4 = "tl4", "TL4"


class KelasPulangCepat(Choice):
    PSW1 = "psw1", "PSW1"
    PSW2 = "psw2", "PSW2"
    PSW3 = "psw3", "PSW3"
    PSW4 = "psw4", "PSW4"
