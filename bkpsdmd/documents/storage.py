"""Files that no URL leads to: stored under random names, given out only by a view."""

import secrets
from pathlib import PurePosixPath

from django.db import models
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.deconstruct import deconstructible


@deconstructible
class RandomPath:
    """`upload_to` that keeps only a known extension of what the file was called.

    A name typed by a person may hold a NIP or a path; neither belongs on a disk.
    """

    def __init__(self, folder: str, *suffixes: str) -> None:
        self.folder = folder
        self.suffixes = suffixes

    def __call__(self, instance: models.Model, filename: str) -> str:
        suffix = PurePosixPath(filename).suffix.lower()
        if suffix not in self.suffixes:
            raise ValueError(f"{self.folder} keeps no {suffix or 'nameless'} files")
        name = secrets.token_hex(16)
        return f"{self.folder}/{name[:2]}/{name}{suffix}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RandomPath) and (self.folder, self.suffixes) == (
            other.folder,
            other.suffixes,
        )

    def __hash__(self) -> int:
        return hash((self.folder, self.suffixes))


def private_response(
    file: FieldFile, *, name: str, content_type: str, inline: bool = False
) -> FileResponse:
    """Answer with a stored file: by default to be saved, never to be guessed at."""
    response = FileResponse(
        file.open("rb"),
        as_attachment=not inline,
        filename=name,
        content_type=content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
