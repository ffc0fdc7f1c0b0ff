"""Analisis beban kerja: people needed for a jabatan, by tasks or by one rate.

Dasar hukum: see regulations/aturan_abk.yaml, jam_kerja_efektif_*.yaml,
volume_setahun.yaml, metode_abk.yaml.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from bkpsdmd.regulations.angka import round_half_up
from bkpsdmd.regulations.teks import format_angka
from eformasi.choices import (
    AturanPembulatan,
    BasisJamKerja,
    MetodeAbk,
    PeriodeVolume,
    SatuanWaktu,
)

from .pecahan import divide, sum_exact
from .pembulatan import explain_pembulatan, find_aturan, round_orang

MENIT_SEJAM = 60
BERKAS_BASIS = {
    BasisJamKerja.JAM_1250: "eformasi/jam_kerja_efektif_2020",
    BasisJamKerja.MENIT_75000: "eformasi/jam_kerja_efektif_2020",
    BasisJamKerja.JAM_1200: "eformasi/jam_kerja_efektif_2004",
    BasisJamKerja.MENIT_72000: "eformasi/jam_kerja_efektif_2004",
    BasisJamKerja.JAM_1300: "eformasi/jam_kerja_efektif_daerah",
    BasisJamKerja.JAM_1320: "eformasi/jam_kerja_efektif_daerah",
}


class KodeAbk(Kode):
    BASIS = "basis", "Jam kerja efektif yang dipakai"
    VOLUME_SETAHUN = "volume_setahun", "Volume dijadikan setahun lebih dahulu"
    TOTAL = "total", "Jumlah kebutuhan semua tugas sebelum dibulatkan"


class KodeAbkMetode(Kode):
    METODE = "metode", "Beban kerja dibagi kemampuan satu orang"


@dataclass(frozen=True)
class TugasAbk:
    """One task as it was typed; volume and time are above 0."""

    volume: Decimal
    waktu: Decimal
    satuan: SatuanWaktu
    periode: PeriodeVolume


@dataclass(frozen=True, kw_only=True)
class HasilAbk(Hasil):
    """Exact needs by task and in sum, and the whole people of the jabatan."""

    baris: tuple[Fraction, ...]
    total: Fraction
    kebutuhan: int


@dataclass(frozen=True, kw_only=True)
class HasilAbkMetode(Hasil):
    tepat: Fraction
    kebutuhan: int


@dataclass(frozen=True)
class JamKerja:
    """The effective minutes a year, with the regulation that sets them."""

    basis: BasisJamKerja
    menit: int
    ketentuan: Ketentuan

    @property
    def jam(self) -> Fraction:
        return Fraction(self.menit, MENIT_SEJAM)


def find_jam_kerja(basis: BasisJamKerja | None, *, per_tanggal: date) -> JamKerja:
    """Return the base asked for, or the one of the rules in force."""
    if basis is None:
        bawaan = load_regulasi("eformasi/aturan_abk").on(per_tanggal)
        basis = BasisJamKerja(bawaan.nilai["basis"])
    ketentuan = load_regulasi(BERKAS_BASIS[basis]).on(per_tanggal)
    return JamKerja(basis, ketentuan.nilai[basis], ketentuan)


def compute_abk(
    tugas: Sequence[TugasAbk],
    *,
    basis: BasisJamKerja | None = None,
    pembulatan: AturanPembulatan | None = None,
    per_tanggal: date,
) -> HasilAbk:
    """Return the people a jabatan needs: sum of work time over effective time.

    Tasks are never rounded; the sum is, once.
    Raises KetentuanNotInForceError when no rule applies on that date.
    """
    jam_kerja = find_jam_kerja(basis, per_tanggal=per_tanggal)
    pengali = load_regulasi("eformasi/volume_setahun").on(per_tanggal)
    baris = tuple(_count_orang(satu, pengali, jam_kerja) for satu in tugas)
    total = sum_exact(baris)
    aturan = find_aturan(pembulatan, per_tanggal=per_tanggal)
    kebutuhan = round_orang(total, aturan)
    return HasilAbk(
        baris=baris,
        total=total,
        kebutuhan=kebutuhan,
        alasan=(
            _explain_basis(jam_kerja),
            *_explain_volume(tugas, pengali),
            Alasan(
                KodeAbk.TOTAL,
                f"{len(tugas)} tugas membutuhkan {format_angka(round_half_up(total, 6))} "
                "orang sebelum dibulatkan.",
                nilai=total,
            ),
            explain_pembulatan(total, kebutuhan, aturan, per_tanggal=per_tanggal),
        ),
        dasar_hukum=(jam_kerja.ketentuan.kutipan, pengali.kutipan),
    )


def _count_orang(tugas: TugasAbk, pengali: Ketentuan, jam_kerja: JamKerja) -> Fraction:
    """Return the people one task needs: its minutes in a year over those of a person."""
    kali: int = pengali.nilai[tugas.periode]
    menit = MENIT_SEJAM if tugas.satuan is SatuanWaktu.JAM else 1
    volume, per_volume = tugas.volume.as_integer_ratio()
    waktu, per_waktu = tugas.waktu.as_integer_ratio()
    return Fraction(
        volume * kali * waktu * menit, per_volume * per_waktu * jam_kerja.menit
    )


def _explain_basis(jam_kerja: JamKerja) -> Alasan:
    return Alasan(
        KodeAbk.BASIS,
        f"Jam kerja efektif seorang pegawai {format_angka(jam_kerja.jam)} jam "
        f"({format_angka(jam_kerja.menit)} menit) setahun.",
        nilai=jam_kerja.menit,
        dasar_hukum=jam_kerja.ketentuan.kutipan,
    )


def _explain_volume(
    tugas: Sequence[TugasAbk], pengali: Ketentuan
) -> tuple[Alasan, ...]:
    dipakai = {satu.periode for satu in tugas} - {PeriodeVolume.TAHUN}
    if not dipakai:
        return ()
    kali = ", ".join(
        f"volume {periode.label} dikali {pengali.nilai[periode]}"
        for periode in PeriodeVolume
        if periode in dipakai
    )
    pesan = f"Volume dijadikan setahun lebih dahulu: {kali}."
    alasan = Alasan(KodeAbk.VOLUME_SETAHUN, pesan, dasar_hukum=pengali.kutipan)
    return (alasan,)


def compute_abk_metode(
    metode: MetodeAbk, *, beban: Decimal, standar: Fraction, per_tanggal: date
) -> HasilAbkMetode:
    """Return the people for a load of one kind, of which one person handles `standar`.

    Load and standard are of the same period; a standard below 1 means several people
    for one unit. Raises KetentuanNotInForceError when no rule applies on that date.
    """
    ketentuan = load_regulasi("eformasi/metode_abk").on(per_tanggal)
    orang: int = ketentuan.nilai
    tepat = divide(beban, standar) * orang
    aturan = find_aturan(None, per_tanggal=per_tanggal)
    kebutuhan = round_orang(tepat, aturan)
    pembulatan = explain_pembulatan(tepat, kebutuhan, aturan, per_tanggal=per_tanggal)
    return HasilAbkMetode(
        tepat=tepat,
        kebutuhan=kebutuhan,
        alasan=(
            Alasan(
                KodeAbkMetode.METODE,
                f"Metode {metode.label.lower()}: {format_angka(beban)} satuan, "
                f"{_describe_standar(standar)}. Beban dan kemampuan harus dari masa yang "
                "sama.",
                nilai=tepat,
                dasar_hukum=ketentuan.kutipan,
            ),
            pembulatan,
        ),
        dasar_hukum=(ketentuan.kutipan, pembulatan.dasar_hukum),
    )


def _describe_standar(standar: Fraction) -> str:
    if standar < 1:
        return f"{format_angka(round_half_up(1 / standar, 6))} orang tiap satuan"
    return f"{format_angka(round_half_up(standar, 6))} satuan tiap orang"
