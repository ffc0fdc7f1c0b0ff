import datetime as dt
import os
import uuid

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs import services, tasks
from bkpsdmd.jobs.choices import JobState
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import (
    cancel_job,
    delete_lost_files,
    delete_old_files,
    is_worker_alive,
    open_file,
    recover_after_restart,
    sweep,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)


def ago(**kwargs):
    return NOW - dt.timedelta(**kwargs)


@pytest.fixture
def woken(monkeypatch):
    ids = []
    monkeypatch.setattr(services, "wake", ids.append)
    return ids


def waiting(*, created, woken=None, **fields):
    return Job.objects.create(
        kind="uji.salin",
        label="x",
        created_at=created,
        woken_at=woken or created,
        **fields,
    )


def running(*, heartbeat, **fields):
    return Job.objects.create(
        **{"kind": "uji.salin", "label": "x", "attempts": 1, **fields},
        state=JobState.BERJALAN,
        claim=uuid.uuid4(),
        started_at=heartbeat,
        heartbeat_at=heartbeat,
    )


@pytest.mark.parametrize(
    ("created", "last_message", "expected"),
    [
        pytest.param(ago(seconds=29), ago(seconds=29), False, id="just sent"),
        pytest.param(ago(seconds=31), ago(seconds=31), True, id="message got lost"),
        pytest.param(
            ago(minutes=9), ago(minutes=3), False, id="long queue: be patient"
        ),
        pytest.param(ago(minutes=9), ago(minutes=5), True, id="long queue: once more"),
        pytest.param(ago(days=1), ago(minutes=11), True, id="never rarer than this"),
    ],
)
def test_waiting_rows_are_announced_again(woken, created, last_message, expected):
    job = waiting(created=created, woken=last_message)

    sweep(now=NOW)

    assert woken == ([job.pk] if expected else [])
    job.refresh_from_db()
    assert job.woken_at == (NOW if expected else last_message)


def test_job_whose_worker_died_is_requeued(woken):
    dead = running(heartbeat=ago(seconds=91))
    alive = running(heartbeat=ago(seconds=89))

    sweep(now=NOW)

    dead.refresh_from_db()
    alive.refresh_from_db()
    assert (dead.state, dead.claim, dead.attempts) == (JobState.MENUNGGU, None, 1)
    assert alive.state == JobState.BERJALAN
    assert woken == [dead.pk]


def test_job_that_keeps_killing_its_worker_is_given_up(woken):
    job = running(heartbeat=ago(hours=1), attempts=3)

    sweep(now=NOW)

    job.refresh_from_db()
    assert (job.state, job.claim) == (JobState.GAGAL, None)
    assert job.error.startswith("Pekerjaan ini terputus 3 kali dan tidak dicoba lagi.")
    assert woken == []


def test_restart_of_the_only_worker_requeues_at_once(woken):
    job = running(heartbeat=ago(seconds=1))
    # Its message was read by the worker that is gone.
    asked_for = waiting(created=ago(seconds=2))

    recover_after_restart(now=NOW)

    job.refresh_from_db()
    assert job.state == JobState.MENUNGGU
    assert woken == [asked_for.pk, job.pk]
    assert is_worker_alive(now=NOW)


def test_worker_counts_as_alive_after_a_sweep_or_with_a_job_in_hand(woken):
    cache.delete(services.SWEPT_KEY)
    assert not is_worker_alive(now=NOW)

    job = running(heartbeat=ago(seconds=20))
    assert is_worker_alive(now=NOW)

    job.delete()
    sweep(now=NOW)
    assert is_worker_alive(now=NOW)
    cache.delete(services.SWEPT_KEY)


class TestCancel:
    def test_waiting_job_is_cancelled_and_audited(self, siti):
        job = waiting(created=NOW, owner=siti)

        cancel_job(job=job, by=siti, now=NOW)

        job.refresh_from_db()
        assert (job.state, job.finished_at) == (JobState.DIBATALKAN, NOW)
        assert Event.objects.filter(kind="pekerjaan.batal", actor=siti).count() == 1

    def test_ended_job_stays_as_it_ended(self, siti):
        job = waiting(created=NOW, state=JobState.SELESAI)

        with pytest.raises(DomainError, match="sudah berakhir"):
            cancel_job(job=job, by=siti, now=NOW)

        job.refresh_from_db()
        assert job.state == JobState.SELESAI
        assert not Event.objects.filter(kind="pekerjaan.batal").exists()


class TestOldFiles:
    @staticmethod
    def ended(at):
        job = waiting(created=at, state=JobState.SELESAI, finished_at=at)
        job.file.save("x", ContentFile(b"isi"))
        return job

    def test_file_goes_and_row_stays(self, siti):
        job = self.ended(ago(days=91))
        stored = job.file.name

        assert delete_old_files(before=ago(days=90)) == 1

        job.refresh_from_db()
        assert (job.state, job.file.name) == (JobState.SELESAI, "")
        assert not job.file.storage.exists(stored)
        with pytest.raises(DomainError, match="sudah dihapus"):
            open_file(job=job, by=siti, now=timezone.now())

    def test_file_that_no_row_names_goes_too(self):
        kept = self.ended(ago(days=1))
        lost, young = self.stored("hilang", days=2), self.stored("baru", hours=23)
        os.utime(kept.file.path, (0, 0))

        tasks.clean_expired()

        assert not default_storage.exists(lost)
        assert default_storage.exists(young)
        assert default_storage.exists(kept.file.name)

    def test_file_of_a_run_that_goes_on_stays(self):
        """Written to the disk, not yet into the row: however long that takes."""
        running(heartbeat=timezone.now() - dt.timedelta(days=3))
        own, lost = self.stored("milik", days=2), self.stored("hilang", days=4)

        assert delete_lost_files(now=timezone.now()) == 1

        assert default_storage.exists(own)
        assert not default_storage.exists(lost)

    @staticmethod
    def stored(name, **age):
        stored = default_storage.save(f"jobs/{name}", ContentFile(b"isi"))
        at = (timezone.now() - dt.timedelta(**age)).timestamp()
        os.utime(default_storage.path(stored), (at, at))
        return stored

    def test_nothing_to_delete_is_no_error(self):
        assert delete_old_files(before=NOW) == 0

    def test_daily_task_keeps_what_is_younger_than_the_setting(self, settings):
        settings.JOB_FILE_DAYS = 10
        old = self.ended(timezone.now() - dt.timedelta(days=11))
        young = self.ended(timezone.now() - dt.timedelta(days=9))

        tasks.clean()
        tasks.clean()

        old.refresh_from_db()
        young.refresh_from_db()
        assert not old.file
        assert young.file.storage.exists(young.file.name)
