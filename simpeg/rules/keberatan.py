"""The last day on which an objection is in time.

Dasar hukum: see regulations/keberatan.yaml, hari_kerja.yaml.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_tanggal
from simpeg.choices import Choice


class JenisHari(Choice):
    KALENDER = "kalender", "hari kalender"
    KERJA = "kerja", "hari kerja"


class KodeKeberatan(Kode):
    BATAS = "batas", "Hari terakhir mengajukan keberatan"
    HARI_KERJA = "hari_kerja", "Hari yang dihitung sebagai hari kerja"
    JENIS_HARI = "jenis_hari", "Sumber tidak menyebut hari kalender atau hari kerja"


@dataclass(frozen=True)
class FaktaKeberatan:
    """`libur` are days off besides the weekend; only working days heed them."""

    diterima: date
    hari: int
    jenis_hari: JenisHari
    libur: Collection[date] = ()


@dataclass(frozen=True, kw_only=True)
class HasilKeberatan(Hasil):
    batas: date


def compute_batas_keberatan(
    fakta: FaktaKeberatan, *, per_tanggal: date
) -> HasilKeberatan:
    """Return the last day; the day after the decision was received is day 1.

    Raises KetentuanNotInForceError when no rule applies on that date.
    """
    ketentuan = load_regulasi("simpeg/keberatan").on(per_tanggal)
    alasan, dasar = [], [ketentuan.kutipan]
    if fakta.jenis_hari is JenisHari.KALENDER:
        batas = fakta.diterima + timedelta(days=fakta.hari)
    else:
        hari_kerja = load_regulasi("simpeg/hari_kerja").on(per_tanggal)
        batas = _add_hari_kerja(fakta, hari_kerja)
        alasan.append(_explain_hari_kerja(fakta, batas, hari_kerja))
        dasar.append(hari_kerja.kutipan)
    return HasilKeberatan(
        batas=batas,
        alasan=(_explain_batas(fakta, batas), *alasan, _explain_jenis(ketentuan)),
        dasar_hukum=tuple(dasar),
    )


def _add_hari_kerja(fakta: FaktaKeberatan, ketentuan: Ketentuan) -> date:
    libur = frozenset(fakta.libur)
    hari, sisa = fakta.diterima, fakta.hari
    while sisa:
        hari += timedelta(days=1)
        if hari.isoweekday() in ketentuan.nilai and hari not in libur:
            sisa -= 1
    return hari


def _explain_batas(fakta: FaktaKeberatan, batas: date) -> Alasan:
    return Alasan(
        KodeKeberatan.BATAS,
        f"Diterima {format_tanggal(fakta.diterima)}, hari ke-1 sehari sesudahnya; "
        f"{fakta.hari} {fakta.jenis_hari.label} berakhir {format_tanggal(batas)}.",
        nilai=batas,
    )


def _explain_hari_kerja(
    fakta: FaktaKeberatan, batas: date, ketentuan: Ketentuan
) -> Alasan:
    libur = {
        hari
        for hari in fakta.libur
        if fakta.diterima < hari < batas and hari.isoweekday() in ketentuan.nilai
    }
    return Alasan(
        KodeKeberatan.HARI_KERJA,
        f"Hari kerja {len(ketentuan.nilai)} hari seminggu, akhir pekan tidak dihitung; "
        f"{len(libur)} hari libur yang disebut jatuh di antaranya.",
        nilai=len(libur),
        dasar_hukum=ketentuan.kutipan,
    )


def _explain_jenis(ketentuan: Ketentuan) -> Alasan:
    bawaan = ketentuan.nilai
    jenis = JenisHari(bawaan["jenis_hari"])
    return Alasan(
        KodeKeberatan.JENIS_HARI,
        f"Keberatan atas hasil evaluasi kinerja paling lama {bawaan['hari']} hari; sumber "
        f"tidak menyebut hari kalender atau hari kerja, portal memakai {jenis.label} bila "
        "tidak ditentukan lain.",
        dasar_hukum=ketentuan.kutipan,
    )
