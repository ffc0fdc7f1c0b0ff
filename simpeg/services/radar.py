"""The one place that writes `TemuanData`, what does not fit together in each record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from simpeg.models import KeadaanPegawai, RiwayatJabatan, TemuanData
from simpeg.rules.radar import KodeRadar, check_radar
from simpeg.selectors.keadaan import HimpunanRiwayat, load_himpunan
from simpeg.selectors.radar import list_fakta_radar

BATCH = 1000
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
    gone = []
    for row in TemuanData.objects.filter(pegawai__in=pegawai_ids):
        if wanted.pop(_key(row), None) is None:
            gone.append(row.pk)
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
