"""The pages of the frame itself, through the whole middleware."""

import gzip
import re
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bkpsdmd.accounts.roles import Role
from bkpsdmd.ui import panels
from bkpsdmd.ui.components import Panel, PanelItem, PanelKind

pytestmark = pytest.mark.django_db


def html_of(client: Client, name: str) -> str:
    response = client.get(reverse(name))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", ["beranda", "bantuan"])
@pytest.mark.parametrize("role", list(Role))
def test_everybody_with_a_role_sees_beranda_and_help(
    browse: Any, role: Role, name: str
) -> None:
    html = html_of(browse(role), name)
    assert len(re.findall("<h1", html)) == 1
    assert role.label in html


def test_page_has_one_main_and_named_navigation(browse: Any) -> None:
    html = html_of(browse(Role.PEGAWAI), "beranda")
    assert html.count("<main") == 1
    assert 'aria-label="Menu utama"' in html
    assert '<html lang="id">' in html
    assert 'href="#isi"' in html


def test_somebody_without_a_role_is_told_what_to_do(browse: Any) -> None:
    response = browse().get("/")
    assert response.status_code == 403
    assert "belum mempunyai peran" in response.content.decode()


def test_beranda_shows_panels_in_the_order_of_their_questions(
    browse: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    for name, jenis, order in (
        ("c", PanelKind.ANGKA, 1),
        ("b", PanelKind.TUGAS, 2),
        ("a", PanelKind.TUGAS, 1),
    ):
        panel = Panel(jenis, f"Panel {name}", items=[PanelItem("Periksa", "/x/")])
        panels.register_panel(name, lambda user, hari, panel=panel: panel, order)
    panels.register_panel("bukan", lambda user, hari: None)
    html = html_of(browse(Role.PEGAWAI), "beranda")
    assert re.findall("Panel (.)", html) == ["a", "b", "c"]


def test_beranda_without_panels_is_friendly(browse: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    assert "Belum ada yang perlu" in html_of(browse(Role.PEGAWAI), "beranda")


def test_one_panel_name_is_registered_once(monkeypatch: Any) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    panels.register_panel("tugas", lambda user, hari: None)
    with pytest.raises(ValueError, match="tugas"):
        panels.register_panel("tugas", lambda user, hari: None)


def test_gallery_shows_every_component_to_its_keepers(browse: Any) -> None:
    html = html_of(browse(Role.PRANATA_KOMPUTER), "galeri")
    for name in (
        "maklumat",
        "lencana",
        "kartu",
        "butir",
        "tabel",
        "saring",
        "pemandu",
        "linimasa",
        "putusan",
        "kemajuan",
        "angka-deret",
        "tab-deret",
        "kosong",
        "formulir",
    ):
        assert f'class="{name}' in html


def test_gallery_is_closed_to_others(browse: Any) -> None:
    assert browse(Role.KEPALA_BADAN).get(reverse("galeri")).status_code == 403


def test_frame_asks_the_database_nothing_of_its_own(
    browse: Any, monkeypatch: Any
) -> None:
    """Session and user are the middleware's; the roles come from a table in memory."""
    monkeypatch.setattr(panels, "_panels", {})
    client = browse(Role.ADMIN)
    client.get("/bantuan/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/bantuan/")
    tables = [re.search(r'FROM "(\w+)"', query["sql"]) for query in queries]
    asked = {found.group(1) for found in tables if found}
    assert asked <= {"django_session", "accounts_user", "documents_pengaturankantor"}
    assert len(queries) <= 3


@pytest.mark.parametrize(
    ("address", "role"),
    [("/akun/masuk/", None), ("/", Role.ADMIN), ("/ui/", Role.ADMIN)],
)
def test_first_load_weighs_at_most_70_kilobytes(
    browse: Any, address: str, role: Role | None
) -> None:
    """As served: static files in brotli, the page in gzip; then the page alone."""
    html = (browse(role) if role else Client()).get(address).content
    names = set(re.findall(r'(?:href|src)="/static/([^"#]+)', html.decode()))
    assert "vendor/bootstrap-5.3.8/bootstrap.min.css" in names
    static = sum(len(brotli.compress(_read(name))) for name in names)
    page = len(gzip.compress(html))
    assert static + page <= 70_000
    assert page <= 20_000


def _read(name: str) -> bytes:
    return Path(finders.find(name)).read_bytes()
