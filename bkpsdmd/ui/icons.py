"""The icons there are: the symbols of `static/img/ikon.svg`, read once."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.templatetags.static import static

SPRITE = "img/ikon.svg"


@cache
def get_icon_names() -> frozenset[str]:
    path = finders.find(SPRITE)
    if not path:
        raise ImproperlyConfigured(f"{SPRITE} tidak ada di berkas statis")
    return frozenset(re.findall(r'<symbol id="([^"]+)"', Path(path).read_text()))


@cache
def get_icon_url(name: str) -> str:
    """Return the address of one symbol. Raises ValueError for a name nobody drew."""
    if name not in get_icon_names():
        raise ValueError(f"Ikon {name!r} tidak ada di static/{SPRITE}")
    return f"{static(SPRITE)}#{name}"


@receiver(setting_changed)
def _forget_urls(*, setting: str, **kwargs: object) -> None:
    """A test that changes the static storage gets that storage's addresses."""
    if setting in {"STORAGES", "STATIC_URL"}:
        get_icon_url.cache_clear()
