"""The one authentication backend: passwords, and permissions that follow from roles."""

from __future__ import annotations

import rules
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from bkpsdmd.accounts.models import User


class PortalBackend(BaseBackend):
    """Knows active accounts only; asking `has_perm` of the inactive says no.

    Not derived from Django's ModelBackend: that one expects permissions and a superuser
    flag in the database, and this portal has neither.
    """

    def authenticate(  # type: ignore[override]
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
    ) -> User | None:
        if not username or not password:
            return None
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist:
            # As slow as a known name, or the answer's time would tell them apart.
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()

    def has_perm(
        self, user_obj: User | AnonymousUser, perm: str, obj: object = None
    ) -> bool:
        return user_obj.is_active and rules.has_perm(perm, user_obj, obj)
