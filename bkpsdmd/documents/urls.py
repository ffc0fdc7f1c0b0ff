from django.urls import path

from bkpsdmd.documents.views import LambangView, PeriksaView

app_name = "documents"
urlpatterns = [
    path("lambang/<str:name>", LambangView.as_view(), name="lambang"),
    path("periksa/", PeriksaView.as_view(), name="periksa"),
    path("periksa/<slug:kode>/", PeriksaView.as_view(), name="periksa-kode"),
]
