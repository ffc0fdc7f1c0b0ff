"""Kinds of work for tests, and who has which role in them."""

import threading
import time
from pathlib import Path

from django.db import OperationalError

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.permissions import Permission
from bkpsdmd.jobs.registry import register
from bkpsdmd.jobs.running import JobRun

NIP = "199001012020121001"
# Filled by the `as_role` fixture; the provider below answers from it.
roles: dict[str, frozenset[Role]] = {}
# How often each job was really worked on.
runs: list[str] = []
started = threading.Event()
go_on = threading.Event()


def provide_roles(user: User) -> frozenset[Role]:
    return roles.get(user.username, frozenset())


@register("uji.salin", label="Menyalin berkas")
def salin(job: JobRun) -> None:
    runs.append(str(job.job_id))
    job.progress(1, 2, "Menyalin")
    job.save_file("hasil uji.txt", b"isi berkas", "text/plain")
    job.result["baris"] = 2
    job.result_url = "/pekerjaan/"
    job.progress(2, 2, "Selesai menyalin")


@register("uji.tolak", label="Ditolak aturan")
def tolak(job: JobRun) -> None:
    job.save_file("sisa.txt", b"sisa", "text/plain")
    raise DomainError("Periode 2026-Q3 belum berakhir.")


@register("uji.rusak", label="Rusak")
def rusak(job: JobRun) -> None:
    raise ValueError(f"NIP {NIP} sudah ada")


@register("uji.sibuk", label="Basis data sibuk", max_attempts=2)
def sibuk(job: JobRun) -> None:
    raise OperationalError("database is locked")


@register("uji.tunggu", label="Menunggu isyarat")
def tunggu(job: JobRun) -> None:
    """Work until the test says so; tells its progress all the time."""
    runs.append(str(job.job_id))
    started.set()
    while not go_on.wait(0.02):
        job.progress(1, 10, "Menunggu")


@register("uji.lambat", label="Lambat")
def lambat(job: JobRun) -> None:
    """Add a line to a file for each step, for a worker that is killed in between."""
    target = Path(job.params["catatan"])
    for step in range(1, job.params["langkah"] + 1):
        with target.open("a") as notes:
            notes.write(f"{step}\n")
        job.progress(step, job.params["langkah"])
        time.sleep(0.1)


@register("uji.izin", label="Perlu izin", permission=Permission.JOB_VIEW_ALL)
def izin(job: JobRun) -> None:
    job.save_file("izin.txt", b"isi", "text/plain")
