from django.urls import path

from bkpsdmd.documents.views import LambangView

app_name = "documents"
urlpatterns = [path("lambang/<str:name>", LambangView.as_view(), name="lambang")]
