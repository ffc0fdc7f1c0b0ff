"""Long work on papers; every handler may be killed and run again."""

from __future__ import annotations

from django.http import QueryDict
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.models import PaketNaskah
from bkpsdmd.documents.naskah.ekspor import JOB_EKSPOR, export_naskah
from bkpsdmd.documents.naskah.filters import NaskahFilter
from bkpsdmd.documents.naskah.paket import (
    JOB_NOMOR,
    JOB_TTD,
    JOB_UNDUH,
    list_waiting,
    number_paket,
    sign_paket,
    write_paket,
)
from bkpsdmd.documents.naskah.selectors import get_paket, list_naskah
from bkpsdmd.documents.permissions import Permission
from bkpsdmd.documents.tte.titipan import drop_frasa, read_frasa
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.registry import register
from bkpsdmd.jobs.running import JobRun
from bkpsdmd.ui.formats import format_angka

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES = {".zip": "application/zip", ".pdf": "application/pdf"}


def _load(job: JobRun) -> tuple[PaketNaskah, User]:
    """Return the bundle and who asked, with the roles of this moment."""
    by = User.objects.get(pk=job.by.pk) if job.by else None
    paket = get_paket(by, job.params["paket"]) if by else None
    if by is None or paket is None:
        raise DomainError("Paket ini di luar kewenangan Anda.")
    job.result_url = paket.get_absolute_url()
    return paket, by


def _can_fetch(job: Job, user: User) -> bool:
    return get_paket(user, job.params.get("paket", 0)) is not None


@register(
    JOB_NOMOR, label="Beri nomor paket naskah", permission=Permission.NASKAH_NUMBER
)
def run_nomor(job: JobRun) -> None:
    paket, by = _load(job)
    now = timezone.now()
    jumlah = number_paket(
        paket=paket,
        by=by,
        tanggal=timezone.localdate(now),
        now=now,
        batch=job.job_id.hex,
        progress=job.progress,
        cara=job.params.get("cara", ""),
    )
    job.result = {"jumlah": jumlah}
    job.progress(jumlah, jumlah, f"{format_angka(jumlah)} naskah bernomor.")


@register(
    JOB_TTD, label="Tanda tangani paket naskah", permission=Permission.NASKAH_VIEW
)
def run_ttd(job: JobRun) -> None:
    paket, by = _load(job)
    try:
        jumlah = sign_paket(
            paket=paket,
            by=by,
            now=timezone.now,
            frasa_sandi=read_frasa(job.job_id),
            batch=job.job_id.hex,
            progress=job.progress,
        )
    except DomainError:
        drop_frasa(job.job_id)
        raise
    drop_frasa(job.job_id)
    sisa = list_waiting(paket, by).count()
    job.result = {"jumlah": jumlah, "sisa": sisa}
    pesan = f"{format_angka(jumlah)} naskah ditandatangani."
    if sisa:
        pesan += (
            f" {format_angka(sisa)} tidak, karena Anda susun sendiri atau tentang Anda: "
            "batalkan, lalu susun dengan penanda tangan lain."
        )
    job.progress(jumlah + sisa, jumlah + sisa, pesan)


@register(
    JOB_UNDUH,
    label="Unduh paket naskah",
    permission=Permission.NASKAH_VIEW,
    guard=_can_fetch,
)
def run_unduh(job: JobRun) -> None:
    paket, by = _load(job)
    bentuk = job.params["bentuk"]
    with write_paket(paket=paket, by=by, bentuk=bentuk, progress=job.progress) as (
        path,
        name,
    ):
        job.save_file(name, path, CONTENT_TYPES[path.suffix])


@register(JOB_EKSPOR, label="Ekspor naskah dinas", permission=Permission.NASKAH_EXPORT)
def run_ekspor(job: JobRun) -> None:
    """Write the papers behind a query as XLSX, with the scope its owner has now."""
    if job.by is None:
        raise DomainError("Ekspor hanya untuk pengguna yang masuk.")
    by = User.objects.get(pk=job.by.pk)
    request = type("Request", (), {"user": by, "GET": QueryDict(job.params["query"])})()
    filterset = NaskahFilter(request.GET, queryset=list_naskah(by), request=request)
    if not filterset.is_valid():
        raise DomainError("Saringan pada ekspor ini tidak dapat dibaca lagi.")
    hari_ini = timezone.localdate()
    rows = filterset.qs.order_by("-pk")
    with export_naskah(rows=rows, by=by, per_tanggal=hari_ini) as file:
        job.save_file(f"naskah-dinas-{hari_ini}.xlsx", file.read(), XLSX)
