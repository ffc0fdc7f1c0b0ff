from django.urls import path

from reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.LaporanListView.as_view(), name="laporan-list"),
    path(
        "<slug:jenis>/<slug:periode>/terbitkan/",
        views.LaporanPublishView.as_view(),
        name="laporan-publish",
    ),
    path(
        "<slug:jenis>/<slug:periode>/",
        views.LaporanDetailView.as_view(),
        name="laporan-detail",
    ),
    path(
        "<slug:jenis>/<slug:periode>/perbaiki/",
        views.LaporanCorrectView.as_view(),
        name="laporan-correct",
    ),
    path(
        "<slug:jenis>/<slug:periode>/surat-pengantar/",
        views.LaporanLetterView.as_view(),
        name="laporan-letter",
    ),
    path(
        "<slug:jenis>/<slug:periode>/versi/<int:versi>/",
        views.LaporanDetailView.as_view(),
        name="laporan-versi",
    ),
    path(
        "<slug:jenis>/<slug:periode>/versi/<int:versi>/pdf/",
        views.LaporanPdfView.as_view(),
        name="laporan-pdf",
    ),
    path(
        "<slug:jenis>/<slug:periode>/versi/<int:versi>/json/",
        views.LaporanJsonView.as_view(),
        name="laporan-json",
    ),
]
