"""What the log of the portal must know about people: names, pages, and who reads what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.subjects import (
    Subject,
    register_closed,
    register_scope,
    register_subject,
)
from simpeg.models import KeadaanPegawai, Pegawai
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_akses
from simpeg.selectors.riwayat import KEJADIAN_TERTUTUP

PEGAWAI = Pegawai._meta.label_lower
# A word that fits more people than this is no search for a person.
MOST_FOUND = 50


def find_pegawai(word: str) -> Iterable[int]:
    found = KeadaanPegawai.objects.search(word).order_by("nama_urut", "pk")
    return found.values_list("pk", flat=True)[:MOST_FOUND]


def list_nama(ids: Iterable[str]) -> Mapping[str, str]:
    rows = KeadaanPegawai.objects.filter(pk__in=[int(pk) for pk in ids])
    return {str(pk): nama for pk, nama in rows.values_list("pk", "nama_lengkap")}


def events_in_scope(user: User) -> Q:
    """Return the events a reader of the log may see.

    An auditor of one unit reads what happened to its people, and what they did
    themselves; the admin looks after all accounts and settings.
    """
    akses = get_akses(user)
    if Role.ADMIN in akses.roles:
        return Q()
    lingkup = akses.lingkup(frozenset({Role.AUDITOR}))
    if lingkup.semua:
        return Q()
    people = (
        KeadaanPegawai.objects.within(lingkup)
        .annotate(kunci=Cast("pk", CharField()))
        .values("kunci")
    )
    return (
        Q(subject_type=PEGAWAI, subject_id__in=people)
        | Q(object_type=PEGAWAI, object_id__in=people)
        | Q(actor=user)
    )


def register_all() -> None:
    register_subject(
        Subject(
            jenis=PEGAWAI,
            find=find_pegawai,
            list_labels=list_nama,
            url_name="simpeg:pegawai-detail",
            permission=Permission.PEGAWAI_LIST,
        )
    )
    register_closed(KEJADIAN_TERTUTUP, Permission.PEGAWAI_SENSITIVE)
    register_scope(events_in_scope)
