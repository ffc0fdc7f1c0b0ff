"""A schedule file that a power cut left half written."""

import logging
import shelve

import pytest
from celery.beat import PersistentScheduler, Service

from bkpsdmd.celery import app
from bkpsdmd.jobs.beat import Scheduler


def start(path):
    """Set the scheduler up as `celery beat` does, and let it end."""
    service = Service(
        app, schedule_filename=str(path), scheduler_cls=app.conf.beat_scheduler
    )
    scheduler = service.get_scheduler()
    try:
        return scheduler, {
            name: entry.total_run_count for name, entry in scheduler.schedule.items()
        }
    finally:
        scheduler._store.close()


def store_files(path):
    return sorted(p for p in path.parent.iterdir() if ".rusak" not in p.name)


def empty(path):
    for file in store_files(path):
        file.write_bytes(b"")


def cut(path):
    """The first values are there, the others are not: what stops Celery's own."""
    for file in store_files(path):
        if file.suffix == ".dat" or file == path:
            file.write_bytes(file.read_bytes()[:40])


def zeros(path):
    for file in store_files(path):
        file.write_bytes(bytes(file.stat().st_size))


def hollow(path):
    """Entries that end before they begin: EOFError at each start."""
    with shelve.open(str(path)) as store:  # noqa: S301  our own file
        store.dict[b"entries"] = b""


def test_beat_uses_this_scheduler(tmp_path):
    scheduler, names = start(tmp_path / "jadwal")
    assert type(scheduler) is Scheduler
    assert set(app.conf.beat_schedule) <= set(names)


def test_celery_s_own_stops_at_such_a_file(tmp_path):
    """Else this scheduler would be needed no longer."""
    start(tmp_path / "jadwal")
    hollow(tmp_path / "jadwal")
    with pytest.raises(EOFError):
        PersistentScheduler(app, schedule_filename=str(tmp_path / "jadwal"))


@pytest.mark.parametrize("damage", [empty, cut, zeros, hollow])
def test_damaged_schedule_is_moved_aside_and_said_once(damage, tmp_path, caplog):
    path = tmp_path / "jadwal"
    start(path)
    damage(path)

    with caplog.at_level(logging.WARNING):
        _, names = start(path)

    assert set(app.conf.beat_schedule) <= set(names)
    told = [r for r in caplog.records if "could not be read" in r.getMessage()]
    assert len(told) == len(caplog.records) <= 1
    assert bool(told) == any(".rusak" in p.name for p in tmp_path.iterdir())
    # What was moved aside does not come back, and the new file holds.
    caplog.clear()
    _, again = start(path)
    assert (names, caplog.records) == (again, [])


def test_times_of_a_whole_file_are_kept(tmp_path, caplog):
    path, name = tmp_path / "jadwal", next(iter(app.conf.beat_schedule))
    start(path)
    with shelve.open(str(path), writeback=True) as store:  # noqa: S301
        store["entries"][name].total_run_count = 7

    _, names = start(path)

    assert names[name] == 7
    assert caplog.records == []
