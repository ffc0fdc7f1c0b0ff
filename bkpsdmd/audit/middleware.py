"""Tells the audit log from which address a request came."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from bkpsdmd.audit.context import source


class AuditContextMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # gunicorn's forwarded_allow_ips makes REMOTE_ADDR trustworthy behind nginx.
        with source("laman", request.META.get("REMOTE_ADDR") or None):
            return self.get_response(request)
