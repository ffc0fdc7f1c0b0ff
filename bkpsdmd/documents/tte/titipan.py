"""A passphrase on its way from the page to the job that signs a bundle with it.

Task arguments and job rows are written down and kept; this is not: it lies encrypted in
the cache for as long as the job may need it, and the job takes it away when it ends.
"""

from __future__ import annotations

import base64
import hashlib
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.cache import cache
from django.views.decorators.debug import sensitive_variables

SECONDS = 1800


@sensitive_variables("frasa_sandi")
def leave_frasa(job_id: UUID, frasa_sandi: str) -> None:
    if frasa_sandi:
        cache.set(_key(job_id), _fernet().encrypt(frasa_sandi.encode()), SECONDS)


def read_frasa(job_id: UUID) -> str:
    """Return what was left for this job; "" where nothing is, or not any more."""
    token = cache.get(_key(job_id))
    if token is None:
        return ""
    try:
        return _fernet().decrypt(token).decode()
    except InvalidToken:
        return ""


def drop_frasa(job_id: UUID) -> None:
    cache.delete(_key(job_id))


def _key(job_id: UUID) -> str:
    return f"documents.titipan:{job_id}"


def _fernet() -> Fernet:
    digest = hashlib.sha256(f"titipan:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
