"""A rule set of TPP as a record: everything a regency may set, and nothing computed.

It is read from a regulation file; an office's own rule set has the same shape. All
shares and rates are percentages.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from bkpsdmd.regulations import Ketentuan, load_regulasi
from ekinerja.choices import (
    CaraPlt,
    ContohTpp,
    JenisKejadian,
    JenisStatusKhusus,
    PenanggungIuran,
    SyaratTpp,
)
from simpeg.choices import Predikat


@dataclass(frozen=True)
class Tangga:
    """A percentage from each of some numbers on; below the first there is none."""

    mulai: tuple[int, ...]
    persen: tuple[Decimal, ...]

    @classmethod
    def of(cls, nilai: Mapping[int, Any]) -> "Tangga":
        return cls(tuple(nilai), tuple(map(Decimal, nilai.values())))

    def find(self, angka: int) -> Decimal:
        posisi = bisect_right(self.mulai, angka)
        return self.persen[posisi - 1] if posisi else Decimal(0)


@dataclass(frozen=True)
class Tarif:
    """What one event costs: by its minutes, by started hours, or each time the same.

    `dihitung_menit` is what a missing record adds to the minutes of the month;
    `bagian_disiplin` marks a percentage of the discipline part, not of the TPP.
    """

    mulai_menit: Tangga | None = None
    persen_per_jam: Decimal | None = None
    persen: Decimal = Decimal(0)
    dihitung_menit: int = 0
    bagian_disiplin: bool = False


@dataclass(frozen=True)
class Produktivitas:
    """The weight is another one for who attended less than so many days.

    `tanpa_hadir` takes the place of both values for who attended on no day.
    """

    bobot: Decimal
    nilai: Mapping[Predikat, Decimal]
    tanpa_predikat: Decimal
    tanpa_hadir: Decimal
    hadir_kurang_dari_hari: int
    bobot_hadir_kurang: Decimal


@dataclass(frozen=True)
class StatusTetap:
    """Percentages that replace the computed one; who has one need not show the rest."""

    tidak_diminta: frozenset[SyaratTpp]
    tetap: Mapping[JenisStatusKhusus, Decimal]
    cuti_mulai_bulan: Tangga


@dataclass(frozen=True)
class BagianPlt:
    """Shares of the own base and of the base of the acting post."""

    sendiri: Decimal
    rangkap: Decimal


@dataclass(frozen=True)
class Iuran:
    """A contribution, capped together with what the salary already bore."""

    persen: Decimal
    maks_rupiah: int
    penanggung: PenanggungIuran


@dataclass(frozen=True)
class Penundaan:
    di_atas_menit: int
    bulan: int


# Compared by identity, as the regulation it is read from is.
@dataclass(frozen=True, kw_only=True, eq=False)
class AturanTpp:
    """`masukan` names the inputs it has a rule for: any other is refused.

    `is_contoh` marks another regency's rules, which nobody has adopted here.
    """

    is_contoh: bool
    uraian: str
    kutipan: str
    masukan: tuple[str, ...]
    syarat: tuple[SyaratTpp, ...]
    kejadian: Mapping[JenisKejadian, Tarif]
    potongan_maks: Decimal | None
    produktivitas: Produktivitas | None
    bobot_disiplin: Decimal | None
    status_khusus: StatusTetap | None
    cpns: Decimal | None
    plt: Mapping[CaraPlt, BagianPlt]
    iuran: Mapping[str, Iuran]
    penundaan: Penundaan | None

    @property
    def has_bagian_disiplin(self) -> bool:
        return any(tarif.bagian_disiplin for tarif in self.kejadian.values())


def load_contoh(contoh: ContohTpp, *, per_tanggal: date) -> AturanTpp:
    """Return one of the shipped examples as it reads on `per_tanggal`."""
    return read_aturan(load_regulasi(f"ekinerja/tpp_{contoh}").on(per_tanggal))


@cache
def read_aturan(ketentuan: Ketentuan) -> AturanTpp:
    """Return the rule set a regulation holds.

    Raises TypeError on a key it does not know, for such a rule would be lost.
    """
    return _build_aturan(ketentuan, **ketentuan.nilai)


def _build_aturan(
    ketentuan: Ketentuan,
    *,
    masukan: tuple[str, ...],
    contoh: bool = False,
    syarat: tuple[str, ...] = (),
    kejadian: Mapping[str, Any] | None = None,
    potongan_maks: Any = None,
    produktivitas: Mapping[str, Any] | None = None,
    disiplin: Mapping[str, Any] | None = None,
    status_khusus: Mapping[str, Any] | None = None,
    cpns: Any = None,
    plt: Mapping[str, Any] | None = None,
    iuran: Mapping[str, Any] | None = None,
    penundaan: Mapping[str, Any] | None = None,
) -> AturanTpp:
    return AturanTpp(
        is_contoh=contoh,
        uraian=ketentuan.uraian,
        kutipan=ketentuan.kutipan,
        masukan=masukan,
        syarat=tuple(map(SyaratTpp, syarat)),
        kejadian={
            JenisKejadian(jenis): _build_tarif(**tarif)
            for jenis, tarif in (kejadian or {}).items()
        },
        potongan_maks=None if potongan_maks is None else Decimal(potongan_maks),
        produktivitas=(
            _build_produktivitas(**produktivitas) if produktivitas else None
        ),
        bobot_disiplin=Decimal(disiplin["bobot"]) if disiplin else None,
        status_khusus=_build_status(**status_khusus) if status_khusus else None,
        cpns=None if cpns is None else Decimal(cpns),
        plt={
            CaraPlt(cara): BagianPlt(
                Decimal(bagian["sendiri"]), Decimal(bagian["rangkap"])
            )
            for cara, bagian in (plt or {}).items()
        },
        iuran={
            nama: Iuran(
                Decimal(satu["persen"]),
                satu["maks_rupiah"],
                PenanggungIuran(satu["penanggung"]),
            )
            for nama, satu in (iuran or {}).items()
        },
        penundaan=Penundaan(**penundaan) if penundaan else None,
    )


def _build_tarif(
    mulai_menit: Mapping[int, Any] | None = None,
    persen_per_jam: Any = None,
    persen: Any = 0,
    dihitung_menit: int = 0,
    *,
    bagian_disiplin: bool = False,
) -> Tarif:
    return Tarif(
        Tangga.of(mulai_menit) if mulai_menit else None,
        None if persen_per_jam is None else Decimal(persen_per_jam),
        Decimal(persen),
        dihitung_menit,
        bagian_disiplin,
    )


def _build_produktivitas(
    *,
    bobot: Any,
    nilai: Mapping[str, Any],
    tanpa_predikat: Any,
    tanpa_hadir: Any,
    hadir_kurang_dari_hari: int,
    bobot_hadir_kurang: Any,
) -> Produktivitas:
    return Produktivitas(
        Decimal(bobot),
        {Predikat(nama): Decimal(satu) for nama, satu in nilai.items()},
        Decimal(tanpa_predikat),
        Decimal(tanpa_hadir),
        hadir_kurang_dari_hari,
        Decimal(bobot_hadir_kurang),
    )


def _build_status(
    *,
    tidak_diminta: tuple[str, ...],
    tetap: Mapping[str, Any],
    cuti_mulai_bulan: Mapping[int, Any],
) -> StatusTetap:
    return StatusTetap(
        frozenset(map(SyaratTpp, tidak_diminta)),
        {JenisStatusKhusus(nama): Decimal(satu) for nama, satu in tetap.items()},
        Tangga.of(cuti_mulai_bulan),
    )
