"""The yearly review of roles: opened once, decided by others, closed for good."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.tests.pdf import read_text
from bkpsdmd.exceptions import DomainError
from simpeg.models import BarisTinjauan, PemberianPeran, TinjauanAkses
from simpeg.services.tinjauan import (
    close_tinjauan,
    decide_baris,
    open_due,
    open_tinjauan,
)
from simpeg.tests.actors import make_user

HARI = dt.date(2027, 1, 5)
SAAT = dt.datetime(2027, 1, 5, 2, tzinfo=dt.UTC)


@pytest.fixture
def admin(kantor):
    return make_user(Role.ADMIN)


@pytest.fixture
def review(kantor, admin):
    return open_tinjauan(tahun=2027, by=None, per_tanggal=HARI, now=SAAT)


@pytest.fixture
def decide(admin):
    def put(baris, putusan="tetap", by=admin, alasan=""):
        decide_baris(
            baris=baris,
            putusan=putusan,
            alasan=alasan,
            by=by,
            per_tanggal=HARI,
            now=SAAT,
        )

    return put


def row_of(user):
    return BarisTinjauan.objects.get(user=user)


def test_review_holds_every_grant_of_the_day_and_opens_once(kantor, review, admin):
    users = set(review.baris_set.values_list("user", flat=True))
    assert users == {kantor.pengelola.user.pk, admin.pk}
    again = open_tinjauan(tahun=2027, by=admin, per_tanggal=HARI, now=SAAT)
    assert again.pk == review.pk
    assert BarisTinjauan.objects.count() == 2
    assert Event.objects.filter(kind="tinjauan.buka").count() == 1


def test_it_opens_by_itself_in_january_only(kantor):
    for month in range(2, 13):
        assert open_due(per_tanggal=dt.date(2027, month, 5), now=SAAT) is None
    assert open_due(per_tanggal=HARI, now=SAAT).tahun == 2027
    assert TinjauanAkses.objects.count() == 1


def test_an_office_without_roles_has_nothing_to_review(db):
    assert open_due(per_tanggal=HARI, now=SAAT) is None


def test_revoking_ends_the_role_that_day(kantor, review, decide):
    row = row_of(kantor.pengelola.user)
    with pytest.raises(DomainError, match="alasan pencabutan"):
        decide(row, "cabut")
    decide(row, "cabut", alasan="Sudah mutasi")

    grant = PemberianPeran.objects.get(user=kantor.pengelola.user)
    assert grant.selesai == HARI
    kinds = Event.objects.filter(kind__in=["peran.akhiri", "tinjauan.putus"])
    assert kinds.count() == 2
    with pytest.raises(DomainError, match="sudah dicabut"):
        decide(row, "tetap")


def test_nobody_decides_on_the_own_role(review, decide, admin):
    with pytest.raises(DomainError, match="orang lain"):
        decide(row_of(admin))
    with pytest.raises(IntegrityError), transaction.atomic():
        BarisTinjauan.objects.filter(user=admin).update(
            putusan="tetap", diputuskan_oleh=admin
        )


def test_last_admin_stays(kantor, review, decide, admin):
    leader = make_user(Role.KEPALA_BADAN)
    with pytest.raises(DomainError, match="tidak boleh tanpa admin"):
        decide(row_of(admin), "cabut", by=leader, alasan="x")
    assert row_of(admin).putusan == "belum"


def test_closing_needs_every_decision_and_is_final(kantor, review, decide, admin):
    with pytest.raises(DomainError, match="belum diputuskan"):
        close_tinjauan(tinjauan=review, by=admin, now=SAAT)
    decide(row_of(kantor.pengelola.user))
    decide(row_of(admin), by=make_user(Role.KEPALA_BADAN))
    close_tinjauan(tinjauan=review, by=admin, now=SAAT)

    with pytest.raises(DomainError, match="sudah ditutup"):
        decide(row_of(kantor.pengelola.user))
    with pytest.raises(DomainError, match="sudah ditutup"):
        close_tinjauan(tinjauan=review, by=admin, now=SAAT)


def test_pages_open_decide_close_and_print(client_for, kantor):
    leader = make_user(Role.KEPALA_BADAN)
    client, tahun = client_for(leader), timezone.localdate().year
    url = f"/simpeg/tinjauan/{tahun}/"
    assert "Buka tinjauan" in client.get("/simpeg/tinjauan/").text
    assert client.post("/simpeg/tinjauan/buka/").url == url

    page = client.get(url).text
    own, other = row_of(leader), row_of(kantor.pengelola.user)
    assert f"baris/{other.pk}/" in page
    assert f"baris/{own.pk}/" not in page
    client.post(f"{url}baris/{other.pk}/", {"putusan": "tetap"})
    client.post(f"{url}tutup/")
    assert TinjauanAkses.objects.get().ditutup_at is None

    second = client_for(make_user(Role.SEKRETARIS))
    second.post(f"{url}baris/{own.pk}/", {"putusan": "tetap"})
    assert "Tutup tinjauan" in second.get(url).text
    second.post(f"{url}tutup/")
    assert TinjauanAkses.objects.get().ditutup_at is not None

    answer = client_for(Role.AUDITOR).post(f"{url}cetak/")
    text = read_text(answer.content)
    assert "RinaPengelola" in text
    assert "Ditutup" in text


@pytest.mark.parametrize("role", [Role.PENGELOLA_OPD, Role.VERIFIKATOR, Role.PEGAWAI])
def test_closed_to_others(client_for, role):
    assert client_for(role).get("/simpeg/tinjauan/").status_code == 403


def test_auditor_reads_only(client_for, kantor, review):
    client = client_for(Role.AUDITOR)
    assert client.get("/simpeg/tinjauan/2027/").status_code == 200
    assert client.post("/simpeg/tinjauan/2027/tutup/").status_code == 403


def test_page_costs_the_same_for_many(
    client_for, kantor, review, django_assert_max_num_queries
):
    client = client_for(make_user(Role.KEPALA_BADAN))
    with django_assert_max_num_queries(12):
        client.get("/simpeg/tinjauan/2027/")
