"""Several PDFs as one file, in little memory."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pikepdf


def merge_pdfs(
    batches: Iterable[Sequence[tuple[str, bytes]]], *, folder: Path, title: str
) -> Path:
    """Return a file in `folder` with all these papers; the outline names each of them.

    A paper is (name, content), and a batch as many as may be held in memory at once.
    The papers are PDF/A-2b without tags, and so is the result.
    """
    entries: list[tuple[str, int]] = []
    parts = [
        _merge_batch(batch, folder / f"{number:05}.pdf", entries)
        for number, batch in enumerate(batches)
        if batch
    ]
    if not parts:
        raise ValueError("nothing to merge")
    target = folder / "gabungan.pdf"
    with pikepdf.open(parts[0]) as whole:
        sources = [pikepdf.open(part) for part in parts[1:]]
        for source in sources:
            whole.pages.extend(source.pages)
        with whole.open_outline() as outline:
            outline.root.clear()  # the headings of the first paper
            outline.root.extend(
                pikepdf.OutlineItem(name, page) for name, page in _starts(entries)
            )
        with whole.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        for source in sources:
            source.close()
    return target


def _merge_batch(
    batch: Sequence[tuple[str, bytes]], target: Path, entries: list[tuple[str, int]]
) -> Path:
    """Write one batch to disk, from where the last step reads it page by page."""
    sources = [pikepdf.open(io.BytesIO(content)) for _, content in batch]
    for source in sources:
        # Fields of a form do not survive; a copy to be printed needs none.
        if "/AcroForm" in source.Root:
            source.flatten_annotations()
            del source.Root["/AcroForm"]
    entries.extend(
        (name, len(source.pages))
        for (name, _), source in zip(batch, sources, strict=True)
    )
    whole = sources[0]
    for source in sources[1:]:
        whole.pages.extend(source.pages)
    whole.save(target)
    for source in sources:
        source.close()
    return target


def _starts(entries: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    page = 0
    for name, pages in entries:
        yield name, page
        page += pages
