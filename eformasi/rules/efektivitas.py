"""EJ and EU: how much work a post or a unit bears for its effective hours.

Dasar hukum: see regulations/efektivitas.yaml, aturan_abk.yaml.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.angka import round_half_up
from bkpsdmd.regulations.teks import format_angka
from eformasi.choices import TingkatEfektivitas

from .abk import JamKerja, find_jam_kerja
from .pecahan import divide, sum_exact


class KodeEfektivitas(Kode):
    PEMANGKU = "pemangku", "Ada pemangku jabatan yang menanggung beban kerja"
    NILAI = "nilai", "Beban kerja dibagi jam kerja efektif semua pemangku"
    TINGKAT = "tingkat", "Tingkat efektivitas dan efisiensi"
    BACAAN_LAIN = "bacaan_lain", "Sumber berbeda tentang nilai tepat pada batas"


@dataclass(frozen=True)
class BebanJabatan:
    """The yearly load of a jabatan in hours, and the people who hold it."""

    beban_jam: Decimal
    pemangku: int


@dataclass(frozen=True, kw_only=True)
class HasilEfektivitas(Hasil):
    """`nilai` and `tingkat` are None where nobody holds a post."""

    nilai: Decimal | None
    tingkat: TingkatEfektivitas | None


def compute_efektivitas(
    jabatan: Sequence[BebanJabatan], *, per_tanggal: date
) -> HasilEfektivitas:
    """Return EJ of one jabatan, or EU of all those of a unit: sum over sum.

    The load of a jabatan that nobody holds counts: others bear it. The value is rounded
    to two decimals before it is graded, so that no grade has a gap.
    Raises KetentuanNotInForceError when no rule applies on that date.
    """
    ketentuan = load_regulasi("eformasi/efektivitas").on(per_tanggal)
    jam_kerja = find_jam_kerja(None, per_tanggal=per_tanggal)
    pemangku = sum(satu.pemangku for satu in jabatan)
    dasar_hukum = (ketentuan.kutipan, jam_kerja.ketentuan.kutipan)
    if not pemangku:
        pesan = "Tidak ada pemangku: nilai tidak dapat dihitung, ditulis -."
        alasan = Alasan(KodeEfektivitas.PEMANGKU, pesan, terpenuhi=False)
        return HasilEfektivitas(
            nilai=None, tingkat=None, alasan=(alasan,), dasar_hukum=dasar_hukum
        )
    beban = sum_exact([satu.beban_jam for satu in jabatan])
    nilai = round_half_up(divide(beban, pemangku * jam_kerja.jam), 2)
    tingkat = _find_tingkat(nilai, ketentuan)
    return HasilEfektivitas(
        nilai=nilai,
        tingkat=tingkat,
        alasan=(
            _explain_nilai(beban, pemangku, nilai, jam_kerja, ketentuan),
            *_explain_tingkat(nilai, tingkat, ketentuan),
        ),
        dasar_hukum=dasar_hukum,
    )


def _find_tingkat(nilai: Decimal, ketentuan: Ketentuan) -> TingkatEfektivitas:
    batas = ketentuan.nilai
    for tingkat, di_atas in batas["di_atas"].items():
        if nilai > di_atas:
            return TingkatEfektivitas(tingkat)
    for tingkat, mulai in batas["mulai"].items():
        if nilai >= mulai:
            return TingkatEfektivitas(tingkat)
    return TingkatEfektivitas(batas["selain_itu"])


def _explain_nilai(
    beban: Fraction,
    pemangku: int,
    nilai: Decimal,
    jam_kerja: JamKerja,
    ketentuan: Ketentuan,
) -> Alasan:
    return Alasan(
        KodeEfektivitas.NILAI,
        f"Beban {format_angka(beban)} jam dibagi {pemangku} orang x "
        f"{format_angka(jam_kerja.jam)} jam: {_write(nilai)}.",
        nilai=nilai,
        dasar_hukum=ketentuan.kutipan,
    )


def _explain_tingkat(
    nilai: Decimal, tingkat: TingkatEfektivitas, ketentuan: Ketentuan
) -> tuple[Alasan, ...]:
    alasan = Alasan(
        KodeEfektivitas.TINGKAT,
        f"Nilai {_write(nilai)} tingkat {tingkat} ({tingkat.label.lower()}); di atas 1,00 "
        "berarti beban melebihi jam kerja, bukan pelayanan yang lebih baik.",
        nilai=tingkat,
        dasar_hukum=ketentuan.kutipan,
    )
    lain = [
        nama for nama, batas in ketentuan.nilai["di_atas"].items() if nilai == batas
    ]
    if not lain:
        return (alasan,)
    pesan = (
        f"Nilai tepat {_write(nilai)} diberi {tingkat} menurut satu sumber dan {lain[0]} "
        f"menurut sumber lain; portal memakai {tingkat}."
    )
    berbeda = Alasan(KodeEfektivitas.BACAAN_LAIN, pesan, dasar_hukum=ketentuan.kutipan)
    return (alasan, berbeda)


def _write(nilai: Decimal) -> str:
    """Return the value with the two decimals it is graded by."""
    return f"{nilai:f}".replace(".", ",")
