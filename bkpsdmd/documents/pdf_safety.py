"""A PDF that only shows pages: no program, no form that sends, no file inside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from bkpsdmd.exceptions import DomainError

ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"}
ACTIVE_KEYS = {"/JS", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}


def check_pdf(content: bytes) -> None:
    """Raise DomainError unless the file opens, has a page and cannot act by itself."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise _refusal("PDF ini tidak berisi halaman.", "rusak")
            is_active = any(map(_is_active, _walk(pdf)))
    except pikepdf.PasswordError:
        raise _refusal(
            "PDF ini berkata sandi. Simpan salinan tanpa kata sandi, lalu unggah itu.",
            "berkata_sandi",
        ) from None
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise _refusal(
            "PDF ini rusak dan tidak dapat dibuka. Pindai atau simpan ulang, lalu coba "
            "lagi.",
            "rusak",
        ) from error
    if is_active:
        raise _refusal(
            "PDF ini memuat program atau berkas lain di dalamnya. Cetak ke PDF baru, "
            "lalu unggah yang baru.",
            "pdf_aktif",
        )


def _walk(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary of the file, those inside others too."""
    pending: list[Any] = [*pdf.objects, pdf.trailer]
    while pending:
        item = pending.pop()
        if isinstance(item, pikepdf.Array):
            # What has a number of its own is in pdf.objects already.
            pending.extend(child for child in item if _is_inline(child))
        elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            yield item
            pending.extend(child for child in item.values() if _is_inline(child))


def _is_inline(value: Any) -> bool:
    return isinstance(value, (pikepdf.Array, pikepdf.Dictionary)) and not (
        value.is_indirect
    )


def _is_active(item: pikepdf.Object) -> bool:
    keys = set(item.keys())
    action = item.get("/S")
    return bool(keys & ACTIVE_KEYS) or (
        isinstance(action, pikepdf.Name) and str(action) in ACTIVE_ACTIONS
    )


def _refusal(pesan: str, kode: str) -> DomainError:
    return DomainError(pesan, kolom="berkas", kode=kode)
