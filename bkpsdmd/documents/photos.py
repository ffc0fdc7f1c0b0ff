"""Photographs of a paper become one PDF that keeps to the size of an upload.

A phone's picture is upright only by its EXIF note, and five times larger than needed to
read it. Each is turned, made smaller and stored as JPEG of at most 200 dpi on an A4; when
all together are too heavy, they are made lighter step by step. Notes in the picture
(place, phone, time) do not survive.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files import File
from PIL import Image, ImageOps

from bkpsdmd.documents.uploads import (
    CONTENT_TYPES,
    CheckedUpload,
    check_upload,
    clean_name,
)
from bkpsdmd.exceptions import DomainError

MAX_PHOTOS = 20
PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png")
# The long side of an A4 at 200 dpi, then what may be tried: (pixels, JPEG quality).
STEPS = ((2339, 80), (2000, 72), (1754, 65), (1500, 58), (1240, 50))
# What a phone takes in one picture: more is not a photograph of a paper.
MAX_PIXELS = 70_000_000
A4 = (595.28, 841.89)  # points


def check_papers(uploads: Sequence[File[Any]]) -> CheckedUpload:
    """Return one checked PDF from what was sent: one PDF, or photographs of its pages.

    Raises DomainError for both together, and for what neither may be.
    """
    photos = [(one.name or "").lower().endswith(PHOTO_SUFFIXES) for one in uploads]
    if all(photos):
        return combine_photos(uploads)
    if len(uploads) == 1:
        return check_upload(uploads[0])
    raise _refusal(
        "Pilih satu PDF, atau satu sampai beberapa foto (JPG, PNG); tidak keduanya.",
        "campuran",
    )


def combine_photos(
    photos: Sequence[File[Any]], *, max_bytes: int | None = None
) -> CheckedUpload:
    """Return one checked PDF, a page for each photograph in the order given.

    Pictures are opened one at a time. Raises DomainError for what is no JPG or PNG, too
    many of them, or pages that stay too heavy.
    """
    limit = max_bytes or settings.UPLOAD_MAX_BYTES
    if len(photos) > MAX_PHOTOS:
        raise _refusal(
            f"Paling banyak {MAX_PHOTOS} foto sekali kirim. Bagi dokumennya menjadi "
            "beberapa berkas, atau pindai sebagai PDF.",
            "terlalu_banyak",
        )
    checked = [
        check_upload(
            photo, kinds=("jpeg", "png"), max_bytes=settings.PHOTO_MAX_BYTES
        ).content
        for photo in photos
    ]
    allowance = limit - 4_000 - 1_500 * len(checked)
    for longest, quality in STEPS:
        pages: list[tuple[bytes, tuple[int, int]]] = []
        for content in checked:
            pages.append(_shrink(content, longest, quality))
            if sum(len(page) for page, _ in pages) > allowance:
                break
        else:
            content = _write_pdf(pages)
            stem = photos[0].name or "foto"
            return CheckedUpload(
                kind="pdf",
                name=clean_name(f"{stem.rpartition('.')[0] or stem}.pdf"),
                suffix=".pdf",
                content_type=CONTENT_TYPES["pdf"],
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                content=content,
                halaman=len(pages),
            )
    raise _refusal(
        "Foto-foto ini bersama-sama terlalu besar untuk satu berkas. Kirim lebih sedikit "
        "halaman, atau pindai sebagai PDF pada 150 dpi.",
        "terlalu_besar",
    )


def _shrink(
    content: bytes, longest: int, quality: int
) -> tuple[bytes, tuple[int, int]]:
    """Return the picture upright as JPEG, its long side at most so many pixels."""
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as source:
        if source.width * source.height > MAX_PIXELS:
            raise _refusal(
                "Foto ini terlalu besar ukurannya. Ambil ulang pada mutu biasa.",
                "terlalu_besar",
            )
        # A JPEG is read at half or a quarter of its size where that is enough.
        source.draft("RGB", (longest, longest))
        image = ImageOps.exif_transpose(source)
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        image = _on_white(image)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue(), image.size


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture in grey or colour; what is see-through becomes white paper."""
    if image.mode in ("L", "RGB"):
        return image
    if image.mode in ("1", "I;16", "I"):
        return image.convert("L")
    layered = image.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    paper.alpha_composite(layered)
    return paper.convert("RGB")


def _write_pdf(pages: Sequence[tuple[bytes, tuple[int, int]]]) -> bytes:
    """Put each JPEG as it is on a page of A4, upright or lying as the picture is."""
    # Its library costs every start of the portal 0.15 s; few starts see an upload.
    import pikepdf

    pdf = pikepdf.new()
    for jpeg, (width, height) in pages:
        long, short = max(A4), min(A4)
        paper = (long, short) if width > height else (short, long)
        scale = min(paper[0] / width, paper[1] / height)
        w, h = width * scale, height * scale
        x, y = (paper[0] - w) / 2, (paper[1] - h) / 2
        image = pikepdf.Stream(
            pdf,
            jpeg,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            ColorSpace=(
                pikepdf.Name.DeviceGray if _is_grey(jpeg) else pikepdf.Name.DeviceRGB
            ),
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(paper[0], 2), round(paper[1], 2)],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image)),
            Contents=pikepdf.Stream(
                pdf, f"q {w:.2f} 0 0 {h:.2f} {x:.2f} {y:.2f} cm /Im0 Do Q".encode()
            ),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _is_grey(jpeg: bytes) -> bool:
    with Image.open(io.BytesIO(jpeg)) as image:
        return image.mode == "L"


def _refusal(pesan: str, kode: str) -> DomainError:
    return DomainError(pesan, kolom="berkas", kode=kode)
