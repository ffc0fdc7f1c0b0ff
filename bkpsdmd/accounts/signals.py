"""allauth tells by signals what people change about their second step; it is audited."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.dispatch import receiver

from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.audit import services as audit


@receiver(authenticator_added)
def record_added(authenticator: Authenticator, **kwargs: Any) -> None:
    # The recovery codes that come with the app are no event of their own.
    if authenticator.type == Authenticator.Type.TOTP:
        _record(Kejadian.DUA_LANGKAH_HIDUP, authenticator)


@receiver(authenticator_removed)
def record_removed(authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        _record(Kejadian.DUA_LANGKAH_MATI, authenticator)


@receiver(authenticator_reset)
def record_reset(authenticator: Authenticator, **kwargs: Any) -> None:
    _record(Kejadian.KODE_CADANGAN, authenticator)


def _record(kind: Kejadian, authenticator: Authenticator) -> None:
    audit.record(kind, authenticator.user, by=authenticator.user)
