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
