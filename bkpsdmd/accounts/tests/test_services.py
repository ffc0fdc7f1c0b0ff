import datetime as dt
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import authenticate
from django.utils import timezone

from bkpsdmd.accounts import services
from bkpsdmd.accounts.attempts import Alasan, begin_attempt, close_attempt
from bkpsdmd.accounts.events import SENTENCES, Kejadian
from bkpsdmd.accounts.models import CatatanMasuk, KodeAkses, User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.services import AkunBaru, Tujuan
from bkpsdmd.accounts.tests.factories import SANDI, UserFactory
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError

BARU = "sungai deras di hulu"


def refused(sebab: str, function: Any, /, **kwargs: Any) -> DomainError:
    """Assert the refusal, and that nothing was written about it."""
    events = Event.objects.count()
    with pytest.raises(DomainError) as caught:
        function(**kwargs)
    assert caught.value.kode == sebab
    assert Event.objects.count() == events
    return caught.value


def activate(user: User, kode: str, password: str = BARU) -> User:
    return services.activate(
        username=user.username, kode=kode, password=password, ip="10.0.0.7"
    )


# -- Accounts -----------------------------------------------------------------------


def test_new_account_has_no_password_at_all(admin):
    user = services.create_account(
        username="19850412 201001 1 001", nama="Budi Contoh", by=admin
    )

    user.refresh_from_db()
    assert user.username == "198504122010011001"
    assert not user.has_usable_password()
    event = Event.objects.get()
    assert (event.kind, event.actor, event.object_label) == (
        Kejadian.BUAT,
        admin,
        "Budi Contoh",
    )


@pytest.mark.parametrize(
    "guess",
    [
        "",
        "!",
        "198504122010011001",
        "12041985",
        "12-04-1985",
        "Budi Contoh",
        "password",
    ],
)
def test_nothing_opens_an_account_before_its_code(admin, guess):
    user = services.create_account(
        username="198504122010011001", nama="Budi Contoh", by=None
    )

    assert authenticate(None, username=user.username, password=guess) is None
    assert authenticate(None, username=user.username, password=user.password) is None


def test_taken_name_is_refused_however_it_is_typed(pegawai):
    error = refused(
        "nama_dipakai",
        services.create_account,
        username=f" {pegawai.username[:8]} {pegawai.username[8:]}",
        nama="Lain",
        by=None,
    )

    assert error.kolom == "username"
    assert pegawai.username not in error.pesan


def test_many_accounts_cost_few_queries_and_leave_an_event_each(
    db, django_assert_max_num_queries
):
    rows = [AkunBaru(f"1985041220100{n:05d}", f"Warga {n}") for n in range(600)]

    with django_assert_max_num_queries(25):
        users = services.create_accounts(rows, by=None, batch="impor-1")

    assert [user.nama for user in users[:2]] == ["Warga 0", "Warga 1"]
    assert all(user.pk for user in users)
    assert Event.objects.filter(kind=Kejadian.BUAT, batch="impor-1").count() == 600


def test_twins_among_many_refuse_them_all(db):
    refused(
        "nama_kembar",
        services.create_accounts,
        accounts=[AkunBaru("siti", "A"), AkunBaru("SITI", "B")],
        by=None,
    )

    assert not User.objects.exists()


def test_corrected_nip_is_the_new_name_to_log_in_with(admin, pegawai):
    user = services.update_account(
        user=pegawai,
        username="19900101 201503 2 001",
        nama=pegawai.nama,
        email="siti@contoh.invalid",
        is_layanan=False,
        by=admin,
    )

    assert authenticate(None, username="199001012015032001", password=SANDI) == user
    event = Event.objects.get(kind=Kejadian.UBAH)
    assert set(event.changes) == {"username", "email"}
    assert event.changes["email"] == [None, None]


def test_correction_to_a_taken_name_is_refused(admin, pegawai, belum_aktif):
    refused(
        "nama_dipakai",
        services.update_account,
        user=pegawai,
        username=belum_aktif.username,
        nama="x",
        email="",
        is_layanan=False,
        by=admin,
    )


def test_correction_that_changes_nothing_leaves_no_event(admin, pegawai):
    services.update_account(
        user=pegawai,
        username=pegawai.username,
        nama=pegawai.nama,
        email="",
        is_layanan=False,
        by=admin,
    )

    assert not Event.objects.exists()


def test_deactivated_account_cannot_log_in_and_its_codes_end(admin, pegawai):
    services.issue_kode(user=pegawai, tujuan=Tujuan.RESET, by=admin)

    user = services.deactivate_account(user=pegawai, by=admin, reason="Pensiun")

    assert authenticate(None, username=user.username, password=SANDI) is None
    assert not KodeAkses.objects.belum_selesai().exists()
    assert user.deactivated_at is not None
    event = Event.objects.get(kind=Kejadian.NONAKTIFKAN)
    assert event.reason == "Pensiun"


def test_reactivated_account_logs_in_with_its_old_password(admin, pegawai):
    services.deactivate_account(user=pegawai, by=admin, reason="Salah")
    user = services.reactivate_account(user=pegawai, by=admin, reason="Salah orang")

    assert authenticate(None, username=user.username, password=SANDI) == user
    assert user.deactivated_at is None
    assert Event.objects.filter(kind=Kejadian.AKTIFKAN).count() == 1


def test_account_is_not_closed_or_opened_twice(admin, pegawai):
    refused(
        "akun_aktif",
        services.reactivate_account,
        user=pegawai,
        by=admin,
        reason="-",
    )
    services.deactivate_account(user=pegawai, by=admin, reason="-")
    refused(
        "akun_nonaktif",
        services.deactivate_account,
        user=pegawai,
        by=admin,
        reason="-",
    )


def test_officer_cannot_reopen_the_closed_account_of_an_admin(admin, pengelola):
    services.deactivate_account(user=admin, by=None, reason="Mutasi")

    refused(
        "di_luar_wewenang",
        services.reactivate_account,
        user=admin,
        by=pengelola,
        reason="-",
    )


# -- Codes --------------------------------------------------------------------------


def test_code_opens_the_account_once(belum_aktif, pengelola):
    kode = services.issue_kode(user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=pengelola)

    user = activate(belum_aktif, kode.lower().replace("-", " "))

    assert authenticate(None, username=user.username, password=BARU) == user
    assert list(Event.objects.values_list("kind", "actor").order_by("id")) == [
        (Kejadian.TERBITKAN_KODE, pengelola.pk),
        (Kejadian.AKTIVASI, user.pk),
    ]
    error = refused(
        "kode_tidak_berlaku",
        activate,
        user=user,
        kode=kode,
        password="lain sama sekali",
    )
    assert "sudah pernah dipakai" in error.pesan
    assert authenticate(None, username=user.username, password=BARU) == user


def test_code_is_stored_and_audited_only_as_a_hash(belum_aktif, pengelola):
    kode = services.issue_kode(user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=pengelola)
    written = f"{KodeAkses.objects.values().get()} {Event.objects.values().get()}"

    for form in (kode, kode.replace("-", "")):
        assert form not in written


def test_code_ends_after_its_days(belum_aktif, pengelola, settings):
    with time_machine.travel("2026-03-02 08:00+08:00", tick=False) as clock:
        kode = services.issue_kode(
            user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=pengelola
        )
        clock.shift(dt.timedelta(days=settings.ACTIVATION_CODE_DAYS))
        error = refused("kode_tidak_berlaku", activate, user=belum_aktif, kode=kode)
        clock.shift(dt.timedelta(seconds=-1))
        activate(belum_aktif, kode)

    assert "sudah habis" in error.pesan


def test_reset_code_is_good_for_a_day(pegawai, pengelola):
    services.issue_kode(user=pegawai, tujuan=Tujuan.RESET, by=pengelola)

    row = KodeAkses.objects.get()
    assert row.expires_at - row.created_at == dt.timedelta(days=1)


def test_code_of_somebody_else_is_refused(belum_aktif, pegawai, pengelola):
    kode = services.issue_kode(user=pegawai, tujuan=Tujuan.RESET, by=pengelola)

    refused("kode_salah", activate, user=belum_aktif, kode=kode)
    belum_aktif.refresh_from_db()
    assert not belum_aktif.has_usable_password()


def test_new_code_ends_the_old_one(belum_aktif, pengelola):
    old = services.issue_kode(user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=pengelola)
    new = services.issue_kode(user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=pengelola)

    error = refused("kode_tidak_berlaku", activate, user=belum_aktif, kode=old)
    assert "diganti" in error.pesan
    activate(belum_aktif, new)


def test_code_that_another_request_just_used_is_refused(
    belum_aktif, pengelola, monkeypatch
):
    kode = services.issue_kode(user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=pengelola)

    def use_it_first(*args: Any, **kwargs: Any) -> None:
        KodeAkses.objects.update(used_at=timezone.now())

    monkeypatch.setattr(services, "_check_password", use_it_first)

    refused("kode_tidak_berlaku", activate, user=belum_aktif, kode=kode)
    belum_aktif.refresh_from_db()
    assert not belum_aktif.has_usable_password()


def test_deactivated_account_gets_no_code_and_its_code_opens_nothing(
    belum_aktif, admin
):
    kode = services.issue_kode(user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=admin)
    User.objects.filter(pk=belum_aktif.pk).update(is_active=False)
    belum_aktif.refresh_from_db()

    refused("kode_salah", activate, user=belum_aktif, kode=kode)
    refused(
        "akun_nonaktif",
        services.issue_kode,
        user=belum_aktif,
        tujuan=Tujuan.RESET,
        by=admin,
    )


def test_wrong_and_unknown_are_refused_in_the_same_words(belum_aktif, pengelola):
    services.issue_kode(user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=pengelola)

    known = refused("kode_salah", activate, user=belum_aktif, kode="K7QM-3F9T-XW")
    unknown = refused(
        "kode_salah",
        activate,
        user=User(username="tidak-ada"),
        kode="K7QM-3F9T-XW",
    )
    assert known.pesan == unknown.pesan


@pytest.mark.parametrize(
    "weak", ["pendek", "1234567890123", "Budi Contoh", "qwertyuiop", "K7QM3F9TXW"]
)
def test_weak_password_is_refused_and_the_code_stays_good(
    belum_aktif, pengelola, monkeypatch, weak
):
    monkeypatch.setattr(services.codes, "generate_kode", lambda: "K7QM-3F9T-XW")
    kode = services.issue_kode(user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=pengelola)

    error = refused("sandi_lemah", activate, user=belum_aktif, kode=kode, password=weak)
    assert error.kolom == "password1"
    activate(belum_aktif, kode)


def test_nip_is_no_password(belum_aktif, pengelola):
    kode = services.issue_kode(user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=pengelola)

    refused(
        "sandi_lemah",
        activate,
        user=belum_aktif,
        kode=kode,
        password=f"nip{belum_aktif.username}",
    )


def test_guessing_codes_locks_the_account(belum_aktif, pengelola):
    kode = services.issue_kode(user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=pengelola)
    for _ in range(5):
        refused("kode_salah", activate, user=belum_aktif, kode="CCCC-CCCC-CC")

    refused("akun_terkunci", activate, user=belum_aktif, kode=kode)


def test_issuing_a_code_lifts_the_lock(pegawai, pengelola):
    lock(pegawai)

    kode = services.issue_kode(user=pegawai, tujuan=Tujuan.RESET, by=pengelola)

    activate(pegawai, kode)


def test_reset_code_leaves_the_second_step_alone(pegawai, pengelola):
    TOTP.activate(pegawai, generate_totp_secret())
    kode = services.issue_kode(user=pegawai, tujuan=Tujuan.RESET, by=pengelola)

    activate(pegawai, kode)

    assert pegawai.authenticator_set.count() == 1
    assert Event.objects.filter(kind=Kejadian.ATUR_ULANG).count() == 1


@pytest.mark.parametrize(
    "target_roles", [{Role.ADMIN}, {Role.PEGAWAI, Role.VERIFIKATOR}]
)
def test_officer_issues_no_code_for_a_higher_role(pengelola, target_roles):
    target = UserFactory(roles=target_roles)

    refused(
        "di_luar_wewenang",
        services.issue_kode,
        user=target,
        tujuan=Tujuan.RESET,
        by=pengelola,
    )
    assert not KodeAkses.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_nobody_issues_a_code_for_oneself(db, role):
    user = UserFactory(roles={role})

    refused(
        "akun_sendiri",
        services.issue_kode,
        user=user,
        tujuan=Tujuan.RESET,
        by=user,
    )


def test_person_without_managing_role_issues_no_code(pegawai, belum_aktif):
    refused(
        "di_luar_wewenang",
        services.issue_kode,
        user=belum_aktif,
        tujuan=Tujuan.AKTIVASI,
        by=pegawai,
    )


def test_one_account_out_of_reach_refuses_the_whole_batch(
    pengelola, belum_aktif, admin
):
    refused(
        "di_luar_wewenang",
        services.issue_kode_many,
        users=[belum_aktif, admin],
        tujuan=Tujuan.AKTIVASI,
        by=pengelola,
    )
    assert not KodeAkses.objects.exists()


def test_batch_gives_each_account_its_own_code(pengelola):
    users = UserFactory.create_batch(3, password=None, roles={Role.PEGAWAI})

    kode_by_user = services.issue_kode_many(
        users, tujuan=Tujuan.AKTIVASI, by=pengelola, batch="dinas-1"
    )

    assert list(kode_by_user) == users
    assert len(set(kode_by_user.values())) == 3
    assert Event.objects.filter(batch="dinas-1").count() == 3
    for user, kode in kode_by_user.items():
        activate(user, kode)


# -- Locks, passwords, second step --------------------------------------------------


def lock(user: User) -> None:
    for _ in range(5):
        attempt = begin_attempt(username=user.username, ip="10.0.0.9")
        close_attempt(attempt, Alasan.SANDI_SALAH, user=user)


def test_unlocking_is_audited_and_works(admin, pegawai):
    lock(pegawai)

    services.unlock_account(user=pegawai, by=admin)

    begin_attempt(username=pegawai.username, ip="10.0.0.7")
    assert Event.objects.get().kind == Kejadian.BUKA_KUNCI
    assert CatatanMasuk.objects.filter(user=pegawai, alasan=Alasan.DIBUKA).exists()


def test_officer_cannot_unlock_an_admin(admin, pengelola):
    refused("di_luar_wewenang", services.unlock_account, user=admin, by=pengelola)


def test_own_new_password_ends_open_codes(pegawai, pengelola):
    services.issue_kode(user=pegawai, tujuan=Tujuan.RESET, by=pengelola)

    services.change_password(user=pegawai, password=BARU)

    assert not KodeAkses.objects.belum_selesai().exists()
    assert authenticate(None, username=pegawai.username, password=BARU) == pegawai
    assert Event.objects.filter(kind=Kejadian.GANTI_SANDI, actor=pegawai).exists()


def test_every_event_has_its_sentence():
    assert set(SENTENCES) == set(Kejadian)
    assert all("{pelaku}" in s and "{objek}" in s for s in SENTENCES.values())
