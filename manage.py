#!/usr/bin/env python
"""Command line of the portal. A wrong setting ends it with one clear line."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bkpsdmd.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Pengaturan salah: {error}")


if __name__ == "__main__":
    main()
