"""Acts on many people: who they are is settled when asked, the work is a job's.

A run may be killed at any line and started again: each chunk of people is done in one
transaction with its outcome, and a chunk with an outcome is not done again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from bkpsdmd.ui.formats import format_angka
from simpeg.choices import HasilTindakan, JenisTindakan
from simpeg.models import BarisTindakan, KeadaanPegawai, TindakanMassal
from simpeg.models.lingkup import Lingkup

POTONG = 25
DI_LUAR = "Di luar unit kerja yang boleh Anda lihat sekarang."

Progress = Callable[[int, int, str], None]
Hasil = tuple[HasilTindakan, str]


def request_tindakan(
    *,
    jenis: JenisTindakan,
    judul: str,
    job_kind: str,
    rows: QuerySet[KeadaanPegawai] | None,
    params: Mapping[str, Any],
    by: User,
    per_tanggal: dt.date,
    batas: int = 0,
    alasan: str = "",
) -> TindakanMassal:
    """Note an act for these people, in their order, and ask a worker to carry it out.

    Without `rows` the act is for whom `params` describes. Raises DomainError for nobody,
    and for more than `batas` people.
    """
    ids = (
        list(rows.values_list("pk", flat=True)[: batas + 1]) if rows is not None else []
    )
    if rows is not None and not ids:
        raise DomainError(
            "Tidak ada pegawai yang cocok dengan saringan ini.", kode="tidak_ada_orang"
        )
    if rows is not None and len(ids) > batas:
        raise DomainError(
            f"Saringan ini memuat lebih dari {format_angka(batas)} orang. Persempit "
            "lebih dahulu, misalnya menurut perangkat daerah.",
            kode="terlalu_banyak",
        )
    with transaction.atomic():
        tindakan = TindakanMassal.objects.create(
            jenis=jenis.value,
            judul=judul,
            params=dict(params),
            alasan=alasan,
            jumlah=len(ids),
            per_tanggal=per_tanggal,
            created_by=by,
        )
        BarisTindakan.objects.bulk_create(
            (
                BarisTindakan(tindakan=tindakan, urut=urut, pegawai_id=pk)
                for urut, pk in enumerate(ids, start=1)
            ),
            batch_size=1000,
        )
        _start(tindakan, job_kind, by)
        audit.record("tindakan.minta", tindakan, by=by, reason=alasan)
    return tindakan


def resume_tindakan(*, tindakan: TindakanMassal, by: User) -> TindakanMassal:
    """Go on with an act whose job failed or was stopped; what is done stays done.

    Raises DomainError while its job still runs, and when there is nothing left.
    """
    with transaction.atomic():
        tindakan = TindakanMassal.objects.select_for_update().get(pk=tindakan.pk)
        job = tindakan.job
        if job is None or job.is_active:
            raise DomainError("Pekerjaan ini masih berjalan; tunggu sampai berakhir.")
        if job.state == "selesai":
            raise DomainError("Pekerjaan ini sudah selesai.")
        _start(tindakan, job.kind, by)
        audit.record("tindakan.lanjutkan", tindakan, by=by)
    return tindakan


def _start(tindakan: TindakanMassal, job_kind: str, by: User) -> Job:
    job = enqueue(
        job_kind, by=by, params={"tindakan": tindakan.pk}, label=tindakan.judul
    )
    tindakan.job = job
    tindakan.save(update_fields=["job"])
    return job


def get_tindakan(*, pk: int, by: User | None) -> TindakanMassal:
    """Return an act to its owner. Raises DomainError for anybody else."""
    tindakan = TindakanMassal.objects.filter(pk=pk, created_by=by).first()
    if tindakan is None or by is None:
        raise DomainError("Tindakan ini bukan milik Anda atau tidak ada.")
    return tindakan


def reload_user(user: User, permission: str) -> User:
    """Return the user with the roles of this moment, not those of the job's start.

    Raises DomainError when the account was closed or lost the permission.
    """
    fresh = User.objects.get(pk=user.pk)
    if not fresh.has_perm(permission):
        raise DomainError("Kewenangan Anda untuk pekerjaan ini sudah berakhir.")
    return fresh


def iter_chunks(
    tindakan: TindakanMassal, size: int = POTONG
) -> Iterator[tuple[int, list[BarisTindakan]]]:
    """Yield (number, rows) of the chunks in order; the same chunks in every run."""
    for nomor, awal in enumerate(range(1, tindakan.jumlah + 1, size)):
        yield (
            nomor,
            list(
                tindakan.baris_set.filter(urut__gte=awal, urut__lt=awal + size)
                .select_related("pegawai")
                .order_by("urut")
            ),
        )


def save_hasil(baris: Sequence[BarisTindakan], hasil: Mapping[int, Hasil]) -> None:
    """Write what became of these rows, by the person's key; inside a transaction."""
    for row in baris:
        status, keterangan = hasil[row.pegawai_id]
        row.hasil, row.keterangan = status.value, keterangan[:300]
    BarisTindakan.objects.bulk_update(baris, ["hasil", "keterangan"])


def describe_hasil(tindakan: TindakanMassal) -> str:
    """Return how many went well and how many were refused, for the page of the job."""
    hasil = tindakan.baris_set.aggregate(
        berhasil=Count("pk", filter=Q(hasil=HasilTindakan.BERHASIL)),
        ditolak=Count("pk", filter=Q(hasil=HasilTindakan.DITOLAK)),
    )
    return (
        f"{format_angka(hasil['berhasil'])} orang berhasil, "
        f"{format_angka(hasil['ditolak'])} ditolak."
    )


def is_all_visible(tindakan: TindakanMassal, lingkup: Lingkup) -> bool:
    """Tell whether everybody whose data the result holds lies within a scope."""
    if lingkup.semua:
        return True
    return (
        not tindakan.baris_set.filter(hasil=HasilTindakan.BERHASIL)
        .exclude(lingkup.as_q("pegawai__keadaan__"))
        .exists()
    )
