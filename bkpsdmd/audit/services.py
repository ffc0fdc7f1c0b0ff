"""Writing the log, inside the transaction of the service that does the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from bkpsdmd.audit.context import get_source
from bkpsdmd.audit.models import Event

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User

Changes = Mapping[str, tuple[Any, Any]]

# Fields whose values never enter the log: that they changed is told, not to what.
REDACTED = frozenset({"nik", "alamat", "nomor_hp", "email", "npwp", "bpjs"})


def record(
    kind: str,
    target: models.Model,
    *,
    by: User | None,
    subject: models.Model | None = None,
    changes: Changes | None = None,
    reason: str = "",
    batch: str = "",
) -> Event:
    """Append one event. `subject` is the person it concerns, if that is not `target`."""
    event = build(
        kind,
        target,
        by=by,
        subject=subject,
        changes=changes,
        reason=reason,
        batch=batch,
    )
    event.save()
    return event


def build(
    kind: str,
    target: models.Model,
    *,
    by: User | None,
    subject: models.Model | None = None,
    changes: Changes | None = None,
    reason: str = "",
    batch: str = "",
) -> Event:
    """Return an unsaved event, for `record_many`."""
    origin = get_source()
    return Event(
        kind=kind,
        actor=by,
        channel=origin.channel,
        ip=origin.ip,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        object_label=str(target)[:200],
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        changes=_as_json(changes or {}),
        reason=reason,
        batch=batch,
    )


def record_many(events: Iterable[Event]) -> None:
    """Append many events at once; bulk work leaves one per object, like any other."""
    Event.objects.bulk_create(events, batch_size=500)


def diff(old: models.Model, new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields of `new` whose value differs from that of `old`."""
    pairs = {name: (getattr(old, name), value) for name, value in new.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _as_json(changes: Changes) -> dict[str, list[Any]]:
    return {
        name: [None, None] if name in REDACTED else [_plain(before), _plain(after)]
        for name, (before, after) in changes.items()
    }


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case dt.datetime() | dt.date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return str(value)
