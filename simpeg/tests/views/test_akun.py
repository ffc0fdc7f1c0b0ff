"""Slips with one-time codes: who may print for whom, and that the codes work."""

import io

import pikepdf
import pytest

from bkpsdmd.accounts.models import KodeAkses
from bkpsdmd.accounts.roles import Role
from simpeg.tests.actors import make_user

URL = "/simpeg/akun/"


def post(client, *people):
    return client.post(URL, {"pegawai": [p.pk for p in people]})


def test_list_holds_the_accounts_of_the_own_units_without_oneself(client_for, kantor):
    html = client_for(Role.PENGELOLA_OPD).get(URL).content.decode()
    table = html.split("<table", 1)[1]

    assert "Siti Pegawai" in table
    assert "Udin Luar" not in table
    assert "Rina Pengelola" not in table


def test_slips_are_a_pdf_and_each_person_gets_one_code(client_for, kantor):
    answer = post(client_for(Role.PENGELOLA_OPD), kantor.pegawai, kantor.atasan)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    with pikepdf.open(io.BytesIO(answer.getvalue())) as pdf:
        assert len(pdf.pages) == 1
    assert KodeAkses.objects.count() == 2


@pytest.mark.parametrize("who", ["orang_luar", "pengelola"])
def test_nobody_out_of_reach_gets_a_code(client_for, kantor, who):
    answer = post(client_for(Role.PENGELOLA_OPD), kantor.pegawai, getattr(kantor, who))

    assert answer.status_code == 302
    assert not KodeAkses.objects.exists()


def test_account_that_may_do_more_is_refused(client_for, kantor):
    admin = make_user(Role.ADMIN)
    kantor.pegawai.user = admin
    kantor.pegawai.save(update_fields=["user"])

    answer = post(client_for(Role.PENGELOLA_OPD), kantor.pegawai)

    assert answer.status_code == 302
    assert not KodeAkses.objects.exists()


@pytest.mark.parametrize("role", [Role.PEGAWAI, Role.AUDITOR, Role.KEPALA_BADAN])
def test_page_is_closed_to_others(client_for, role):
    assert client_for(role).get(URL).status_code == 403


def test_page_costs_at_most_twelve_queries(
    client_for, kantor, django_assert_max_num_queries
):
    client = client_for(Role.VERIFIKATOR)
    client.get(URL)

    with django_assert_max_num_queries(12):
        client.get(URL)
