"""Access codes for many people: one PDF of slips, made by a job, gone after a day.

A group of slips becomes a file before its codes count, and both are there before the next
group begins: a run that was killed goes on where it was, and whatever slip was printed
into a file that counts opens its account.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.services import check_may_have_kode, draw_kode, store_kode
from bkpsdmd.documents.merging import merge_pdfs
from bkpsdmd.documents.rendering import render_pdf_apart
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.ui.formats import format_angka, format_waktu
from simpeg.choices import HasilTindakan
from simpeg.models import BarisTindakan, KeadaanPegawai, TindakanMassal
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup_kelola
from simpeg.selectors.perorangan import list_terlihat
from simpeg.services.akun import build_slips
from simpeg.services.tindakan import (
    Hasil,
    is_all_visible,
    iter_chunks,
    reload_user,
    save_hasil,
)

JOB_KODE = "simpeg.cetak_kode"
# What one officer hands out; and for how long the file may lie there.
BATAS = 2_000
SIMPAN = dt.timedelta(days=1)
# Twelve sheets of eight: so many slips are in memory at once.
SEKELOMPOK = 96
Progress = Callable[[int, int, str], None]


def can_fetch(job: Job, user: User) -> bool:
    """Tell whether this user still manages everybody whose code the file holds."""
    tindakan = TindakanMassal.objects.filter(pk=job.params.get("tindakan")).first()
    return tindakan is not None and is_all_visible(tindakan, get_lingkup_kelola(user))


@contextmanager
def write_kode(
    *, tindakan: TindakanMassal, by: User, progress: Progress, now: dt.datetime
) -> Iterator[Path | None]:
    """Give the finished PDF for as long as the block lasts; None where nobody gets one."""
    _forget_lost(tindakan)
    for _, baris in iter_chunks(tindakan, SEKELOMPOK):
        progress(0, tindakan.jumlah, "Memeriksa akun")
        _refuse(baris, by=reload_user(by, Permission.AKUN_MANAGE))
    while baris := _list_waiting(tindakan):
        progress(baris[0].urut - 1, tindakan.jumlah, "Menerbitkan kode")
        _issue(tindakan, baris, by=reload_user(by, Permission.AKUN_MANAGE), now=now)
    berhasil = tindakan.baris_set.filter(hasil=HasilTindakan.BERHASIL).count()
    if not berhasil:
        yield None
        return
    progress(tindakan.jumlah, tindakan.jumlah, "Menyatukan berkas")
    with tempfile.TemporaryDirectory() as folder:
        yield merge_pdfs(
            _read_parts(tindakan),
            folder=Path(folder),
            title=f"Kode aktivasi akun, {format_angka(berhasil)} orang",
        )


def _forget_lost(tindakan: TindakanMassal) -> None:
    """Where the slips are gone, nobody can read the codes: they are issued again."""
    if not _list_parts(tindakan):
        tindakan.baris_set.filter(hasil=HasilTindakan.BERHASIL).update(
            hasil=HasilTindakan.MENUNGGU, keterangan=""
        )


def _refuse(baris: Sequence[BarisTindakan], *, by: User) -> None:
    """Settle who gets none before the first slip, so that no sheet has holes."""
    waiting = [row for row in baris if row.hasil == HasilTindakan.MENUNGGU]
    if not waiting:
        return
    _, hasil = _judge(waiting, by=by)
    refused = [row for row in waiting if row.pegawai_id in hasil]
    with transaction.atomic():
        save_hasil(refused, hasil)


def _list_waiting(tindakan: TindakanMassal) -> list[BarisTindakan]:
    rows = tindakan.baris_set.filter(hasil=HasilTindakan.MENUNGGU)
    return list(rows.select_related("pegawai").order_by("urut")[:SEKELOMPOK])


def _issue(
    tindakan: TindakanMassal,
    baris: Sequence[BarisTindakan],
    *,
    by: User,
    now: dt.datetime,
) -> None:
    """Print the slips of this group into a file, then let their codes count."""
    people, hasil = _judge(baris, by=by)
    allowed = [people[row.pegawai_id] for row in baris if row.pegawai_id not in hasil]
    drawn = draw_kode([row.pegawai.user for row in allowed], by=by, now=now)  # type: ignore[misc]
    if drawn:
        slips = build_slips(
            zip(allowed, drawn, strict=True), alamat=tindakan.params["alamat"]
        )
        name = f"{tindakan.folder}/{baris[0].urut:05}.pdf"
        content = render_pdf_apart("kode_akses", slips, tagged=False, kop=False)
        default_storage.delete(name)
        default_storage.save(name, ContentFile(content))
    for row, one in zip(allowed, drawn, strict=True):
        hasil[row.pk] = (
            HasilTindakan.BERHASIL,
            f"Kode berlaku sampai {format_waktu(one.row.expires_at)}.",
        )
    with transaction.atomic():
        if drawn:
            store_kode(drawn, by=by, batch=tindakan.kunci.hex)
        save_hasil(baris, hasil)


def _judge(
    baris: Sequence[BarisTindakan], *, by: User
) -> tuple[dict[int, KeadaanPegawai], dict[int, Hasil]]:
    """Return the people by key, and of those who get no code the reason."""
    ids = [row.pegawai_id for row in baris]
    managed = list_terlihat(ids, get_lingkup_kelola(by))
    people = {
        row.pk: row
        for row in KeadaanPegawai.objects.filter(pk__in=ids).select_related(
            "unit_kerja", "pegawai__user"
        )
    }
    refused: dict[int, Hasil] = {}
    for pk in ids:
        if sebab := _why_none(people.get(pk), is_managed=pk in managed, by=by):
            refused[pk] = HasilTindakan.DITOLAK, sebab
    return people, refused


def _why_none(orang: KeadaanPegawai | None, *, is_managed: bool, by: User) -> str:
    if orang is None or not is_managed:
        return "Di luar unit kerja yang Anda kelola."
    user = orang.pegawai.user
    if not orang.is_aktif:
        return "Bukan pegawai aktif."
    if user is None:
        return "Belum punya akun."
    if user.is_active and user.has_usable_password():
        return (
            "Akunnya sudah aktif. Bila ia lupa kata sandi, beri kode dari Akun Pegawai."
        )
    try:
        check_may_have_kode(user, by=by)
    except DomainError as error:
        return error.pesan
    return ""


def _list_parts(tindakan: TindakanMassal) -> list[str]:
    if not default_storage.exists(tindakan.folder):
        return []
    return sorted(default_storage.listdir(tindakan.folder)[1])


def _read_parts(tindakan: TindakanMassal) -> Iterator[list[tuple[str, bytes]]]:
    for nomor, name in enumerate(_list_parts(tindakan), 1):
        with default_storage.open(f"{tindakan.folder}/{name}", "rb") as file:
            yield [(f"Bagian {nomor}", file.read())]
