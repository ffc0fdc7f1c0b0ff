"""The one place that writes data quality: of each person, and of the units by month.

Derived from the records by `rules.mutu`. Acts on one person write it with today's state;
work on thousands marks them stale and leaves the counting to a job, set by set.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.choices import ACTIVE
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from simpeg.choices import DimensiMutu
from simpeg.models import MutuPegawai, Pegawai, PotretMutu, TemuanMutu
from simpeg.selectors.akses import get_lingkup_kelola
from simpeg.selectors.keadaan import HimpunanRiwayat, load_himpunan
from simpeg.selectors.mutu import derive_mutu

JOB_KIND = "simpeg.hitung_mutu"
BATCH = 500
Progress = Callable[[int, int, str], None]
_KOLOM = [
    field.name for field in MutuPegawai._meta.concrete_fields if not field.primary_key
]


def refresh_mutu(pegawai_ids: Sequence[int], *, per_tanggal: dt.date) -> None:
    """Write the quality of these people again; call it inside the caller's transaction."""
    ids = list(pegawai_ids)
    for start in range(0, len(ids), BATCH):
        save_mutu(build_mutu(load_himpunan(ids[start : start + BATCH]), per_tanggal))


def build_mutu(
    himpunan: Sequence[HimpunanRiwayat], per_tanggal: dt.date
) -> tuple[list[MutuPegawai], list[TemuanMutu]]:
    """Return the unsaved rows of people whose records are in memory; one query."""
    rows, temuan = [], []
    for keadaan, hasil in derive_mutu(himpunan, per_tanggal):
        unit = keadaan.jabatan.unit_kerja if keadaan.jabatan else None
        where = {
            "pegawai_id": keadaan.pegawai.pk,
            "opd_id": unit.opd_id if unit else None,
            "unit_path": unit.path if unit else "",
            "is_aktif": keadaan.is_aktif,
        }
        rows.append(
            MutuPegawai(
                **where,
                skor=hasil.skor,
                **{satu.value: nilai for satu, nilai in hasil.dimensi.items()},
                kurang=len(hasil.temuan),
                dihitung_pada=per_tanggal,
                berubah_pada=hasil.berubah_pada,
                is_basi=False,
            )
        )
        banyak = Counter(satu.kode for satu in hasil.temuan)
        temuan += [
            TemuanMutu(**where, kode=kode, banyak=n) for kode, n in banyak.items()
        ]
    return rows, temuan


def save_mutu(mutu: tuple[list[MutuPegawai], list[TemuanMutu]]) -> None:
    """Write what `build_mutu` made; three writes for a set."""
    rows, temuan = mutu
    MutuPegawai.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["pegawai"],
        update_fields=_KOLOM,
    )
    TemuanMutu.objects.filter(pegawai__in=[row.pegawai_id for row in rows]).delete()
    TemuanMutu.objects.bulk_create(temuan, batch_size=BATCH)


def mark_stale(pegawai_ids: Iterable[int]) -> None:
    """Note that these people's records changed; the counting follows as a job."""
    ids = list(pegawai_ids)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        MutuPegawai.objects.filter(pegawai__in=some).update(is_basi=True)


def request_hitung(*, by: User | None = None) -> Job | None:
    """Ask for the counting of whatever is stale, unless that waits already."""
    if Job.objects.filter(kind=JOB_KIND, state__in=ACTIVE).exists():
        return None
    return enqueue(JOB_KIND, by=by)


def refresh_stale(
    *, per_tanggal: dt.date, progress: Progress = lambda done, total, pesan: None
) -> int:
    """Count again whoever is new, marked, moved, or changed by time; return how many.

    Run each night and after bulk work. A transaction per 500 people: killed, it goes on
    with those that are left; run twice, it changes nothing.
    """
    _mark_moved()
    total = _list_due(per_tanggal).count()
    done = 0
    while ids := list(_list_due(per_tanggal).values_list("pk", flat=True)[:BATCH]):
        # Worked out before the lock is taken.
        mutu = build_mutu(load_himpunan(ids), per_tanggal)
        with transaction.atomic():
            save_mutu(mutu)
        done += len(ids)
        progress(done, max(done, total), "Menghitung mutu data")
    return done


def list_stale() -> QuerySet[Pegawai]:
    """Return whose records bulk work changed and nobody has counted since."""
    _mark_moved()
    return Pegawai.objects.filter(
        Q(mutu__isnull=True) | Q(mutu__is_basi=True)
    ).order_by("pk")


def _list_due(per_tanggal: dt.date) -> QuerySet[Pegawai]:
    return Pegawai.objects.filter(
        Q(mutu__isnull=True)
        | Q(mutu__is_basi=True)
        | Q(mutu__berubah_pada__lte=per_tanggal)
    ).order_by("pk")


def _mark_moved() -> None:
    """Mark those whose unit or standing was written past this table."""
    moved = MutuPegawai.objects.filter(
        ~Q(unit_path=F("pegawai__keadaan__unit_path"))
        | ~Q(is_aktif=F("pegawai__keadaan__is_aktif")),
        is_basi=False,
    )
    ids = list(moved.values_list("pk", flat=True))
    mark_stale(ids)


def take_potret(*, per_tanggal: dt.date) -> None:
    """Keep the sums of each perangkat daerah for this month, the last of them as it ends."""
    bulan = per_tanggal.replace(day=1)
    sums = {"skor": Sum("skor"), **{d.value: Sum(d.value) for d in DimensiMutu}}
    rows: Any = (
        MutuPegawai.objects.aktif()
        .order_by()
        .values("opd")
        .annotate(orang=Count("pk"), **{f"jumlah_{k}": v for k, v in sums.items()})
    )
    potret = [
        PotretMutu(
            bulan=bulan,
            opd_id=row["opd"],
            orang=row["orang"],
            **{name: row[f"jumlah_{name}"] for name in sums},
        )
        for row in rows
    ]
    with transaction.atomic():
        PotretMutu.objects.filter(bulan=bulan).delete()
        PotretMutu.objects.bulk_create(potret, batch_size=BATCH)


def note_diperiksa(*, pegawai: Pegawai, by: User, per_tanggal: dt.date) -> None:
    """Note that an officer went through a whole record with its papers."""
    with transaction.atomic():
        locked = Pegawai.objects.select_for_update().get(pk=pegawai.pk)
        if locked.user_id == by.pk:
            raise DomainError(
                "Data Anda sendiri diperiksa oleh petugas lain.", kode="data_sendiri"
            )
        inside = Pegawai.objects.filter(pk=pegawai.pk).within(get_lingkup_kelola(by))
        if not inside.exists():
            raise DomainError(
                "Pegawai ini di luar unit kerja yang Anda kelola.", kode="luar_lingkup"
            )
        locked.diperiksa_at, locked.diperiksa_oleh = timezone.now(), by
        locked.save(update_fields=["diperiksa_at", "diperiksa_oleh"])
        refresh_mutu([locked.pk], per_tanggal=per_tanggal)
        audit.record("pegawai.periksa", locked, by=by, subject=locked)
