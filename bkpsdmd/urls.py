"""All addresses of the portal; each app brings its own."""

from django.contrib import admin
from django.urls import include, path

from bkpsdmd.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("bkpsdmd.ui.urls")),
    path("", include("bkpsdmd.jobs.urls")),
    path("akun/", include("bkpsdmd.accounts.urls")),
    path("", include("bkpsdmd.documents.urls")),
    path("", include("bkpsdmd.calculator.urls")),
    path("", include("bkpsdmd.audit.urls")),
    path("simpeg/", include("simpeg.urls")),
    path("api/v1/", include("simpeg.urls_api")),
    path("laporan/", include("reporting.urls")),
    path("admin/", admin.site.urls),
]

handler403 = "bkpsdmd.ui.errors.handler403"
handler404 = "bkpsdmd.ui.errors.handler404"
handler500 = "bkpsdmd.ui.errors.handler500"
