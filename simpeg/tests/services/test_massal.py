import datetime as dt
import gc

import pytest
from django.utils import timezone

from bkpsdmd.audit.models import Event
from simpeg.models import Pegawai, RiwayatPangkat
from simpeg.services.massal import Sisipan, collector_paused, reserve_keys
from simpeg.tests.factories import PegawaiFactory

pytestmark = pytest.mark.django_db


def build(n: int, **fields: object) -> Pegawai:
    return PegawaiFactory.build(nama=f"Orang {n}", **fields)


def test_reserved_keys_are_given_to_nobody_else():
    first = reserve_keys(Pegawai, 3)
    second = reserve_keys(Pegawai, 2)
    made = PegawaiFactory()

    assert len({*first, *second, made.pk}) == 6


def test_rows_arrive_as_the_orm_would_write_them():
    (key,) = reserve_keys(Pegawai, 1)
    pegawai = build(1, pk=key, gelar_depan="Dr.", tmt_pns=None)

    Sisipan(Pegawai, [pegawai]).write()

    stored = Pegawai.objects.get(pk=key)
    for field in Pegawai._meta.concrete_fields:
        if field.name not in {"created_at", "updated_at"}:
            assert getattr(stored, field.attname) == getattr(pegawai, field.attname)
    assert abs(timezone.now() - stored.created_at) < dt.timedelta(minutes=1)


def test_database_gives_the_key_where_none_is_set():
    pegawai = PegawaiFactory()
    rows = [
        RiwayatPangkat(pegawai=pegawai, golongan_id="III/a", tmt=dt.date(year, 4, 1))
        for year in (2012, 2016)
    ]

    Sisipan(RiwayatPangkat, rows).write()

    assert pegawai.riwayatpangkat_set.count() == 2


def test_json_is_stored_as_json():
    Sisipan(
        Event,
        [
            Event(
                kind="x",
                channel="tugas",
                object_type="t",
                object_id="1",
                object_label="o",
                changes={"a": [None, "b"]},
            )
        ],
    ).write()

    assert Event.objects.get(kind="x").changes == {"a": [None, "b"]}


def test_more_rows_than_one_statement_holds():
    keys = reserve_keys(Pegawai, 1200)

    Sisipan(
        Pegawai,
        [
            build(n, pk=key, nip=f"{19800101201001:014}{n:04}")
            for n, key in enumerate(keys)
        ],
    ).write()

    assert Pegawai.objects.filter(pk__in=keys).count() == 1200


def test_named_fields_of_an_existing_row_are_overwritten():
    pegawai = PegawaiFactory(nama="Lama", gelar_depan="Dr.")
    pegawai.nama, pegawai.gelar_depan = "Baru", ""

    Sisipan(Pegawai, [pegawai], timpa=["nama"]).write()

    pegawai.refresh_from_db()
    assert (pegawai.nama, pegawai.gelar_depan) == ("Baru", "Dr.")


def test_stand_in_key_is_replaced_with_what_belongs_to_it():
    pegawai = PegawaiFactory()
    sisipan = Sisipan(
        RiwayatPangkat,
        [RiwayatPangkat(pegawai_id=-7, golongan_id="III/a", tmt=dt.date(2012, 4, 1))],
    )

    sisipan.replace("pegawai_id", {-7: {"pegawai_id": pegawai.pk, "sk_nomor": "1/X"}})
    sisipan.write()

    assert pegawai.riwayatpangkat_set.get().sk_nomor == "1/X"


def test_nothing_is_written_for_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        Sisipan(Pegawai, []).write()


def test_collector_runs_again_afterwards_even_after_an_error():
    @collector_paused()
    def fail() -> None:
        assert not gc.isenabled()
        raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert gc.isenabled()
