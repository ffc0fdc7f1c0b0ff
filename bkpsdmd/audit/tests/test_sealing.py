"""A day's seal: made once, and broken by whatever happens to the rows behind our back."""

import datetime as dt

import pytest
from django.db import connection

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import sealing
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.choices import KeadaanSegel
from bkpsdmd.audit.models import Event, Segel
from bkpsdmd.audit.segel import Sidik, compute_sidik, is_segel_genuine, make_segel

pytestmark = pytest.mark.django_db

HARI = dt.date(2026, 11, 20)


def at(hari: dt.date, jam: int = 9) -> dt.datetime:
    return sealing.get_bounds(hari)[0] + dt.timedelta(hours=jam)


@pytest.fixture
def siti():
    return User.objects.create_user("siti", nama="Siti Contoh")


@pytest.fixture
def write(siti):
    """Record an event and put it at an instant, which no code of the portal can."""

    def record(when: dt.datetime, kind: str = "uji.ubah") -> Event:
        event = audit.record(kind, siti, by=siti, changes={"nama": ("A", "B")})
        _sql("UPDATE audit_event SET at = %s WHERE id = %s", [when, event.pk])
        return event

    return record


def _sql(statement, params):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            params = [
                value.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
                if isinstance(value, dt.datetime)
                else value
                for value in params
            ]
        cursor.execute(statement, params)


@pytest.fixture
def sealed(write):
    events = [write(at(HARI, jam)) for jam in (8, 9, 10)]
    sealing.seal_days(now=at(HARI + dt.timedelta(days=1), 2))
    return Segel.objects.get(tanggal=HARI), events


def test_seal_counts_the_events_of_the_day_in_office_time(write):
    write(at(HARI, 0))
    write(at(HARI, 23))
    write(at(HARI + dt.timedelta(days=1), 0))

    sealing.seal_days(now=at(HARI + dt.timedelta(days=2), 2))

    counts = dict(Segel.objects.values_list("tanggal", "jumlah"))
    assert counts == {HARI: 2, HARI + dt.timedelta(days=1): 1}


def test_a_day_is_sealed_only_when_it_has_settled(write):
    write(at(HARI))
    assert sealing.seal_days(now=at(HARI + dt.timedelta(days=1), 0)) == 0
    assert sealing.seal_days(now=at(HARI + dt.timedelta(days=1), 1)) == 1


def test_days_without_events_get_a_seal_too(write):
    write(at(HARI))
    assert sealing.seal_days(now=at(HARI + dt.timedelta(days=4), 2)) == 4
    assert list(Segel.objects.values_list("jumlah", flat=True)) == [0, 0, 0, 1]


def test_sealing_twice_leaves_the_seal_as_it_is(sealed, write):
    before = Segel.objects.values().get(tanggal=HARI)
    write(at(HARI, 11))
    sealing.seal_days(now=at(HARI + dt.timedelta(days=1), 5))
    assert Segel.objects.values().get(tanggal=HARI) == before


def test_nothing_to_seal_in_an_empty_log():
    assert sealing.seal_days(now=at(HARI, 2)) == 0


def test_an_untouched_day_fits_its_seal(sealed):
    segel, _ = sealed
    assert sealing.check_segel(segel, now=at(HARI, 30))
    segel.refresh_from_db()
    assert (segel.keadaan, segel.temuan) == (KeadaanSegel.UTUH, "")
    assert segel.diperiksa_at == at(HARI, 30)


@pytest.mark.parametrize(
    ("statement", "temuan"),
    [
        ("DELETE FROM audit_event WHERE id = %s", "1 kejadian hilang"),
        ("UPDATE audit_event SET reason = 'lain' WHERE id = %s", "Isi kejadian"),
        ("UPDATE audit_event SET actor_id = NULL WHERE id = %s", "Isi kejadian"),
        ("UPDATE audit_event SET object_label = 'X' WHERE id = %s", "Isi kejadian"),
        ("UPDATE audit_event SET changes = '{}' WHERE id = %s", "Isi kejadian"),
    ],
)
def test_a_row_touched_behind_the_portal_breaks_the_seal(sealed, statement, temuan):
    segel, events = sealed
    _sql(statement, [events[1].pk])

    assert not sealing.check_segel(segel, now=at(HARI, 30))

    segel.refresh_from_db()
    assert segel.keadaan == KeadaanSegel.RUSAK
    assert segel.temuan.startswith(temuan)
    assert Event.objects.filter(kind="segel.rusak", object_id=segel.pk).count() == 1


def test_an_event_slipped_in_breaks_the_seal(sealed, write):
    segel, _ = sealed
    write(at(HARI, 12))
    assert not sealing.check_segel(segel, now=at(HARI, 30))
    segel.refresh_from_db()
    assert segel.temuan.startswith("1 kejadian ditambahkan")


def test_a_seal_made_anew_without_the_key_is_found(sealed):
    """Whoever deletes a row and writes count and digest to fit lacks the key."""
    segel, events = sealed
    _sql("DELETE FROM audit_event WHERE id = %s", [events[2].pk])
    sidik = compute_sidik(sealing._iter_rows(segel.mulai, segel.selesai))
    Segel.objects.filter(pk=segel.pk).update(
        jumlah=sidik.jumlah, sampai=sidik.sampai, sidik=sidik.sha256
    )
    segel.refresh_from_db()

    assert not sealing.check_segel(segel, now=at(HARI, 30))

    segel.refresh_from_db()
    assert "kunci" in segel.temuan


def test_a_broken_seal_is_told_once_and_its_repair_too(sealed):
    segel, events = sealed
    _sql("UPDATE audit_event SET reason = 'lain' WHERE id = %s", [events[0].pk])
    for _ in range(2):
        sealing.check_segel(segel, now=at(HARI, 30))
    _sql("UPDATE audit_event SET reason = '' WHERE id = %s", [events[0].pk])
    assert sealing.check_segel(segel, now=at(HARI, 31))

    kinds = Event.objects.filter(kind__startswith="segel.").order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == ["segel.rusak", "segel.pulih"]


def test_a_key_that_was_replaced_still_proves_old_seals(sealed, settings):
    segel, _ = sealed
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "x" * 50
    assert sealing.check_segel(segel, now=at(HARI, 30))
    settings.SECRET_KEY_FALLBACKS = []
    assert not sealing.check_segel(segel, now=at(HARI, 31))


def test_each_night_the_oldest_checks_come_first(write):
    for tambah in range(3):
        write(at(HARI + dt.timedelta(days=tambah)))
    now = at(HARI + dt.timedelta(days=3), 2)
    sealing.seal_days(now=now)

    for malam in range(1, 3):
        # Each seal of one event counts as two: one night checks one of them.
        sealing.check_some(now=now + dt.timedelta(days=malam), events=2)

    checked = Segel.objects.filter(diperiksa_at__gt=now).order_by("diperiksa_at")
    assert [segel.tanggal for segel in checked] == [HARI, HARI + dt.timedelta(days=1)]


def test_a_long_log_is_checked_once_a_night_and_no_day_twice(write, monkeypatch):
    write(at(HARI))
    now = at(HARI + dt.timedelta(days=251), 2)
    assert sealing.seal_days(now=now) == 251
    checked = []
    check = sealing.check_segel
    monkeypatch.setattr(
        sealing,
        "check_segel",
        lambda segel, **when: checked.append(segel.tanggal) or check(segel, **when),
    )

    sealing.check_some(now=now + dt.timedelta(days=1))

    assert len(checked) == len(set(checked)) == 251


def test_check_of_all_tells_how_many_are_bad(sealed):
    _, events = sealed
    _sql("DELETE FROM audit_event WHERE id = %s", [events[0].pk])
    steps = []

    found = sealing.check_all(
        now=at(HARI, 30), progress=lambda *step: steps.append(step)
    )

    assert found == (1, 1)
    assert steps == [(1, 1, "Memeriksa segel")]


def test_digest_reads_every_field():
    row = dict.fromkeys(
        ("kind", "channel", "object_type", "object_id", "object_label"), "a"
    ) | {
        "id": 1,
        "at": at(HARI),
        "actor_id": 7,
        "ip": None,
        "subject_type": "",
        "subject_id": "",
        "changes": {"b": [1, 2], "a": ["x", None]},
        "reason": "",
        "batch": "",
    }
    base = compute_sidik([row]).sha256
    changed = {
        name: compute_sidik(
            [
                {
                    **row,
                    name: {}
                    if name == "changes"
                    else at(HARI, 1)
                    if name == "at"
                    else 2,
                }
            ]
        ).sha256
        for name in row
    }
    assert base not in changed.values()
    # The order of keys inside a JSON value is the database's, not ours.
    turned = {**row, "changes": {"a": ["x", None], "b": [1, 2]}}
    assert compute_sidik([turned]).sha256 == base


def test_seal_binds_day_count_and_key():
    sidik = Sidik(3, 1, 3, "a" * 64)
    segel = make_segel(tanggal=HARI, sidik=sidik, key="k")
    assert is_segel_genuine(segel, tanggal=HARI, sidik=sidik, keys=["lama", "k"])
    for tanggal, other, key in (
        (HARI + dt.timedelta(days=1), sidik, "k"),
        (HARI, Sidik(4, 1, 3, "a" * 64), "k"),
        (HARI, Sidik(3, 1, 3, "b" * 64), "k"),
        (HARI, sidik, "z"),
    ):
        assert not is_segel_genuine(segel, tanggal=tanggal, sidik=other, keys=[key])
