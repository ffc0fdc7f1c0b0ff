"""The first values of a new portal, from a file: no office is written into the code."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def read_initial() -> dict[str, Any]:
    """Return `kantor` and `buku_nomor` of data/kantor.yaml."""
    path = Path(__file__).parent / "data" / "kantor.yaml"
    values: dict[str, Any] = yaml.safe_load(path.read_text())
    return values
