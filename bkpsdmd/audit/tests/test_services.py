import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import RequestFactory

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.context import get_source, source
from bkpsdmd.audit.middleware import AuditContextMiddleware
from bkpsdmd.audit.models import Event


@pytest.fixture
def siti(db: None) -> User:
    return User.objects.create_user("siti", nama="Siti Contoh")


@pytest.fixture
def budi(db: None) -> User:
    return User.objects.create_user("budi", nama="Budi Contoh")


def test_event_keeps_who_what_whom_and_why(siti, budi):
    audit.record("uji.ubah", budi, by=siti, subject=siti, reason="salah ketik")

    event = Event.objects.get()
    assert (event.actor, event.kind, event.reason) == (siti, "uji.ubah", "salah ketik")
    assert (event.object_type, event.object_id) == ("accounts.user", str(budi.pk))
    assert (event.object_label, event.subject_id) == ("Budi Contoh", str(siti.pk))


def test_event_without_a_person_is_the_system_s(siti):
    audit.record("uji.hitung", siti, by=None)

    event = Event.objects.get()
    assert (event.actor, event.channel, event.ip) == (None, "perintah", None)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (True, True),
        (7, 7),
        ("III/b", "III/b"),
        (dt.date(2026, 3, 2), "2026-03-02"),
        (dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC), "2026-03-02T08:00:00+00:00"),
        (Decimal("12.50"), "12.50"),
    ],
)
def test_values_are_kept_as_plain_json(siti, value, kept):
    audit.record("uji.ubah", siti, by=siti, changes={"isi": (None, value)})

    assert Event.objects.get().changes == {"isi": [None, kept]}


def test_object_among_the_values_is_kept_as_its_words(siti, budi):
    audit.record("uji.ubah", siti, by=siti, changes={"atasan": (siti, budi)})

    assert Event.objects.get().changes == {"atasan": ["Siti Contoh", "Budi Contoh"]}


@pytest.mark.parametrize("name", sorted(audit.REDACTED))
def test_that_a_private_value_changed_is_told_but_not_to_what(siti, name):
    audit.record("uji.ubah", siti, by=siti, changes={name: ("rahasia", "rahasia2")})

    event = Event.objects.values().get()
    assert event["changes"] == {name: [None, None]}
    assert "rahasia" not in str(event)


def test_diff_names_only_what_changes(siti):
    new = {"nama": "Siti Contoh", "email": "siti@contoh.invalid"}

    assert audit.diff(siti, new) == {"email": ("", "siti@contoh.invalid")}


def test_bulk_work_leaves_an_event_per_object(siti, budi):
    audit.record_many(
        audit.build("uji.ubah", user, by=siti, batch="b1") for user in (siti, budi)
    )

    assert Event.objects.filter(batch="b1").count() == 2


def test_event_goes_with_the_transaction_it_belongs_to(siti):
    @transaction.atomic
    def work_that_fails() -> None:
        audit.record("uji.ubah", siti, by=siti)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        work_that_fails()

    assert not Event.objects.exists()


def test_long_label_is_cut_not_refused(db):
    user = User(username="x", nama="N" * 300)
    user.pk = 1

    assert len(audit.build("uji.ubah", user, by=None).object_label) == 200


def test_event_cannot_be_changed_or_deleted(siti):
    event = audit.record("uji.ubah", siti, by=siti)

    event.reason = "lain"
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    assert Event.objects.get().reason == ""


@pytest.mark.parametrize("write", ["update", "delete", "bulk_update"])
def test_events_cannot_be_changed_or_deleted_together(siti, write):
    event = audit.record("uji.ubah", siti, by=siti)
    arguments = {
        "update": ((), {"reason": "lain"}),
        "delete": ((), {}),
        "bulk_update": (([event], ["reason"]), {}),
    }
    args, kwargs = arguments[write]

    with pytest.raises(TypeError):
        getattr(Event.objects.all(), write)(*args, **kwargs)
    assert Event.objects.get().reason == ""


def test_source_is_where_the_work_comes_from(siti):
    with source("tugas"):
        assert audit.record("uji.ubah", siti, by=siti).channel == "tugas"
    assert get_source().channel == "perintah"


def test_browser_s_address_is_noted_for_its_request_alone(rf: RequestFactory):
    seen = []
    middleware = AuditContextMiddleware(lambda request: seen.append(get_source()))

    middleware(rf.get("/", REMOTE_ADDR="203.0.113.9"))

    assert (seen[0].channel, seen[0].ip) == ("laman", "203.0.113.9")
    assert get_source().ip is None
