"""`/healthz`: is what the portal needs there? For load balancers and monitoring.

Open to all, so it tells words, never an address or an error text. The database, the
cache and the queue decide between 200 and 503. A missing worker does not: pages are
served, jobs wait and are done later, and taking the web server out would not help.
"""

import os
import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis

from bkpsdmd.jobs.services import is_worker_alive

OK, DOWN = "ok", "mati"


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_cache() -> None:
    key, value = "healthz", uuid.uuid4().hex
    cache.set(key, value, 10)
    if cache.get(key) is None:
        raise OSError("cache does not keep what is written")


def check_broker() -> None:
    if settings.REDIS_URL:
        with Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2
        ) as broker:
            broker.ping()
    elif not os.access(settings.QUEUE_DIR, os.W_OK | os.X_OK):
        raise OSError("queue folder is not writable")


NEEDED: dict[str, Callable[[], None]] = {
    "database": check_database,
    "cache": check_cache,
    "broker": check_broker,
}


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    state = {name: _state(check) for name, check in NEEDED.items()}
    healthy = all(word == OK for word in state.values())
    return JsonResponse(
        {
            "status": OK if healthy else DOWN,
            **state,
            "worker": _worker() if healthy else "tidak diketahui",
            "last_backup": "belum ada",
        },
        status=200 if healthy else 503,
    )


def _state(check: Callable[[], None]) -> str:
    try:
        check()
    except Exception:  # every driver has errors of its own
        return DOWN
    return OK


def _worker() -> str:
    return OK if is_worker_alive(now=timezone.now()) else "tidak terlihat"
