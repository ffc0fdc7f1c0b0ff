"""Who looked at a person's closed data, opened their files or printed their papers."""

from __future__ import annotations

from dataclasses import dataclass

from bkpsdmd.audit.models import Event
from bkpsdmd.audit.presenters import describe
from simpeg.models import KeadaanPegawai, Pegawai
from simpeg.selectors.riwayat import KEJADIAN_BACA

# What the page shows; older events stay in the log.
LIMIT = 200


@dataclass(frozen=True)
class BarisPembukaan:
    """One reading: who, in which post today, and what it was."""

    event: Event
    kalimat: str
    bagian: str
    jabatan: str
    unit: str


def list_pembukaan(pegawai: Pegawai) -> list[BarisPembukaan]:
    """Return who read what, newest first, the person's own reading left out; two queries."""
    events = list(
        Event.objects.filter(
            subject_type=Pegawai._meta.label_lower,
            subject_id=str(pegawai.pk),
            kind__in=KEJADIAN_BACA,
        )
        .exclude(actor=pegawai.user_id)
        .exclude(actor=None)
        .select_related("actor")
        .order_by("-id")[:LIMIT]
    )
    posts = {
        user: (jabatan, unit or "")
        for user, jabatan, unit in KeadaanPegawai.objects.filter(
            pegawai__user__in={event.actor_id for event in events}
        ).values_list("pegawai__user", "jabatan_nama", "unit_kerja__nama")
    }
    return [
        BarisPembukaan(
            event,
            describe(event),
            event.changes.get("bagian", [None, ""])[1],
            *posts.get(event.actor_id or 0, ("", "")),
        )
        for event in events
    ]
