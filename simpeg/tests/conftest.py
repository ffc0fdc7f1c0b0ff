from __future__ import annotations

import pytest

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from simpeg.tests.actors import Kantor, make_user


@pytest.fixture
def verifikator(kantor: Kantor) -> User:
    """Keeps the records of the whole office."""
    return make_user(Role.VERIFIKATOR)
