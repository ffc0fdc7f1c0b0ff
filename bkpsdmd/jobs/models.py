"""The row of a piece of long work. It is the truth; a queue message only wakes a worker."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.roles import describe_roles
from bkpsdmd.jobs.choices import ACTIVE, JobState
from bkpsdmd.jobs.permissions import Permission
from bkpsdmd.jobs.registry import find_guard, find_keep_file, find_permission

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User


FOLDER = "jobs"


def stored_name(instance: object, filename: str) -> str:
    """Return a name that tells nothing; the readable one is `file_name`."""
    return f"{FOLDER}/{uuid.uuid4().hex}"


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: User) -> JobQuerySet:
        """Return a user's own jobs, or all for those who look after the portal."""
        if user.has_perm(Permission.JOB_VIEW_ALL):
            return self
        return self.filter(owner=user)

    def active(self) -> JobQuerySet:
        return self.filter(state__in=ACTIVE)

    def held(self, job_id: uuid.UUID, claim: uuid.UUID | None) -> JobQuerySet:
        """Return the row as long as the run with this claim still owns it, else none."""
        return self.filter(pk=job_id, state=JobState.BERJALAN, claim=claim)


class Job(models.Model):
    """One piece of long work: who asked for it, how far it is, what came out.

    `params` and `result` hold ids, ISO dates and counts, never personal data. `claim`
    names the run that owns the row now; every write of a run is conditional on it, so a
    run that was taken for dead cannot overwrite its successor.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("jenis", max_length=64)
    label = models.CharField("pekerjaan", max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pemilik",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Kosong: dijadwalkan sistem.",
    )
    state = models.CharField(
        "keadaan",
        max_length=12,
        choices=[(state.value, state.label) for state in JobState],
        default=JobState.MENUNGGU.value,
    )
    params = models.JSONField("masukan", default=dict)
    done = models.PositiveIntegerField("sudah", default=0)
    total = models.PositiveIntegerField("seluruhnya", default=0)
    message = models.CharField("keterangan", max_length=200, blank=True)
    result = models.JSONField("hasil", default=dict)
    result_url = models.CharField("laman hasil", max_length=300, blank=True)
    error = models.TextField("sebab gagal", blank=True)
    file = models.FileField("berkas", upload_to=stored_name, blank=True)
    file_name = models.CharField("nama berkas", max_length=200, blank=True)
    content_type = models.CharField("jenis isi", max_length=100, blank=True)
    # The owner's roles, with their units, as the run that made the file found them.
    kewenangan = models.JSONField("kewenangan", default=list)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    claim = models.UUIDField("pemegang", null=True, editable=False)
    created_at = models.DateTimeField("dibuat", default=timezone.now)
    # When a message was last sent for it: a waiting row is announced again after a while.
    woken_at = models.DateTimeField("dibangunkan", default=timezone.now)
    started_at = models.DateTimeField("mulai", null=True)
    heartbeat_at = models.DateTimeField("denyut terakhir", null=True)
    finished_at = models.DateTimeField("berakhir", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "pekerjaan"
        verbose_name_plural = "pekerjaan"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="berjalan", claim__isnull=False)
                | (~models.Q(state="berjalan") & models.Q(claim__isnull=True)),
                name="jobs_claim_while_running",
            )
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="jobs_owner_recent"),
            models.Index(fields=["-created_at"], name="jobs_recent"),
            # What the sweep of each minute reads: a handful of rows.
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=["menunggu", "berjalan"]),
                name="jobs_active",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("jobs:detail", args=[self.pk])

    @property
    def status(self) -> JobState:
        return JobState(self.state)

    @property
    def status_label(self) -> str:
        """The state in words, with the percentage while there is one to tell."""
        if self.state == JobState.BERJALAN and self.persen is not None:
            return f"{self.status.label}, {self.persen} %"
        return self.status.label

    @property
    def nomor(self) -> str:
        """What a person reads out on the telephone; the log lines begin with it."""
        return str(self.pk)[:8]

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    def can_be_fetched_by(self, user: User) -> bool:
        """Tell whether the user may have the result file, if there is one.

        Seeing all jobs is not enough: an export of personal data belongs to who asked for
        it, and only as long as they hold every role it was made with, or what the guard
        of its kind asks instead. Those who look after the portal have the files that the
        system made.
        """
        needed = find_permission(self.kind)
        if needed and not user.has_perm(needed):
            return False
        if self.owner_id is None:
            return user.has_perm(Permission.JOB_VIEW_ALL)
        if self.owner_id != user.pk:
            return False
        guard = find_guard(self.kind)
        if guard is not None:
            return guard(self, user)
        return set(self.kewenangan) <= set(describe_roles(user))

    @property
    def file_until(self) -> dt.datetime | None:
        """When the result file goes, for kinds whose file must not lie about."""
        keep = find_keep_file(self.kind)
        return self.finished_at + keep if keep and self.finished_at else None

    @property
    def persen(self) -> int | None:
        """Whole percent done, or None while nothing is known."""
        if self.state == JobState.SELESAI:
            return 100
        return min(100, self.done * 100 // self.total) if self.total else None

    def remaining(self, now: dt.datetime) -> dt.timedelta | None:
        """Return the time left at the pace so far, or None while it is a guess."""
        if self.state != JobState.BERJALAN or self.started_at is None:
            return None
        elapsed = now - self.started_at
        if not self.done or not self.total or elapsed < dt.timedelta(seconds=2):
            return None
        # Until some of it is done most of the time went into beginning: two seconds for
        # the first of 300 rows are not ten minutes for the rest.
        if self.done * 50 < self.total and elapsed < dt.timedelta(seconds=20):
            return None
        return elapsed * max(0, self.total - self.done) / self.done
