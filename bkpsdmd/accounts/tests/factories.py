"""Invented people with accounts, and the roles that tests give them."""

from __future__ import annotations

from typing import Any

import factory

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role

SANDI = "perahu kayu di kuala"

roles_by_user: dict[int, frozenset[Role]] = {}


def list_peran(user: User) -> frozenset[Role]:
    """Stand in for the role provider of simpeg (see the `roles` fixture)."""
    return roles_by_user.get(user.pk, frozenset())


class UserFactory(factory.django.DjangoModelFactory[User]):
    """An account that was activated; `password=None` makes one that was not."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"19850412201001{n:04d}")
    nama = factory.Sequence(lambda n: f"Warga Contoh {n}")
    password = SANDI

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        roles = kwargs.pop("roles", ())
        user = User.objects.create_user(**kwargs)
        roles_by_user[user.pk] = frozenset(roles)
        return user
