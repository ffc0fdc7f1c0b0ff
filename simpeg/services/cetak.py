"""Papers of many people at once: one ZIP or one merged PDF, made by a job.

Each chunk of people becomes a file of its own before its rows count as done. The next
run of the same job finds those files, makes what is missing and puts all together.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.merging import merge_volumes
from bkpsdmd.documents.rendering import render_many_apart
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.choices import ACTIVE
from bkpsdmd.jobs.models import Job
from bkpsdmd.ui.formats import format_angka
from simpeg.choices import HasilTindakan, JenisTindakan
from simpeg.models import BarisTindakan, KeadaanPegawai, TindakanMassal
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.perorangan import list_terlihat
from simpeg.services.dokumen import (
    TERTUTUP,
    Dokumen,
    build_cetak_events,
    build_dokumen,
    get_dokumen,
)
from simpeg.services.nominatif import TAMBAHAN, URUTAN
from simpeg.services.nominatif import TERTUTUP as TAMBAHAN_TERTUTUP
from simpeg.services.tindakan import (
    DI_LUAR,
    Hasil,
    is_all_visible,
    iter_chunks,
    reload_user,
    request_tindakan,
    save_hasil,
)

JOB_CETAK = "simpeg.cetak_dokumen"
JOB_NOMINATIF = "simpeg.cetak_nominatif"
FOLDER = "tindakan"
BENTUK = {
    "gabung": "PDF gabungan, dengan daftar isi per orang",
    "zip": "ZIP: satu PDF untuk tiap orang",
}
# The whole office in one job. Its memory does not grow with it: the worker held 161 MB
# for a ZIP of 5,926 biodata, and 321 MB for the volumes of 1,000 they are merged into.
BATAS = 10_000
_NAMA_BERKAS = re.compile(r"[^\w .-]+")

Progress = Callable[[int, int, str], None]


def request_cetak(
    *,
    rows: QuerySet[KeadaanPegawai],
    dokumen: str,
    bentuk: str,
    by: User,
    per_tanggal: dt.date,
) -> TindakanMassal:
    """Ask for a paper of each of these people, in their order.

    Closed parts are printed only for those who may read them now and when they fetch
    the file. Raises DomainError for an unknown paper, a closed card, or too many people.
    """
    paper = get_dokumen(dokumen)
    if bentuk not in BENTUK:
        raise DomainError("Bentuk berkas harus PDF gabungan atau ZIP.", kolom="bentuk")
    terbuka = by.has_perm(Permission.PEGAWAI_SENSITIVE)
    if paper.is_tertutup and not terbuka:
        raise DomainError(TERTUTUP, kolom="dokumen", kode="tertutup")
    return request_tindakan(
        jenis=JenisTindakan.CETAK,
        judul=f"Cetak {paper.nama}",
        job_kind=JOB_CETAK,
        rows=rows,
        params={"dokumen": dokumen, "bentuk": bentuk, "terbuka": terbuka},
        by=by,
        per_tanggal=per_tanggal,
        batas=BATAS,
    )


def request_nominatif(
    *,
    query: str,
    untuk: str,
    urutan: str,
    bentuk: str,
    tambahan: Sequence[str],
    by: User,
    per_tanggal: dt.date,
    is_lampau: bool = False,
) -> TindakanMassal:
    """Ask for the daftar nominatif of whom `query`, that of the list, leaves.

    With `is_lampau` of the people of that day, derived by the job where needed.
    """
    if urutan not in URUTAN or bentuk not in {"pdf", "xlsx"}:
        raise DomainError("Urutan atau bentuk berkas tidak dikenal.", kolom="bentuk")
    unknown = set(tambahan) - set(TAMBAHAN)
    closed = set(tambahan) & TAMBAHAN_TERTUTUP
    if unknown or (closed and not by.has_perm(Permission.PEGAWAI_SENSITIVE)):
        raise DomainError(
            "Kolom tambahan ini tidak tersedia bagi Anda.", kolom="tambahan"
        )
    return request_tindakan(
        jenis=JenisTindakan.NOMINATIF,
        judul="Cetak daftar nominatif",
        job_kind=JOB_NOMINATIF,
        rows=None,
        params={
            "query": query,
            "untuk": untuk,
            "urutan": urutan,
            "bentuk": bentuk,
            "tambahan": list(tambahan),
            "terbuka": bool(closed),
            "lingkup": get_lingkup(by).kunci,
            "lampau": is_lampau,
        },
        by=by,
        per_tanggal=per_tanggal,
    )


def can_fetch(job: Job, user: User) -> bool:
    """Tell whether this user may still see everything a result file holds."""
    tindakan = TindakanMassal.objects.filter(pk=job.params.get("tindakan")).first()
    if tindakan is None:
        return False
    params = tindakan.params
    if params.get("terbuka") and not user.has_perm(Permission.PEGAWAI_SENSITIVE):
        return False
    lingkup = get_lingkup(user)
    if tindakan.jenis == JenisTindakan.NOMINATIF:
        return bool(params["lingkup"] == lingkup.kunci)
    return is_all_visible(tindakan, lingkup)


# -- The run ----------------------------------------------------------------------------


@contextmanager
def write_cetak(
    *, tindakan: TindakanMassal, by: User, dibuat: dt.datetime, progress: Progress
) -> Iterator[tuple[Path, str]]:
    """Give the finished file and its name for as long as the block lasts.

    Raises DomainError when not one of the people could be printed.
    """
    dokumen = get_dokumen(tindakan.params["dokumen"])
    for nomor, baris in iter_chunks(tindakan):
        progress(baris[0].urut - 1, tindakan.jumlah, "Mencetak")
        if not _is_done(tindakan, nomor, baris):
            _print_chunk(tindakan, dokumen, nomor, baris, by=by, dibuat=dibuat)
    berhasil = tindakan.baris_set.filter(hasil=HasilTindakan.BERHASIL).count()
    if not berhasil:
        raise DomainError(
            "Tidak satu pun dapat dicetak; sebabnya tertulis pada tiap baris."
        )
    progress(tindakan.jumlah, tindakan.jumlah, "Menyatukan berkas")
    name = f"{dokumen.kunci}-{tindakan.per_tanggal}"
    with tempfile.TemporaryDirectory() as folder:
        if tindakan.params["bentuk"] == "zip":
            yield _zip_all(tindakan, Path(folder)), f"{name}.zip"
        else:
            title = f"{dokumen.nama}, {format_angka(berhasil)} orang"
            batches = (
                [(judul, content) for _, judul, content in papers]
                for papers in _read_parts(tindakan)
            )
            path = merge_volumes(
                batches, count=berhasil, folder=Path(folder), title=title, name=name
            )
            yield path, f"{name}{path.suffix}"


def _is_done(
    tindakan: TindakanMassal, nomor: int, baris: Sequence[BarisTindakan]
) -> bool:
    if any(row.hasil == HasilTindakan.MENUNGGU for row in baris):
        return False
    printed = any(row.hasil == HasilTindakan.BERHASIL for row in baris)
    return not printed or default_storage.exists(_part(tindakan, nomor))


def _print_chunk(
    tindakan: TindakanMassal,
    dokumen: Dokumen,
    nomor: int,
    baris: Sequence[BarisTindakan],
    *,
    by: User,
    dibuat: dt.datetime,
) -> None:
    """Print these people into a file of their own, then note what became of each."""
    now = reload_user(by, Permission.PEGAWAI_EXPORT)
    terbuka = tindakan.params["terbuka"] and now.has_perm(Permission.PEGAWAI_SENSITIVE)
    visible = list_terlihat([row.pegawai_id for row in baris], get_lingkup(now))
    allowed = [row for row in baris if row.pegawai_id in visible]
    papers = build_dokumen(
        dokumen=dokumen,
        pegawai_ids=[row.pegawai_id for row in allowed],
        visible=lambda pk: terbuka,
        dibuat=dibuat,
        per_tanggal=tindakan.per_tanggal,
    )
    pdfs = render_many_apart("perorangan", [dict(paper) for paper in papers])
    _write_part(
        _part(tindakan, nomor),
        [(row.urut, pdf) for row, pdf in zip(allowed, pdfs, strict=True)],
    )
    hasil: dict[int, Hasil] = {
        row.pegawai_id: (HasilTindakan.BERHASIL, "")
        if row.pegawai_id in visible
        else (HasilTindakan.DITOLAK, DI_LUAR)
        for row in baris
    }
    with transaction.atomic():
        save_hasil(baris, hasil)
        audit.record_many(
            build_cetak_events(
                dokumen=dokumen,
                people=[row.pegawai for row in allowed],
                by=by,
                batch=tindakan.kunci.hex,
            )
        )


def _part(tindakan: TindakanMassal, nomor: int) -> str:
    return f"{tindakan.folder}/{nomor:05}.zip"


def _write_part(name: str, papers: Sequence[tuple[int, bytes]]) -> None:
    """Store one chunk; a file that an interrupted run left is written over."""
    if not papers:
        return
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for urut, content in papers:
            archive.writestr(str(urut), content)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(buffer.getvalue()))


def _read_parts(
    tindakan: TindakanMassal,
) -> Iterator[list[tuple[BarisTindakan, str, bytes]]]:
    """Yield the papers chunk by chunk: row, what the outline calls it, content."""
    for nomor, baris in iter_chunks(tindakan):
        printed = [row for row in baris if row.hasil == HasilTindakan.BERHASIL]
        if not printed:
            continue
        with (
            default_storage.open(_part(tindakan, nomor), "rb") as file,
            zipfile.ZipFile(file) as archive,
        ):
            yield [
                (
                    row,
                    f"{row.urut}. {row.pegawai.nama_lengkap}",
                    archive.read(str(row.urut)),
                )
                for row in printed
            ]


def _zip_all(tindakan: TindakanMassal, folder: Path) -> Path:
    target = folder / "semua.zip"
    kunci = tindakan.params["dokumen"]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for papers in _read_parts(tindakan):
            for row, _, content in papers:
                nama = _NAMA_BERKAS.sub("", row.pegawai.nama)[:60].strip()
                archive.writestr(
                    f"{row.urut:04} {nama} {row.pegawai.nip} {kunci}.pdf", content
                )
    return target


# -- Cleaning ---------------------------------------------------------------------------


def delete_parts(tindakan: TindakanMassal) -> int:
    """Delete the finished chunks of an act; a run that needs them makes them again."""
    if not default_storage.exists(tindakan.folder):
        return 0
    names = default_storage.listdir(tindakan.folder)[1]
    for name in names:
        default_storage.delete(f"{tindakan.folder}/{name}")
    default_storage.delete(tindakan.folder)
    return len(names)


def purge_parts(*, before: dt.datetime) -> int:
    """Delete the chunks of acts asked for before this time whose job does not run."""
    if not default_storage.exists(FOLDER):
        return 0
    found = TindakanMassal.objects.filter(
        kunci__in=default_storage.listdir(FOLDER)[0], created_at__lt=before
    ).exclude(job__state__in=ACTIVE)
    return sum(delete_parts(tindakan) for tindakan in found)
