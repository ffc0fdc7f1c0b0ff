import datetime as dt

import pytest
from celery.schedules import crontab

from bkpsdmd.celery import app


@pytest.mark.parametrize("name", sorted(app.conf.beat_schedule))
def test_everything_scheduled_is_a_task_that_exists(name):
    assert app.conf.beat_schedule[name]["task"] in app.tasks


def test_a_night_during_which_the_machine_was_off_is_made_up_for():
    nightly = crontab(hour="2", minute="30", app=app)
    now = app.now()
    two_days_ago = now - dt.timedelta(days=2)

    assert nightly.is_due(two_days_ago).is_due
    assert not nightly.is_due(now).is_due
