"""What is true of every template and stylesheet, checked by reading them."""

import hashlib
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from bkpsdmd.ui.icons import get_icon_names

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
STATIC = settings.BASE_DIR / "static"
OWN_CSS = sorted((STATIC / "css").glob("*.css"))
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla)\((?!var\()")


def ids(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(settings.BASE_DIR)) for path in paths]


@pytest.mark.parametrize("path", TEMPLATES, ids=ids(TEMPLATES))
def test_template_has_no_inline_style_or_script(path: Path) -> None:
    """The content security policy would refuse them, silently for the reader."""
    text = path.read_text()
    assert not re.search(r"<style\b|\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=ids(TEMPLATES))
def test_template_fetches_nothing_from_another_host(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=ids(TEMPLATES))
def test_template_draws_only_icons_that_exist(path: Path) -> None:
    used = set(re.findall(r'{% icon "([^"]+)"', path.read_text()))
    assert used <= get_icon_names()


def test_every_icon_is_drawn_somewhere() -> None:
    sources = [*TEMPLATES, *settings.BASE_DIR.glob("[a-z]*/**/*.py")]
    text = "".join(path.read_text() for path in sources if "tests" not in path.parts)
    assert {name for name in get_icon_names() if f'"{name}"' not in text} == set()


@pytest.mark.parametrize("path", OWN_CSS, ids=ids(OWN_CSS))
def test_colours_are_named_only_in_tokens(path: Path) -> None:
    if path.name != "tokens.css":
        assert COLOUR.findall(path.read_text()) == []


@pytest.mark.parametrize("path", OWN_CSS, ids=ids(OWN_CSS))
def test_stylesheet_uses_only_tokens_that_exist(path: Path) -> None:
    defined = set(
        re.findall(r"(--[\w-]+)\s*:", "".join(one.read_text() for one in OWN_CSS))
    )
    used = set(re.findall(r"var\((--[\w-]+)", path.read_text()))
    assert {name for name in used if not name.startswith("--bs-")} <= defined


def test_vendored_files_are_what_their_notes_say() -> None:
    notes = sorted((STATIC / "vendor").glob("*/VENDOR.md"))
    assert len(notes) == 3
    for note in notes:
        text = note.read_text()
        (expected,) = re.findall(r"\b[0-9a-f]{64}\b", text)
        named = re.search(r"SHA-256 of `static/([^`]+)`", text)
        if named:
            file = STATIC / named.group(1)
        else:
            (file,) = (
                path for path in note.parent.iterdir() if path.suffix in {".css", ".js"}
            )
        assert hashlib.sha256(file.read_bytes()).hexdigest() == expected
        assert (note.parent / "LICENSE").exists()


def test_collectstatic_finds_every_file_that_ours_name(settings: Any) -> None:
    """A missing map or picture makes each page an error 500 in production."""
    with tempfile.TemporaryDirectory() as folder:
        settings.STATIC_ROOT = folder
        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {
                # Without compression, which takes seconds and proves nothing here.
                "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
            },
        }
        call_command("collectstatic", interactive=False, verbosity=0)
        assert list(Path(folder, "css").glob("tokens.*.css"))
        assert Path(folder, "staticfiles.json").exists()
