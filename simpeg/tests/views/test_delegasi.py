"""Lending a role for a while: what holds when, and what is refused."""

import datetime as dt

import pytest
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role, fetch_roles
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from simpeg.models import KeadaanPegawai, PemberianPeran
from simpeg.services.akses import delegate_peran, end_delegasi, end_peran
from simpeg.tests.actors import make_user

LIST, CREATE = "/simpeg/delegasi/", "/simpeg/delegasi/tambah/"
HARI = dt.timedelta(days=1)


@pytest.fixture
def hari_ini():
    return timezone.localdate()


@pytest.fixture
def peran(kantor):
    """The grant of the pengelola over the dinas."""
    return PemberianPeran.objects.get(user=kantor.pengelola.user)


@pytest.fixture
def lend(kantor, peran, hari_ini):
    def to(penerima=None, **other):
        arguments = {
            "pemberian": peran,
            "penerima": (penerima or kantor.pegawai).user,
            "mulai": hari_ini,
            "selesai": hari_ini + 5 * HARI,
            "alasan": "Cuti tahunan",
            "by": kantor.pengelola.user,
            "per_tanggal": hari_ini,
        }
        return delegate_peran(**{**arguments, **other})

    return to


def refused(kode, act, **kwargs):
    with pytest.raises(DomainError) as caught:
        act(**kwargs)
    assert caught.value.kode == kode
    assert not PemberianPeran.objects.filter(dari__isnull=False).exists()


def roles_of(pegawai):
    return fetch_roles(User.objects.get(pk=pegawai.user_id))


def test_both_hold_a_lent_role_and_it_is_in_the_log(kantor, lend):
    delegasi = lend()

    assert Role.PENGELOLA_OPD in roles_of(kantor.pegawai)
    assert Role.PENGELOLA_OPD in roles_of(kantor.pengelola)
    assert delegasi.unit_kerja == kantor.dinas
    event = Event.objects.get(kind="peran.delegasi")
    assert (event.actor, event.reason) == (kantor.pengelola.user, "Cuti tahunan")


def test_a_lent_role_holds_on_its_days_only(kantor, lend, hari_ini):
    delegasi = lend(mulai=hari_ini + 2 * HARI, selesai=hari_ini + 4 * HARI)
    on = PemberianPeran.objects.filter(pk=delegasi.pk).on
    held = [on(hari_ini + n * HARI).exists() for n in range(1, 5)]
    assert held == [False, True, True, False]


def test_a_lent_role_is_not_lent_on(kantor, lend, hari_ini):
    delegasi = lend()
    with pytest.raises(DomainError, match="tidak dapat didelegasikan lagi"):
        lend(pemberian=delegasi, penerima=kantor.atasan, by=kantor.pegawai.user)


def test_a_role_of_somebody_else_is_not_lent(kantor, lend):
    refused("bukan_milik", lend, by=kantor.atasan.user)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_roles_that_grant_or_audit_are_not_lent(kantor, lend, role):
    user = make_user(role)
    refused(
        "tidak_dapat", lend, pemberian=PemberianPeran.objects.get(user=user), by=user
    )


def test_not_to_oneself_and_only_to_active_people(kantor, lend):
    refused("diri_sendiri", lend, penerima=kantor.pengelola)
    holder = type("Akun", (), {"user": make_user(Role.DISKOMINFO)})
    refused("bukan_pegawai", lend, penerima=holder)
    KeadaanPegawai.objects.filter(pk=kantor.pegawai.pk).update(is_aktif=False)
    refused("bukan_pegawai", lend)


def test_time_is_bounded(kantor, lend, peran, hari_ini, settings):
    settings.DELEGASI_HARI = 10
    refused("terlalu_lama", lend, selesai=hari_ini + 11 * HARI)
    with pytest.raises(DomainError):
        lend(mulai=hari_ini - HARI)
    with pytest.raises(DomainError):
        lend(selesai=hari_ini)
    peran.selesai = hari_ini + 3 * HARI
    peran.save()
    refused("di_luar_masa", lend)
    lend(selesai=hari_ini + 3 * HARI)


def test_longest_time_may_be_lent_whole(lend, hari_ini, settings):
    settings.DELEGASI_HARI = 10
    assert lend(selesai=hari_ini + 10 * HARI).pk


def test_role_that_begins_later_is_not_lent_before(lend, peran, hari_ini):
    peran.mulai = hari_ini + 2 * HARI
    peran.save()
    refused("di_luar_masa", lend)
    assert lend(mulai=peran.mulai).pk


def test_same_role_twice_is_refused(kantor, lend):
    lend()
    with pytest.raises(DomainError) as caught:
        lend()
    assert caught.value.kode == "peran_ganda"


def test_ended_on_its_last_day_it_is_refused(kantor, lend, hari_ini):
    delegasi, by = lend(), kantor.pengelola.user
    with pytest.raises(DomainError, match="sudah berakhir"):
        end_delegasi(delegasi=delegasi, by=by, per_tanggal=delegasi.selesai)


@pytest.mark.parametrize("who", ["pengelola", "pegawai"])
def test_lender_and_borrower_end_it_early(kantor, lend, hari_ini, who):
    delegasi = lend()
    end_delegasi(delegasi=delegasi, by=getattr(kantor, who).user, per_tanggal=hari_ini)
    assert Role.PENGELOLA_OPD not in roles_of(kantor.pegawai)
    assert Event.objects.filter(kind="peran.akhiri").count() == 1


def test_others_do_not_end_it(kantor, lend, hari_ini):
    delegasi = lend()
    with pytest.raises(DomainError, match="bukan milik"):
        end_delegasi(delegasi=delegasi, by=kantor.atasan.user, per_tanggal=hari_ini)


def test_what_was_lent_ends_with_the_role_itself(kantor, lend, peran, hari_ini):
    lend()
    end_peran(
        pemberian=peran, selesai=hari_ini, alasan="Mutasi", by=make_user(Role.ADMIN)
    )
    assert Role.PENGELOLA_OPD not in roles_of(kantor.pengelola)
    assert Role.PENGELOLA_OPD not in roles_of(kantor.pegawai)


def test_what_was_lent_until_then_stays_as_it_is(lend, peran, hari_ini):
    delegasi = lend()
    end_peran(
        pemberian=peran,
        selesai=delegasi.selesai,
        alasan="Mutasi",
        by=make_user(Role.ADMIN),
    )
    assert Event.objects.filter(kind="peran.akhiri").count() == 1


def test_pages_lend_list_and_end(client_for, kantor, peran, hari_ini):
    client = client_for(kantor.pengelola)
    form = {
        "pemberian": peran.pk,
        "penerima": kantor.pegawai.nip,
        "mulai": f"{hari_ini:%d-%m-%Y}",
        "sampai": f"{hari_ini + 2 * HARI:%d-%m-%Y}",
        "alasan": "Cuti",
    }
    assert "Tidak ada akun" in client.post(CREATE, {**form, "penerima": "1"}).text
    assert client.post(CREATE, form).url == LIST
    delegasi = PemberianPeran.objects.get(dari=peran)
    assert delegasi.selesai == hari_ini + 3 * HARI

    html = client.get(LIST).content.decode()
    assert "Anda kepada Siti Pegawai" in html
    theirs = client_for(kantor.pegawai).get(LIST).content.decode()
    assert "Rina Pengelola kepada Anda" in theirs
    assert client_for(kantor.atasan).get(LIST).status_code == 403

    assert client.post(f"{LIST}{delegasi.pk}/akhiri/").url == LIST
    assert not PemberianPeran.objects.on(hari_ini).filter(dari=peran).exists()


def test_a_delegation_of_others_does_not_exist(client_for, kantor, lend):
    delegasi = lend()
    client = client_for(Role.VERIFIKATOR)
    assert client.post(f"{LIST}{delegasi.pk}/akhiri/").status_code == 404
