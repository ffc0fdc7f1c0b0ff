"""Closed lists of position planning, in plain Python: the rules import them."""

from simpeg.choices import Choice


class AturanPembulatan(Choice):
    """How a computed need becomes whole people."""

    TERDEKAT = "terdekat", "ke bilangan terdekat, setengah ke atas"
    ATAS = "atas", "selalu ke atas"
    BAWAH = "bawah", "selalu ke bawah"


class BasisJamKerja(Choice):
    """The effective hours of one employee a year, as the forms name them."""

    JAM_1250 = "jam_1250", "1.250 jam"
    MENIT_75000 = "menit_75000", "75.000 menit"
    JAM_1200 = "jam_1200", "1.200 jam"
    MENIT_72000 = "menit_72000", "72.000 menit"
    JAM_1300 = "jam_1300", "1.300 jam"
    JAM_1320 = "jam_1320", "1.320 jam"


class SatuanWaktu(Choice):
    MENIT = "menit", "menit"
    JAM = "jam", "jam"


class PeriodeVolume(Choice):
    """What the typed volume of a task is counted by."""

    TAHUN = "tahun", "setahun"
    BULAN = "bulan", "sebulan"
    MINGGU = "minggu", "seminggu"
    HARI = "hari", "sehari"


class MetodeAbk(Choice):
    """The methods beside task by task."""

    HASIL_KERJA = "hasil_kerja", "Hasil kerja"
    OBJEK_KERJA = "objek_kerja", "Objek kerja"
    PERALATAN_KERJA = "peralatan_kerja", "Peralatan kerja"


class KelompokGuru(Choice):
    SD = "sd", "Guru SD"
    SMP = "smp", "Guru mata pelajaran SMP"
    BK = "bk", "Guru bimbingan dan konseling"


class JenisEvaluasi(Choice):
    STRUKTURAL = "struktural", "Jabatan struktural"
    FUNGSIONAL = "fungsional", "Jabatan fungsional dan pelaksana"


class TingkatEfektivitas(Choice):
    """Grades of EJ and EU: a high one means overload, not good service."""

    A = "A", "Sangat baik"
    B = "B", "Baik"
    C = "C", "Cukup"
    D = "D", "Sedang"
    E = "E", "Kurang"
