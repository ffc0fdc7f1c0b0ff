"""A record about to be written: its kind and its fields."""

from typing import Any

# The key of `simpeg.jenis_riwayat.JENIS`; a value may be a code of what it names.
Baris = tuple[str, dict[str, Any]]
