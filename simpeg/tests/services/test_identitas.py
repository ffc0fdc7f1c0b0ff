"""Another NIP by decree, and two records of one person: rights, accounts, undoing."""

import datetime as dt

import pytest

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.choices import JenisKelamin, StatusTautan
from simpeg.exceptions import NeedsConfirmationError
from simpeg.models import KeadaanPegawai, Pegawai
from simpeg.rules.nip import compose_nip_pns
from simpeg.selectors.identitas import list_calon, list_data_lain
from simpeg.services import identitas as services
from simpeg.services.pegawai import update_pegawai
from simpeg.tests.actors import make_user
from simpeg.tests.factories import PegawaiFactory, UserFactory

HARI_INI = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
SK = {
    "berlaku": dt.date(2026, 10, 1),
    "sk_nomor": "SK-9",
    "sk_tanggal": dt.date(2026, 9, 20),
    "alasan": "Tanggal lahir dikoreksi pengadilan",
}


@pytest.fixture
def petugas(kantor):
    return make_user(Role.VERIFIKATOR)


@pytest.fixture
def kabid(kantor):
    return make_user(Role.KEPALA_BIDANG)


def other_nip(pegawai, urut=777):
    """Return a number that agrees with the record, with another serial."""
    return f"{pegawai.nip[:15]}{urut}"


def correct(pegawai, by, nip=None, **more):
    return services.correct_nip(
        pegawai=pegawai,
        nip=nip or other_nip(pegawai),
        by=by,
        per_tanggal=HARI_INI,
        **{**SK, **more},
    )


def test_a_new_nip_keeps_the_old_one_findable_and_moves_the_login(kantor, petugas):
    lama = kantor.pegawai.nip
    row = correct(kantor.pegawai, petugas)
    kantor.pegawai.refresh_from_db()
    assert (row.nip_lama, row.nip_baru) == (lama, kantor.pegawai.nip)
    kantor.pegawai.user.refresh_from_db()
    assert kantor.pegawai.user.username == kantor.pegawai.nip
    for kata in (lama, lama[:12], kantor.pegawai.nip, f"SITI {lama}"):
        found = KeadaanPegawai.objects.search(kata).values_list("pk", flat=True)
        assert kantor.pegawai.pk in list(found), kata
    event = Event.objects.get(kind="pegawai.nip")
    assert event.changes["nip"] == [lama, kantor.pegawai.nip]
    assert event.reason == SK["alasan"]


@pytest.mark.parametrize(
    ("change", "kolom"),
    [
        ({"nip": "123"}, "nip"),
        ({"nip": "199001012010011000"}, "nip"),
        ({"berlaku": dt.date(2027, 1, 1)}, "berlaku"),
        ({"sk_tanggal": dt.date(2027, 1, 1)}, "sk_tanggal"),
    ],
)
def test_a_nip_that_cannot_be_is_refused(kantor, petugas, change, kolom):
    before = kantor.pegawai.nip
    with pytest.raises(DomainError) as error:
        correct(kantor.pegawai, petugas, **change)
    assert error.value.kolom == kolom
    kantor.pegawai.refresh_from_db()
    assert kantor.pegawai.nip == before


def test_a_nip_of_somebody_else_is_refused_present_or_former(kantor, petugas):
    other = kantor.orang_luar
    former = other.nip
    correct(other, petugas)
    other.refresh_from_db()
    for nip in (former, other.nip):
        with pytest.raises((DomainError, NeedsConfirmationError)) as error:
            correct(kantor.pegawai, petugas, nip, is_diperiksa=True)
        assert error.value.kolom == "nip"


def test_a_nip_at_odds_with_the_record_asks_for_a_second_look(kantor, petugas):
    one = kantor.pegawai
    nip = compose_nip_pns(
        tanggal_lahir=one.tanggal_lahir + dt.timedelta(days=1),
        tmt_cpns=one.tmt_cpns,
        jenis_kelamin=JenisKelamin(one.jenis_kelamin),
        nomor_urut=5,
    )
    with pytest.raises(NeedsConfirmationError):
        correct(one, petugas, nip)
    correct(one, petugas, nip, is_diperiksa=True)


def test_a_login_name_in_use_stands_in_the_way(kantor, petugas):
    UserFactory(username=other_nip(kantor.pegawai))
    with pytest.raises(DomainError, match="nama masuk akun lain"):
        correct(kantor.pegawai, petugas)


def test_an_officer_of_an_opd_does_not_correct_a_nip(kantor):
    with pytest.raises(DomainError, match="tidak berwenang"):
        correct(kantor.pegawai, kantor.pengelola.user)


# -- Two records ------------------------------------------------------------------------


@pytest.fixture
def pasangan(kantor):
    """A PPPK who became a CPNS: two records of one NIK, an account on the older."""
    lama = PegawaiFactory(
        pppk=True, nama="Wati Ganda", nik="6307014505900001", punya_akun=True,
        perempuan=True, di=kantor.dinas, tmt_cpns=dt.date(2021, 1, 1),
    )  # fmt: skip
    baru = PegawaiFactory(
        nama="Wati Ganda", nik="6307014505900001", perempuan=True,
        di=kantor.bidang, tmt_cpns=dt.date(2025, 3, 1), tmt_pns=None,
    )  # fmt: skip
    return lama, baru


def propose(pasangan, by):
    return services.propose_tautan(
        satu=pasangan[1], dua=pasangan[0], alasan="KTP sama", by=by
    )


def decide(tautan, by, *, is_setuju=True):
    return services.decide_tautan(
        tautan=tautan, is_setuju=is_setuju, catatan="Sesuai", by=by, now=NOW
    )


def test_records_of_one_nik_are_candidates_until_decided(pasangan, petugas, kabid):
    (calon,) = list_calon()
    assert (calon.lama, calon.baru, calon.alasan) == (*pasangan, "NIK sama")
    tautan = propose(pasangan, petugas)
    assert list_calon() == []
    decide(tautan, kabid, is_setuju=False)
    assert list_calon() == []


def test_records_of_one_name_and_birth_date_are_candidates(kantor):
    born = dt.date(1990, 5, 5)
    one = PegawaiFactory(nama="Budi Sama", tanggal_lahir=born, di=kantor.dinas)
    two = PegawaiFactory(nama="BUDI SAMA", tanggal_lahir=born, di=kantor.dinas)
    (calon,) = list_calon()
    assert {calon.lama, calon.baru} == {one, two}
    assert calon.alasan == "Nama dan tanggal lahir sama"


def test_candidates_cost_the_same_for_many(pasangan, django_assert_max_num_queries):
    for n in range(20):
        PegawaiFactory.create_batch(2, nama=f"Kembar {n}", nik=f"63070145059001{n:02}")
    with django_assert_max_num_queries(5):
        assert len(list_calon()) >= 21


def test_two_officers_link_and_the_one_account_serves_the_newer(
    pasangan, petugas, kabid
):
    lama, baru = pasangan
    user = lama.user
    tautan = propose(pasangan, petugas)
    with pytest.raises(DomainError, match="petugas lain"):
        decide(tautan, petugas)
    tautan = decide(tautan, kabid)
    lama, baru = (Pegawai.objects.get(pk=one.pk) for one in pasangan)
    assert tautan.status == StatusTautan.DISETUJUI
    assert (lama.user, baru.user) == (None, user)
    assert baru.user.username == baru.nip
    assert list_data_lain(lama) == [baru]
    assert list_data_lain(baru) == [lama]
    assert Event.objects.filter(kind="tautan.setujui").count() == 2


def test_with_two_accounts_the_older_closes_and_opens_again(
    pasangan, petugas, kabid, kantor
):
    lama, baru = pasangan
    baru.user = UserFactory(username=baru.nip)
    baru.save()
    tautan = decide(propose(pasangan, petugas), kabid)
    lama.user.refresh_from_db()
    assert not lama.user.is_active
    services.release_tautan(tautan=tautan, alasan="Keliru", by=petugas, now=NOW)
    lama.user.refresh_from_db()
    assert lama.user.is_active
    assert list_data_lain(lama) == []


def test_releasing_a_wrong_link_puts_the_account_back(pasangan, petugas, kabid):
    lama, baru = pasangan
    user, name = lama.user, lama.user.username
    tautan = decide(propose(pasangan, petugas), kabid)
    tautan = services.release_tautan(
        tautan=tautan, alasan="Beda orang", by=petugas, now=NOW
    )
    lama, baru = (Pegawai.objects.get(pk=one.pk) for one in pasangan)
    assert tautan.status == StatusTautan.DILEPAS
    assert (lama.user, baru.user) == (user, None)
    assert lama.user.username in {name, lama.nip}
    with pytest.raises(StaleDataError):
        services.release_tautan(tautan=tautan, alasan="x", by=petugas, now=NOW)
    propose(pasangan, petugas)


def test_nobody_changes_their_own_other_record(pasangan, petugas, kabid):
    lama, baru = pasangan
    decide(propose(pasangan, petugas), kabid)
    baru = Pegawai.objects.get(pk=baru.pk)
    from simpeg.tests.factories import PemberianPeranFactory

    PemberianPeranFactory(
        user=baru.user, peran=Role.VERIFIKATOR.value, unit_kerja=None,
        mulai=dt.date(2020, 1, 1),
    )  # fmt: skip
    with pytest.raises(DomainError, match="Data Anda sendiri"):
        update_pegawai(
            pegawai=lama, versi=lama.versi, data={"agama": "1"},
            by=baru.user, per_tanggal=HARI_INI,
        )  # fmt: skip


@pytest.mark.parametrize("role", [Role.PENGELOLA_OPD, Role.AUDITOR, Role.SEKRETARIS])
def test_others_link_nothing(pasangan, kantor, role):
    with pytest.raises(DomainError, match="verifikator atau kepala bidang"):
        propose(pasangan, kantor.user_for(role))


def test_a_pair_is_proposed_once(pasangan, petugas):
    propose(pasangan, petugas)
    with pytest.raises(DomainError, match="sudah diusulkan"):
        services.propose_tautan(
            satu=pasangan[0], dua=pasangan[1], alasan="x", by=petugas
        )
