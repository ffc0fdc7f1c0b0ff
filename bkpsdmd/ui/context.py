"""What the frame around every page needs, worked out only when it is drawn."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from bkpsdmd.accounts.roles import describe_roles
from bkpsdmd.documents.models import PengaturanKantor, get_kantor
from bkpsdmd.ui.menu import MenuGroup, MenuItem, build_bar, build_menu, build_search


class Portal:
    """The frame's data; a fragment never touches it, so it costs a fragment nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._user: Any = getattr(request, "user", None)

    @cached_property
    def kantor(self) -> PengaturanKantor:
        return get_kantor()

    @property
    def is_contoh(self) -> bool:
        return self.kantor.is_contoh

    @property
    def is_masuk(self) -> bool:
        return self._user is not None and self._user.is_authenticated

    @cached_property
    def _peran(self) -> list[str]:
        """The roles in words, the one that may do most first."""
        return describe_roles(self._user) if self.is_masuk else []

    @property
    def peran(self) -> str:
        return ", ".join(self._peran)

    @property
    def peran_singkat(self) -> str:
        """The roles in one line: the first, and how many more there are."""
        if not self._peran:
            return ""
        more = len(self._peran) - 1
        return self._peran[0] + (f" dan {more} peran lain" if more else "")

    @cached_property
    def menu(self) -> list[MenuGroup]:
        return build_menu(self._user, self._active()) if self.is_masuk else []

    @cached_property
    def bilah(self) -> list[MenuItem]:
        return build_bar(self._user, self._active()) if self.is_masuk else []

    @cached_property
    def cari(self) -> MenuItem | None:
        return build_search(self._user) if self.is_masuk else None

    @property
    def idle_seconds(self) -> int:
        return settings.IDLE_LOGOUT_SECONDS

    @cached_property
    def kunci_draf(self) -> str:
        """A word that tells one person's drafts from another's on a shared computer."""
        if not self.is_masuk:
            return ""
        return salted_hmac("ui.draf", str(self._user.pk)).hexdigest()[:12]

    def _active(self) -> str:
        match = self._request.resolver_match
        own = match.view_name if match else ""
        return getattr(self._request, "active_menu", "") or own


def portal(request: HttpRequest) -> dict[str, Portal]:
    return {"portal": Portal(request)}
