"""What the log cannot know about the things it names: apps that know them register here.

The log stands below every app and keeps type and id only. An app says how such a thing is
found by a word, what it is called, where its page is, which kinds of event are not for
everybody, and whose events a reader limited to some units may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User


@dataclass(frozen=True)
class Subject:
    """A type of thing that events are about.

    `find(word)` returns the ids of the best matches, `list_labels(ids)` their names: one
    query each, whatever the number of ids. `url_name` takes the id as its only argument.
    """

    jenis: str
    find: Callable[[str], Iterable[int]]
    list_labels: Callable[[Iterable[str]], Mapping[str, str]]
    url_name: str
    permission: str

    def get_url(self, pk: str, user: User) -> str:
        """Return the address of its page, "" for those who may not open it."""
        if not pk or not user.has_perm(self.permission):
            return ""
        return reverse(self.url_name, args=[pk])


_subjects: dict[str, Subject] = {}
_closed: dict[str, str] = {}
_scopes: list[Callable[[User], Q]] = []


def register_subject(subject: Subject) -> None:
    _subjects[subject.jenis] = subject


def register_closed(kinds: Iterable[str], permission: str) -> None:
    """Show events of these kinds only to who has the permission."""
    _closed.update(dict.fromkeys(kinds, permission))


def register_scope(scope: Callable[[User], Q]) -> None:
    """Add a condition on the events a user may see; an empty one leaves all of them."""
    _scopes.append(scope)


def get_subject(jenis: str) -> Subject | None:
    return _subjects.get(jenis)


def list_subjects() -> list[Subject]:
    return list(_subjects.values())


def visible_q(user: User) -> Q:
    """Return which events this user may see."""
    condition = Q()
    for scope in _scopes:
        condition &= scope(user)
    allowed: dict[str, bool] = {}
    closed = [
        kind
        for kind, permission in _closed.items()
        if not allowed.setdefault(permission, user.has_perm(permission))
    ]
    return condition & ~Q(kind__in=closed) if closed else condition
