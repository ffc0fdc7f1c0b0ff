"""The one file of this app that everybody may see."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View

from bkpsdmd.documents.models import get_kantor
from bkpsdmd.documents.storage import private_response
from bkpsdmd.ui.views import PageMixin

CONTENT_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


@method_decorator(login_not_required, name="dispatch")
class LambangView(PageMixin, View):
    """The office's emblem, which the log-in page shows too."""

    permission = None

    def get(self, request: HttpRequest, *args: Any, name: str) -> HttpResponse:
        kantor = get_kantor()
        # Compared, not opened: no name from outside becomes a path.
        if not kantor.lambang or name != kantor.nama_lambang:
            raise Http404
        response = private_response(
            kantor.lambang,
            name=name,
            content_type=CONTENT_TYPES[name.rsplit(".", 1)[1]],
            inline=True,
        )
        # A new emblem has a new name.
        response["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
