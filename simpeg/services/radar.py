"""The one place that writes `TemuanData`, what does not fit together in each record."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.spreadsheets import Column, write_xlsx
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from bkpsdmd.ui.formats import format_tanggal
from simpeg.models import KeadaanPegawai, RiwayatJabatan, TemuanData
from simpeg.rules.radar import KodeRadar, check_radar
from simpeg.selectors.keadaan import HimpunanRiwayat, load_himpunan
from simpeg.selectors.radar import list_fakta_radar
from simpeg.services.mutu import list_stale, mark_stale

BATCH = 1000
JOB_KIND = "simpeg.ekspor_radar"
SPOOL_BYTES = 5_000_000
KOLOM_EKSPOR = (
    Column("NIP", width=22),
    Column("Nama", width=34),
    Column("Perangkat daerah", width=40),
    Column("Unit kerja", width=40),
    Column("Temuan", width=44),
    Column("Tingkat", width=18),
    Column("Uraian", width=90),
    Column("Dasar", width=50),
)
_KOLOM = (
    "pegawai_id",
    "kode",
    "tingkat",
    "pesan",
    "dasar_hukum",
    "jenis",
    "riwayat",
    "nama_urut",
    "opd_id",
    "unit_path",
)

Catatan = tuple[HimpunanRiwayat, KeadaanPegawai]


def refresh_temuan(records: Sequence[Catatan], *, per_tanggal: dt.date) -> None:
    """Look at these people again, and at those who share a leading post with them.

    Their rows of `KeadaanPegawai` are written already. Call it inside the caller's
    transaction; three to five queries, and one or two writes where findings changed.
    """
    ids = [himpunan.pegawai.pk for himpunan, _ in records]
    bersama = _find_bersama(records)
    _save(ids, _build(records, per_tanggal))
    if bersama:
        refresh_temuan_of(bersama, per_tanggal=per_tanggal, is_meluas=False)


def refresh_temuan_of(
    pegawai_ids: Iterable[int], *, per_tanggal: dt.date, is_meluas: bool = True
) -> None:
    """Look at these people again, from what is stored."""
    ids = sorted(pegawai_ids)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        states = KeadaanPegawai.objects.in_bulk(some)
        records = [
            (himpunan, states[himpunan.pegawai.pk])
            for himpunan in load_himpunan(some)
            if himpunan.pegawai.pk in states
        ]
        if is_meluas:
            refresh_temuan(records, per_tanggal=per_tanggal)
        else:
            _save(some, _build(records, per_tanggal))


def refresh_stale_temuan(*, per_tanggal: dt.date) -> None:
    """Look again at whoever bulk work changed; their quality is counted afterwards.

    One transaction per 1,000 people. Killed, it starts over; run twice, it writes nothing.
    """
    last = 0
    stale = list_stale()
    while ids := list(stale.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            refresh_temuan_of(ids, per_tanggal=per_tanggal)
        last = ids[-1]


def rebuild_temuan(*, per_tanggal: dt.date) -> int:
    """Look at everybody again; return how many findings there are.

    Run each night: some come by time alone. One transaction per 1,000 people; killed and
    run again it goes on where rows differ, run twice it writes nothing.
    """
    last = 0
    while True:
        rows = KeadaanPegawai.objects.filter(pk__gt=last).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return TemuanData.objects.count()
        with transaction.atomic():
            refresh_temuan_of(ids, per_tanggal=per_tanggal, is_meluas=False)
        last = ids[-1]


def export_temuan(
    *, rows: QuerySet[TemuanData], by: User, per_tanggal: dt.date
) -> IO[bytes]:
    """Return an open XLSX of these findings, positioned at its start."""
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(
        file,
        title=f"Radar data, keadaan per {format_tanggal(per_tanggal)}",
        columns=KOLOM_EKSPOR,
        rows=_iter_ekspor(rows),
        sheet="Radar",
    )
    audit.record("radar.ekspor", by, by=by)
    file.seek(0)
    return file


def request_export(*, query: str, by: User) -> Job:
    """Ask for an export too long for a page; `query` is the list's own."""
    return enqueue(JOB_KIND, by=by, params={"query": query}, label="Ekspor radar data")


def _iter_ekspor(rows: QuerySet[TemuanData]) -> Iterator[tuple[str, ...]]:
    found = rows.defer(None).select_related(
        "pegawai__keadaan__opd", "pegawai__keadaan__unit_kerja"
    )
    for row in found.iterator(chunk_size=BATCH):
        keadaan = row.pegawai.keadaan
        yield (
            keadaan.nip,
            keadaan.nama_lengkap,
            keadaan.opd.nama if keadaan.opd else "",
            keadaan.unit_kerja.nama if keadaan.unit_kerja else "",
            row.judul,
            row.tingkat_temuan.label,
            row.pesan,
            row.dasar_hukum,
        )


def _build(records: Sequence[Catatan], per_tanggal: dt.date) -> list[TemuanData]:
    return [
        TemuanData(
            pegawai_id=state.pk,
            kode=temuan.kode.value,
            tingkat=temuan.tingkat.value,
            pesan=temuan.pesan[:500],
            dasar_hukum=temuan.dasar_hukum[:255],
            jenis=temuan.jenis,
            riwayat=temuan.baris,
            nama_urut=state.nama_urut,
            opd_id=state.opd_id,
            unit_path=state.unit_path,
        )
        for state, fakta in list_fakta_radar(records, per_tanggal)
        for temuan in check_radar(fakta, per_tanggal=per_tanggal)
    ]


def _save(pegawai_ids: Sequence[int], rows: Sequence[TemuanData]) -> None:
    """Make the stored findings of these people equal to `rows`; what is equal stays."""
    wanted = {_key(row): row for row in rows}
    gone, changed = [], set()
    for row in TemuanData.objects.filter(pegawai__in=pegawai_ids):
        if wanted.pop(_key(row), None) is None:
            gone.append(row.pk)
            changed.add(row.pegawai_id)
    # How good their data are hangs on it; those in hand are counted by the caller.
    mark_stale({*(row.pegawai_id for row in wanted.values()), *changed})
    if gone:
        TemuanData.objects.filter(pk__in=gone).delete()
    if wanted:
        TemuanData.objects.bulk_create(wanted.values(), batch_size=BATCH)


def _key(row: TemuanData) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _KOLOM)


def _find_bersama(records: Sequence[Catatan]) -> set[int]:
    """Return who else holds, or held with them until now, a leading post of these."""
    ids = {himpunan.pegawai.pk for himpunan, _ in records}
    posts = {
        row.jabatan_id
        for himpunan, state in records
        for row in himpunan.jabatan
        if row.jabatan.unit_kerja_id and row.jabatan_id == state.jabatan_id
    }
    stored = TemuanData.objects.filter(
        pegawai__in=ids, kode=KodeRadar.JABATAN_GANDA.value
    )
    if rows := [pk for pk in stored.values_list("riwayat", flat=True) if pk]:
        held = RiwayatJabatan.objects.filter(pk__in=rows)
        posts |= set(held.values_list("jabatan", flat=True))
    if not posts:
        return set()
    holders = KeadaanPegawai.objects.filter(jabatan__in=posts)
    return set(holders.values_list("pk", flat=True)) - ids
