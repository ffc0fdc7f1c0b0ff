"""Settings of a second process that works on the database of a running test."""

import os

from bkpsdmd.settings_test import *  # noqa: F403
from bkpsdmd.settings_test import DATABASES

DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
ROLE_PROVIDER = "bkpsdmd.accounts.tests.factories.list_peran"
ROLE_WORDS = ""
ALLOWED_HOSTS = ["testserver"]
