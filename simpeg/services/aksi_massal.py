"""One act for many people, row by row: each succeeds or is refused with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.exceptions import DomainError
from simpeg.choices import HasilTindakan, JenisTindakan
from simpeg.models import BarisTindakan, KeadaanPegawai, Referensi, TindakanMassal
from simpeg.permissions import Permission
from simpeg.services import kode_massal
from simpeg.services.pegawai import update_pegawai
from simpeg.services.tindak_lanjut import finish_tindak_lanjut, mark_pegawai
from simpeg.services.tindakan import (
    Progress,
    iter_chunks,
    reload_user,
    request_tindakan,
    save_hasil,
)

JOB_AKSI = "simpeg.aksi_massal"
BATAS = 5_000
# Fields that may be filled for many at once, and the list their values come from. Only
# where nothing is recorded yet: what an officer recorded is never overwritten here.
KOLOM_ISI = {"agama": "agama", "status_kawin": "kawin"}
IZIN = {
    JenisTindakan.TANDAI: Permission.TINDAK_LANJUT,
    JenisTindakan.SELESAI: Permission.TINDAK_LANJUT,
    JenisTindakan.ISI: Permission.PEGAWAI_CHANGE,
    JenisTindakan.KODE: Permission.AKUN_MANAGE,
}


def list_isian() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what one may fill in, grouped by field: ("agama:1", "Islam")."""
    judul = {"agama": "Agama", "status_kawin": "Status perkawinan"}
    rows = list(Referensi.objects.filter(daftar__in=KOLOM_ISI.values()))
    return [
        (
            judul[kolom],
            [(f"{kolom}:{row.kode}", row.nama) for row in rows if row.daftar == daftar],
        )
        for kolom, daftar in KOLOM_ISI.items()
    ]


def request_aksi(
    *,
    aksi: str,
    alasan: str,
    isian: str,
    alamat: str = "",
    rows: QuerySet[KeadaanPegawai],
    by: User,
    per_tanggal: dt.date,
) -> TindakanMassal:
    """Ask for an act on these people. Raises DomainError without right, reason, value.

    `alamat` is where codes are used; slips print it.
    """
    jenis = JenisTindakan(aksi) if aksi in {a.value for a in IZIN} else None
    if jenis is None or not by.has_perm(IZIN[jenis]):
        raise DomainError("Tindakan ini tidak tersedia bagi Anda.", kolom="aksi")
    if not alasan:
        raise DomainError("Tuliskan alasannya.", kolom="alasan")
    params: dict[str, str] = {}
    if jenis is JenisTindakan.ISI:
        known = {kunci: nama for _, pairs in list_isian() for kunci, nama in pairs}
        if isian not in known:
            raise DomainError("Pilih data yang diisikan.", kolom="isian")
        kolom, _, nilai = isian.partition(":")
        params = {"kolom": kolom, "nilai": nilai, "nama": known[isian]}
    judul = f"Isi {known[isian]}" if params else jenis.label
    is_kode = jenis is JenisTindakan.KODE
    if is_kode:
        params = {"alamat": alamat}
    return request_tindakan(
        jenis=jenis,
        judul=judul,
        job_kind=kode_massal.JOB_KODE if is_kode else JOB_AKSI,
        rows=rows,
        params=params,
        alasan=alasan,
        by=by,
        per_tanggal=per_tanggal,
        batas=kode_massal.BATAS if is_kode else BATAS,
    )


def run_aksi(*, tindakan: TindakanMassal, by: User, progress: Progress) -> None:
    """Do the act for every person that has no outcome yet."""
    jenis = JenisTindakan(tindakan.jenis)
    act = _ACTS[jenis]
    for _, baris in iter_chunks(tindakan):
        progress(baris[0].urut - 1, tindakan.jumlah, "Mengerjakan")
        now = reload_user(by, IZIN[jenis])
        for row in baris:
            if row.hasil == HasilTindakan.MENUNGGU:
                _do(act, tindakan, row, now)


def _do(
    act: Callable[[TindakanMassal, BarisTindakan, User], str],
    tindakan: TindakanMassal,
    row: BarisTindakan,
    by: User,
) -> None:
    """Act and note it in one transaction; a refusal is noted with its sentence."""
    try:
        with transaction.atomic():
            keterangan = act(tindakan, row, by)
            save_hasil([row], {row.pegawai_id: (HasilTindakan.BERHASIL, keterangan)})
    except DomainError as error:
        save_hasil([row], {row.pegawai_id: (HasilTindakan.DITOLAK, error.pesan)})


def _mark(tindakan: TindakanMassal, row: BarisTindakan, by: User) -> str:
    mark_pegawai(pegawai_id=row.pegawai_id, catatan=tindakan.alasan, by=by)
    return ""


def _finish(tindakan: TindakanMassal, row: BarisTindakan, by: User) -> str:
    finish_tindak_lanjut(pegawai_id=row.pegawai_id, by=by, alasan=tindakan.alasan)
    return ""


def _fill(tindakan: TindakanMassal, row: BarisTindakan, by: User) -> str:
    kolom, nilai = tindakan.params["kolom"], tindakan.params["nilai"]
    pegawai = row.pegawai
    if getattr(pegawai, kolom):
        raise DomainError("Sudah terisi, jadi tidak diubah.", kode="sudah_terisi")
    update_pegawai(
        pegawai=pegawai,
        versi=pegawai.versi,
        data={kolom: nilai},
        by=by,
        per_tanggal=tindakan.per_tanggal,
    )
    return f"Diisi: {tindakan.params['nama']}"


_ACTS = {
    JenisTindakan.TANDAI: _mark,
    JenisTindakan.SELESAI: _finish,
    JenisTindakan.ISI: _fill,
}
