"""The emblem of the letterhead: a small picture that can do nothing but be drawn."""

from __future__ import annotations

import io
import re
from pathlib import PurePath
from typing import Any

from django.core.files import File
from lxml import etree
from PIL import Image, ImageColor

from bkpsdmd.documents.uploads import check_image
from bkpsdmd.exceptions import DomainError

MAX_BYTES = 200_000
MAX_PIXELS = 4_000_000
SVG = "{http://www.w3.org/2000/svg}"
# An SVG is a program in disguise: only what draws is let in.
ELEMENTS = {
    SVG + name
    for name in (
        "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line",
        "polyline", "polygon", "clipPath", "mask", "linearGradient", "radialGradient",
        "stop", "use", "symbol", "metadata",
    )
}  # fmt: skip


def check_lambang(file: File[Any]) -> tuple[bytes, str]:
    """Return the bytes to store and their extension. Raises DomainError."""
    if (file.size or 0) > MAX_BYTES:
        raise _refusal("Lambang paling besar 200 KB. Perkecil dahulu gambarnya.")
    file.seek(0)
    content = file.read()
    suffix = PurePath(file.name or "").suffix.lower()
    if suffix == ".png":
        _check_png(content)
    elif suffix == ".svg":
        content = _check_svg(content)
    else:
        raise _refusal("Lambang harus berkas PNG atau SVG.")
    return content, suffix


def _check_png(content: bytes) -> None:
    try:
        check_image(content, "PNG", max_pixels=MAX_PIXELS)
    except DomainError as error:
        raise _refusal(error.pesan) from error


def _check_svg(content: bytes) -> bytes:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _refusal("Berkas ini bukan gambar SVG yang utuh.") from error
    if root.tag != SVG + "svg":
        raise _refusal("Berkas ini bukan gambar SVG.")
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            raise _refusal("SVG ini memuat entitas. Simpan sebagai PNG.")
        tag = element.tag
        if element.getparent() is not None and not tag.startswith(SVG):
            # Notes of drawing programs, in their own namespaces.
            element.getparent().remove(element)
            continue
        if tag not in ELEMENTS:
            name = tag.removeprefix(SVG)
            raise _refusal(
                f"SVG ini memuat “{name}”, yang tidak diterima. Simpan sebagai PNG."
            )
        for attribute, value in element.attrib.items():
            name = str(attribute).rsplit("}", 1)[-1].lower()
            link = name == "href" and not str(value).startswith("#")
            if (
                name.startswith("on")
                or link
                or "url(" in str(value).replace("url(#", "")
            ):
                raise _refusal(
                    "SVG ini memuat tautan atau perintah. Simpan sebagai PNG."
                )
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def make_hitam_putih(content: bytes, suffix: str) -> bytes:
    """Return a checked emblem without its colours; light and dark stay apart.

    Only what `check_lambang` let in: there an SVG has colours in attributes alone.
    """
    if suffix == ".svg":
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
        for element in root.iter():
            for name in ("fill", "stroke", "stop-color", "color"):
                if value := element.get(name):
                    element.set(name, _gray(value))
            if style := element.get("style"):
                element.set("style", _STYLE_COLOUR.sub(_gray_match, style))
        return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
    target = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture:
        picture.convert("RGBA").convert("LA").save(target, "PNG")
    return target.getvalue()


_STYLE_COLOUR = re.compile(r"(fill|stroke|stop-color|color)(\s*:\s*)([^;]+)")


def _gray_match(match: re.Match[str]) -> str:
    return match[1] + match[2] + _gray(match[3])


def _gray(colour: str) -> str:
    """Return the gray as bright as `colour`; what is none ("none", "url(#a)") stays."""
    try:
        red, green, blue = ImageColor.getrgb(colour.strip())[:3]
    except ValueError:
        return colour
    level = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return f"#{level:02x}{level:02x}{level:02x}"


def _refusal(pesan: str) -> DomainError:
    return DomainError(pesan, kolom="lambang", kode="lambang_ditolak")
