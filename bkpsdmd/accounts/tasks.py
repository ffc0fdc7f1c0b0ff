"""Celery's entry points of accounts."""

from celery import shared_task

from bkpsdmd.accounts.sessions import clear_ended


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Each night: drop the sessions that ended by themselves."""
    clear_ended()
