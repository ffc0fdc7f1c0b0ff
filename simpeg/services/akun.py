"""Printing the one-time codes that open the accounts of people."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.services import KodeBaru, draw_kode, store_kode
from bkpsdmd.documents import shapes
from bkpsdmd.documents.rendering import render_pdf
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.formats import format_waktu
from simpeg.models import KeadaanPegawai
from simpeg.selectors.akun import list_akun

# A page of the list; more would keep the request waiting.
MAX_SLIPS = 100
LANGKAH = (
    "Ketik NIP dan kode ini.",
    "Buat kata sandi sendiri, paling sedikit 10 karakter.",
)
PERINGATAN = (
    "Kode hanya berlaku sekali. Jangan difoto atau diberikan kepada orang lain."
)


def print_kode(*, pegawai_ids: Iterable[int], alamat: str, by: User) -> bytes:
    """Return a PDF of slips with a fresh code for each of these people.

    Older codes end. The codes exist in this PDF alone: they are stored hashed. Raises
    DomainError when one of the people is out of reach, and then issues none.
    """
    ids = set(pegawai_ids)
    if not ids:
        raise DomainError("Pilih paling sedikit satu orang.")
    if len(ids) > MAX_SLIPS:
        raise DomainError(f"Paling banyak {MAX_SLIPS} orang sekali cetak.")
    rows = list(list_akun(by).filter(pk__in=ids).order_by("nama_urut", "pk"))
    if len(rows) != len(ids):
        raise DomainError("Sebagian orang di luar unit kerja yang Anda kelola.")
    users = [row.pegawai.user for row in rows if row.pegawai.user]
    drawn = draw_kode(users, by=by, now=timezone.now())
    pdf = render_pdf(
        "kode_akses",
        build_slips(zip(rows, drawn, strict=True), alamat=alamat),
        kop=False,
    )
    store_kode(drawn, by=by, batch=uuid.uuid4().hex)
    return pdf


def build_slips(
    people: Iterable[tuple[KeadaanPegawai, KodeBaru]], *, alamat: str
) -> shapes.KodeAkses:
    """Return what the slips print: who, the code, until when, what to do with it."""
    return {
        "judul": "Kode aktivasi akun",
        "judul_pendek": "Kode aktivasi",
        "dibuat": timezone.now().isoformat(),
        "langkah": [f"Buka {alamat} lewat HP atau komputer.", *LANGKAH],
        "peringatan": PERINGATAN,
        "slip": [
            {
                "nama": row.nama_lengkap,
                "nip": row.nip,
                "unit": row.unit_kerja.nama if row.unit_kerja else "",
                "kode": one.kode,
                "berlaku": _until(one.row.expires_at),
            }
            for row, one in people
        ],
    }


def _until(moment: dt.datetime) -> str:
    return f"Berlaku sampai {format_waktu(moment)}"
