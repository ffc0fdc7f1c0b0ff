"""From a template and plain data to a PDF with the office's letterhead."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
from collections.abc import Sequence
from typing import Any

from bkpsdmd.documents import engine
from bkpsdmd.documents.models import PengaturanKantor, get_kantor
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


def render_pdf(
    template: str,
    data: Any,
    *,
    tagged: bool = True,
    kop: bool = True,
    sidik: str = "",
) -> bytes:
    """Return the paper as PDF/A; the same data and office give the same bytes.

    `sidik` is the checksum to print where it is not that of `data` itself: a report is
    stored as figures, and `data` are the words made from them.

    `data` is one of the shapes in `shapes.py`. Tagged (PDF/A-2a with PDF/UA-1) unless
    it has more than 1,000 rows; from 300 rows on it is set in its own process. Raises
    DomainError for a list that is too long to print.
    """
    rows = count_rows(data)
    if rows > APART_ROWS:
        return render_pdf_apart(template, data, tagged=tagged, kop=kop, sidik=sidik)
    payload, created_at = build_payload(data, kop=kop, sidik=sidik)
    return engine.compile_pdf(template, payload, created_at=created_at, tagged=tagged)


def render_pdf_apart(
    template: str,
    data: Any,
    *,
    tagged: bool = True,
    kop: bool = True,
    sidik: str = "",
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
    payload, created_at = build_payload(data, kop=kop, sidik=sidik)
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
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> list[bytes]:
    """Return a PDF of each of these papers, set in one process apart.

    PDF/A-2b, or with `tagged` as `render_pdf` makes them.

    For a batch: the memory of the compiler is given back when the process ends.
    """
    if not papers:
        return []
    built = [build_payload(data, kop=True) for data in papers]
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
    data: Any, *, kop: bool, sidik: str = ""
) -> tuple[dict[str, object], dt.datetime]:
    kantor = get_kantor()
    created_at = dt.datetime.fromisoformat(data["dibuat"])
    if created_at.tzinfo is None:
        raise ValueError("`dibuat` needs a time zone")
    payload = {
        "kantor": {name: getattr(kantor, name) for name in KANTOR_FIELDS}
        | {"lambang": _read_lambang(kantor) if kop else None},
        "kop": kop,
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


def _read_lambang(kantor: PengaturanKantor) -> dict[str, object] | None:
    """Return the emblem as the template takes it: SVG as text, PNG as numbers."""
    if not kantor.lambang:
        return None
    with kantor.lambang.open("rb") as file:
        content = file.read()
    if kantor.nama_lambang.endswith(".svg"):
        return {"format": "svg", "isi": content.decode()}
    return {"format": "png", "isi": list(content)}
