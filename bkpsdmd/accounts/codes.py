"""One-time codes as people read them: drawn, grouped for paper, recognised again."""

import re
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

# No pair that looks alike on bad paper (0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V) and no vowel,
# so that no code spells a word. 22 signs in 10 places are 44 bits; the lock allows a
# few hundred guesses a day.
ALPHABET = "CDFGHJKMNPQRTVWXY34679"
LENGTH = 10


def generate_kode() -> str:
    """Return a new code in groups, e.g. `K7QM-3F9T-XW`."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(re.findall(".{1,4}", drawn))


def normalize_kode(typed: str) -> str:
    """Return a code without grouping, whatever way it was typed."""
    return re.sub(r"[\W_]", "", typed).upper()


def hash_kode(user_id: int, kode: str) -> str:
    """Return what is stored: a keyed hash, bound to the account it was issued for."""
    value = f"{user_id}:{normalize_kode(kode)}"
    return salted_hmac("bkpsdmd.accounts.kode", value, algorithm="sha256").hexdigest()


def is_kode(user_id: int, typed: str, kode_hash: str) -> bool:
    """Compare in constant time."""
    return constant_time_compare(hash_kode(user_id, typed), kode_hash)
