"""Events as Indonesian sentences: one template per kind, registered by its app."""

import datetime as dt
import re

from bkpsdmd.audit.models import Event
from bkpsdmd.ui.formats import KOSONG, format_tanggal

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


def list_changes(event: Event) -> list[tuple[str, str, str]]:
    """Return (label, before, after) per changed field, hidden values as a word."""
    rows = []
    for name, (before, after) in event.changes.items():
        label = _FIELD_LABELS.get(name, name.replace("_", " "))
        if before is None and after is None:
            rows.append((label, "(disembunyikan)", "(disembunyikan)"))
        else:
            rows.append((label, _shown(before), _shown(after)))
    return rows


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        return format_tanggal(dt.date.fromisoformat(value))
    return KOSONG if value in (None, "") else str(value)
