"""Addresses of the API; apart from those of the pages, which people log in to."""

from importlib.util import find_spec
from typing import Any

from django.urls import path

urlpatterns: list[Any] = []
# Between an update and `script/setup` the library may still be missing: the pages then
# work, and the API answers 404.
if find_spec("ninja"):
    from simpeg.views.api.alamat import build_urls

    urlpatterns = [path("", build_urls())]
