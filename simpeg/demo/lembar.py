"""Scanned papers of nobody: one-page PDFs that say what they stand for."""

from __future__ import annotations

import io
from random import Random

LEBAR, TINGGI = 595, 842
# Papers of one kind that differ in content, so that the files of a person mostly do.
RAGAM = 4


def draw_lembar(judul: str, ragam: int) -> bytes:
    """Return a small PDF headed `judul`; the same arguments give the same bytes."""
    # Its library costs every start of the portal time; few starts seed an office.
    import pikepdf

    pdf = pikepdf.new()
    fonts = pikepdf.Dictionary(
        B=_font("/Helvetica-Bold", pdf), R=_font("/Helvetica", pdf)
    )
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, LEBAR, TINGGI],
        Resources=pikepdf.Dictionary(Font=fonts),
        Contents=pikepdf.Stream(pdf, _content(judul, ragam).encode("cp1252")),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, compress_streams=True)
    return out.getvalue()


def _font(name: str, pdf: object) -> object:
    import pikepdf

    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name(name),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


def _content(judul: str, ragam: int) -> str:
    """Draw head, title, grey bars where a real paper has its words, and a stamp."""
    rng = Random(f"{judul}-{ragam}")  # noqa: S311
    ops = [
        _text("PEMERINTAH KABUPATEN CONTOH", 780, 13, bold=True),
        _text("Dokumen rekaan untuk mencoba portal", 763, 10),
        "1.2 w 60 750 m 535 750 l S",
        *(
            _text(line, 712 - 20 * n, 14, bold=True)
            for n, line in enumerate(_wrap(judul.upper()))
        ),
        _text(f"Lembar contoh {ragam}", 662, 10),
        "0.86 g",
    ]
    y = 620
    for _ in range(rng.randint(3, 5)):
        for _ in range(rng.randint(2, 5)):
            ops.append(f"70 {y} {rng.randint(300, 455)} 7 re f")
            y -= 18
        y -= 14
    ops += [
        f"340 {y - 40} 150 7 re f 340 {y - 58} 110 7 re f",
        "0.72 0.49 0.12 RG 0.72 0.49 0.12 rg 2 w 70 120 190 46 re S",
        "BT /B 20 Tf 86 136 Td (DATA CONTOH) Tj ET",
    ]
    return "\n".join(ops)


def _text(words: str, y: int, size: int, *, bold: bool = False) -> str:
    """Write one line about the middle: the width of a letter is taken as half its size."""
    x = (LEBAR - len(words) * size * (0.62 if bold else 0.5)) / 2
    safe = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    font = "B" if bold else "R"
    return f"0 g BT /{font} {size} Tf {max(x, 40):.1f} {y} Td ({safe}) Tj ET"


def _wrap(words: str, most: int = 44) -> list[str]:
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) >= most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
