"""Who signs a kind of paper on a date."""

import datetime as dt

from bkpsdmd.documents.shapes import Penandatangan
from bkpsdmd.ui.formats import format_tanggal
from simpeg.models import PejabatPenandatangan


def get_penandatangan(
    jenis: str, *, per_tanggal: dt.date, tempat: str
) -> Penandatangan | None:
    """Return who signs a kind of paper on a date, or None where nobody is set."""
    pejabat = (
        PejabatPenandatangan.objects.on(per_tanggal)
        .filter(jenis_dokumen=jenis)
        .select_related("pegawai__keadaan__golongan")
        .order_by("-mulai")
        .first()
    )
    if pejabat is None:
        return None
    golongan = pejabat.pegawai.keadaan.golongan
    return {
        "tempat_tanggal": f"{tempat}, {format_tanggal(per_tanggal)}",
        "jabatan": pejabat.jabatan,
        "nama": pejabat.pegawai.nama_lengkap,
        "pangkat": golongan.pangkat if golongan else "",
        "nip": pejabat.pegawai.nip,
    }
