import threading

import pytest
from celery import current_app

from bkpsdmd.audit.models import Event
from bkpsdmd.celery import app
from bkpsdmd.jobs.choices import JobState
from bkpsdmd.jobs.services import enqueue

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr(
        app, "send_task", lambda name, args, **kwargs: messages.append((name, args))
    )
    return messages


def test_job_waits_and_a_worker_is_woken_after_the_commit(
    siti, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue("uji.salin", by=siti, params={"id": 7})
        assert sent == []

    assert (job.state, job.owner, job.params) == (JobState.MENUNGGU, siti, {"id": 7})
    assert job.label == "Menyalin berkas"
    assert sent == [("jobs.run", [str(job.pk)])]


def test_asking_for_a_job_is_audited(siti, sent):
    job = enqueue("uji.salin", by=siti, label="Menyalin untuk Dinas A")

    event = Event.objects.get(object_id=str(job.pk))
    assert str(event) == "Siti meminta pekerjaan Menyalin untuk Dinas A"


def test_unknown_kind_is_refused(siti):
    with pytest.raises(KeyError):
        enqueue("uji.tidak_ada", by=siti)


@pytest.fixture
def broker_is_down(monkeypatch):
    """Point the app at a port where nobody listens, with fresh connections."""
    monkeypatch.setitem(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setitem(app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    app.pool.force_close_all()
    app._pool, kept = None, app._pool
    app.amqp._producer_pool, kept_producers = None, app.amqp._producer_pool
    yield
    app._pool, app.amqp._producer_pool = kept, kept_producers


def test_broker_down_fails_no_request_and_loses_nothing(
    siti, broker_is_down, caplog, monkeypatch, django_capture_on_commit_callbacks
):
    slept = []
    monkeypatch.setattr("kombu.utils.functional.sleep", slept.append)
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue("uji.salin", by=siti)

    assert sum(slept) == 0
    job.refresh_from_db()
    assert job.state == JobState.MENUNGGU
    assert f"queue is down, job {job.pk} waits" in caplog.text


def test_every_thread_publishes_through_our_app():
    # A thread of gunicorn has no "current" app of its own and falls back to the default.
    seen = []
    thread = threading.Thread(
        target=lambda: seen.append(current_app._get_current_object())
    )
    thread.start()
    thread.join()

    assert seen == [app]
