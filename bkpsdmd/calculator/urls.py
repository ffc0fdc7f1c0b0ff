from django.urls import path

from .views import peraturan, topik

app_name = "calculator"

kalkulator = [
    path("kalkulator/", topik.TopikListView.as_view(), name="topik-list"),
    path(
        "kalkulator/<slug:nama>/", topik.TopikDetailView.as_view(), name="topik-detail"
    ),
]
regulasi = [
    path("peraturan/", peraturan.PeraturanListView.as_view(), name="peraturan-list"),
    path(
        "peraturan/<slug:app>/<slug:nama>/",
        peraturan.PeraturanDetailView.as_view(),
        name="peraturan-detail",
    ),
]
urlpatterns = [*kalkulator, *regulasi]
