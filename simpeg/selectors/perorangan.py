"""What the papers about one person are made from, read for many people at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from simpeg.jenis_riwayat import JenisRiwayat
from simpeg.models import (
    KeadaanLampau,
    KeadaanPegawai,
    Pegawai,
    Potret,
    Referensi,
)
from simpeg.models.lingkup import Lingkup
from simpeg.selectors.keadaan import Keadaan, list_keadaan
from simpeg.selectors.potret import list_lampau_of

REFERENSI = ("agama", "kawin", "jenisPegawai")


@dataclass(frozen=True)
class DataOrang:
    """One person on a date, with the rows in force of some kinds, the oldest first.

    Of a past day `lampau` tells where the units stood and how they were called.
    """

    pegawai: Pegawai
    keadaan: Keadaan
    rows: dict[str, list[Any]]
    lampau: KeadaanLampau | None = None

    @property
    def jabatan_kini(self) -> str:
        return self.keadaan.jabatan.jabatan.nama if self.keadaan.jabatan else ""

    @property
    def nama_unit(self) -> str:
        if self.lampau:
            return str(self.lampau.nama_unit or "")  # type: ignore[attr-defined]
        unit = self.pegawai.keadaan.unit_kerja
        return unit.nama if unit else ""

    @property
    def nama_opd(self) -> str:
        if self.lampau:
            return str(self.lampau.nama_opd or "")  # type: ignore[attr-defined]
        opd = self.pegawai.keadaan.opd
        return opd.nama if opd else ""


def list_data_orang(
    pegawai_ids: Sequence[int],
    *,
    jenis: Iterable[JenisRiwayat],
    per_tanggal: dt.date,
    potret: Potret | None = None,
) -> list[DataOrang]:
    """Return these people in this order; seven queries and one per kind, however many.

    One more for a past day, which `potret` holds.
    """
    people = Pegawai.objects.select_related(
        "keadaan__unit_kerja", "keadaan__opd", "keadaan__golongan"
    ).in_bulk(pegawai_ids)
    keadaan = {k.pegawai.pk: k for k in list_keadaan(pegawai_ids, per_tanggal)}
    lampau = (
        {row.pegawai_id: row for row in list_lampau_of(potret, pegawai_ids)}
        if potret
        else {}
    )
    rows: dict[str, dict[int, list[Any]]] = {}
    for one in jenis:
        found: dict[int, list[Any]] = defaultdict(list)
        for row in _list_oldest_first(one).filter(pegawai__in=pegawai_ids):
            found[row.pegawai_id].append(row)
        rows[one.kunci] = found
    return [
        DataOrang(
            people[pk],
            keadaan[pk],
            {kunci: found.get(pk, []) for kunci, found in rows.items()},
            lampau.get(pk),
        )
        for pk in pegawai_ids
        if pk in people
    ]


def _list_oldest_first(jenis: JenisRiwayat) -> QuerySet[Any]:
    """Return the rows in force of a kind; papers tell a life in its order."""
    names = [str(name) for name in jenis.model._meta.ordering or ()]
    if names[0].startswith("-"):
        names = [name.removeprefix("-") for name in names]
    return jenis.model.objects.berlaku().select_related(*jenis.related).order_by(*names)


def load_nama_referensi() -> dict[tuple[str, str], str]:
    """Return the names behind the codes of agama, status kawin and jenis pegawai."""
    return {
        (row.daftar, row.kode): row.nama
        for row in Referensi.objects.filter(daftar__in=REFERENSI)
    }


def list_terlihat(pegawai_ids: Sequence[int], lingkup: Lingkup) -> set[int]:
    """Return which of these people lie within a scope; one query."""
    return set(
        KeadaanPegawai.objects.within(lingkup)
        .filter(pk__in=pegawai_ids)
        .values_list("pk", flat=True)
    )
