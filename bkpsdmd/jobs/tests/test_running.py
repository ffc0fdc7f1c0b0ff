import threading

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.utils import timezone

from bkpsdmd.audit.context import get_source
from bkpsdmd.jobs import running
from bkpsdmd.jobs.choices import JobState
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import SYSTEM_FAULT, run_job
from bkpsdmd.jobs.services import cancel_job, enqueue, requeue_dead
from bkpsdmd.jobs.tests import kinds


def run(kind, **kwargs):
    job = enqueue(kind, by=None, **kwargs)
    run_job(job.pk)
    job.refresh_from_db()
    return job


class TestEnds:
    pytestmark = pytest.mark.django_db

    def test_success_keeps_result_file_and_address(self):
        job = run("uji.salin")

        assert (job.state, job.attempts, job.claim) == (JobState.SELESAI, 1, None)
        assert (job.result, job.result_url) == ({"baris": 2}, "/pekerjaan/")
        assert (job.done, job.total, job.message) == (2, 2, "Selesai menyalin")
        assert job.finished_at >= job.started_at
        assert job.file_name == "hasil uji.txt"
        # What lies on the disk tells nothing to who looks at the folder.
        assert "hasil" not in job.file.name
        with job.file.open() as stored:
            assert stored.read() == b"isi berkas"

    def test_running_it_twice_changes_nothing(self):
        job = run("uji.salin")
        before = Job.objects.filter(pk=job.pk).values().get()

        run_job(job.pk)

        assert Job.objects.filter(pk=job.pk).values().get() == before
        assert kinds.runs == [str(job.pk)]

    def test_refusal_ends_with_its_sentence_and_leaves_no_file(self):
        job = run("uji.tolak")

        assert job.state == JobState.GAGAL
        assert job.error == "Periode 2026-Q3 belum berakhir."
        assert not job.file
        assert default_storage.listdir("jobs")[1] == []

    def test_fault_ends_with_a_neutral_sentence_and_no_personal_data_in_the_log(
        self, caplog
    ):
        job = run("uji.rusak")

        assert (job.state, job.error) == (JobState.GAGAL, SYSTEM_FAULT)
        assert "ValueError" in caplog.text
        assert "kinds.py" in caplog.text
        assert kinds.NIP not in caplog.text

    def test_kind_that_no_code_knows_any_more_ends(self):
        job = Job.objects.create(kind="uji.dihapus", label="Lama")

        run_job(job.pk)

        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.GAGAL, SYSTEM_FAULT)

    def test_busy_database_is_tried_again_but_not_for_ever(self):
        job = run("uji.sibuk")
        assert (job.state, job.attempts) == (JobState.MENUNGGU, 1)
        assert job.message == "Basis data sedang sibuk; akan dicoba lagi."

        run_job(job.pk)

        job.refresh_from_db()
        assert (job.state, job.attempts) == (JobState.GAGAL, 2)
        assert "terputus 2 kali" in job.error

    def test_work_is_audited_as_done_by_a_job(self, monkeypatch):
        seen = []
        monkeypatch.setitem(
            running.get_kind.__globals__["_kinds"],
            "uji.salin",
            running.get_kind("uji.salin").__class__(
                "uji.salin", "x", 3, None, lambda job: seen.append(get_source().channel)
            ),
        )

        run("uji.salin")

        assert seen == ["tugas"]


@pytest.fixture
def in_thread(transactional_db):
    """Run jobs in threads of their own, as a worker does, and always end them."""
    threads = []

    def start(job):
        def work():
            try:
                run_job(job.pk)
            finally:
                connection.close()

        threads.append(threading.Thread(target=work))
        threads[-1].start()
        return threads[-1]

    yield start
    kinds.go_on.set()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


def wait_for(condition, seconds=10.0):
    for _ in range(int(seconds / 0.02)):
        if condition():
            return True
        threading.Event().wait(0.02)
    return False


class TestSeveralAtOnce:
    def test_of_two_workers_one_gets_the_job(self, in_thread):
        job = enqueue("uji.tunggu", by=None)
        threads = [in_thread(job) for _ in range(4)]
        assert kinds.started.wait(10)
        kinds.go_on.set()
        for thread in threads:
            thread.join(30)

        job.refresh_from_db()
        assert (job.state, job.attempts) == (JobState.SELESAI, 1)
        assert kinds.runs == [str(job.pk)]

    def test_progress_and_heartbeat_are_written_while_it_runs(self, in_thread):
        job = enqueue("uji.tunggu", by=None)
        in_thread(job)

        assert wait_for(
            lambda: Job.objects.filter(pk=job.pk, done=1, total=10).exists()
        )
        job.refresh_from_db()
        assert job.heartbeat_at > job.started_at
        assert (job.state, job.persen, job.message) == (
            JobState.BERJALAN,
            10,
            "Menunggu",
        )

    def test_cancelling_stops_a_running_job(self, in_thread, siti):
        job = enqueue("uji.tunggu", by=siti)
        thread = in_thread(job)
        assert kinds.started.wait(10)

        cancel_job(job=job, by=siti, now=timezone.now())
        thread.join(10)

        assert not thread.is_alive()
        job.refresh_from_db()
        assert (job.state, job.claim) == (JobState.DIBATALKAN, None)

    def test_a_run_that_was_taken_for_dead_stops_and_writes_nothing(
        self, in_thread, monkeypatch
    ):
        job = enqueue("uji.tunggu", by=None)
        thread = in_thread(job)
        assert kinds.started.wait(10)
        # As another machine's sweep sees it: the job is not one of "here".
        monkeypatch.setattr("bkpsdmd.jobs.services.running_here", set())

        requeue_dead(before=timezone.now() + timezone.timedelta(hours=1))
        thread.join(10)

        assert not thread.is_alive()
        job.refresh_from_db()
        assert (job.state, job.attempts) == (JobState.MENUNGGU, 1)

    def test_the_sweep_spares_a_job_that_runs_in_this_process(self, in_thread):
        job = enqueue("uji.tunggu", by=None)
        in_thread(job)
        assert kinds.started.wait(10)

        requeue_dead(before=timezone.now() + timezone.timedelta(hours=1))

        job.refresh_from_db()
        assert job.state == JobState.BERJALAN

    def test_a_stopping_worker_gives_its_job_back_without_spending_an_attempt(
        self, in_thread
    ):
        job = enqueue("uji.tunggu", by=None)
        thread = in_thread(job)
        assert kinds.started.wait(10)

        running.worker_stopping.set()
        thread.join(10)

        assert not thread.is_alive()
        job.refresh_from_db()
        assert (job.state, job.attempts, job.claim) == (JobState.MENUNGGU, 0, None)


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="only SQLite has one writer"
)
def test_locked_database_leaves_the_job_waiting_for_the_next_message(transactional_db):
    job = enqueue("uji.salin", by=None)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    locked, done = threading.Event(), threading.Event()

    def hold_the_lock():
        try:
            with connection.cursor() as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                locked.set()
                done.wait(10)
                cursor.execute("ROLLBACK")
        finally:
            connection.close()

    thread = threading.Thread(target=hold_the_lock)
    thread.start()
    assert locked.wait(10)
    with pytest.raises(OperationalError, match="locked"):
        run_job(job.pk)
    done.set()
    thread.join()

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.SELESAI, 1)
    connection.close()
