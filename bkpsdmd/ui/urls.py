from django.urls import path

from bkpsdmd.ui.galeri import GaleriView
from bkpsdmd.ui.views import BantuanView, BerandaView, PanduanView

urlpatterns = [
    path("", BerandaView.as_view(), name="beranda"),
    path("bantuan/", BantuanView.as_view(), name="bantuan"),
    path("bantuan/panduan/<slug:kunci>/", PanduanView.as_view(), name="panduan"),
    path("ui/", GaleriView.as_view(), name="galeri"),
]
