from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.jobs import running
from bkpsdmd.jobs.tests import kinds


@pytest.fixture(autouse=True)
def fresh_kinds(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.ROLE_PROVIDER = "bkpsdmd.jobs.tests.kinds.provide_roles"
    settings.ROLE_WORDS = ""
    settings.MEDIA_ROOT = tmp_path / "berkas"
    kinds.runs.clear()
    kinds.started.clear()
    kinds.go_on.clear()
    yield
    kinds.roles.clear()
    running.worker_stopping.clear()


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    def make(username: str, *granted: Role) -> User:
        kinds.roles[username] = frozenset(granted)
        return User.objects.create_user(username, nama=username.title())

    return make


@pytest.fixture
def siti(make_user: Callable[..., User]) -> User:
    return make_user("siti", Role.PENGELOLA_OPD)
