import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bkpsdmd.accounts.models import KodeAkses, User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.services import activate
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from simpeg.models import PemberianPeran
from simpeg.selectors.akses import list_peran
from simpeg.services.akses import end_peran, grant_peran
from simpeg.tests.actors import make_user
from simpeg.tests.factories import PemberianPeranFactory, UnitKerjaFactory, UserFactory

pytestmark = pytest.mark.django_db

D1 = dt.date(2026, 1, 1)
D2 = dt.date(2026, 6, 1)


@pytest.fixture
def admin():
    return make_user(Role.ADMIN)


@pytest.fixture
def user():
    return UserFactory(nama="Budi Contoh")


def grant(user, by, **given):
    data = {"peran": Role.VERIFIKATOR, "unit_kerja": None, "mulai": D1, "dasar": "ST 1"}
    return grant_peran(user=user, by=by, **{**data, **given})


def test_a_grant_holds_from_its_day_and_is_logged(admin, user):
    grant(user, admin)
    assert list_peran(user) == {Role.VERIFIKATOR}
    event = Event.objects.get(kind="peran.beri")
    assert str(event) == f"{admin} memberi peran Verifikator BKPSDMD – seluruh instansi"
    assert event.subject_id == str(user.pk)
    assert event.changes["akun"] == [None, "Budi Contoh"]


def test_only_an_admin_grants(user):
    with pytest.raises(DomainError) as refused:
        grant(user, make_user(Role.KEPALA_BADAN))
    assert refused.value.kode == "bukan_admin"
    assert not Event.objects.filter(kind="peran.beri").exists()


def test_nobody_grants_to_themselves(admin):
    with pytest.raises(DomainError) as refused:
        grant(admin, admin)
    assert refused.value.kode == "diri_sendiri"


@pytest.mark.parametrize(
    ("given", "kolom"),
    [
        ({"peran": Role.ATASAN}, "peran"),
        ({"peran": Role.PEGAWAI}, "peran"),
        ({"peran": Role.PENGELOLA_OPD}, "unit_kerja"),
        ({"selesai": D1}, "selesai"),
    ],
)
def test_a_grant_that_means_nothing_is_refused(admin, user, given, kolom):
    with pytest.raises(DomainError) as refused:
        grant(user, admin, **given)
    assert refused.value.kolom == kolom


def test_a_role_over_the_system_takes_no_unit(admin, user):
    with pytest.raises(DomainError) as refused:
        grant(user, admin, peran=Role.PRANATA_KOMPUTER, unit_kerja=UnitKerjaFactory())
    assert refused.value.kolom == "unit_kerja"


def test_a_closed_account_gets_no_role(admin):
    closed = UserFactory(is_active=False)
    with pytest.raises(DomainError) as refused:
        grant(closed, admin)
    assert refused.value.kolom == "user"


@pytest.mark.parametrize(
    ("mulai", "selesai", "is_refused"),
    [
        (D2, None, True),
        (dt.date(2025, 1, 1), None, True),
        (dt.date(2025, 1, 1), D1, False),
        (dt.date(2026, 9, 1), None, False),
    ],
)
def test_the_same_grant_never_overlaps_itself(admin, user, mulai, selesai, is_refused):
    grant(user, admin, selesai=dt.date(2026, 9, 1))
    if is_refused:
        with pytest.raises(DomainError) as refused:
            grant(user, admin, mulai=mulai, selesai=selesai)
        assert refused.value.kode == "peran_ganda"
    else:
        grant(user, admin, mulai=mulai, selesai=selesai)
    expected = 1 if is_refused else 2
    assert PemberianPeran.objects.filter(user=user).count() == expected


def test_one_role_may_hold_for_two_units(admin, user):
    for unit in (UnitKerjaFactory(), UnitKerjaFactory()):
        grant(user, admin, peran=Role.PENGELOLA_OPD, unit_kerja=unit)
    assert PemberianPeran.objects.filter(user=user).count() == 2


def test_an_ended_grant_holds_until_the_day_before(admin, user):
    pemberian = grant(user, admin)
    end_peran(pemberian=pemberian, selesai=D2, alasan="Pindah tugas", by=admin)
    held = PemberianPeran.objects.filter(user=user)
    assert held.on(D2 - dt.timedelta(1)).exists()
    assert not held.on(D2).exists()
    event = Event.objects.get(kind="peran.akhiri")
    assert event.reason == "Pindah tugas"


def test_a_grant_withdrawn_on_its_first_day_is_gone_but_told(admin, user):
    pemberian = grant(user, admin, mulai=D2)
    end_peran(pemberian=pemberian, selesai=D2, alasan="Salah orang", by=admin)
    assert not PemberianPeran.objects.filter(user=user).exists()
    assert Event.objects.filter(kind="peran.akhiri").count() == 1


def test_an_end_is_not_put_off_by_ending_again(admin, user):
    pemberian = grant(user, admin, selesai=D2)
    with pytest.raises(DomainError) as refused:
        end_peran(pemberian=pemberian, selesai=D2, alasan="-", by=admin)
    assert refused.value.kolom == "selesai"


def test_the_last_admin_stays(admin):
    # Whoever ends it is an admin only until then.
    other = UserFactory()
    today = timezone.localdate()
    PemberianPeranFactory(
        user=other, peran=Role.ADMIN.value, selesai=today + dt.timedelta(1)
    )
    pemberian = PemberianPeran.objects.get(user=admin)
    with pytest.raises(DomainError) as refused:
        end_peran(
            pemberian=pemberian, selesai=today + dt.timedelta(1), alasan="-", by=other
        )
    assert refused.value.kode == "admin_terakhir"


def test_admin_whose_account_is_closed_does_not_count(admin):
    besok = timezone.localdate() + dt.timedelta(1)
    closed, by = UserFactory(is_active=False), UserFactory()
    PemberianPeranFactory(user=closed, peran=Role.ADMIN.value)
    PemberianPeranFactory(user=by, peran=Role.ADMIN.value, selesai=besok)
    pemberian = PemberianPeran.objects.get(user=admin)
    with pytest.raises(DomainError) as refused:
        end_peran(pemberian=pemberian, selesai=besok, alasan="-", by=by)
    assert refused.value.kode == "admin_terakhir"


def test_first_admin_opens_an_empty_portal_with_a_code(capsys):
    call_command("first_admin", nama="Admin Contoh")
    out = capsys.readouterr().out
    kode = out.split("Kode sekali pakai:")[1].split()[0]
    user = User.objects.get()
    assert list_peran(user) == {Role.ADMIN}
    assert not user.has_usable_password()
    activate(username="admin", kode=kode, password="perahu kayu di kuala", ip=None)
    assert KodeAkses.objects.get().used_at is not None


def test_first_admin_is_refused_once_there_is_one(admin):
    with pytest.raises(CommandError, match="sudah memiliki admin"):
        call_command("first_admin")
    assert User.objects.count() == 1
