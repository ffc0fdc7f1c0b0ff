"""Reads one row: every fault is noted, and a row without a fatal one is a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .catatan import Catatan
from .identitas import read_identitas
from .karier import read_jabatan, read_pangkat, read_pendidikan
from .orang import Acuan, DataOrang
from .pembaca import Pembaca


@dataclass(slots=True)
class Bacaan:
    """What a row says. `orang` is None where a note is fatal; `nip` is as compared."""

    nip: str
    nama: str
    orang: DataOrang | None
    catatan: list[Catatan]


def read_orang(sel: Mapping[str, str], *, acuan: Acuan, per_tanggal: date) -> Bacaan:
    """Return the person a row speaks of, with every note on it.

    `sel` are clean cells by column. Whether NIP and PNS ID are used elsewhere is for
    the caller to judge, who sees the other rows and the portal.
    """
    p = Pembaca(sel, acuan=acuan, per_tanggal=per_tanggal)
    identitas = read_identitas(p)
    awal, akhir = read_pangkat(p, identitas.jenis_asn, identitas.tmt_cpns)
    jabatan = read_jabatan(p, identitas.tmt_cpns)
    pendidikan = read_pendidikan(p, identitas.tanggal_lahir)
    kedudukan = p.kode("kedudukan_hukum", acuan.kedudukan, lebar=2)
    orang = DataOrang(
        nip=identitas.nip,
        siasn_id=p.muat("pns_id", 36),
        identitas=identitas.kolom,
        pangkat_awal=awal,
        pangkat=akhir,
        jabatan=jabatan,
        pendidikan=pendidikan,
        kedudukan=kedudukan,
    )
    return Bacaan(
        identitas.nip, identitas.nama, None if p.is_ditolak else orang, p.catatan
    )
