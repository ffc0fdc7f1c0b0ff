import datetime as dt

import pytest
from django.utils import timezone

from bkpsdmd.accounts import selectors, services
from bkpsdmd.accounts.attempts import Alasan, begin_attempt, close_attempt, hash_nama
from bkpsdmd.accounts.models import CatatanMasuk, User
from bkpsdmd.accounts.selectors import StatusAkun
from bkpsdmd.accounts.tests.factories import UserFactory


def instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}+08:00")


JULI, OKTOBER = instant("2026-07-01T00:00"), instant("2026-10-01T00:00")


def note(user: User, at: dt.datetime, alasan: Alasan = Alasan.BERHASIL) -> None:
    CatatanMasuk.objects.create(
        user=user,
        nama_hash=hash_nama(user.username),
        at=at,
        alasan=alasan,
        berhasil=alasan == Alasan.BERHASIL,
    )


def created(user: User, at: dt.datetime, gone: dt.datetime | None = None) -> None:
    User.objects.filter(pk=user.pk).update(created_at=at, deactivated_at=gone)


def test_period_counts_people_not_log_ins(db):
    one, two = UserFactory.create_batch(2)
    note(one, instant("2026-07-03T08:00"))
    note(one, instant("2026-08-03T08:00"))
    note(two, instant("2026-09-03T08:00"))

    assert selectors.active_users(JULI, OKTOBER).count() == 2
    assert set(selectors.active_users(JULI, OKTOBER)) == {one, two}


@pytest.mark.parametrize(
    ("at", "counted"),
    [
        (JULI - dt.timedelta(microseconds=1), 0),
        (JULI, 1),
        (OKTOBER - dt.timedelta(microseconds=1), 1),
        (OKTOBER, 0),
    ],
)
def test_period_is_half_open(pegawai, at, counted):
    note(pegawai, at)

    assert selectors.active_users(JULI, OKTOBER).count() == counted


def test_failures_and_service_accounts_are_no_activity(pegawai):
    note(pegawai, JULI, Alasan.SANDI_SALAH)
    note(pegawai, JULI, Alasan.TERVERIFIKASI)
    note(UserFactory(is_layanan=True), JULI)

    assert selectors.active_users(JULI, OKTOBER).count() == 0


def test_person_who_left_since_was_still_active(pegawai):
    note(pegawai, JULI)
    created(pegawai, JULI, OKTOBER)

    assert selectors.active_users(JULI, OKTOBER).count() == 1


@pytest.mark.parametrize(
    ("made", "gone", "counted"),
    [
        (OKTOBER - dt.timedelta(microseconds=1), None, 1),
        (OKTOBER, None, 0),
        (JULI, OKTOBER, 1),
        (JULI, OKTOBER - dt.timedelta(microseconds=1), 0),
    ],
)
def test_registered_are_those_who_existed_at_that_instant(pegawai, made, gone, counted):
    created(pegawai, made, gone)
    created(UserFactory(is_layanan=True), JULI)

    assert User.objects.terdaftar(OKTOBER).count() == counted


def test_states_of_a_page_of_accounts_cost_two_queries(
    pegawai, belum_aktif, pengelola, admin, django_assert_num_queries
):
    locked = UserFactory()
    for _ in range(5):
        attempt = begin_attempt(username=locked.username, ip="10.0.0.7")
        close_attempt(attempt, Alasan.SANDI_SALAH, user=locked)
    services.issue_kode(user=belum_aktif, tujuan=services.Tujuan.AKTIVASI, by=pengelola)
    gone = services.deactivate_account(user=UserFactory(), by=None, reason="-")

    with django_assert_num_queries(2):
        states = selectors.get_account_states([pegawai, belum_aktif, locked, gone])

    assert {pk: state.status for pk, state in states.items()} == {
        pegawai.pk: StatusAkun.AKTIF,
        belum_aktif.pk: StatusAkun.BELUM_AKTIF,
        locked.pk: StatusAkun.TERKUNCI,
        gone.pk: StatusAkun.NONAKTIF,
    }
    assert states[locked.pk].terkunci_sampai > timezone.now()
    assert states[belum_aktif.pk].kode_sampai > timezone.now()
    assert states[pegawai.pk].kode_sampai is None
    assert all(state.status.label for state in states.values())


def test_own_tries_come_newest_first(pegawai, belum_aktif):
    note(pegawai, JULI)
    note(pegawai, OKTOBER, Alasan.SANDI_SALAH)
    note(belum_aktif, OKTOBER)

    tries = selectors.list_recent_tries(pegawai, limit=2)

    assert [row.at for row in tries] == [OKTOBER, JULI]
