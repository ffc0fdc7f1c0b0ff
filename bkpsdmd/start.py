"""What must hold before anything is started; if not, one clear line and the end."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured


def require_settings() -> None:
    """Read the settings, or exit with the sentence that says which one is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bkpsdmd.settings")
    from django.conf import settings

    try:
        _ = settings.SECRET_KEY
    except ImproperlyConfigured as error:
        sys.exit(f"Pengaturan salah: {error}")


def require_ready() -> None:
    """Also connect to the database once, or exit with the driver's first line."""
    require_settings()
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = str(error).strip().split("\n", 1)[0]
        sys.exit(f"Basis data tidak dapat dihubungi: {reason}")
    finally:
        # Nothing open may be inherited by the processes that are started now.
        connection.close()
