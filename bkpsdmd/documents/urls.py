from django.urls import path

from bkpsdmd.documents.naskah.views import naskah, paket
from bkpsdmd.documents.views import LambangView, PeriksaView

app_name = "documents"
urlpatterns = [
    path("lambang/<str:name>", LambangView.as_view(), name="lambang"),
    path("periksa/", PeriksaView.as_view(), name="periksa"),
    path("periksa/<slug:kode>/", PeriksaView.as_view(), name="periksa-kode"),
    path("naskah/", naskah.NaskahListView.as_view(), name="naskah-list"),
    path("naskah/ekspor/", naskah.NaskahExportView.as_view(), name="naskah-export"),
    path("naskah/<int:pk>/", naskah.NaskahDetailView.as_view(), name="naskah-detail"),
    path("naskah/<int:pk>/pdf/", naskah.NaskahPdfView.as_view(), name="naskah-pdf"),
    path(
        "naskah/<int:pk>/nomor/",
        naskah.NaskahNumberView.as_view(),
        name="naskah-number",
    ),
    path(
        "naskah/<int:pk>/tanda-tangan/",
        naskah.NaskahSignView.as_view(),
        name="naskah-sign",
    ),
    path(
        "naskah/<int:pk>/pindaian/", naskah.NaskahScanView.as_view(), name="naskah-scan"
    ),
    path("naskah/<int:pk>/cara/", naskah.NaskahCaraView.as_view(), name="naskah-cara"),
    path(
        "naskah/<int:pk>/batal/",
        naskah.NaskahCancelView.as_view(),
        name="naskah-cancel",
    ),
    path(
        "naskah/<int:pk>/cabut/",
        naskah.NaskahRevokeView.as_view(),
        name="naskah-revoke",
    ),
    path(
        "naskah/paket/<int:pk>/",
        paket.PaketDetailView.as_view(),
        name="paket-detail",
    ),
    path(
        "naskah/paket/<int:pk>/nomor/",
        paket.PaketNumberView.as_view(),
        name="paket-number",
    ),
    path(
        "naskah/paket/<int:pk>/tanda-tangan/",
        paket.PaketSignView.as_view(),
        name="paket-sign",
    ),
    path(
        "naskah/paket/<int:pk>/unduh/",
        paket.PaketDownloadView.as_view(),
        name="paket-download",
    ),
]
