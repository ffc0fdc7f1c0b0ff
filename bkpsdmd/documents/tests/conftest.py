from collections.abc import Iterator
from typing import Any

import pytest

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests import factories
from bkpsdmd.documents import kop
from bkpsdmd.documents.models import PengaturanKantor
from bkpsdmd.documents.services import ensure_kantor


@pytest.fixture(autouse=True)
def roles(settings: Any) -> Iterator[None]:
    """Roles come from the factory here; which unit grants them is simpeg's business."""
    settings.ROLE_PROVIDER = "bkpsdmd.accounts.tests.factories.list_peran"
    settings.ROLE_WORDS = ""
    yield
    factories.roles_by_user.clear()


@pytest.fixture
def units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two perangkat daerah; which exist in a real portal is simpeg's business."""
    pairs = [("dinas-a", "Dinas Contoh A"), ("dinas-b", "Dinas Contoh B")]
    monkeypatch.setattr(kop, "_sources", [lambda tanggal: pairs])


@pytest.fixture
def office(db: None) -> PengaturanKantor:
    return ensure_kantor()


@pytest.fixture
def admin(db: None) -> User:
    return factories.UserFactory(roles=[Role.ADMIN])
