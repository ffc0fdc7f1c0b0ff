"""The menu: groups as users know them, entries that the apps register.

Drawing it asks the database nothing: permissions follow from the roles, which are read
once per request.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse


class Group(StrEnum):
    """The groups in their order; one without a visible entry is not drawn."""

    BERANDA = "Beranda"
    DATA_PEGAWAI = "Data Pegawai"
    LAYANAN = "Layanan"
    LAPORAN = "Laporan & Statistik"
    PENGATURAN = "Pengaturan"
    BANTUAN = "Bantuan"


# Beranda and Bantuan are entries, not headings with one entry below.
WITHOUT_HEADING = frozenset({Group.BERANDA, Group.BANTUAN})
BAR_SIZE = 4


@dataclass(frozen=True)
class Entry:
    label: str
    url_name: str
    icon: str
    permission: str
    order: int = 100


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    icon: str
    is_aktif: bool


@dataclass(frozen=True)
class MenuGroup:
    judul: str
    items: Sequence[MenuItem]


_entries: dict[Group, list[Entry]] = {group: [] for group in Group}
_bar: list[Entry] = []
_search: list[Entry] = []


def register(
    group: Group | str,
    label: str,
    url_name: str,
    icon: str,
    permission: str,
    order: int = 100,
) -> None:
    """Add an entry to a group; call it from an app's `ready()`."""
    _entries[Group(group)].append(Entry(label, url_name, icon, permission, order))


def register_bar(
    label: str, url_name: str, icon: str, permission: str, order: int = 100
) -> None:
    """Add one of the things staff do most to the bar at the foot of a phone."""
    _bar.append(Entry(label, url_name, icon, permission, order))


def register_search(label: str, url_name: str, permission: str) -> None:
    """Name the list that the search box of every page leads to, as `?q=`."""
    _search.append(Entry(label, url_name, "search", permission))


def build_search(user: Any) -> MenuItem | None:
    """Return where this person's search box leads; None where there is nothing."""
    return next(iter(_visible(_search, user, "")), None)


def build_menu(user: Any, active: str) -> list[MenuGroup]:
    """Return the groups with the entries this person may open."""
    groups = []
    for group, entries in _entries.items():
        items = _visible(entries, user, active)
        if items:
            judul = "" if group in WITHOUT_HEADING else group.value
            groups.append(MenuGroup(judul, items))
    return groups


def build_bar(user: Any, active: str) -> list[MenuItem]:
    """Return at most four entries of the phone's bar."""
    return _visible(_bar, user, active)[:BAR_SIZE]


def _visible(entries: Sequence[Entry], user: Any, active: str) -> list[MenuItem]:
    return [
        MenuItem(
            entry.label, reverse(entry.url_name), entry.icon, entry.url_name == active
        )
        for entry in sorted(entries, key=lambda entry: entry.order)
        if user.has_perm(entry.permission)
    ]
