"""The office as its papers name it, the number books, and the papers that went out."""

from bkpsdmd.documents.models.kantor import (
    KANTOR_CACHE_KEY,
    KANTOR_CACHE_SECONDS,
    KANTOR_ID,
    Kertas,
    PengaturanKantor,
    WarnaLambang,
    get_kantor,
)
from bkpsdmd.documents.models.keutuhan import BerkasCacat
from bkpsdmd.documents.models.kop import (
    Huruf,
    KelasKeamanan,
    KopSurat,
    PengaturanNaskah,
    Sifat,
    Spasi,
)
from bkpsdmd.documents.models.naskah import (
    CaraTtd,
    Naskah,
    NaskahQuerySet,
    PaketNaskah,
    PenandatanganNaskah,
    PercobaanTtd,
    SertifikatTte,
    StatusNaskah,
)
from bkpsdmd.documents.models.nomor import BukuNomor, NomorDokumen, StatusNomor
from bkpsdmd.documents.models.terbit import AkhirDokumen, DokumenTerbit

__all__ = [
    "KANTOR_CACHE_KEY",
    "KANTOR_CACHE_SECONDS",
    "KANTOR_ID",
    "AkhirDokumen",
    "BerkasCacat",
    "BukuNomor",
    "CaraTtd",
    "DokumenTerbit",
    "Huruf",
    "KelasKeamanan",
    "Kertas",
    "KopSurat",
    "Naskah",
    "NaskahQuerySet",
    "NomorDokumen",
    "PaketNaskah",
    "PenandatanganNaskah",
    "PengaturanKantor",
    "PengaturanNaskah",
    "PercobaanTtd",
    "SertifikatTte",
    "Sifat",
    "Spasi",
    "StatusNaskah",
    "StatusNomor",
    "WarnaLambang",
    "get_kantor",
]
