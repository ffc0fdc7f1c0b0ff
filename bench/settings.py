"""The portal as it is served, which also tells how many queries an answer took."""

from bkpsdmd.settings import *  # noqa: F403
from bkpsdmd.settings import MIDDLEWARE

MIDDLEWARE = ["bench.queries.CountQueries", *MIDDLEWARE]
