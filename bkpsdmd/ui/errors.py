"""Pages for when something is wrong: what happened, what it means, what to do."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

logger = logging.getLogger(__name__)

# Said when even the template of the error page cannot be read.
BARE_500 = """<!doctype html><html lang="id"><meta charset="utf-8">
<title>Kesalahan di server</title>
<h1>Halaman ini gagal ditampilkan</h1>
<p>Ada kesalahan di server, bukan pada isian Anda. Tekan kembali di peramban, tunggu
sebentar, lalu coba lagi. Bila terulang, hubungi pengelola portal.</p></html>"""


def handler403(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    return _page(request, "403.html", 403)


def handler404(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    return _page(request, "404.html", 404)


def handler500(request: HttpRequest) -> HttpResponse:
    """Answer without database, session or context processors: they may be the cause."""
    try:
        html = loader.get_template("500.html").render({})
    except Exception:
        logger.exception("Halaman 500 sendiri gagal ditampilkan")
        html = BARE_500
    return HttpResponse(html, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell that the session of this page ended, and lead back to the form.

    What was typed waits in the browser (`static/js/draf.js`) and is filled in again.
    """
    logger.info("Token formulir ditolak: %s", reason)
    came_from = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    return _page(
        request, "csrf.html", 403, kembali=came_from if is_ours else reverse("beranda")
    )


def _page(
    request: HttpRequest, template: str, status: int, **context: object
) -> HttpResponse:
    user = getattr(request, "user", None)
    is_masuk = user is not None and user.is_authenticated
    layout = "layouts/app.html" if is_masuk else "layouts/auth.html"
    return render(request, template, {"layout": layout, **context}, status=status)
