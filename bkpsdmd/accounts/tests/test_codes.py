import re

from hypothesis import given
from hypothesis import strategies as st

from bkpsdmd.accounts import codes


def test_kode_is_ten_clear_signs_in_groups():
    kode = codes.generate_kode()

    assert re.fullmatch(r"[CDFGHJ-NP-RTVWXY34679]{4}-\w{4}-\w{2}", kode)
    assert set(kode) <= {*codes.ALPHABET, "-"}


def test_alphabet_has_no_sign_that_looks_like_another():
    assert not set("01258OILZSBU") & set(codes.ALPHABET)
    assert len(set(codes.ALPHABET)) ** codes.LENGTH > 2**44


def test_a_thousand_codes_differ():
    assert len({codes.generate_kode() for _ in range(1000)}) == 1000


@given(st.lists(st.sampled_from([" ", "-", ".", "\u2013", "\u00a0"]), max_size=10))
def test_kode_is_recognised_however_it_is_grouped(noise: list[str]):
    typed = "".join(
        a + b for a, b in zip("k7qm3f9txw", [*noise, *[""] * 10], strict=False)
    )

    assert codes.normalize_kode(typed) == "K7QM3F9TXW"


def test_hash_is_bound_to_its_account():
    kode = codes.generate_kode()

    assert codes.is_kode(1, kode.lower(), codes.hash_kode(1, kode))
    assert not codes.is_kode(2, kode, codes.hash_kode(1, kode))


def test_hash_depends_on_the_secret_key(settings):
    before = codes.hash_kode(1, "K7QM-3F9T-XW")
    settings.SECRET_KEY = "another-key-that-is-long-enough-0123456789"

    assert codes.hash_kode(1, "K7QM-3F9T-XW") != before
