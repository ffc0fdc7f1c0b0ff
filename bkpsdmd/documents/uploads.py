"""What a person uploads is what its name says, whole, and cannot act by itself."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import filetype
from django.conf import settings
from django.core.files import File
from django.utils.text import get_valid_filename
from PIL import Image

from bkpsdmd.documents.pdf_safety import check_pdf
from bkpsdmd.exceptions import DomainError

KINDS = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG"}
EXTENSIONS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}
SUFFIXES = {".pdf": "pdf", ".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png"}
CONTENT_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
# A scan of A3 at 600 dpi is 70 million; more only serves to fill memory.
MAX_PIXELS = 80_000_000

# What people send by mistake, or others on purpose, in words they know.
NAMES = {
    "exe": "program (.exe)",
    "elf": "program",
    "zip": "arsip ZIP",
    "rar": "arsip RAR",
    "7z": "arsip 7z",
    "gz": "arsip GZ",
    "doc": "dokumen Word",
    "docx": "dokumen Word",
    "xls": "lembar Excel",
    "xlsx": "lembar Excel",
    "ppt": "presentasi PowerPoint",
    "pptx": "presentasi PowerPoint",
    "jpg": "JPEG",
    "png": "PNG",
    "pdf": "PDF",
    "gif": "gambar GIF",
    "webp": "gambar WebP",
    "heic": "gambar HEIC",
    "tif": "gambar TIFF",
    "bmp": "gambar BMP",
    "mp4": "video MP4",
}


@dataclass(frozen=True)
class CheckedUpload:
    """A file that passed; `name` is safe to show and to send back."""

    kind: str
    name: str
    suffix: str
    content_type: str
    size: int
    sha256: str
    content: bytes
    halaman: int


def check_upload(
    file: File[Any],
    *,
    kinds: Collection[str] = ("pdf", "jpeg", "png"),
    max_bytes: int | None = None,
) -> CheckedUpload:
    """Return the checked content. Raises DomainError that says what to do instead."""
    limit = max_bytes or settings.UPLOAD_MAX_BYTES
    size = file.size or 0
    if size == 0:
        raise _refusal("Berkas ini kosong. Pilih berkas lain.", "kosong")
    if size > limit:
        raise _refusal(
            f"Berkas ini {_in_words(size)}, paling besar {_in_words(limit)}. Perkecil "
            "dahulu, misalnya dengan memindai pada 150 dpi.",
            "terlalu_besar",
        )
    name = PurePath(file.name or "").name
    suffix = PurePath(name).suffix.lower()
    kind = SUFFIXES.get(suffix)
    if kind is None or kind not in kinds:
        raise _refusal(
            f"Jenis berkas “{suffix or name}” tidak diterima di sini. Pilih berkas "
            f"{_list_kinds(kinds)}.",
            "jenis_tidak_diterima",
        )
    file.seek(0)
    content: bytes = file.read()
    _check_signature(content, kind, kinds)
    halaman = 1
    if kind == "pdf":
        halaman = check_pdf(content)
    else:
        check_image(content, KINDS[kind])
    return CheckedUpload(
        kind=kind,
        name=clean_name(name),
        suffix=suffix,
        content_type=CONTENT_TYPES[kind],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        halaman=halaman,
    )


def describe_content(content: bytes) -> str:
    """Return in a word what a file is, judged by its first bytes; "" when unknown."""
    guess = filetype.guess(content)
    if guess is None:
        return ""
    return NAMES.get(guess.extension, f"berkas {guess.extension.upper()}")


def clean_name(name: str, max_length: int = 100) -> str:
    """Return a file name without path, control or quote characters."""
    stem, suffix = PurePath(name).stem, PurePath(name).suffix.lower()
    return get_valid_filename(f"{stem[: max_length - len(suffix)]}{suffix}")


def check_image(content: bytes, kind: str, *, max_pixels: int = MAX_PIXELS) -> None:
    """Refuse a picture that is damaged or far larger than any scan."""
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that would fill the memory.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind]) as image:
                width, height = image.size
                image.verify()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        width = height = MAX_PIXELS
    except (OSError, SyntaxError, ValueError) as error:
        raise _refusal(
            f"Gambar {kind} ini rusak. Buka dan simpan ulang, lalu coba lagi.", "rusak"
        ) from error
    if width * height > max_pixels:
        raise _refusal(
            "Gambar ini terlalu besar ukurannya. Perkecil dahulu, lalu coba lagi.",
            "terlalu_besar",
        )


def _check_signature(content: bytes, kind: str, kinds: Collection[str]) -> None:
    found = describe_content(content)
    if found == NAMES[EXTENSIONS[kind]]:
        return
    raise _refusal(
        f"Berkas ini sebenarnya {found}, bukan {KINDS[kind]}. Pilih berkas "
        f"{_list_kinds(kinds)} yang asli."
        if found
        else f"Isi berkas ini bukan {KINDS[kind]}. Buka dan simpan ulang, lalu coba lagi.",
        "isi_tidak_cocok",
    )


def _list_kinds(kinds: Collection[str]) -> str:
    *first, last = [KINDS[kind] for kind in KINDS if kind in kinds]
    return f"{', '.join(first)} atau {last}" if first else last


def _in_words(size: int) -> str:
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def _refusal(pesan: str, kode: str) -> DomainError:
    return DomainError(pesan, kolom="berkas", kode=kode)
