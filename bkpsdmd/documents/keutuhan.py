"""What a check of stored files reads of this app, and what it notes of it.

The check itself is run by whoever has more files than these: see `Bagian`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from bkpsdmd.documents.models import (
    BerkasCacat,
    DokumenTerbit,
    Naskah,
    PenandatanganNaskah,
    StatusNaskah,
)
from bkpsdmd.documents.naskah.selectors import list_naskah

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User


@dataclass(frozen=True)
class Bagian:
    """Files that are checked one after the other, in the order of their rows.

    `rows` are models with `berkas` and `sha256`; where that is empty, the file need only
    be readable. `note` writes what was found of a set:
    keys by "utuh", "rusak", "hilang"; inside the caller's transaction.
    """

    kunci: str
    rows: Callable[[], QuerySet[Any]]
    note: Callable[[Mapping[str, Sequence[int]], dt.datetime], None]


def _note_as(column: str) -> Callable[[Mapping[str, Sequence[int]], dt.datetime], None]:
    def note(found: Mapping[str, Sequence[int]], now: dt.datetime) -> None:
        seen = [pk for ids in found.values() for pk in ids]
        BerkasCacat.objects.filter(**{f"{column}__in": seen}).delete()
        BerkasCacat.objects.bulk_create(
            BerkasCacat(**{column: pk}, hasil=hasil, diperiksa_at=now)
            for hasil in BerkasCacat.Hasil.values
            for pk in found.get(hasil, ())
        )

    return note


def _list_antara() -> QuerySet[PenandatanganNaskah]:
    """Return the signers whose file the next one signs; once all did, nobody needs it."""
    return PenandatanganNaskah.objects.exclude(berkas="").filter(
        naskah__status=StatusNaskah.BERNOMOR
    )


def _note_antara(found: Mapping[str, Sequence[int]], now: dt.datetime) -> None:
    BerkasCacat.objects.filter(penandatangan__isnull=False).exclude(
        penandatangan__in=_list_antara()
    ).delete()
    _note_as("penandatangan_id")(found, now)


BAGIAN = (
    Bagian("terbit", lambda: DokumenTerbit.objects.all(), _note_as("dokumen_id")),
    # Some have no file: drafts, and what a worker died over before it made one.
    Bagian("naskah", lambda: Naskah.objects.exclude(berkas=""), _note_as("naskah_id")),
    Bagian("antara", _list_antara, _note_antara),
)


@dataclass(frozen=True)
class NaskahCacat:
    """A finding in words that name no person.

    `url` is there where this user may open the paper, `berkas` is where its file lies.
    """

    nomor: str
    perihal: str
    jenis: str
    berkas: str
    hasil: str
    diperiksa_at: dt.datetime
    url: str


def list_cacat_pk() -> QuerySet[BerkasCacat, tuple[int]]:
    """Return the findings by key, to be counted with those of an archive."""
    return BerkasCacat.objects.order_by().values_list("pk")


def list_naskah_cacat(user: User, limit: int) -> list[NaskahCacat]:
    """Return the first findings. Two queries."""
    rows = list(
        BerkasCacat.objects.select_related(
            "dokumen__nomor",
            "dokumen__naskah",
            "naskah__nomor",
            "penandatangan__naskah__nomor",
        )[:limit]
    )
    papers = {row.pk: _get_naskah(row) for row in rows}
    visible = set(
        list_naskah(user)
        .filter(pk__in=[naskah.pk for naskah in papers.values() if naskah])
        .values_list("pk", flat=True)
    )
    return [_describe(row, papers[row.pk], visible) for row in rows]


def _get_naskah(row: BerkasCacat) -> Naskah | None:
    # A periodic report is issued without a paper that was drafted.
    if row.penandatangan:
        return row.penandatangan.naskah
    return row.naskah or getattr(row.dokumen, "naskah", None)


def _describe(
    row: BerkasCacat, naskah: Naskah | None, visible: set[int]
) -> NaskahCacat:
    paper = row.dokumen or naskah
    stored = row.dokumen or row.naskah or row.penandatangan
    assert paper is not None  # noqa: S101  the database says so
    assert stored is not None  # noqa: S101
    jenis = "Dokumen terbit" if row.dokumen_id else "Naskah bernomor"
    if row.penandatangan:
        jenis += f", sesudah tanda tangan ke-{row.penandatangan.urutan}"
    return NaskahCacat(
        nomor=str(paper.nomor or ""),
        perihal=paper.perihal_umum,
        jenis=jenis,
        berkas=str(stored.berkas),
        hasil=row.get_hasil_display(),
        diperiksa_at=row.diperiksa_at,
        url=naskah.get_absolute_url() if naskah and naskah.pk in visible else "",
    )
