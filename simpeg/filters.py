"""Filters of the list of people.

Most are answered by an index of the read table. Those that `_of_dimensi` makes ask what
the statistics count by, so that every number there leads to its people: on a large office
the rarest of them read the table once.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from simpeg.choices import StatusKepegawaian, TingkatTemuan
from simpeg.forms.isian import TanggalInput
from simpeg.models import (
    KeadaanLampau,
    KeadaanPegawai,
    TemuanData,
    TindakLanjut,
    TingkatPendidikan,
    UnitKerja,
)
from simpeg.rules.golongan import GolonganPNS, GolonganPPPK
from simpeg.rules.radar import KodeRadar
from simpeg.selectors.dimensi import DIMENSI, TANPA
from simpeg.selectors.unit_kerja import (
    list_opd_in_scope,
    list_unit_di_bawah,
)

_GOLONGAN = [
    ("PNS", [(g.value, f"{g.value} {g.pangkat}") for g in reversed(GolonganPNS)]),
    ("PPPK", [(g.value, g.value) for g in reversed(GolonganPPPK)]),
]


def _opd_choices(request: Any) -> QuerySet[UnitKerja]:
    return list_opd_in_scope(request.user).only("nama")


def _unit_choices(request: Any) -> QuerySet[UnitKerja]:
    """Return the units of the perangkat daerah that is chosen.

    The office has hundreds: without one chosen a list of all would help nobody and cost
    more than the rest of the page. A link may name a unit alone.
    """
    opd, unit = request.GET.get("opd", ""), request.GET.get("unit", "")
    if opd.isascii() and opd.isdigit():
        return UnitKerja.objects.aktif().filter(opd=opd).only("nama")
    if unit.isascii() and unit.isdigit():
        return UnitKerja.objects.filter(pk=unit).only("nama")
    return UnitKerja.objects.none()


@lru_cache(maxsize=64)
def _list_choices(kunci: str, hari_ini: dt.date) -> list[tuple[str, str]]:
    """Return what one can choose today; every drawing of the form asks several times."""
    return [(nilai.kode, nilai.label) for nilai in DIMENSI[kunci].list_nilai(hari_ini)]


def _of_dimensi(kunci: str) -> filters.ChoiceFilter:
    dimensi = DIMENSI[kunci]
    return filters.ChoiceFilter(
        label=dimensi.judul,
        choices=lambda: _list_choices(kunci, timezone.localdate()),
        empty_label="Semua",
        method="in_dimensi",
    )


class PegawaiFilter(filters.FilterSet):
    """`q` looks for part of a name or NIP; without `keadaan` only active people show."""

    q = filters.CharFilter(label="Nama atau NIP", method="search")
    opd = filters.ModelChoiceFilter(
        label="Perangkat daerah",
        queryset=_opd_choices,
        empty_label="Semua",
        null_label=DIMENSI["opd"].kosong,
        null_value=TANPA,
    )
    unit = filters.ModelChoiceFilter(
        label="Unit kerja",
        queryset=_unit_choices,
        empty_label="Semua (menurut perangkat daerah)",
        method="at_unit",
    )
    tanpa_bagian = filters.BooleanFilter(
        label="Tanpa bagian di bawah unit itu",
        widget=forms.CheckboxInput(),
        method="with_unit",
    )
    status = filters.ChoiceFilter(
        label="Status", choices=StatusKepegawaian.choices, empty_label="Semua"
    )
    golongan = filters.ChoiceFilter(
        label="Golongan",
        choices=lambda: _GOLONGAN,
        empty_label="Semua",
        null_label=DIMENSI["golongan"].kosong,
        null_value=TANPA,
    )
    kelompok_golongan = _of_dimensi("kelompok_golongan")
    kelompok_jabatan = _of_dimensi("kelompok_jabatan")
    jabatan_rinci = _of_dimensi("jabatan_rinci")
    jenis_jabatan = _of_dimensi("jenis_jabatan")
    jenjang = _of_dimensi("jenjang")
    eselon = _of_dimensi("eselon")
    pendidikan = filters.ModelChoiceFilter(
        label="Pendidikan",
        queryset=lambda request: TingkatPendidikan.objects.only("nama"),
        empty_label="Semua",
        null_label=DIMENSI["pendidikan"].kosong,
        null_value=TANPA,
    )
    diklat_struktural = _of_dimensi("diklat_struktural")
    jenis_kelamin = _of_dimensi("jenis_kelamin")
    agama = _of_dimensi("agama")
    status_kawin = _of_dimensi("status_kawin")
    usia = _of_dimensi("usia")
    masa_kerja = _of_dimensi("masa_kerja")
    pensiun = _of_dimensi("pensiun")
    keadaan = filters.ChoiceFilter(
        label="Keaktifan",
        choices=[("tidak_aktif", "Tidak aktif"), ("semua", "Aktif dan tidak aktif")],
        empty_label="Aktif",
        method="of_keadaan",
    )

    tindak_lanjut = filters.BooleanFilter(
        label="Perlu tindak lanjut",
        widget=forms.CheckboxInput(),
        method="with_tindak_lanjut",
    )

    class Meta:
        model = KeadaanPegawai
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter_queryset(queryset)
        if not self.form.cleaned_data["keadaan"]:
            found = found.aktif()
        return found

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.search(value)

    def at_unit(self, queryset: Any, name: str, value: UnitKerja) -> Any:
        if self.form.cleaned_data["tanpa_bagian"]:
            return queryset.filter(unit_kerja=value)
        return queryset.filter(value.as_q())

    def with_unit(self, queryset: Any, name: str, value: bool) -> Any:
        """Change nothing: `at_unit` asks for it."""
        return queryset

    def with_tindak_lanjut(self, queryset: Any, name: str, value: bool) -> Any:
        if not value:
            return queryset
        terbuka = TindakLanjut.objects.filter(
            pegawai=OuterRef("pegawai"), selesai_at__isnull=True
        )
        return queryset.filter(Exists(terbuka))

    def in_dimensi(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(DIMENSI[name].as_q(value, timezone.localdate()))

    def of_keadaan(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(is_aktif=False) if value == "tidak_aktif" else queryset


def read_tanggal(query: Any) -> dt.date | None:
    """Return the day a query names; None for none, or one that no calendar has."""
    try:
        return parse_date((query or {}).get("tanggal", ""))
    except ValueError:
        return None


class KeadaanLampauFilter(PegawaiFilter):
    """The same filters over the state of a past day, which `tanggal` names."""

    keadaan = None
    tanggal = filters.DateFilter(
        label="Keadaan tanggal", method="on_tanggal", widget=TanggalInput()
    )

    tindak_lanjut = None  # a mark is of today

    class Meta:
        model = KeadaanLampau
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        # The years of retirement are counted from the day asked for.
        self.filters["pensiun"].extra["choices"] = _list_choices(
            "pensiun", read_tanggal(data) or timezone.localdate()
        )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return filters.FilterSet.filter_queryset(self, queryset)

    def on_tanggal(self, queryset: Any, name: str, value: dt.date) -> Any:
        """Change nothing: the view chose the rows of that day."""
        return queryset

    def at_unit(self, queryset: Any, name: str, value: UnitKerja) -> Any:
        """Narrow to a unit and what hung below it that day."""
        if self.form.cleaned_data["tanpa_bagian"]:
            return queryset.filter(unit_kerja=value)
        return queryset.filter(
            unit_kerja__in=list_unit_di_bawah(value, self._per_tanggal)
        )

    def in_dimensi(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(DIMENSI[name].as_q(value, self._per_tanggal))

    @property
    def _per_tanggal(self) -> dt.date:
        asked: dt.date | None = self.form.cleaned_data.get("tanggal")
        return asked or timezone.localdate()


class RadarFilter(filters.FilterSet):
    """What the radar found, by kind, weight and place."""

    q = filters.CharFilter(label="Nama atau NIP", method="search")
    kode = filters.ChoiceFilter(
        label="Temuan",
        choices=[(kode.value, kode.arti) for kode in KodeRadar],
        empty_label="Semua",
    )
    opd = filters.ModelChoiceFilter(
        label="Perangkat daerah", queryset=_opd_choices, empty_label="Semua"
    )
    unit = filters.ModelChoiceFilter(
        label="Unit kerja",
        queryset=_unit_choices,
        empty_label="Semua (menurut perangkat daerah)",
        method="at_unit",
    )
    tingkat = filters.ChoiceFilter(
        label="Tingkat", choices=TingkatTemuan.choices(), empty_label="Semua"
    )

    class Meta:
        model = TemuanData
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> Any:
        people = KeadaanPegawai.objects.search(value)
        return queryset.filter(pegawai__in=people.values("pk"))

    def at_unit(self, queryset: Any, name: str, value: UnitKerja) -> Any:
        return queryset.filter(value.as_q())
