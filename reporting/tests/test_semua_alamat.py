"""Walks every address as every role and as nobody: closed unless the view says who may.

It stands in the highest app because it may see all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from bkpsdmd.accounts.roles import Role
from bkpsdmd.ui.views import PageMixin

# Open to nobody in particular: log-in, activation, health, the emblem on the log-in page.
PUBLIC = {
    "account_login",
    "account_logout",
    "akun-aktivasi",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "akun-masih-di-sini",  # tells an idle page that its session ended
    "healthz",
    "documents:lambang",
    # Whoever holds a paper may ask about it; told is nothing of a person.
    "documents:periksa",
    "documents:periksa-kode",
}
# The address itself says where people log in; the Django admin guards its own pages, and
# the API asks each program for its token (simpeg/tests/views/test_api.py).
OWN_GUARD = ("admin:", "api:")
SAMPLE = {"int": "999999", "slug": "ringkasan", "uuid": str(uuid4()), "str": "x"}


def _walk(resolver: URLResolver, spaces: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            yield from _walk(entry, inner)
        elif entry.name:
            yield f"{spaces}{entry.name}", entry


def _path(name: str, pattern: URLPattern) -> str:
    from django.urls import reverse

    converters = pattern.pattern.converters
    kwargs = {
        key: SAMPLE.get(type(converter).__name__.removesuffix("Converter").lower(), "x")
        for key, converter in converters.items()
    }
    return reverse(name, kwargs=kwargs)


ROUTES = {
    name: pattern
    for name, pattern in _walk(get_resolver())
    if not name.startswith(OWN_GUARD)
}


def test_walk_finds_the_pages():
    assert {"simpeg:pegawai-list", "beranda", "jobs:detail"} <= set(ROUTES)
    assert len(ROUTES) > 25


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_page_declares_who_may_open_it(name):
    view = getattr(ROUTES[name].callback, "view_class", None)
    if name in PUBLIC or view is None:
        assert name in PUBLIC or not _is_open(ROUTES[name])
        return

    assert issubclass(view, PageMixin), f"{name} does not use PageMixin"
    assert view.permission is not None, f"{name} declares no permission"


def _is_open(pattern: URLPattern) -> bool:
    return not getattr(pattern.callback, "login_required", True)


@pytest.mark.parametrize("name", sorted(set(ROUTES) - PUBLIC))
def test_nobody_is_sent_to_the_log_in_page(client, db, name):
    answer = client.get(_path(name, ROUTES[name]))

    assert answer.status_code == 302
    assert answer.url.startswith("/akun/masuk/")


# Half a minute: with the browser's journeys, not with every run.
@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_no_page_breaks_and_none_opens_without_its_permission(client_for, role):
    """A page is open to a role exactly where its permission was granted to it."""
    client = client_for(role)
    user = client.get("/").wsgi_request.user
    broken = []
    for name, pattern in sorted(ROUTES.items()):
        if name in PUBLIC:
            continue
        answer = client.get(_path(name, pattern))
        if answer.streaming:
            list(answer)  # which closes the file
        permission = getattr(
            getattr(pattern.callback, "view_class", None), "permission", None
        )
        allowed = permission is None or user.has_perm(permission)
        # 404: the sample object does not exist; 405: the page takes POST alone.
        expected = {200, 302, 404, 405} if allowed else {403, 404}
        if answer.status_code not in expected:
            broken.append((name, answer.status_code, allowed))
    assert broken == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN}))
def test_django_admin_is_for_the_admin_alone(client_for, role):
    answer = client_for(role).get("/admin/")

    assert answer.status_code in {302, 403}
