"""From a template and plain data to a PDF with the office's letterhead."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from bkpsdmd.documents import engine
from bkpsdmd.documents.kertas import NilaiNaskah
from bkpsdmd.documents.kop import Kop, get_kop
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.exceptions import DomainError

# Tags say what each cell is, to a screen reader; on a long list they weigh ten times
# the list itself, so from here on a paper is PDF/A-2b without them.
MAX_TAGGED_ROWS = 1_000
# From here on the memory a table takes is worth a process of its own.
APART_ROWS = 300
# A book of some 280 pages; beyond it memory grows by 0.2 MB a row and nobody reads it.
MAX_ROWS = 10_000
TIMEOUT_SECONDS = 120

KANTOR_FIELDS = (
    "nama_instansi", "nama_perangkat_daerah", "singkatan", "alamat", "kode_pos",
    "telepon", "surel", "situs", "kertas", "margin_kiri_mm", "margin_kanan_mm",
    "margin_atas_mm", "margin_bawah_mm",
)  # fmt: skip
# The letters of a paper whose kind says nothing of them.
HURUF = {"keluarga": "Liberation Sans", "ukuran_pt": 11, "spasi": None}


def render_pdf(
    template: str,
    data: Any,
    *,
    tagged: bool = True,
    kop: bool | Kop = True,
    sidik: str = "",
    kop_kunci: str = "",
    pengaturan: NilaiNaskah | None = None,
    per_tanggal: dt.date | None = None,
) -> bytes:
    """Return the paper as PDF/A; the same data and settings give the same bytes.

    Whose letterhead and which paper: see `build_payload`. `sidik` is the checksum to print where it is not that of `data` itself: a report is
    stored as figures, and `data` are the words made from them.

    `data` is one of the shapes in `shapes.py`. Tagged (PDF/A-2a with PDF/UA-1) unless
    it has more than 1,000 rows; from 300 rows on it is set in its own process. Raises
    DomainError for a list that is too long to print.
    """
    rows = count_rows(data)
    if rows > APART_ROWS:
        return render_pdf_apart(
            template,
            data,
            tagged=tagged,
            kop=kop,
            sidik=sidik,
            kop_kunci=kop_kunci,
            pengaturan=pengaturan,
            per_tanggal=per_tanggal,
        )
    payload, created_at = build_payload(
        data,
        kop=kop,
        sidik=sidik,
        kop_kunci=kop_kunci,
        pengaturan=pengaturan,
        per_tanggal=per_tanggal,
    )
    return engine.compile_pdf(template, payload, created_at=created_at, tagged=tagged)


def render_pdf_apart(
    template: str,
    data: Any,
    *,
    tagged: bool = True,
    kop: bool | Kop = True,
    sidik: str = "",
    kop_kunci: str = "",
    pengaturan: NilaiNaskah | None = None,
    per_tanggal: dt.date | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> bytes:
    """Do the same in a process that ends afterwards and may be stopped."""
    rows = count_rows(data)
    if rows > MAX_ROWS:
        raise DomainError(
            "Daftar ini lebih dari 10.000 baris, terlalu panjang untuk PDF. Pilih unit "
            "yang lebih kecil, atau unduh sebagai Excel.",
            kode="terlalu_panjang",
        )
    payload, created_at = build_payload(
        data,
        kop=kop,
        sidik=sidik,
        kop_kunci=kop_kunci,
        pengaturan=pengaturan,
        per_tanggal=per_tanggal,
    )
    try:
        return engine.compile_pdf_apart(
            template,
            payload,
            created_at=created_at,
            tagged=tagged and rows <= MAX_TAGGED_ROWS,
            timeout_seconds=timeout_seconds,
        )
    except subprocess.TimeoutExpired:
        raise DomainError(
            "PDF belum selesai dalam batas waktu. Coba lagi saat portal lebih sepi, "
            "pilih unit yang lebih kecil, atau unduh sebagai Excel.",
            kode="waktu_habis",
        ) from None


def render_many_apart(
    template: str,
    papers: Sequence[Any],
    *,
    tagged: bool = False,
    kop: bool | Kop = True,
    pengaturan: NilaiNaskah | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> list[bytes]:
    """Return a PDF of each of these papers, set in one process apart.

    PDF/A-2b, or with `tagged` as `render_pdf` makes them. All have one letterhead, by
    default the office's, and one paper.

    For a batch: the memory of the compiler is given back when the process ends.
    """
    if not papers:
        return []
    built = [build_payload(data, kop=kop, pengaturan=pengaturan) for data in papers]
    own = ("data", "sidik", "tanggal_pdf", "draf")
    shared = {name: value for name, value in built[0][0].items() if name not in own}
    try:
        return engine.compile_many_apart(
            template,
            shared,
            [
                ({name: payload[name] for name in own}, created_at)
                for payload, created_at in built
            ],
            tagged=tagged,
            timeout_seconds=timeout_seconds,
        )
    except subprocess.TimeoutExpired:
        raise DomainError(
            "PDF belum selesai dalam batas waktu. Coba lagi saat portal lebih sepi.",
            kode="waktu_habis",
        ) from None


def write_canonical_json(data: Any) -> bytes:
    """Return the one spelling of the data: same content, same bytes."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def compute_checksum(data: Any) -> str:
    """Return the SHA-256 that a paper prints of the data behind it."""
    return hashlib.sha256(write_canonical_json(data)).hexdigest()


def count_rows(data: Any) -> int:
    """Count the list items that are records: what makes a paper long."""
    if isinstance(data, dict):
        return sum(map(count_rows, data.values()))
    if isinstance(data, (list, tuple)):
        records = sum(isinstance(item, (dict, list, tuple)) for item in data)
        return records + sum(map(count_rows, data))
    return 0


def build_payload(
    data: Any,
    *,
    kop: bool | Kop,
    sidik: str = "",
    kop_kunci: str = "",
    pengaturan: NilaiNaskah | None = None,
    per_tanggal: dt.date | None = None,
) -> tuple[dict[str, object], dt.datetime]:
    """Return what a template reads, and the creation date of the file.

    `kop` prints a letterhead or none: that of the unit `kop_kunci` ("" is the office)
    on `per_tanggal`, by default the day of `dibuat`; or it is the letterhead itself.
    `pengaturan` is the paper of the kind, by default the office's.
    """
    kantor = get_kantor()
    created_at = dt.datetime.fromisoformat(data["dibuat"])
    if created_at.tzinfo is None:
        raise ValueError("`dibuat` needs a time zone")
    if isinstance(kop, Kop):
        head = kop
    else:
        head = get_kop(kop_kunci, per_tanggal or timezone.localdate(created_at))
    payload = {
        "kantor": {name: getattr(kantor, name) for name in KANTOR_FIELDS}
        | (pengaturan.as_halaman() if pengaturan else {}),
        "huruf": pengaturan.as_huruf() if pengaturan else HURUF,
        "kop": bool(kop),
        "isi_kop": head.as_payload() if kop else None,
        # The author in the file's own description.
        "penerbit": head.nama_perangkat_daerah,
        "contoh": kantor.is_contoh,
        "draf": data.get("draf", False),
        "data": data,
        "sidik": sidik or compute_checksum(data),
        "tanggal_pdf": {
            part: getattr(created_at, part)
            for part in ("year", "month", "day", "hour", "minute", "second")
        },
    }
    return payload, created_at
