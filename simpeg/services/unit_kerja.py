"""Adding and renaming units: today's tree and its dated rows change together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError
from simpeg.models import JenisUnit, RiwayatUnitKerja, UnitKerja

BATCH = 500
LANGKAH = UnitKerja.steplen
# For `per_tanggal` where nobody knows since when a unit exists: it stood on any date.
SEJAK_DAHULU = dt.date(1900, 1, 1)


@dataclass(frozen=True)
class UnitSpec:
    """A unit as a list names it; `induk_kode` is None only for the instansi."""

    kode: str
    nama: str
    jenis: JenisUnit
    induk_kode: str | None
    siasn_id: str = ""


def add_unit(
    *, spec: UnitSpec, by: User | None, per_tanggal: dt.date, dasar: str = ""
) -> UnitKerja:
    """Found one unit as of `per_tanggal`; a code that exists is refused."""
    if UnitKerja.objects.filter(kode=spec.kode).exists():
        raise DomainError(
            f"Kode unit {spec.kode} sudah dipakai.", kolom="kode", kode="kode_dipakai"
        )
    units = ensure_units([spec], by=by, per_tanggal=per_tanggal, dasar=dasar)
    return units[spec.kode]


def ensure_units(
    specs: Sequence[UnitSpec],
    *,
    by: User | None,
    per_tanggal: dt.date,
    dasar: str = "",
) -> dict[str, UnitKerja]:
    """Return the units of `specs` by code; those that are missing begin `per_tanggal`.

    Existing ones stay as they are. In any order: a parent may follow its child. Four
    queries for units that are all there, a handful more for any number of new ones.
    Raises DomainError, with nothing written, when the list does not form one tree.
    """
    by_kode = {spec.kode: spec for spec in specs}
    if len(by_kode) < len(specs):
        raise DomainError("Ada kode unit yang kembar.", kode="kode_kembar")
    with transaction.atomic():
        # The root stands for the tree: two at once would hand out one path twice.
        list(UnitKerja.objects.select_for_update().filter(depth=1).values_list("pk"))
        units = _fetch(
            {*by_kode, *(spec.induk_kode for spec in specs if spec.induk_kode)}
        )
        new = [spec for spec in specs if spec.kode not in units]
        if new:
            last_steps = _load_last_steps()
            for wave in _split_into_waves(new, units):
                made = _plant(wave, units, last_steps, per_tanggal)
                _note(made, dasar, by)
    return {kode: units[kode] for kode in by_kode}


def rename_unit(
    *,
    unit: UnitKerja,
    nama: str,
    mulai: dt.date,
    dasar: str,
    by: User | None,
    per_tanggal: dt.date,
) -> UnitKerja:
    """Give a unit another name from `mulai` on; before that day it keeps the old one.

    Raises DomainError for a date to come (today's tree would show it too early) and for
    one before the present name began.
    """
    if mulai > per_tanggal:
        raise DomainError(
            "Nama baru dicatat setelah berlaku; tanggal ini belum tiba.", kolom="mulai"
        )
    with transaction.atomic():
        unit = UnitKerja.objects.select_for_update().get(pk=unit.pk)
        present = RiwayatUnitKerja.objects.get(unit=unit, selesai__isnull=True)
        if mulai <= present.mulai:
            raise DomainError(
                f"Nama sekarang berlaku sejak {present.mulai:%d-%m-%Y}; nama baru harus "
                "sesudahnya.",
                kolom="mulai",
            )
        if nama == unit.nama:
            raise DomainError("Nama ini sama dengan yang sekarang.", kolom="nama")
        present.selesai = mulai
        present.save(update_fields=["selesai"])
        RiwayatUnitKerja.objects.create(
            unit=unit, induk_id=present.induk_id, nama=nama, mulai=mulai, dasar=dasar
        )
        before, unit.nama = unit.nama, nama
        unit.save(update_fields=["nama"])
        audit.record(
            "unit.ganti_nama",
            unit,
            by=by,
            changes={"nama": (before, nama), "mulai": (None, mulai)},
            reason=dasar,
        )
    return unit


def _fetch(kodes: Iterable[str]) -> dict[str, UnitKerja]:
    wanted = sorted(kodes)
    return {
        unit.kode: unit
        for start in range(0, len(wanted), BATCH)
        for unit in UnitKerja.objects.filter(kode__in=wanted[start : start + BATCH])
    }


def _split_into_waves(
    new: Sequence[UnitSpec], units: Mapping[str, UnitKerja]
) -> Iterator[list[UnitSpec]]:
    """Yield `new` so that every parent comes in an earlier wave than its children."""
    known: set[str | None] = {None, *units}
    waiting = list(new)
    while waiting:
        wave = [spec for spec in waiting if spec.induk_kode in known]
        if not wave:
            raise DomainError(
                f"Induk {waiting[0].induk_kode} dari unit {waiting[0].nama} tidak ada.",
                kolom="induk",
                kode="induk_tidak_ada",
            )
        yield wave
        known.update(spec.kode for spec in wave)
        waiting = [spec for spec in waiting if spec.kode not in known]


def _load_last_steps() -> dict[str, int]:
    """Return, by path of a unit, the place of its last child ("" stands for no unit)."""
    steps: dict[str, int] = {}
    for path in UnitKerja.objects.values_list("path", flat=True):
        base, step = path[:-LANGKAH], UnitKerja._str2int(path[-LANGKAH:])
        steps[base] = max(steps.get(base, 0), step)
    return steps


def _plant(
    wave: Sequence[UnitSpec],
    units: dict[str, UnitKerja],
    last_steps: dict[str, int],
    per_tanggal: dt.date,
) -> list[tuple[UnitKerja, UnitKerja | None]]:
    """Insert units whose parents are there; return them with their parents.

    What treebeard does for one child at a time, for many at once: paths count on from
    the last sibling, parents count their children.
    """
    made: list[tuple[UnitKerja, UnitKerja | None]] = []
    parents: dict[str, UnitKerja] = {}
    for spec in wave:
        induk = units[spec.induk_kode] if spec.induk_kode else None
        _check_place(spec, induk, has_root="" in last_steps)
        base, depth = (induk.path, induk.depth + 1) if induk else ("", 1)
        last_steps[base] = last_steps.get(base, 0) + 1
        unit = UnitKerja(
            kode=spec.kode,
            nama=spec.nama,
            jenis=spec.jenis,
            siasn_id=spec.siasn_id,
            depth=depth,
            path=UnitKerja._get_path(base, depth, last_steps[base]),
            opd_id=induk.opd_id if induk else None,
            mulai=per_tanggal,
        )
        if induk:
            induk.numchild += 1
            parents[induk.kode] = induk
        units[unit.kode] = unit
        made.append((unit, induk))
    new = [unit for unit, _ in made]
    UnitKerja.objects.bulk_create(new, batch_size=BATCH)
    opd = [unit for unit in new if unit.jenis == JenisUnit.OPD]
    for unit in opd:
        unit.opd = unit
    UnitKerja.objects.bulk_update(opd, ["opd"], batch_size=BATCH)
    UnitKerja.objects.bulk_update(parents.values(), ["numchild"], batch_size=BATCH)
    return made


def _check_place(spec: UnitSpec, induk: UnitKerja | None, *, has_root: bool) -> None:
    """Refuse what is no tree of one instansi, its perangkat daerah and their parts."""
    match spec.jenis:
        case JenisUnit.INSTANSI:
            salah = induk is not None or has_root
            aturan = "Instansi hanya satu, di puncak pohon unit."
        case JenisUnit.OPD:
            salah = induk is None or induk.jenis != JenisUnit.INSTANSI
            aturan = "Perangkat daerah berada tepat di bawah instansi."
        case _:
            salah = induk is None or induk.jenis == JenisUnit.INSTANSI
            aturan = "Bagian berada di bawah perangkat daerah atau bagian lain."
    if salah:
        raise DomainError(f"{spec.nama}: {aturan}", kolom="induk", kode="salah_tempat")


def _note(
    made: Sequence[tuple[UnitKerja, UnitKerja | None]], dasar: str, by: User | None
) -> None:
    """Open the dated rows of new units and log them."""
    RiwayatUnitKerja.objects.bulk_create(
        [
            RiwayatUnitKerja(
                unit=unit, induk=induk, nama=unit.nama, mulai=unit.mulai, dasar=dasar
            )
            for unit, induk in made
        ],
        batch_size=BATCH,
    )
    audit.record_many(
        audit.build("unit.tambah", unit, by=by, reason=dasar) for unit, _ in made
    )
