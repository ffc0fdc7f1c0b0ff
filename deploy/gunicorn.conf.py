"""How gunicorn serves the portal, at a desk and in an office's server room."""

import os
from pathlib import Path

from bkpsdmd.start import require_ready

wsgi_app = "bkpsdmd.wsgi:application"
bind = "127.0.0.1:8000"
worker_class = "gthread"
# Two processes use two cores; a thread waits for the database or a slow phone. Options of
# the command line (--bind, --workers, --threads) go before these.
workers = 2
threads = 4
timeout = 60
graceful_timeout = 10
keepalive = 5
# A process that has grown is replaced, and not both at the same moment.
max_requests = 5000
max_requests_jitter = 1000
# Not preloaded: each process opens its own database connections after the fork.
preload_app = False
# The default would put a socket into the home folder; nobody uses it.
control_socket_disable = True
# From these addresses X-Forwarded-Proto is believed; bkpsdmd/wsgi.py believes X-Real-IP.
forwarded_allow_ips = os.environ.get("PROXY_ADDRESSES") or "127.0.0.1"
# On a disk, the "I am alive" file makes a worker wait for that disk.
_memory = Path("/dev/shm")  # noqa: S108  only the folder; gunicorn names the file
worker_tmp_dir = str(_memory) if _memory.is_dir() else None
# Addresses of pages with search words stand in no log; nginx logs without them.
accesslog = None
loglevel = os.environ.get("LOG_LEVEL", "info").lower()


def on_starting(server: object) -> None:
    """End with one clear line before any process is started, not once in each."""
    require_ready()
