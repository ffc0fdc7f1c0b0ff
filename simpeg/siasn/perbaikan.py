"""Which cells of a refused row a person may correct."""

from collections.abc import Iterable, Mapping

from .catatan import KodeCatatan, Tingkat
from .kolom import KOLOM

# A fault whose cure may lie in other cells than the one it is noted on.
_SELAIN: Mapping[str, tuple[str, ...]] = {
    "nip_kesesuaian_jenis_asn": (
        "jenis_pegawai_id",
        "jenis_pegawai_nama",
        "status_cpns_pns",
    ),
    KodeCatatan.ORANG_BERBEDA: ("nip_baru", "pns_id"),
    KodeCatatan.JENIS_ASN_BERGANTI: ("nip_baru", "pns_id"),
}


def list_kolom_salah(catatan: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the columns to correct, in the order of the export.

    Of `…_id` and `…_nama` both are offered: mending one alone may contradict the other.
    """
    salah: set[str] = set()
    for satu in catatan:
        if satu["tingkat"] == Tingkat.GALAT:
            salah |= {satu["kolom"], *_SELAIN.get(satu["kode"], ())}
    for kolom in tuple(salah):
        awalan, _, akhir = kolom.rpartition("_")
        if akhir in {"id", "nama"}:
            salah |= {f"{awalan}_id", f"{awalan}_nama"}
    return [kolom for kolom in KOLOM if kolom in salah]
