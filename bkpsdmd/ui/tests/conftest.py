"""Roles come from a table of the test, as in the tests of accounts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests import factories


@pytest.fixture(autouse=True)
def _roles(settings: Any) -> Iterator[None]:
    settings.ROLE_PROVIDER = "bkpsdmd.accounts.tests.factories.list_peran"
    settings.ROLE_WORDS = ""
    yield
    factories.roles_by_user.clear()


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    def make(*roles: Role, **fields: Any) -> User:
        return factories.UserFactory(roles=set(roles), **fields)

    return make


@pytest.fixture
def browse(make_user: Callable[..., User]) -> Callable[..., Client]:
    """Return a function that gives a browser where a person with these roles is in."""

    def log_in(*roles: Role) -> Client:
        client = Client()
        client.force_login(make_user(*roles))
        return client

    return log_in
