import logging
from typing import Any

import pytest
from django.db import connection
from django.template import TemplateDoesNotExist
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from bkpsdmd.accounts.roles import Role
from bkpsdmd.ui import errors

pytestmark = pytest.mark.django_db


def test_404_says_what_to_do_with_and_without_log_in(browse: Any) -> None:
    for client in (Client(), browse(Role.PEGAWAI)):
        response = client.get("/tidak/ada/")
        assert response.status_code == 404
        assert "Halaman tidak ditemukan" in response.content.decode()


def test_403_names_the_role_and_keeps_the_menu(browse: Any) -> None:
    response = browse(Role.PEGAWAI).get("/ui/")
    html = response.content.decode()
    assert response.status_code == 403
    assert "peran Anda: Pegawai" in html
    assert "Menu utama" in html


def test_500_needs_no_database_and_no_context(rf: RequestFactory) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = errors.handler500(rf.get("/"))
    assert response.status_code == 500
    assert "Halaman ini gagal ditampilkan" in response.content.decode()
    assert len(queries) == 0


def test_500_is_answered_even_when_its_template_is_gone(
    rf: RequestFactory, monkeypatch: Any
) -> None:
    def fail(name: str) -> None:
        raise TemplateDoesNotExist(name)

    monkeypatch.setattr(errors.loader, "get_template", fail)
    monkeypatch.setattr(logging.getLogger("bkpsdmd.ui.errors"), "disabled", True)
    response = errors.handler500(rf.get("/"))
    assert response.status_code == 500
    assert "hubungi pengelola portal" in response.content.decode()


def test_csrf_failure_says_the_typing_is_kept_and_leads_back() -> None:
    client = Client(enforce_csrf_checks=True)
    form = "http://testserver/akun/masuk/?next=/ui/"
    response = client.post("/akun/masuk/", {"login": "x"}, headers={"Referer": form})
    html = response.content.decode()
    assert response.status_code == 403
    assert "Sesi halaman ini sudah berakhir" in html
    assert "data-draf-tahan" in html
    assert 'href="http://testserver/akun/masuk/?next=/ui/"' in html


def test_csrf_failure_never_leads_to_another_site(rf: RequestFactory) -> None:
    request = rf.post("/x/", headers={"Referer": "https://jahat.example/x"})
    html = errors.csrf_failure(request).content.decode()
    assert "jahat" not in html
    assert 'href="/"' in html
