"""Fixtures of all tests: reference data in every database, a small office, log-ins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.db.models.signals import post_migrate

from bkpsdmd.accounts.roles import Role

if TYPE_CHECKING:
    from django.test import Client

    from bkpsdmd.accounts.models import User
    from simpeg.models import Pegawai
    from simpeg.tests.actors import Kantor


# The same examples in each run, however slow the machine: a check that is red now and
# then is soon ignored. Look further by hand: pytest --hypothesis-profile=jelajah
hypothesis.settings.register_profile("tetap", derandomize=True, deadline=None)
hypothesis.settings.register_profile("jelajah", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("tetap")


def _load_reference(sender: Any, **kwargs: Any) -> None:
    """Fill the reference tables; after a flush too, which also tells that it migrated."""
    if sender.name == "simpeg":
        from simpeg.services.referensi import load_referensi

        load_referensi()


# Once per test database, not per test; a test that commits empties it and gets it back.
post_migrate.connect(_load_reference, dispatch_uid="tests-load-reference")


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Forget what the test before kept, office settings and counts: it is rolled back."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def kantor(db: None) -> Kantor:
    """An office with two perangkat daerah and the four people who recur."""
    from simpeg.tests.actors import build_kantor

    return build_kantor()


@pytest.fixture
def pegawai(kantor: Kantor) -> Pegawai:
    """Works in the bidang that `atasan` leads."""
    return kantor.pegawai


@pytest.fixture
def atasan(kantor: Kantor) -> Pegawai:
    return kantor.atasan


@pytest.fixture
def pengelola(kantor: Kantor) -> Pegawai:
    """Keeps the records of the dinas that `pegawai` and `atasan` work in."""
    return kantor.pengelola


@pytest.fixture
def orang_luar(kantor: Kantor) -> Pegawai:
    """Works in another perangkat daerah: nobody above may matter to them."""
    return kantor.orang_luar


@pytest.fixture
def client_for(kantor: Kantor) -> Callable[[Role | Pegawai | User], Client]:
    """Return a function that gives a browser in which that role or person is logged in."""
    from django.test import Client

    def log_in(who: Role | Pegawai | User) -> Client:
        user = kantor.user_for(who) if isinstance(who, Role) else who
        client = Client()
        client.force_login(getattr(user, "user", user))
        return client

    return log_in
