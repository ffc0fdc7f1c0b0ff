"""The jobs and the daily task; each is run twice."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from bkpsdmd.accounts.roles import Role
from bkpsdmd.celery import app
from bkpsdmd.jobs.choices import JobState
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from reporting import tasks
from reporting.choices import JenisLaporan
from reporting.models import LaporanTerbit
from reporting.services import request_correction, request_publish
from reporting.tests.kantor import CUTOFF, Q3
from simpeg.tests.actors import make_user


@pytest.fixture
def job(kantor_kecil):
    return request_publish(
        jenis=JenisLaporan.PASAL24, periode=Q3, by=None, per_saat=CUTOFF
    )


def rerun(job):
    """Give the job back as after a killed worker, and run it again."""
    Job.objects.filter(pk=job.pk).update(state=JobState.MENUNGGU)
    run_job(job.pk)
    job.refresh_from_db()


def test_the_job_publishes_and_a_second_run_finds_the_report(job):
    run_job(job.pk)
    laporan = LaporanTerbit.objects.get()
    job.refresh_from_db()
    assert job.state == JobState.SELESAI, job.error
    assert job.result == {"laporan": laporan.pk, "versi": 1}
    assert job.result_url == "/laporan/pasal24/2026-Q3/"
    rerun(job)
    assert job.state == JobState.SELESAI
    assert LaporanTerbit.objects.get() == laporan


def test_the_correction_job_makes_one_version_however_often_it_runs(laporan):
    by = make_user(Role.KEPALA_BIDANG)
    alasan = "Data Dinas Beta baru lengkap."
    job = request_correction(laporan=laporan, alasan=alasan, by=by)
    for _ in range(2):
        rerun(job)
        assert job.state == JobState.SELESAI, job.error
        assert job.result["versi"] == 2
    live = LaporanTerbit.objects.live().get()
    assert (live.alasan, live.published_by) == (alasan, by)
    assert LaporanTerbit.objects.count() == 2


def test_the_daily_task_runs_twice_and_asks_once(kantor_kecil):
    for _ in range(2):
        tasks.check_periode()
    assert Job.objects.count() == 1


def test_the_daily_task_is_on_the_schedule():
    entries = [
        entry
        for entry in app.conf.beat_schedule.values()
        if entry["task"] == "reporting.check_periode"
    ]
    assert len(entries) == 1
    assert "reporting.check_periode" in app.tasks


# -- The command ------------------------------------------------------------------------


def run_command(*args):
    call_command("publish_laporan", "--jenis=pasal24", *args)


def test_the_command_publishes_and_writes_both_files(kantor_kecil, tmp_path, capsys):
    pdf, data = tmp_path / "x.pdf", tmp_path / "x.json"
    for _ in range(2):
        run_command("--periode=2026-Q3", f"--output={pdf}", f"--json={data}")
    laporan = LaporanTerbit.objects.get()
    assert pdf.read_bytes().startswith(b"%PDF-1.7")
    assert b'"kode":"2026-Q3"' in data.read_bytes()
    assert laporan.sha256_data in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--periode=2998-Q1"], "belum berakhir"),
        (["--periode=2026-09"], "triwulanan"),
        (["--periode=2026-Q9"], "tidak dikenal"),
        (["--periode=2026-Q3", "--output=/tidak/ada/x.pdf"], "Folder /tidak/ada"),
    ],
)
def test_the_command_refuses_with_code_2_and_publishes_nothing(
    kantor_kecil, args, words
):
    with pytest.raises(CommandError, match=words) as refusal:
        run_command(*args)
    assert refusal.value.returncode == 2
    assert not LaporanTerbit.objects.exists()


def test_the_command_says_when_a_file_cannot_be_written(kantor_kecil, tmp_path):
    with pytest.raises(CommandError, match="tidak dapat ditulis") as refusal:
        run_command("--periode=2026-Q3", f"--output={tmp_path}")
    assert refusal.value.returncode == 2
