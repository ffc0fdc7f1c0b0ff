"""The kinds of papers the portal drafts, numbers and has signed; the apps register them.

register(JenisNaskah("surat_keterangan", "Surat keterangan", ...))  # in apps.py
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q, prefetch_related_objects

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User
    from bkpsdmd.documents.models import Naskah


@dataclass(frozen=True)
class JenisNaskah:
    """`visible` says which papers of the kind a user may see at all, as a condition.

    `versi` counts up with each change of the template or the words. `subjek` is the
    person a paper is about, for the log; `is_tentang` tells whether that is the user, by
    whichever of their records: nobody signs about oneself. `asal` is (label, address) of the page the paper came from.
    """

    kunci: str
    nama: str
    templat: str
    versi: int
    buku: str
    penyusun: str  # the permission to draft one
    visible: Callable[[User], Q]
    subjek: Callable[[Naskah], Model | None] = lambda naskah: None
    is_tentang: Callable[[Naskah, User], bool] = lambda naskah, user: False
    # Relations those two follow, to be loaded for many papers at once.
    muat: tuple[str, ...] = ()
    asal: Callable[[Naskah, User], tuple[str, str] | None] = lambda naskah, user: None
    buat: str = ""  # name of the form that drafts one, if it needs nothing before
    # Addresses of the forms that write a draft anew, and that draft what replaces it.
    ubah: Callable[[Naskah], str] = lambda naskah: ""
    ganti: Callable[[Naskah], str] = lambda naskah: ""

    @property
    def is_terdaftar(self) -> bool:
        """Tell whether an app answers for the kind; papers of old ones can be read only."""
        return self.kunci in _jenis


_jenis: dict[str, JenisNaskah] = {}
_find_nik: list[Callable[[User], str]] = []


def register(jenis: JenisNaskah) -> None:
    if jenis.kunci in _jenis:
        raise ValueError(f"kind of paper {jenis.kunci!r} is registered twice")
    _jenis[jenis.kunci] = jenis


def get_jenis(kunci: str) -> JenisNaskah:
    """Return the kind; one that no app registers any more keeps its papers readable."""
    found = _jenis.get(kunci)
    if found is not None:
        return found
    nama = kunci.replace("_", " ").capitalize()
    return JenisNaskah(kunci, nama, "", 0, "", "", visible=lambda user: Q(pk__in=[]))


def list_jenis() -> list[JenisNaskah]:
    return list(_jenis.values())


def list_choices() -> list[tuple[str, str]]:
    return [(jenis.kunci, jenis.nama) for jenis in _jenis.values()]


def prefetch_subjek(papers: Sequence[Naskah]) -> None:
    """Load whom these papers are about, in as many queries as for one."""
    for kunci in {naskah.jenis for naskah in papers}:
        group = [naskah for naskah in papers if naskah.jenis == kunci]
        prefetch_related_objects(group, *get_jenis(kunci).muat)


def visible_q(user: User) -> Q:
    """Return the papers of any kind that this user may see, as a condition."""
    condition = Q(pk__in=[])
    for jenis in _jenis.values():
        condition |= Q(jenis=jenis.kunci) & jenis.visible(user)
    return condition


def register_nik(find: Callable[[User], str]) -> None:
    """Say how the NIK of a signer is found: BSrE knows people by it."""
    _find_nik[:] = [find]


def find_nik(user: Any) -> str:
    return _find_nik[0](user) if _find_nik else ""
