"""Filters of the log; each is answered by an index."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit.choices import KeadaanSegel, Saluran
from bkpsdmd.audit.models import Event, Segel
from bkpsdmd.audit.presenters import list_kind_choices
from bkpsdmd.audit.sealing import get_bounds
from bkpsdmd.audit.subjects import list_subjects

# A word that fits more people than this is no search for a person.
MOST_PEOPLE = 50
SISTEM = "sistem"


class TanggalFilter(filters.DateFilter):
    def __init__(self, label: str, method: str) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, method=method, widget=widget)


class JejakFilter(filters.FilterSet):
    """`objek`, `subjek` are "type:id" as a link carries them, `rombongan` a batch."""

    orang = filters.CharFilter(label="Tentang siapa", method="about")
    pelaku = filters.CharFilter(label="Pelaku", method="by_actor")
    kejadian = filters.ChoiceFilter(
        label="Kejadian",
        choices=list_kind_choices,
        empty_label="Semua",
        field_name="kind",
    )
    dari = TanggalFilter("Dari tanggal", "since")
    sampai = TanggalFilter("Sampai tanggal", "until")
    lewat = filters.ChoiceFilter(
        label="Lewat",
        choices=Saluran.choices,
        empty_label="Semua",
        field_name="channel",
    )
    objek = filters.CharFilter(label="Objek", method="on_object")
    subjek = filters.CharFilter(label="Riwayat orang", method="on_subject")
    rombongan = filters.CharFilter(label="Rombongan", field_name="batch")

    class Meta:
        model = Event
        fields: list[str] = []

    def about(self, queryset: Any, name: str, value: str) -> Any:
        """Find events about the people, or accounts, that this word fits."""
        accounts = [str(pk) for pk in _find_users(value)]
        condition = Q(object_type=User._meta.label_lower, object_id__in=accounts)
        for subject in list_subjects():
            ids = [str(pk) for pk in subject.find(value)]
            condition |= Q(subject_type=subject.jenis, subject_id__in=ids)
            condition |= Q(object_type=subject.jenis, object_id__in=ids)
        return queryset.filter(condition)

    def by_actor(self, queryset: Any, name: str, value: str) -> Any:
        if value.strip().casefold() == SISTEM:
            return queryset.filter(actor=None)
        return queryset.filter(actor__in=_find_users(value))

    def since(self, queryset: Any, name: str, value: dt.date) -> Any:
        return queryset.filter(at__gte=get_bounds(value)[0])

    def until(self, queryset: Any, name: str, value: dt.date) -> Any:
        return queryset.filter(at__lt=get_bounds(value)[1])

    def on_object(self, queryset: Any, name: str, value: str) -> Any:
        jenis, _, pk = value.partition(":")
        return queryset.filter(object_type=jenis, object_id=pk)

    def on_subject(self, queryset: Any, name: str, value: str) -> Any:
        jenis, _, pk = value.partition(":")
        return queryset.filter(
            Q(subject_type=jenis, subject_id=pk) | Q(object_type=jenis, object_id=pk)
        )


def _find_users(word: str) -> list[int]:
    condition = Q(nama__icontains=word) | Q(username=User.normalize_username(word))
    return list(
        User.objects.filter(condition).values_list("pk", flat=True)[:MOST_PEOPLE]
    )


class SegelFilter(filters.FilterSet):
    keadaan = filters.ChoiceFilter(
        label="Keadaan", choices=KeadaanSegel.choices, empty_label="Semua"
    )
    tahun = filters.ChoiceFilter(
        label="Tahun",
        choices=lambda: [
            (str(tahun), str(tahun)) for tahun in _list_years(timezone.localdate())
        ],
        empty_label="Semua",
        method="of_year",
    )

    class Meta:
        model = Segel
        fields: list[str] = []

    def of_year(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(tanggal__year=int(value))


def _list_years(today: dt.date) -> list[int]:
    first = Segel.objects.order_by("tanggal").values_list("tanggal", flat=True).first()
    return list(range(today.year, (first or today).year - 1, -1))
