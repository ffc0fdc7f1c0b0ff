"""A person sees who looked at their closed data; nobody writes twice a day for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from simpeg.tests.actors import make_user


@pytest.fixture
def url(kantor):
    def of(bagian):
        return f"/simpeg/pegawai/{kantor.pegawai.pk}/{bagian}/"

    return of


def readings():
    return list(
        Event.objects.filter(kind="pegawai.buka").values_list("actor", "changes")
    )


def test_person_sees_who_opened_the_closed_data(client_for, kantor, url):
    clerk = client_for(Role.PENGELOLA_OPD)
    clerk.get(url("data-utama"))
    clerk.get(url("keluarga"))

    html = client_for(kantor.pegawai).get(url("dibuka")).content.decode()
    assert html.count("Rina Pengelola membuka data Siti Pegawai") == 2
    assert "Data utama" in html.split("<ol", 1)[1]
    assert "Dinas Contoh" in html.split("<ol", 1)[1]


def test_one_event_per_reader_part_and_day(client_for, kantor, url):
    clerk = client_for(Role.PENGELOLA_OPD)
    for _ in range(3):
        clerk.get(url("data-utama"))
    clerk.get(f"/simpeg/pegawai/{kantor.pegawai.pk}/ubah/")
    assert readings() == [(kantor.pengelola.user.pk, {"bagian": [None, "Data utama"]})]

    client_for(Role.VERIFIKATOR).get(url("data-utama"))
    assert len(readings()) == 2


def test_second_reading_asks_the_log_nothing(client_for, url):
    clerk = client_for(Role.PENGELOLA_OPD)
    clerk.get(url("data-utama"))
    with CaptureQueriesContext(connection) as queries:
        clerk.get(url("data-utama"))
    assert not [query for query in queries if "audit_event" in query["sql"]]


@pytest.mark.parametrize("bagian", ["data-utama", "keluarga", "ringkasan"])
def test_own_reading_is_not_written_down(client_for, kantor, url, bagian):
    client_for(kantor.pegawai).get(url(bagian))
    assert readings() == []


def test_who_sees_nothing_closed_is_not_written_down(client_for, kantor, url):
    client_for(kantor.atasan).get(url("data-utama"))
    client_for(Role.PENGELOLA_OPD).get(url("ringkasan"))
    client_for(Role.PENGELOLA_OPD).get(url("pendidikan"))
    assert readings() == []


def test_list_is_for_the_person_and_the_auditor(client_for, kantor, url):
    for who, status in (
        (kantor.pegawai, 200),
        (Role.AUDITOR, 200),
        (Role.PENGELOLA_OPD, 403),
        (kantor.atasan, 403),
        (kantor.orang_luar, 404),
    ):
        assert client_for(who).get(url("dibuka")).status_code == status


def test_reading_does_not_bury_what_changed(client_for, kantor, url):
    client_for(Role.PENGELOLA_OPD).get(url("data-utama"))
    html = client_for(kantor.pegawai).get(url("jejak")).content.decode()
    assert "membuka data" not in html


def test_auditor_s_own_reading_stands_there_too(client_for, kantor, url):
    auditor = make_user(Role.AUDITOR)
    client_for(auditor).get(url("data-utama"))
    html = client_for(kantor.pegawai).get(url("dibuka")).content.decode()
    assert "Auditor Contoh membuka data" in html
