from django.urls import path

from bkpsdmd.audit import views

app_name = "audit"
urlpatterns = [
    path("jejak/", views.JejakListView.as_view(), name="jejak-list"),
    path("jejak/ekspor/", views.JejakExportView.as_view(), name="jejak-export"),
    path("jejak/<int:pk>/", views.JejakDetailView.as_view(), name="jejak-detail"),
    path("jejak/segel/", views.SegelListView.as_view(), name="segel-list"),
    path("jejak/segel/ekspor/", views.SegelExportView.as_view(), name="segel-export"),
    path("jejak/segel/periksa/", views.SegelCheckView.as_view(), name="segel-check"),
]
