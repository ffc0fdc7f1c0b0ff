"""Reads of a past day's state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bkpsdmd.accounts.models import User
from bkpsdmd.audit.models import Event
from simpeg.jenis_riwayat import JENIS
from simpeg.models import KeadaanLampau, Potret, RiwayatUnitKerja
from simpeg.selectors.akses import get_lingkup

# What may change the state of a day that has passed.
_KEJADIAN = [
    "pegawai.ubah",
    "pegawai.impor",
    "siasn.terapkan",
    "penataan.terapkan",
    "penataan.batal",
    *(
        f"{jenis.kunci}.{act}"
        for jenis in JENIS.values()
        if jenis.is_keadaan
        for act in ("tambah", "koreksi", "batal")
    ),
]


def find_potret(tanggal: dt.date) -> Potret | None:
    """Return the day if it was asked for; it is ready when `selesai_at` is set."""
    return Potret.objects.filter(tanggal=tanggal).first()


def is_usang(potret: Potret) -> bool:
    """Tell whether a record was changed since the day was derived."""
    if potret.selesai_at is None:
        return False
    return Event.objects.filter(kind__in=_KEJADIAN, at__gt=potret.selesai_at).exists()


def list_lampau(user: User, potret: Potret) -> QuerySet[KeadaanLampau]:
    """Return the people of a past day this user may see, as the list shows them."""
    return (
        KeadaanLampau.objects.filter(potret=potret)
        .within(get_lingkup(user))
        .annotate(
            nama_unit=_name_on("unit_kerja", potret.tanggal),
            nama_opd=_name_on("opd", potret.tanggal),
        )
        .select_related("pegawai", "potret", "jabatan", "pendidikan")
    )


def list_lampau_of(
    potret: Potret, pegawai_ids: Sequence[int]
) -> QuerySet[KeadaanLampau]:
    """Return these people of a past day with the names their units had."""
    return KeadaanLampau.objects.filter(
        potret=potret, pegawai__in=pegawai_ids
    ).annotate(
        nama_unit=_name_on("unit_kerja", potret.tanggal),
        nama_opd=_name_on("opd", potret.tanggal),
    )


def _name_on(unit: str, day: dt.date) -> Coalesce:
    """Return the name of a unit on a day, failing that the one it has now."""
    named = RiwayatUnitKerja.objects.filter(unit=OuterRef(unit), mulai__lte=day)
    return Coalesce(
        Subquery(named.order_by("-mulai").values("nama")[:1]), F(f"{unit}__nama")
    )
