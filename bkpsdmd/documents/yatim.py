"""Files that no row names: what a worker wrote that was killed before it wrote the row.

Found here, deleted by the weekly check once a second look finds them again: see
`simpeg.services.pemeriksaan_arsip`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models

# Where each upload and each paper gets a name of its own, drawn at random. Emblems are few
# and stay; what jobs and acts leave behind they clear up themselves, by the hour.
FOLDER = ("arsip", "dokumen", "impor", "naskah")
# Longer than any upload or job lasts.
UMUR = dt.timedelta(days=2)
# A killed worker leaves at most 25. More than this, or no file with a row at all: not
# killed workers, but a database that is not of the same day as the files.
BATAS = 100


@dataclass(frozen=True)
class Yatim:
    """The files that no row names, and how many there are that one does."""

    berkas: list[str]
    bernama: int

    @property
    def is_ganjil(self) -> bool:
        """Tell whether so many speak of a wrong database rather than of lost rows."""
        return len(self.berkas) > (BATAS if self.bernama else 0)


def find_yatim(*, now: dt.datetime) -> Yatim:
    """Return the files older than `UMUR` that no row of any model names.

    Memory holds the names of one folder; so many queries as there are folders and fields.
    """
    found, bernama = [], 0
    for folder in _iter_folders():
        old = [name for name in _list_files(folder) if _is_old(name, now - UMUR)]
        # Rows are read after the files: a file whose row came meanwhile has one.
        named = _list_bernama(f"{folder}/") if old else set()
        lost = [name for name in old if name not in named]
        found += lost
        bernama += len(old) - len(lost)
    return Yatim(found, bernama)


def _iter_folders() -> Iterator[str]:
    for folder in FOLDER:
        if default_storage.exists(folder):
            yield folder
            parts = default_storage.listdir(folder)[0]
            yield from (f"{folder}/{part}" for part in sorted(parts))


def _list_files(folder: str) -> list[str]:
    return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]


def _is_old(name: str, before: dt.datetime) -> bool:
    try:
        return default_storage.get_modified_time(name) < before
    except FileNotFoundError:
        # Deleted since the folder was listed.
        return False


def _list_bernama(prefix: str) -> set[str]:
    """Return what any row of any model names below this folder."""
    return {
        name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
        for name in model._base_manager.filter(
            **{f"{field.name}__startswith": prefix}
        ).values_list(field.name, flat=True)
    }
