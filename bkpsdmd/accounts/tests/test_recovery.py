"""A lost phone: two officers, the right ones, once; and the person is told."""

import datetime as dt

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts import recovery
from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.accounts.models import PemulihanMfa
from bkpsdmd.accounts.permissions import may_decide_recovery, may_request_recovery
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import SANDI, UserFactory
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError

Keadaan = PemulihanMfa.Keadaan
NOW = timezone.now()


@pytest.fixture
def protected(pegawai):
    TOTP.activate(pegawai, generate_totp_secret())
    RecoveryCodes.activate(pegawai)
    return pegawai


@pytest.fixture
def pranata(db):
    return UserFactory(nama="Pranata", roles={Role.PRANATA_KOMPUTER})


@pytest.fixture
def ask(pengelola):
    def request(user, by=pengelola, now=NOW):
        return recovery.request_recovery(
            user=user, cara="tatap_muka", alasan="Hanyut saat banjir", by=by, now=now
        )

    return request


def refused(kode, act, **kwargs):
    with pytest.raises(DomainError) as caught:
        act(**kwargs)
    assert caught.value.kode == kode


def approve(row, by, now=NOW):
    recovery.approve_recovery(pemulihan=row, by=by, catatan="", now=now)


def test_two_officers_take_a_lost_second_step_away(protected, pengelola, admin, ask):
    row = ask(protected)
    assert protected.authenticator_set.count() == 2

    approve(row, admin)

    row.refresh_from_db()
    assert row.keadaan == Keadaan.DISETUJUI
    assert not protected.authenticator_set.exists()
    kinds = list(Event.objects.order_by("id").values_list("kind", "actor"))
    assert kinds == [
        (Kejadian.MINTA_PEMULIHAN, pengelola.pk),
        (Kejadian.HAPUS_DUA_LANGKAH, admin.pk),
    ]
    event = Event.objects.get(kind=Kejadian.HAPUS_DUA_LANGKAH)
    assert event.changes["diminta_oleh"] == [None, str(pengelola)]


def test_who_asked_cannot_approve(protected, admin, ask):
    row = ask(protected, by=admin)
    refused(
        "petugas_sama",
        recovery.approve_recovery,
        pemulihan=row,
        by=admin,
        catatan="",
        now=NOW,
    )
    assert protected.authenticator_set.exists()


def test_nobody_recovers_the_own_account(admin, ask, pranata):
    TOTP.activate(admin, generate_totp_secret())
    refused("akun_sendiri", ask, user=admin, by=admin)
    row = ask(admin, by=pranata)
    with pytest.raises(DomainError):
        approve(row, admin)
    assert admin.authenticator_set.exists()


def test_lone_admin_is_recovered_by_pranata_and_a_leader(admin, ask, pranata):
    TOTP.activate(admin, generate_totp_secret())
    approve(ask(admin, by=pranata), UserFactory(roles={Role.KEPALA_BADAN}))
    assert not admin.authenticator_set.exists()


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.ADMIN, Role.PRANATA_KOMPUTER})
)
def test_only_keepers_and_leaders_are_second_officers(protected, role, ask):
    row = ask(protected)
    by = UserFactory(roles={role})
    if role in {Role.SEKRETARIS, Role.KEPALA_BADAN}:
        approve(row, by)
        assert not protected.authenticator_set.exists()
    else:
        with pytest.raises(DomainError):
            approve(row, by)
        assert protected.authenticator_set.exists()


def test_officer_cannot_ask_for_who_may_do_more(admin, pengelola, ask):
    TOTP.activate(admin, generate_totp_secret())
    refused("di_luar_wewenang", ask, user=admin, by=pengelola)


def test_without_a_second_step_there_is_nothing_to_recover(pegawai, ask):
    refused("tanpa_mfa", ask, user=pegawai)


def test_one_request_at_a_time(protected, ask, admin):
    ask(protected)
    refused("sudah_diminta", ask, user=protected, by=admin)
    assert PemulihanMfa.objects.count() == 1


def test_a_request_that_ran_out_cannot_be_approved_and_gives_way(
    protected, ask, admin, settings
):
    row = ask(protected)
    later = NOW + dt.timedelta(hours=settings.PEMULIHAN_JAM)
    refused(
        "lewat",
        recovery.approve_recovery,
        pemulihan=row,
        by=admin,
        catatan="",
        now=later,
    )
    ask(protected, now=later)
    row.refresh_from_db()
    assert row.keadaan == Keadaan.LEWAT


def test_second_decision_comes_too_late(protected, ask, admin, pranata):
    row = ask(protected)
    recovery.refuse_recovery(pemulihan=row, by=admin, catatan="Bukan dia", now=NOW)
    refused(
        "sudah_diputuskan",
        recovery.approve_recovery,
        pemulihan=row,
        by=pranata,
        catatan="",
        now=NOW,
    )
    assert protected.authenticator_set.exists()
    assert Event.objects.filter(kind=Kejadian.TOLAK_PEMULIHAN).count() == 1


def test_refusing_needs_a_reason(protected, ask, admin):
    row = ask(protected)
    with pytest.raises(DomainError, match="alasan penolakan"):
        recovery.refuse_recovery(pemulihan=row, by=admin, catatan=" ", now=NOW)
    row.refresh_from_db()
    assert row.keadaan == Keadaan.DIMINTA


def test_the_database_itself_wants_two_officers(protected, ask):
    row = ask(protected)
    with pytest.raises(IntegrityError), transaction.atomic():
        PemulihanMfa.objects.filter(pk=row.pk).update(
            keadaan=Keadaan.DISETUJUI, diputuskan_oleh=row.diminta_oleh
        )


def test_sessions_of_the_account_end(client, protected, ask, admin):
    client.force_login(protected)
    other = client.__class__()
    other.post("/akun/masuk/", {"login": protected.username, "password": SANDI})
    client.get("/akun/saya/")
    from allauth.usersessions.models import UserSession

    UserSession.objects.create(
        user=protected,
        ip="10.0.0.8",
        user_agent="x",
        session_key=client.session.session_key,
    )
    approve(ask(protected), admin)
    assert client.get("/akun/saya/").status_code == 302


def test_person_is_told_until_they_say_so(client, protected, ask, admin):
    approve(ask(protected), admin)
    client.force_login(protected)

    assert "dihapus" in client.get("/akun/saya/").content.decode()
    assert "Keamanan akun" in client.get("/").content.decode()
    client.post("/akun/pemulihan/dibaca/")
    assert "Keamanan akun" not in client.get("/").content.decode()


def test_pages_lead_from_request_to_decision(client, protected, admin, pranata):
    client.force_login(pranata)
    url = "/akun/pemulihan/minta/"
    form = {"username": protected.username, "cara": "surat", "alasan": "Ponsel hilang"}
    assert client.post(url, {**form, "username": "tidak-ada"}).status_code == 200
    assert client.post(url, form).url == "/akun/pemulihan/"
    row = PemulihanMfa.objects.get()
    page = reverse("pemulihan-detail", args=[row.pk])
    # Who asked sees no decision to take.
    assert 'name="putusan"' not in client.get(page).content.decode()

    client.force_login(admin)
    assert "ponsel hilang" in client.get("/").content.decode()
    html = client.get(page).content.decode()
    assert 'name="putusan"' in html
    assert client.post(page, {"putusan": "tolak"}).status_code == 200
    assert client.post(page, {"putusan": "setuju"}).url == "/akun/pemulihan/"
    assert not protected.authenticator_set.exists()


def test_auditor_reads_but_does_not_decide(client, protected, ask):
    row = ask(protected)
    client.force_login(UserFactory(roles={Role.AUDITOR}))
    page = reverse("pemulihan-detail", args=[row.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"putusan": "setuju"}).status_code == 403
    assert protected.authenticator_set.exists()


def test_rules_for_who_asks_and_who_decides():
    assert may_request_recovery({Role.PENGELOLA_OPD}, {Role.PEGAWAI})
    assert not may_request_recovery({Role.PENGELOLA_OPD}, {Role.VERIFIKATOR})
    assert may_request_recovery({Role.PRANATA_KOMPUTER}, {Role.ADMIN})
    assert not may_request_recovery({Role.KEPALA_BADAN}, {Role.PEGAWAI})
    assert may_decide_recovery({Role.SEKRETARIS}, {Role.ADMIN})
    assert not may_decide_recovery({Role.PRANATA_KOMPUTER}, {Role.ADMIN})
    assert not may_decide_recovery({Role.PENGELOLA_OPD}, {Role.PEGAWAI})
