"""The SQL kept from the first time answers as the query itself would, each time."""

import datetime as dt

import pytest
from django.db.models import Value
from django.db.models.sql.compiler import SQLCompiler

from simpeg.models import Pegawai, RiwayatPangkat
from simpeg.selectors.compiled import fetch_compiled
from simpeg.tests.factories import PegawaiFactory, RiwayatPangkatFactory

pytestmark = pytest.mark.django_db


def _union(pegawai_id):
    rows = RiwayatPangkat.objects.filter(pegawai=pegawai_id).order_by()
    people = Pegawai.objects.filter(pk=pegawai_id).order_by()
    return (
        rows.annotate(apa=Value("pangkat"))
        .values_list("apa", "pegawai", "tmt")
        .union(
            people.annotate(apa=Value("orang")).values_list(
                "apa", "pk", "tanggal_lahir"
            ),
            all=True,
        )
    )


def test_rows_are_those_of_the_query_for_each_person():
    satu, dua = PegawaiFactory(), PegawaiFactory()
    RiwayatPangkatFactory(pegawai=dua, tmt=dt.date(2020, 4, 1))
    for pegawai in (satu, dua, satu):
        rows = fetch_compiled("uji orang", _union, pegawai.pk)
        assert sorted(rows) == sorted(_union(pegawai.pk))
    assert ("pangkat", dua.pk, dt.date(2020, 4, 1)) in fetch_compiled(
        "uji orang", _union, dua.pk
    )


def test_second_time_writes_no_sql(monkeypatch):
    pegawai = PegawaiFactory()
    fetch_compiled("uji sekali", _union, pegawai.pk)

    def refuse(*args, **kwargs):
        raise AssertionError("compiled again")

    monkeypatch.setattr(SQLCompiler, "as_sql", refuse)
    assert fetch_compiled("uji sekali", _union, pegawai.pk)
