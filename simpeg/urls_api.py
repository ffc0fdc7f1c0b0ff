"""Addresses of the API; apart from those of the pages, which people log in to."""

from django.urls import path

from simpeg.views.api.alamat import build_urls

urlpatterns = [path("", build_urls())]
