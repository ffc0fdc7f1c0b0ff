"""Reading our own PDFs back in tests, with nothing but pikepdf.

Typst sets text as glyph numbers and ships a ToUnicode map with each font, which is what
a viewer copies text by; so do we.
"""

import io
import re

import pikepdf

_HEX_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCKS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_HEX_TRIPLE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>",
)


def open_pdf(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def read_pages(content: bytes) -> list[str]:
    """Return the text of each page without spaces: line breaks split words anywhere."""
    with open_pdf(content) as pdf:
        return [_page_text(page) for page in pdf.pages]


def read_text(content: bytes) -> str:
    return "".join(read_pages(content))


def list_alt(pdf: pikepdf.Pdf) -> list[str]:
    """Return the alternative texts of pictures."""
    return [
        str(item.Alt)
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
    ]


def squeeze(text: str) -> str:
    """Take the white space out, to compare with what was read."""
    return "".join(text.split())


def _page_text(page: pikepdf.Page) -> str:
    pieces: list[str] = []
    _run(page.obj, page.resources, pieces)
    return squeeze("".join(pieces))


def _run(content: pikepdf.Object, resources: pikepdf.Object, pieces: list[str]) -> None:
    fonts = {
        name: _unicode_map(font) for name, font in resources.get("/Font", {}).items()
    }
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(content):
        match str(operator):
            case "Tf":
                current = fonts[str(operands[0])]
            case "Tj":
                pieces.append(_decode(bytes(operands[0]), current))
            case "TJ":
                pieces.extend(
                    _decode(bytes(item), current)
                    for item in operands[0]
                    if isinstance(item, pikepdf.String)
                )
            case "Do":
                form = resources["/XObject"][str(operands[0])]
                if form.get("/Subtype") == "/Form":
                    _run(form, form.get("/Resources", resources), pieces)


def _decode(data: bytes, table: dict[int, str]) -> str:
    codes = (int.from_bytes(data[i : i + 2]) for i in range(0, len(data), 2))
    return "".join(table.get(code, "�") for code in codes)


def _unicode_map(font: pikepdf.Object) -> dict[int, str]:
    source = font["/ToUnicode"].read_bytes()
    table: dict[int, str] = {}
    for block in _BLOCKS.findall(source):
        for code, text in _HEX_PAIR.findall(block):
            table[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in _RANGES.findall(source):
        for first, last, text in _HEX_TRIPLE.findall(block):
            start = int(text, 16)
            for offset in range(int(last, 16) - int(first, 16) + 1):
                table[int(first, 16) + offset] = chr(start + offset)
    return table
