import datetime as dt

import pytest
from celery.schedules import crontab

from bkpsdmd.celery import AT_START, app, send_what_is_due


@pytest.mark.parametrize("name", sorted(app.conf.beat_schedule))
def test_everything_scheduled_is_a_task_that_exists(name):
    assert app.conf.beat_schedule[name]["task"] in app.tasks


def test_a_night_during_which_the_machine_was_off_is_made_up_for():
    nightly = crontab(hour="2", minute="30", app=app)
    now = app.now()
    two_days_ago = now - dt.timedelta(days=2)

    assert nightly.is_due(two_days_ago).is_due
    assert not nightly.is_due(now).is_due


def test_what_is_due_is_done_at_the_start_of_a_worker(monkeypatch):
    sent = []
    monkeypatch.setattr(app, "send_task", sent.append)
    send_what_is_due()

    assert sent == list(AT_START)
    assert set(AT_START) <= set(app.tasks)
