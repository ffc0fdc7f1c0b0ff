"""WSGI entry point for gunicorn."""

import os
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bkpsdmd.settings")
portal = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Hand the request on, with the visitor's own address behind nginx.

    gunicorn leaves `REMOTE_ADDR` at the address of the proxy; the log-in limits and the
    audit log need the person's. Anybody else's header is not believed.
    """
    visitor = environ.get("HTTP_X_REAL_IP")
    if visitor and environ.get("REMOTE_ADDR") in settings.PROXY_ADDRESSES:
        environ["REMOTE_ADDR"] = visitor
    return portal(environ, start_response)
