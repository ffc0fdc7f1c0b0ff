"""My jobs, one job with its progress, its file, and the button that stops it."""

import datetime as dt
import math
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from bkpsdmd.accounts.models import User
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job, JobQuerySet
from bkpsdmd.jobs.permissions import Permission
from bkpsdmd.jobs.services import cancel_job, discard_file, open_file
from bkpsdmd.ui.views import ListPageMixin, PageMixin


def describe_remaining(left: dt.timedelta | None) -> str:
    """Return the time left in round words: nobody believes seconds that jump."""
    if left is None:
        return ""
    seconds = left.total_seconds()
    if seconds < 10:
        return "beberapa detik lagi"
    if seconds < 55:
        return f"sekitar {math.ceil(seconds / 10) * 10} detik lagi"
    if seconds < 90 * 60:
        return f"sekitar {round(seconds / 60)} menit lagi"
    return f"sekitar {round(seconds / 3600)} jam lagi"


class VisibleJobsMixin(PageMixin):
    """A page about jobs that this user may see; any other job is 404."""

    permission = Permission.JOB_VIEW
    active_menu = "jobs:list"
    kwargs: dict[str, Any]

    @property
    def user(self) -> User:
        """Who asks: logged in, or the permission check had refused."""
        return cast("User", self.request.user)

    def get_queryset(self) -> JobQuerySet:
        return Job.objects.visible_to(self.user).select_related("owner")

    def get_job(self) -> Job:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])


class JobListView(VisibleJobsMixin, ListPageMixin, TemplateView):
    template_name = "jobs/list.html"
    fragment_template = "jobs/_table.html"
    title = "Pekerjaan"
    satuan = "pekerjaan"
    sorts = {"terbaru": ("-created_at",)}
    panduan = (
        "Pekerjaan yang lama, seperti impor atau cetak, berjalan di belakang. Anda boleh "
        "menutup halaman dan kembali nanti.",
        "Tekan nama pekerjaan untuk melihat kemajuan dan hasilnya.",
        "Pekerjaan yang terputus karena server mati dimulai lagi dengan sendirinya.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            is_semua=self.user.has_perm(Permission.JOB_VIEW_ALL), **kwargs
        )


class JobDetailView(VisibleJobsMixin, TemplateView):
    template_name = "jobs/detail.html"
    # Asked for again each second while the job is active, so it draws no frame.
    fragment_template = "jobs/_status.html"
    panduan = (
        "Halaman ini memperbarui dirinya sendiri selama pekerjaan berjalan.",
        "Anda boleh pergi; pekerjaan diteruskan dan tercantum di menu Pekerjaan.",
        "Setelah selesai, tombol hasil atau unduh berkas muncul di sini.",
    )

    def get_title(self) -> str:
        return self.job.label

    def get_breadcrumbs(self) -> list[tuple[str, str | None]]:
        return [("Pekerjaan", reverse("jobs:list"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.job = self.get_job()
        return super().get_context_data(
            job=self.job,
            sisa=describe_remaining(self.job.remaining(timezone.now())),
            is_berkas=bool(self.job.file) and self.job.can_be_fetched_by(self.user),
            **kwargs,
        )


class JobCancelView(VisibleJobsMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        job = self.get_job()
        try:
            cancel_job(job=job, by=self.user, now=timezone.now())
        except DomainError as error:
            messages.warning(request, error.pesan)
        else:
            messages.success(request, "Pekerjaan dibatalkan.")
        return redirect(job)


class JobFileView(VisibleJobsMixin, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        job = self.get_job()
        if not job.can_be_fetched_by(self.user):
            raise PermissionDenied
        try:
            handle = open_file(job=job, by=self.user, now=timezone.now())
        except DomainError as error:
            messages.warning(request, error.pesan)
            return redirect(job)
        response = FileResponse(
            handle,
            as_attachment=True,
            filename=job.file_name,
            content_type=job.content_type,
        )
        response["Cache-Control"] = "private, no-store"
        return response


class JobFileDiscardView(VisibleJobsMixin, View):
    """Delete a file that must not lie about, before it goes by itself."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        job = self.get_job()
        if not job.can_be_fetched_by(self.user):
            raise PermissionDenied
        try:
            discard_file(job=job, by=self.user)
        except DomainError as error:
            messages.warning(request, error.pesan)
        else:
            messages.success(request, "Berkasnya sudah dihapus.")
        return redirect(job)
