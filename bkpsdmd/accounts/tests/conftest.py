from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests import factories


@pytest.fixture(autouse=True)
def roles(settings: Any) -> Iterator[dict[int, frozenset[Role]]]:
    """Roles come from the factory here; which unit grants them is simpeg's business."""
    settings.ROLE_PROVIDER = "bkpsdmd.accounts.tests.factories.list_peran"
    settings.ROLE_WORDS = ""
    cache.clear()
    yield factories.roles_by_user
    factories.roles_by_user.clear()


@pytest.fixture
def pegawai(db: None) -> User:
    return factories.UserFactory(nama="Siti Contoh", roles={Role.PEGAWAI})


@pytest.fixture
def belum_aktif(db: None) -> User:
    return factories.UserFactory(
        nama="Budi Contoh", password=None, roles={Role.PEGAWAI}
    )


@pytest.fixture
def pengelola(db: None) -> User:
    return factories.UserFactory(
        nama="Rina Contoh", roles={Role.PEGAWAI, Role.PENGELOLA_OPD}
    )


@pytest.fixture
def admin(db: None) -> User:
    return factories.UserFactory(username="adminuji", nama="Admin", roles={Role.ADMIN})
