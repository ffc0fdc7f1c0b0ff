"""Celery's entry points of accounts."""

from importlib import import_module

from celery import shared_task
from django.conf import settings


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Each night: drop the sessions that ended by themselves."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
