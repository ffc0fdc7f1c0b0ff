import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from bkpsdmd.accounts.attempts import (
    Alasan,
    LockedError,
    begin_attempt,
    close_attempt,
    hash_nama,
    locked_until_by_user,
)
from bkpsdmd.accounts.models import CatatanMasuk
from bkpsdmd.accounts.tests.factories import UserFactory

IP = "10.0.0.7"
NOW = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def fail(username: str, times: int, ip: str | None = IP) -> None:
    for _ in range(times):
        attempt = begin_attempt(username=username, ip=ip)
        close_attempt(attempt, Alasan.SANDI_SALAH, user=None)


def is_locked(username: str, ip: str | None = IP) -> bool:
    try:
        close_attempt(
            begin_attempt(username=username, ip=ip), Alasan.TERVERIFIKASI, user=None
        )
    except LockedError:
        return True
    return False


def test_fifth_failure_locks(db, clock, settings):
    fail("siti", settings.LOGIN_ATTEMPTS_PER_ACCOUNT - 1)
    assert not is_locked("siti")

    fail("siti", 1)
    assert is_locked("siti")


def test_lock_says_how_many_minutes_remain(db, clock):
    fail("siti", 5)
    clock.shift(dt.timedelta(minutes=5, seconds=30))

    with pytest.raises(LockedError, match="Coba lagi 10 menit lagi") as caught:
        begin_attempt(username="siti", ip=IP)
    assert caught.value.menit == 10


def test_lock_ends_by_itself_and_the_count_starts_again(db, clock, settings):
    fail("siti", 5)
    clock.shift(dt.timedelta(minutes=settings.LOGIN_LOCK_MINUTES, seconds=1))

    fail("siti", 4)
    assert not is_locked("siti")
    fail("siti", 1)
    assert is_locked("siti")


def test_knocking_on_a_locked_account_does_not_lock_it_for_longer(db, clock):
    fail("siti", 5)
    for _ in range(20):
        clock.shift(dt.timedelta(seconds=44))
        assert is_locked("siti")
    clock.shift(dt.timedelta(seconds=21))

    assert not is_locked("siti")


def test_failures_far_apart_do_not_lock(db, clock):
    for _ in range(12):
        fail("siti", 1)
        clock.shift(dt.timedelta(minutes=4))

    assert not is_locked("siti")


def test_name_is_counted_however_it_is_typed(db, clock):
    fail("19850412 201001 1 001", 3)
    fail("198504122010011001", 2)

    assert is_locked("19850412.201001.1.001")


def test_unknown_name_locks_like_a_known_one(pegawai, clock):
    fail(pegawai.username, 5)
    fail("tidak-ada", 5)

    with pytest.raises(LockedError) as known:
        begin_attempt(username=pegawai.username, ip=IP)
    with pytest.raises(LockedError) as unknown:
        begin_attempt(username="tidak-ada", ip=IP)
    assert known.value.pesan == unknown.value.pesan


def test_success_starts_the_count_again(pegawai, clock):
    fail(pegawai.username, 4)
    attempt = begin_attempt(username=pegawai.username, ip=IP)
    close_attempt(attempt, Alasan.BERHASIL, user=pegawai)
    fail(pegawai.username, 4)

    assert not is_locked(pegawai.username)


def test_right_password_alone_does_not_start_the_count_again(pegawai, clock):
    """Who has the password but not the phone could otherwise guess codes for ever."""
    for _ in range(5):
        attempt = begin_attempt(username=pegawai.username, ip=IP)
        close_attempt(attempt, Alasan.TERVERIFIKASI, user=pegawai)
        attempt = begin_attempt(username=pegawai.username, ip=IP)
        close_attempt(attempt, Alasan.LANGKAH_KEDUA_SALAH, user=pegawai)

    assert is_locked(pegawai.username)


def test_try_that_was_never_closed_counts(db, clock):
    for _ in range(5):
        begin_attempt(username="siti", ip=IP)

    assert is_locked("siti")


def test_one_address_is_locked_over_many_names(db, clock, settings):
    for n in range(settings.LOGIN_ATTEMPTS_PER_ADDRESS):
        fail(f"nama{n}", 1)

    assert is_locked("yang-lain")
    assert not is_locked("yang-lain", ip="10.0.0.8")


def test_own_success_does_not_free_the_address(pegawai, clock, settings):
    settings.LOGIN_ATTEMPTS_PER_ADDRESS = 6
    for n in range(6):
        fail(f"nama{n}", 1)
        if n < 5:
            attempt = begin_attempt(username=pegawai.username, ip=IP)
            close_attempt(attempt, Alasan.BERHASIL, user=pegawai)

    assert is_locked(pegawai.username)


def test_without_an_address_only_names_are_counted(db, clock, settings):
    settings.LOGIN_ATTEMPTS_PER_ADDRESS = 2
    for n in range(4):
        fail(f"nama{n}", 1, ip="")

    assert not is_locked("yang-lain", ip="")


def test_typed_name_is_never_kept(db, clock):
    fail("Rahasia-Yang-Salah-Kolom", 1)

    row = CatatanMasuk.objects.values().get()
    assert "rahasia" not in str(row).lower()
    assert row["nama_hash"] == hash_nama("rahasia-yang-salah-kolom")


def test_locks_of_many_accounts_are_read_in_one_query(
    db, clock, django_assert_num_queries
):
    locked, free, success = UserFactory.create_batch(3)
    fail(locked.username, 5)
    fail(free.username, 4)
    fail(success.username, 4)
    close_attempt(
        begin_attempt(username=success.username, ip=IP), Alasan.BERHASIL, user=success
    )
    fail(success.username, 1)

    with django_assert_num_queries(1):
        ends = locked_until_by_user([locked, free, success])

    assert ends == {locked.pk: timezone.now() + dt.timedelta(minutes=15)}


def test_begin_costs_one_write_and_two_small_reads(
    db, clock, django_assert_num_queries
):
    with django_assert_num_queries(3):
        begin_attempt(username="siti", ip=IP)
