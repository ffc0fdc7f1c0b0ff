"""Writes `docs/regulasi.md` and `docs/kode.md` from what the code reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from bkpsdmd.regulations import (
    Ketentuan,
    Kode,
    Regulasi,
    list_regulasi,
    load_regulasi,
)
from bkpsdmd.regulations.reader import HEADER, ROOT, find_header
from bkpsdmd.regulations.teks import format_tanggal

from .kata import ARTI_KEPASTIAN
from .registry import list_kode

CATATAN = (
    "<!-- Dibuat dari berkasnya oleh `manage.py write_docs`; jangan disunting. -->"
)


def render_regulasi() -> str:
    """Return the page that lists every dated value with its legal basis."""
    regulasi = [load_regulasi(nama) for nama in list_regulasi()]
    return "\n".join(
        (
            "# Regulasi sebagai data",
            "",
            CATATAN,
            "",
            "Setiap angka yang ditetapkan peraturan disimpan sebagai berkas bertanggal. "
            "Tingkat kepastian:",
            "",
            *(f"- **{satu.label}**: {arti}." for satu, arti in ARTI_KEPASTIAN.items()),
            "",
            *(baris for satu in regulasi for baris in _list_baris_regulasi(satu)),
        )
    )


def render_kode() -> str:
    """Return the page that lists every stable code."""
    return "\n".join(
        (
            "# Kode alasan dan galat",
            "",
            CATATAN,
            "",
            "Kode tidak berubah antarversi. Sebuah kode menamai syaratnya; `terpenuhi` "
            "pada alasan menyatakan hasilnya.",
            "",
            *(baris for judul, kode in list_kode() for baris in _table(judul, kode)),
        )
    )


def _list_baris_regulasi(regulasi: Regulasi) -> Iterator[str]:
    berkas = find_header(ROOT, regulasi.nama).relative_to(ROOT)
    yield f"## {regulasi.uraian}"
    yield ""
    yield f"`{berkas}`, {regulasi.satuan}; diperiksa {format_tanggal(regulasi.diperiksa)}."
    yield ""
    yield "| Berlaku | Dasar hukum | Kepastian | Nilai |"
    yield "|---|---|---|---|"
    for versi in regulasi.riwayat:
        yield (
            f"| {format_tanggal(versi.berlaku)} | {versi.dasar_hukum} "
            f"| {versi.kepastian.label} | {_describe(versi, berkas.name == HEADER)} |"
        )
    for versi in regulasi.riwayat:
        for teks in (versi.catatan, versi.sumber and f"Sumber: {versi.sumber}."):
            if teks:
                yield ""
                yield f"{format_tanggal(versi.berlaku)}: {teks}"
    yield ""


def _describe(versi: Ketentuan, is_table: bool) -> str:
    if versi.nilai is None:
        return "dicabut"
    if is_table:
        return f"`{versi.berlaku}.csv`, {len(versi.nilai)} baris"
    return _write(versi.nilai)


def _write(nilai: Any) -> str:
    if isinstance(nilai, Mapping):
        return ", ".join(f"{kunci} {_write(satu)}" for kunci, satu in nilai.items())
    if isinstance(nilai, tuple):
        pemisah = "; " if any(isinstance(satu, tuple) for satu in nilai) else ", "
        return pemisah.join(map(_write, nilai))
    return str(nilai)


def _table(judul: str, kode: type[Kode]) -> Iterator[str]:
    yield f"## {judul}"
    yield ""
    yield "| Kode | Arti |"
    yield "|---|---|"
    for satu in kode:
        yield f"| `{satu}` | {satu.arti} |"
    yield ""
