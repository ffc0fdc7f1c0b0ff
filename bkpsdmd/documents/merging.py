"""Several PDFs as one file, in little memory."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

# Merging keeps every object of a volume: measured at 0.16 MB a paper, so that 6,000 in
# one file took 1.1 GB.
VOLUME = 1_000

Batch = Sequence[tuple[str, bytes]]


def merge_volumes(
    batches: Iterable[Batch], *, count: int, folder: Path, title: str, name: str
) -> Path:
    """Return one PDF as `merge_pdfs` does, or beyond 1,000 papers a ZIP of several.

    `count` is how many papers there are, `name` what the files inside are called.
    """
    if count <= VOLUME:
        return merge_pdfs(batches, folder=folder, title=title)
    target = folder / "jilid.zip"
    rest = iter(batches)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for nomor in itertools.count(1):
            first = next(rest, None)
            if first is None:
                break
            with TemporaryDirectory(dir=folder) as part:
                volume = itertools.chain([first], _take(rest, VOLUME - len(first)))
                path = merge_pdfs(
                    volume, folder=Path(part), title=f"{title}, jilid {nomor}"
                )
                archive.write(path, f"{name}-jilid-{nomor:02}.pdf")
    return target


def _take(batches: Iterator[Batch], count: int) -> Iterator[Batch]:
    """Yield batches until they hold so many papers."""
    while count > 0 and (batch := next(batches, None)) is not None:
        count -= len(batch)
        yield batch


def merge_pdfs(batches: Iterable[Batch], *, folder: Path, title: str) -> Path:
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


def _merge_batch(batch: Batch, target: Path, entries: list[tuple[str, int]]) -> Path:
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
