"""Events as Indonesian sentences: one template per kind, registered by its app."""

import datetime as dt
import re
from typing import NamedTuple

from bkpsdmd.audit.models import Event
from bkpsdmd.ui.formats import KOSONG, format_tanggal

DISEMBUNYIKAN = "(disembunyikan)"
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

_SENTENCES: dict[str, str] = {}
_FIELD_LABELS: dict[str, str] = {}


def register_sentences(sentences: dict[str, str]) -> None:
    """Add `{kind: sentence}`; `{objek}` and `{pelaku}` are filled in.

    Raises ValueError for a kind that already reads otherwise.
    """
    for kind, sentence in sentences.items():
        if _SENTENCES.setdefault(kind, sentence) != sentence:
            raise ValueError(f"Kejadian {kind!r} sudah punya kalimat lain")


def register_field_labels(labels: dict[str, str]) -> None:
    """Add readable names for fields that appear in `changes`."""
    _FIELD_LABELS.update(labels)


def describe(event: Event, *, objek: str = "") -> str:
    """Return what happened as one sentence, e.g. "Siti menambah riwayat pangkat III/b".

    `objek` is said in place of its name, on the page of the object itself.
    """
    sentence = _SENTENCES.get(
        event.kind, "{pelaku} melakukan “" + event.kind + "” pada {objek}"
    )
    return sentence.format(
        pelaku=str(event.actor) if event.actor_id else "Sistem",
        objek=objek or event.object_label,
    )


def list_kind_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the registered kinds as choices, grouped by what they are about."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind, sentence in _SENTENCES.items():
        group = kind.partition(".")[0].replace("_", " ").capitalize()
        label = sentence.format(pelaku="", objek="…").strip().capitalize()
        groups.setdefault(group, []).append((kind, label))
    return sorted(groups.items())


class Isian(NamedTuple):
    """One field of an event in words: its label, before, after."""

    label: str
    lama: str
    baru: str

    @property
    def kalimat(self) -> str:
        """What became of it; of a record that is new, what it says."""
        if self.lama in (KOSONG, self.baru):
            return f"{self.label}: {self.baru}"
        if self.baru == KOSONG:
            return f"{self.label}: {self.lama}, dikosongkan"
        return f"{self.label}: {self.lama} menjadi {self.baru}"


def list_changes(event: Event) -> list[Isian]:
    """Return each changed field, hidden values as a word."""
    rows = []
    for name, (before, after) in event.changes.items():
        label = _FIELD_LABELS.get(name, name.replace("_", " "))
        if before is None and after is None:
            rows.append(Isian(label, DISEMBUNYIKAN, DISEMBUNYIKAN))
        else:
            rows.append(Isian(label, _shown(before), _shown(after)))
    return rows


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        return format_tanggal(dt.date.fromisoformat(value))
    return KOSONG if value in (None, "") else str(value)
