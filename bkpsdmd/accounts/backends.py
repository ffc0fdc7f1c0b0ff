"""Answers `user.has_perm()` from the roles; it logs nobody in."""

from rules.permissions import ObjectPermissionBackend


class PermissionBackend(ObjectPermissionBackend):
    """`has_perm` of the `rules` library; a user who is not active has nothing."""

    def has_perm(self, user, perm, *args, **kwargs):  # type: ignore[no-untyped-def]
        return user.is_active and super().has_perm(user, perm, *args, **kwargs)
