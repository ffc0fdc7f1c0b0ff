from django.urls import path

from bkpsdmd.jobs import views

app_name = "jobs"
urlpatterns = [
    path("pekerjaan/", views.JobListView.as_view(), name="list"),
    path("pekerjaan/<uuid:pk>/", views.JobDetailView.as_view(), name="detail"),
    path("pekerjaan/<uuid:pk>/batal/", views.JobCancelView.as_view(), name="cancel"),
    path("pekerjaan/<uuid:pk>/berkas/", views.JobFileView.as_view(), name="file"),
    path(
        "pekerjaan/<uuid:pk>/berkas/hapus/",
        views.JobFileDiscardView.as_view(),
        name="file-discard",
    ),
]
